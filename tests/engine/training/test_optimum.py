"""Logistic regression with an L2 penalty has one lowest place, and every optimizer that settles finds it."""

import numpy as np
import pytest

from engine.model.activations import sigmoid
from tests.engine.training.driver import after

L2 = 0.02


def newton(X, Y, l2):
    """Return w and b (3,) where the gradient of the cost is zero, by Newton's method, which needs no rate."""
    A = np.vstack([X, np.ones_like(Y)])  # (3, m)
    penalized = np.diag([l2, l2, 0.0])
    theta = np.zeros(3)
    for _ in range(30):
        a = sigmoid(theta @ A)
        gradient = A @ (a - Y[0]) / Y.size + penalized @ theta
        curvature = (A * (a * (1 - a))) @ A.T / Y.size + penalized
        theta = theta - np.linalg.solve(curvature, gradient)
    assert np.abs(gradient).max() < 1e-15
    return theta


@pytest.mark.parametrize(("optimizer", "rate"), [("gd", 2.0), ("momentum", 0.2), ("nesterov", 0.2)])
@pytest.mark.parametrize("data", ["moons", "blobs", "xor"])
def test_the_lowest_place_is_found_from_anywhere(make_experiment, data, optimizer, rate):
    ends = []
    for seed in (0, 1):
        experiment = make_experiment(
            data=data, samples=200, model="logistic", init="he", init_seed=seed, l2=L2,
            optimizer=optimizer, learning_rate=rate,
        )  # fmt: skip
        state = after(experiment, 3000)
        assert state.scores.gradient_norm < 1e-12
        ends.append(state.parameters.vector)
    problem = experiment.problem
    lowest = newton(problem.X_train, problem.Y_train, L2)
    for end in ends:
        np.testing.assert_allclose(end, lowest, rtol=1e-6, atol=1e-9)
