"""Every gradient against central differences of its cost."""

from itertools import product

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.gradient import numerical_gradient
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS, Network, Parameters, initialize, logits
from engine.model.papers import backward, forward

MIXED = [pair for pair in product(ACTIVATIONS, repeat=2) if len(set(pair)) == 2]


def slopes_of(network, parameters, X, Y, loss="log"):
    """Return the gradient of the cost by central differences."""
    return numerical_gradient(
        lambda changed: LOSSES[loss].f(logits(network, changed, X), Y).mean(), parameters
    )


def relative_error(network, parameters, X, Y, loss="log"):
    """Return |exact - numerical| / (|exact| + |numerical|), or the difference itself where both vanish."""
    exact = backward(network, parameters, forward(network, parameters, X), Y, loss).gradient.vector
    numerical = slopes_of(network, parameters, X, Y, loss).vector
    size = np.linalg.norm(exact) + np.linalg.norm(numerical)
    return np.linalg.norm(exact - numerical) / (size if size > 1e-6 else 1.0)


def case(hidden_activations, scheme, n_x=3, m=20):
    """Return a network with 4, 5, 6, … hidden units, its start, and m examples."""
    network = Network((n_x, *range(4, 4 + len(hidden_activations)), 1), tuple(hidden_activations))
    # With this draw no ReLU stands within reach of its corner, where the slope to both sides differs.
    rng = np.random.default_rng(15)
    parameters = initialize(network, scheme, rng)
    return network, parameters, rng.standard_normal((n_x, m)), (rng.random((1, m)) < 0.4).astype(float)


@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize("scheme", INITIALIZATIONS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_the_slope_of_the_cost(loss, activation, scheme, depth):
    assert relative_error(*case([activation] * depth, scheme), loss) < 1e-7


@pytest.mark.parametrize("activations", [*MIXED, ("sigmoid", "relu", "tanh"), ("relu", "tanh", "sigmoid")])
def test_each_layer_may_have_its_own_activation(activations):
    network, parameters, X, Y = case(activations, "he")
    rng = np.random.default_rng(4)
    moved = Parameters.of(network, [(W, 0.3 * rng.standard_normal(b.shape)) for W, b in parameters])
    assert relative_error(network, moved, X, Y) < 1e-7


def test_the_numerical_gradient_leaves_the_parameters_alone():
    network, parameters, X, Y = case(["relu"], "xavier")
    before = parameters.vector.copy()
    slopes = slopes_of(network, parameters, X, Y)
    np.testing.assert_array_equal(parameters.vector, before)
    assert [layer.W.shape for layer in slopes] == [layer.W.shape for layer in parameters]


def test_the_numerical_gradient_of_a_square():
    # J = p1^2 + 2 p2^2 + 3 p3^2 at (1, -1, 2) has the slopes 2, -4 and 12; a central difference is exact for it.
    network = Network((2, 1))
    weights = np.array([1.0, 2.0, 3.0])
    slopes = numerical_gradient(
        lambda p: float(weights @ p.vector**2), Parameters(network, np.array([1.0, -1.0, 2.0])), h=0.5
    )
    assert slopes.vector.tolist() == [2.0, -4.0, 12.0]
