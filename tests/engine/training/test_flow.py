"""How much of the gradient reaches each layer (claim 11), against what the papers' formulas say."""

import numpy as np
import pytest

from engine.data.editing import clear
from engine.model.parts import Parts
from engine.training.flow import SAMPLE, VANISHING, Flow, verdict


def flow_of(experiment, open_descent, iterations=0):
    descent = open_descent(experiment)
    state = descent.first_state()
    for _ in range(iterations):
        state = descent.step(state)
    return Flow.of(experiment, state.parameters, state.gradient), state


def test_the_sizes_are_means_over_units_and_examples(make_experiment, open_descent):
    experiment = make_experiment(samples=100, hidden=(4, 3))
    flow, state = flow_of(experiment, open_descent, 3)
    problem = experiment.problem
    parts = Parts.of(experiment.network, state.parameters, problem.X_train, problem.Y_train)
    np.testing.assert_allclose(flow.dW, [np.abs(dW).mean() for dW, _ in parts.back.gradient], rtol=1e-9)
    np.testing.assert_allclose(flow.dA, [np.abs(dA).mean() for dA in parts.back.dA])
    for units, dZ in zip(flow.dZ, parts.back.dZ, strict=True):
        np.testing.assert_allclose(units, np.abs(dZ).mean(axis=1))


def test_of_many_points_some_are_looked_at(make_experiment, open_descent):
    experiment = make_experiment(samples=50 * SAMPLE, noise=0.2)
    flow, state = flow_of(experiment, open_descent)
    problem = experiment.problem
    whole = Parts.of(experiment.network, state.parameters, problem.X_train, problem.Y_train)
    np.testing.assert_allclose(flow.dA, [np.abs(dA).mean() for dA in whole.back.dA], rtol=0.1)


def test_the_gradient_vanishes_through_sigmoids_and_not_through_relu(make_experiment, open_descent):
    shares = {}
    for name in ("sigmoid", "relu"):
        experiment = make_experiment(hidden=(8, 8, 8, 8), activation=(name,), init="xavier")
        flow, _ = flow_of(experiment, open_descent)
        shares[name] = flow.dW[0] / flow.dW[-1]
        assert ("vanishing (below 1/50)" in verdict(flow.dW)) == (name == "sigmoid")
    assert shares["sigmoid"] < VANISHING < 10 * VANISHING < shares["relu"]


@pytest.mark.parametrize(
    ("dW", "words"),
    [
        ([1.0, 300.0, 300.0], "Layer 1 gets 1/300 of the gradient of layer 3: vanishing (below 1/50)."),
        ([5.0, 0.01, 10.0], "Layer 2 gets 1/1,000 of the gradient of layer 3: vanishing (below 1/50)."),
        ([0.0, 1.0], "Layer 1 gets none of the gradient of layer 2: vanishing (below 1/50)."),
        ([1.0, 4.0], "Layer 1 gets 1/4.0 of the gradient of layer 2: it flows (vanishing is below 1/50)."),
        ([2.5, 1.0], "Layer 1 gets 2.5 times the gradient of layer 2: it flows (vanishing is below 1/50)."),
        ([80.0, 1.0, 1.0], "Layer 1 gets 80 times the gradient of layer 3: exploding (above 50 times)."),
        (
            [1.0, 0.0],
            "Layer 1 gets infinitely many times the gradient of layer 2: exploding (above 50 times).",
        ),
        ([np.inf, 1.0], "The gradient is not finite: exploding."),
        ([0.0, 0.0], "No weight has a gradient: descent stands still."),
        ([0.3], "One layer: the gradient has no way to go."),
    ],
)
def test_the_words(dW, words):
    assert verdict(np.array(dW)) == words


def test_a_surely_wrong_output_leaves_finite_means(make_experiment, open_descent):
    experiment = make_experiment(samples=40, model="logistic")
    state = open_descent(experiment).state_at(np.array([1e4, 0.0, 0.0]), 0)
    flow = Flow.of(experiment, state.parameters, state.gradient)
    assert np.isfinite(flow.dW).all() and np.isfinite(flow.dZ[0]).all()
    assert not np.isinf(flow.dA).any()


def test_without_points_there_is_nothing_to_take_a_mean_of(make_experiment, open_descent):
    experiment = make_experiment(samples=40)
    dataset = experiment.problem.dataset
    empty = experiment.changed(experiment.spec, clear(dataset).apply(dataset)[0])
    flow, _ = flow_of(empty, open_descent)
    assert np.isnan(flow.dA).all() and all(np.isnan(units).all() for units in flow.dZ)
