"""Backpropagation against numbers worked by hand and against central differences."""

from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.activations import ACTIVATIONS
from engine.model.gradient import backward, numerical_gradient
from engine.model.network import INITIALIZATIONS, Layer, Network, forward, initialize

MIXED = [pair for pair in product(ACTIVATIONS, repeat=2) if len(set(pair)) == 2]


def flat(parameters):
    return np.concatenate([values.ravel() for layer in parameters for values in layer])


def relative_error(network, parameters, X, Y):
    """Return |exact - numerical| / (|exact| + |numerical|), or the difference itself where both vanish."""
    exact = flat(backward(network, parameters, forward(network, parameters, X), Y))
    numerical = flat(numerical_gradient(network, parameters, X, Y))
    size = np.linalg.norm(exact) + np.linalg.norm(numerical)
    return np.linalg.norm(exact - numerical) / (size if size > 1e-6 else 1.0)


def case(hidden_activations, scheme, n_x=3, m=20):
    """Return a network with 4, 5, 6, … hidden units, its start, and m examples."""
    network = Network((n_x, *range(4, 4 + len(hidden_activations)), 1), tuple(hidden_activations))
    # With this draw no ReLU stands within reach of its corner, where the slope to both sides differs.
    rng = np.random.default_rng(0)
    parameters = initialize(network, scheme, rng)
    return network, parameters, rng.standard_normal((n_x, m)), (rng.random((1, m)) < 0.4).astype(float)


@pytest.mark.parametrize("depth", range(4))
@pytest.mark.parametrize("scheme", INITIALIZATIONS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_gradient_is_the_slope_of_the_cost(activation, scheme, depth):
    assert relative_error(*case([activation] * depth, scheme)) < 1e-7


@pytest.mark.parametrize("activations", [*MIXED, ("sigmoid", "relu", "tanh"), ("relu", "tanh", "sigmoid")])
def test_each_layer_may_have_its_own_activation(activations):
    network, parameters, X, Y = case(activations, "he")
    rng = np.random.default_rng(4)
    moved = tuple(Layer(W, 0.3 * rng.standard_normal(b.shape)) for W, b in parameters)
    assert relative_error(network, moved, X, Y) < 1e-7


def test_the_check_notices_khalils_misprint():
    # (34) prints Z[l-1] where A[l-1] belongs.
    network, parameters, X, Y = case(["tanh"], "he")
    passed = forward(network, parameters, X)
    misprinted = passed._replace(A=(X, passed.Z[0], passed.A[2]))
    exact, wrong = (flat(backward(network, parameters, each, Y)) for each in (passed, misprinted))
    assert np.linalg.norm(exact - wrong) / np.linalg.norm(exact) > 1e-3


def test_the_numerical_gradient_leaves_the_parameters_alone():
    network, parameters, X, Y = case(["relu"], "xavier")
    before = flat(parameters).copy()
    numerical_gradient(network, parameters, X, Y)
    np.testing.assert_array_equal(flat(parameters), before)


def test_logistic_regression_by_hand():
    # w = (ln 3, 0), b = 0.
    # x1 = ( 1, 0), y = 1: z =  ln 3, a = 3/4, dz = 3/4 - 1 = -1/4
    # x2 = (-1, 1), y = 1: z = -ln 3, a = 1/4, dz = 1/4 - 1 = -3/4
    # x3 = ( 0, 2), y = 0: z = 0,     a = 1/2, dz = 1/2
    network = Network((2, 1))
    parameters = (Layer(np.array([[log(3), 0.0]]), np.zeros((1, 1))),)
    X = np.array([[1.0, -1.0, 0.0], [0.0, 1.0, 2.0]])
    Y = np.array([[1.0, 1.0, 0.0]])
    passed = forward(network, parameters, X)
    np.testing.assert_allclose(passed.A[1], [[0.75, 0.25, 0.5]], rtol=1e-15)
    (dW, db), *rest = backward(network, parameters, passed, Y)
    # dw1 = (1 (-1/4) + (-1)(-3/4) + 0) / 3 = (1/2) / 3 = 1/6
    # dw2 = (0 + 1 (-3/4) + 2 (1/2)) / 3    = (1/4) / 3 = 1/12
    # db  = (-1/4 - 3/4 + 1/2) / 3                      = -1/6
    assert not rest
    np.testing.assert_allclose(dW, [[1 / 6, 1 / 12]], rtol=1e-14)
    np.testing.assert_allclose(db, [[-1 / 6]], rtol=1e-14)


def test_a_relu_network_by_hand():
    # W1 = [[1, -1], [2, 0]], b1 = (0, -1); W2 = (ln 3, -(ln 3)/3), b2 = 0.
    # x1 = ( 2,  1), y = 1: z1 = ( 1,  3), a1 = (1, 3), z2 = ln 3 - ln 3 = 0, a2 = 1/2, dz2 = -1/2
    # x2 = ( 0,  1), y = 0: z1 = (-1, -1), a1 = (0, 0), z2 = 0,              a2 = 1/2, dz2 =  1/2
    # x3 = (-1, -2), y = 0: z1 = ( 1, -3), a1 = (1, 0), z2 = ln 3,           a2 = 3/4, dz2 =  3/4
    network = Network((2, 2, 1), ("relu",))
    parameters = (
        Layer(np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[0.0], [-1.0]])),
        Layer(np.array([[log(3), -log(3) / 3]]), np.zeros((1, 1))),
    )
    X = np.array([[2.0, 0.0, -1.0], [1.0, 1.0, -2.0]])
    Y = np.array([[1.0, 0.0, 0.0]])
    passed = forward(network, parameters, X)
    np.testing.assert_allclose(passed.A[2], [[0.5, 0.5, 0.75]], rtol=1e-15)
    first, second = backward(network, parameters, passed, Y)
    # dW2 = (-1/2 (1, 3) + 1/2 (0, 0) + 3/4 (1, 0)) / 3 = (1/4, -3/2) / 3 = (1/12, -1/2)
    # db2 = (-1/2 + 1/2 + 3/4) / 3 = 1/4
    np.testing.assert_allclose(second.W, [[1 / 12, -1 / 2]], rtol=1e-14)
    np.testing.assert_allclose(second.b, [[1 / 4]], rtol=1e-14)
    # dz1 = W2^T dz2 where z1 > 0: x1: (-(ln 3)/2, (ln 3)/6), x2: (0, 0), x3: (3 (ln 3)/4, 0)
    # dW1, row 1: (ln 3)/3 (-1/2 (2, 1) + 3/4 (-1, -2)) = (ln 3)/3 (-7/4, -2) = ln 3 (-7/12, -2/3)
    # dW1, row 2: (ln 3)/3 ( 1/6 (2, 1))                                      = ln 3 (1/9, 1/18)
    # db1 = (ln 3)/3 (-1/2 + 3/4, 1/6)                                        = ln 3 (1/12, 1/18)
    np.testing.assert_allclose(first.W, log(3) * np.array([[-7 / 12, -2 / 3], [1 / 9, 1 / 18]]), rtol=1e-14)
    np.testing.assert_allclose(first.b, log(3) * np.array([[1 / 12], [1 / 18]]), rtol=1e-14)


def test_a_tanh_network_by_hand():
    # tanh(ln 2) = (4 - 1)/(4 + 1) = 3/5, tanh(ln 3) = (9 - 1)/(9 + 1) = 4/5.
    # W1 = [[ln 2, 0], [0, ln 3]], b1 = 0; W2 = (4, -3), b2 = 0.
    # x1 = (1, 1), y = 1: a1 = (3/5, 4/5), z2 = 12/5 - 12/5 = 0, a2 = 1/2, dz2 = -1/2
    # x2 = (0, 0), y = 0: a1 = (0, 0),     z2 = 0,               a2 = 1/2, dz2 =  1/2
    network = Network((2, 2, 1), ("tanh",))
    parameters = (
        Layer(np.diag([log(2), log(3)]), np.zeros((2, 1))),
        Layer(np.array([[4.0, -3.0]]), np.zeros((1, 1))),
    )
    X = np.array([[1.0, 0.0], [1.0, 0.0]])
    Y = np.array([[1.0, 0.0]])
    first, second = backward(network, parameters, forward(network, parameters, X), Y)
    # dW2 = (-1/2)(3/5, 4/5) / 2 = (-3/20, -1/5), db2 = (-1/2 + 1/2) / 2 = 0
    np.testing.assert_allclose(second.W, [[-3 / 20, -1 / 5]], rtol=1e-14)
    np.testing.assert_allclose(second.b, [[0.0]], rtol=0, atol=1e-15)
    # 1 - a1^2: x1: (16/25, 9/25), x2: (1, 1)
    # dz1: x1: (4, -3)(-1/2) * (16/25, 9/25) = (-32/25, 27/50), x2: (4, -3)(1/2) = (2, -3/2)
    # dW1 = ((-32/25)(1, 1), (27/50)(1, 1)) / 2 = ((-16/25, -16/25), (27/100, 27/100))
    # db1 = (-32/25 + 2, 27/50 - 3/2) / 2       = (9/25, -12/25)
    np.testing.assert_allclose(first.W, [[-16 / 25] * 2, [27 / 100] * 2], rtol=1e-14)
    np.testing.assert_allclose(first.b, [[9 / 25], [-12 / 25]], rtol=1e-14)


def test_a_relu_unit_at_zero_passes_nothing_back():
    network = Network((1, 1, 1), ("relu",))
    parameters = (Layer(np.ones((1, 1)), np.zeros((1, 1))), Layer(np.ones((1, 1)), np.zeros((1, 1))))
    X, Y = np.zeros((1, 1)), np.ones((1, 1))
    first, second = backward(network, parameters, forward(network, parameters, X), Y)
    assert (first.W.item(), first.b.item()) == (0.0, 0.0)
    assert (second.W.item(), second.b.item()) == (0.0, -0.5)


def test_the_mean_is_over_examples_not_features():
    # Matt R's code divides by the features; twice the same examples must give the same gradient.
    network, parameters, X, Y = case(["tanh"], "he")
    twice = np.hstack([X, X]), np.hstack([Y, Y])
    once = flat(backward(network, parameters, forward(network, parameters, X), Y))
    doubled = flat(backward(network, parameters, forward(network, parameters, twice[0]), twice[1]))
    np.testing.assert_allclose(doubled, once, rtol=1e-12, atol=1e-15)


@settings(max_examples=30)
@given(st.permutations(range(20)), st.sampled_from(list(ACTIVATIONS)))
def test_the_order_of_the_examples_does_not_matter(order, activation):
    network, parameters, X, Y = case([activation], "he")
    sorted_gradient = flat(backward(network, parameters, forward(network, parameters, X), Y))
    X, Y = X[:, order], Y[:, order]
    shuffled = flat(backward(network, parameters, forward(network, parameters, X), Y))
    np.testing.assert_allclose(shuffled, sorted_gradient, rtol=1e-12, atol=1e-15)
