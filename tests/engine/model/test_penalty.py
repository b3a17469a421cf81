"""Large weights cost, biases do not, and a step knows it."""

import numpy as np
import pytest

from engine.model.network import Network
from engine.model.penalty import Penalty, which_are_weights
from engine.training.descent import Descent
from tests.engine.training.driver import after

WEIGHTS = np.array([3.0, -0.5, 0.0])


def test_the_penalty_by_hand():
    # |3| + |-1/2| = 7/2, 9 + 1/4 = 37/4.
    assert Penalty().value(WEIGHTS) == 0.0
    assert Penalty(l1=2.0).value(WEIGHTS) == 7.0
    assert Penalty(l2=8.0).value(WEIGHTS) == 37.0
    assert Penalty(l1=2.0, l2=8.0).value(WEIGHTS) == 44.0


def test_its_slope_by_hand():
    # l1 sign(w) + l2 w, and 0 at w = 0, where |w| has no slope.
    np.testing.assert_array_equal(Penalty(l1=2.0, l2=8.0).slope(WEIGHTS), [26.0, -6.0, 0.0])
    assert Penalty(1.0, 1.0).slope(WEIGHTS.astype(np.float32)).dtype == np.float32


def test_weights_and_biases_are_told_apart():
    # 2-2-1: [w w b] and [w w b] of the hidden layer, [w w b] of the output; 3-1: [w w w b].
    assert which_are_weights(Network((2, 2, 1), ("tanh",))).tolist() == [1, 1, 0] * 3
    assert which_are_weights(Network((3, 1))).tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize("batch_size", [0, 7])
@pytest.mark.parametrize("precision", ["double", "single"])
def test_it_adds_to_the_costs_and_to_the_slope_of_the_weights_alone(make_experiment, precision, batch_size):
    chosen = {"hidden": (3,), "precision": precision, "batch_size": batch_size}
    vector = np.linspace(-1.0, 1.0, 13)
    free = Descent(make_experiment(**chosen)).state_at(vector, 5)
    paid = Descent(make_experiment(l1=0.5, l2=0.25, **chosen)).state_at(vector, 5)
    layers = paid.parameters
    price = sum(0.5 * abs(W).sum() + 0.125 * (W**2).sum() for W, _ in layers)
    assert paid.scores.penalty == pytest.approx(price, rel=1e-6)
    assert free.scores.penalty == 0.0
    for name in ("train_cost", "test_cost", "batch_cost"):
        assert getattr(paid.scores, name) == pytest.approx(getattr(free.scores, name) + price, rel=1e-6)
    for name in ("train_accuracy", "test_accuracy"):
        assert getattr(paid.scores, name) == getattr(free.scores, name)
    for (W, _), with_it, without in zip(layers, paid.gradient, free.gradient, strict=True):
        np.testing.assert_allclose(with_it.W, without.W + 0.5 * np.sign(W) + 0.25 * W, rtol=1e-5, atol=1e-7)
        np.testing.assert_array_equal(with_it.b, without.b)
    assert paid.scores.gradient_norm == pytest.approx(np.linalg.norm(paid.gradient.vector), rel=1e-6)


@pytest.mark.parametrize("name", ["l1", "l2"])
def test_the_dearer_the_weights_the_smaller_they_end(make_experiment, name):
    sizes = []
    for price in (0.0, 0.01, 0.1):
        state = after(make_experiment(model="logistic", learning_rate=1.0, **{name: price}), 300)
        sizes.append(abs(state.parameters[0].W).sum())
    assert sizes[0] > 1.1 * sizes[1] > 1.1 * 1.1 * sizes[2] > 0.0
