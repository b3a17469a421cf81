"""The network's shape, its first weights, and the forward pass."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS, sigmoid
from engine.model.network import INITIALIZATIONS, Layer, Network, forward, initialize, logits

SCHEMES = pytest.mark.parametrize("scheme", INITIALIZATIONS)


def test_a_network_says_what_it_is():
    network = Network((2, 3, 4, 1), ("tanh", "relu"))
    assert str(network) == "2-3-4-1"
    assert network.activations == ("tanh", "relu", "sigmoid")
    # 3 (2 + 1) + 4 (3 + 1) + 1 (4 + 1) = 9 + 16 + 5
    assert network.parameter_count == 30
    with pytest.raises(FrozenInstanceError):
        network.sizes = (2, 1)


def test_logistic_regression_is_the_network_without_a_hidden_layer():
    network = Network((784, 1))
    assert network.activations == ("sigmoid",)
    assert network.parameter_count == 785


@pytest.mark.parametrize(
    ("sizes", "activations", "message"),
    [
        ((1,), (), r"sizes \(1,\) must hold at least two positive numbers and end in 1"),
        ((), (), r"sizes \(\) must hold"),
        ((2, 0, 1), ("tanh",), r"sizes \(2, 0, 1\) must hold"),
        ((2, -3, 1), ("tanh",), r"sizes \(2, -3, 1\) must hold"),
        ((2, 2), (), r"sizes \(2, 2\) must hold"),
        ((2, 3, 1), (), r"^0 activations for 1 hidden layers$"),
        ((2, 1), ("tanh",), r"^1 activations for 0 hidden layers$"),
        ((2, 3, 1), ("swish",), r"^activation 'swish' is not one of sigmoid, tanh, relu$"),
    ],
)
def test_a_network_that_cannot_be(sizes, activations, message):
    with pytest.raises(ValueError, match=message):
        Network(sizes, activations)


@SCHEMES
def test_first_weights_have_the_papers_shapes(scheme):
    network = Network((2, 3, 4, 1), ("tanh", "tanh"))
    parameters = initialize(network, scheme, np.random.default_rng(1))
    assert [layer.W.shape for layer in parameters] == [(3, 2), (4, 3), (1, 4)]
    assert [layer.b.shape for layer in parameters] == [(3, 1), (4, 1), (1, 1)]
    assert all(not layer.b.any() for layer in parameters)
    assert all(layer.W.dtype == np.float64 for layer in parameters)


@SCHEMES
def test_one_seed_one_start(scheme):
    network = Network((2, 5, 1), ("relu",))
    first, same, other = (initialize(network, scheme, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert all(np.array_equal(a.W, b.W) for a, b in zip(first, same, strict=True))
    assert scheme == "zeros" or not np.array_equal(first[0].W, other[0].W)


@SCHEMES
def test_schemes_differ_by_a_factor_alone(scheme):
    network = Network((2, 6, 3, 1), ("relu", "tanh"))
    draws = np.random.default_rng(3)
    for layer in initialize(network, scheme, np.random.default_rng(3)):
        n_out, n_in = layer.W.shape
        deviation = INITIALIZATIONS[scheme].deviation(n_in, n_out)
        np.testing.assert_array_equal(layer.W, draws.standard_normal((n_out, n_in)) * deviation)


@pytest.mark.parametrize(
    ("scheme", "variance"), [("zeros", 0.0), ("normal", 0.01), ("xavier", 2 / 500), ("he", 2 / 200)]
)
def test_the_spread_is_what_each_scheme_is_named_after(scheme, variance):
    network = Network((200, 300, 1), ("tanh",))
    W = initialize(network, scheme, np.random.default_rng(0))[0].W  # (300, 200)
    assert W.var() == pytest.approx(variance, rel=0.03)
    assert abs(W.mean()) <= 4 * np.sqrt(variance / W.size)


def test_a_forward_pass_worked_by_hand():
    network = Network((2, 2, 1), ("relu",))
    parameters = (
        Layer(np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[0.0], [-1.0]])),
        Layer(np.array([[3.0, -1.0]]), np.array([[0.5]])),
    )
    X = np.array([[2.0, 0.0], [1.0, 1.0]])
    passed = forward(network, parameters, X)
    # x = (2, 1): z1 = (2 - 1, 4 - 1) = (1, 3), a1 = (1, 3), z2 = 3 - 3 + 1/2 = 1/2
    # x = (0, 1): z1 = (0 - 1, 0 - 1) = (-1, -1), a1 = (0, 0), z2 = 1/2
    np.testing.assert_array_equal(passed.A[0], X)
    np.testing.assert_array_equal(passed.Z[0], [[1.0, -1.0], [3.0, -1.0]])
    np.testing.assert_array_equal(passed.A[1], [[1.0, 0.0], [3.0, 0.0]])
    np.testing.assert_array_equal(passed.Z[1], [[0.5, 0.5]])
    np.testing.assert_array_equal(passed.A[2], sigmoid(np.array([[0.5, 0.5]])))


def test_the_matrix_form_gives_what_a_loop_over_examples_and_units_gives():
    network = Network((3, 4, 2, 1), ("tanh", "sigmoid"))
    rng = np.random.default_rng(5)
    parameters = tuple(
        Layer(layer.W, rng.standard_normal(layer.b.shape)) for layer in initialize(network, "he", rng)
    )
    X = rng.standard_normal((3, 6))
    expected = []
    for x in X.T:
        a = list(x)
        for (W, b), name in zip(parameters, network.activations, strict=True):
            z = [
                sum(w * a_j for w, a_j in zip(row, a, strict=True)) + bias
                for row, bias in zip(W, b[:, 0], strict=True)
            ]
            a = [float(ACTIVATIONS[name].f(np.array(each))) for each in z]
        expected.append(z[0])
    np.testing.assert_allclose(logits(network, parameters, X)[0], expected, rtol=1e-12)


@pytest.mark.parametrize("n_x", [2, 16, 17, 64])
@pytest.mark.parametrize("units", [3, 5, 9, 13])
def test_equal_units_give_equal_numbers_to_the_last_bit(n_x, units):
    # W @ A rounds the last rows differently, and what differs by rounding parts within some thousand iterations.
    rng = np.random.default_rng(0)
    first = Layer(np.repeat(rng.standard_normal((1, n_x)), units, axis=0), np.zeros((units, 1)))
    network = Network((n_x, units, 1), ("tanh",))
    passed = forward(network, (first, Layer(np.ones((1, units)), np.zeros((1, 1)))), rng.random((n_x, 401)))
    assert np.ptp(passed.Z[0], axis=0).max() == 0.0


@pytest.mark.parametrize("hidden", [(), ("tanh",), ("relu", "sigmoid", "tanh")])
def test_logits_are_the_last_z_to_the_last_bit(hidden):
    network = Network((2, *range(3, 3 + len(hidden)), 1), hidden)
    rng = np.random.default_rng(2)
    parameters = initialize(network, "xavier", rng)
    X = rng.standard_normal((2, 50))
    before = X.copy()
    passed = forward(network, parameters, X)
    assert len(passed.Z) == len(parameters)
    assert len(passed.A) == len(parameters) + 1
    np.testing.assert_array_equal(logits(network, parameters, X), passed.Z[-1])
    np.testing.assert_array_equal(X, before)
    assert logits(network, parameters, X[:, :0]).shape == (1, 0)
