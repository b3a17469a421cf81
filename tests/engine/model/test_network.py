"""The network's shape, its first weights, and how its parameters lie in one vector."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.network import INITIALIZATIONS, Network, Parameters, identical_units, initialize
from engine.model.passes import correlate_evenly, weigh_evenly

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
        ((2, 3, 1), ("swish",), rf"^activation 'swish' is not one of {', '.join(ACTIVATIONS)}$"),
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


def test_parameters_are_views_of_one_vector():
    network = Network((2, 3, 1), ("tanh",))
    parameters = Parameters(network, np.arange(13.0))
    # Row by row [W | b]: the first unit of the first layer has the weights 0 and 1 and the bias 2.
    assert len(parameters) == 2
    assert parameters[0].W.tolist() == [[0, 1], [3, 4], [6, 7]]
    assert parameters[0].b.tolist() == [[2], [5], [8]]
    assert parameters[-1].W.tolist() == [[9, 10, 11]]
    assert parameters[-1].b.tolist() == [[12]]
    assert [layer.W.shape for layer in parameters[:1]] == [(3, 2)]
    for layer in parameters:
        for values in layer:
            assert np.shares_memory(values, parameters.vector)
            with pytest.raises(ValueError, match="read-only"):
                values[0, 0] = 1.0
    again = Parameters.of(network, parameters)
    np.testing.assert_array_equal(again.vector, parameters.vector)
    assert not np.shares_memory(again.vector, parameters.vector)
    assert Parameters.of(network, parameters, np.float32).vector.dtype == np.float32


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([((3, 2), (3, 1)), ((1, 2), (1, 1))], r"W2 \(1, 2\) and b2 \(1, 1\) must be \(1, 3\) and \(1, 1\)"),
        ([((3, 2), (3,)), ((1, 3), (1, 1))], r"W1 \(3, 2\) and b1 \(3,\) must be \(3, 2\) and \(3, 1\)"),
        ([((3, 2), (3, 1))], "^1 layers of parameters for a 2-3-1 network$"),
        (
            [((3, 2), (3, 1)), ((1, 3), (1, 1)), ((1, 1), (1, 1))],
            "^3 layers of parameters for a 2-3-1 network$",
        ),
    ],
)
def test_parameters_that_do_not_fit(layers, message):
    with pytest.raises(ValueError, match=message):
        Parameters.of(Network((2, 3, 1), ("tanh",)), [(np.ones(W), np.ones(b)) for W, b in layers])


@pytest.mark.parametrize("n_x", [2, 16, 17, 64])
@pytest.mark.parametrize("units", [3, 5, 9, 13])
def test_equal_units_give_equal_numbers_to_the_last_bit(n_x, units):
    # W @ A rounds the last rows differently, and what differs by rounding parts within some thousand iterations.
    rng = np.random.default_rng(0)
    W = np.repeat(rng.standard_normal((1, n_x)), units, axis=0)
    Z = np.empty((units, 401))
    weigh_evenly(W, rng.random((n_x, 401)), Z)
    assert np.ptp(Z, axis=0).max() == 0.0


@pytest.mark.parametrize("n_out", [1, 2, 3, 4, 5, 8, 16, 17])
@pytest.mark.parametrize("units", [2, 3, 5, 8, 9, 13])
@pytest.mark.parametrize("m", [1, 5, 16, 17, 401])
def test_equal_units_are_looked_at_equally_to_the_last_bit(n_out, units, m):
    # dW of the layer above, whose columns belong to the equal units.
    rng = np.random.default_rng(1)
    A = np.ones((units + 1, m))
    A[:-1] = rng.random((1, m))
    dW = np.empty((n_out, units + 1))
    correlate_evenly(rng.standard_normal((n_out, m)), A, dW)
    assert np.ptp(dW[:, :-1], axis=1).max() == 0.0


def test_every_parameter_has_a_name_and_a_place():
    network = Network((2, 3, 1), ("tanh",))
    names = [network.name_of(place) for place in range(network.parameter_count)]
    assert names[:4] == ["W1[1,1]", "W1[1,2]", "b1[1]", "W1[2,1]"]
    assert names[9:] == ["W2[1,1]", "W2[1,2]", "W2[1,3]", "b2[1]"]
    parameters = Parameters(network, np.arange(13.0))
    for layer, (W, b) in enumerate(parameters, start=1):
        for unit, source in np.ndindex(W.shape):
            place = network.place_of(layer, unit + 1, source + 1)
            assert place == W[unit, source]
            assert network.name_of(place) == f"W{layer}[{unit + 1},{source + 1}]"
        for unit in range(len(b)):
            assert network.place_of(layer, unit + 1, W.shape[1] + 1) == b[unit, 0]


def test_identical_units_have_equal_weights_in_and_out():
    W1, W2 = (
        np.array([[1.0, 2.0], [0.0, 1.0], [1.0, 2.0], [-0.0, 1.0], [1.0, 2.0]]),
        np.array([[3.0, 4, 3, 4, 5]]),
    )
    network = Network((2, 5, 1), ("tanh",))
    parameters = Parameters.of(network, [(W1, np.zeros((5, 1))), (W2, np.ones((1, 1)))])
    assert identical_units(parameters) == [[2, 2]], "the last one has another weight out"
    assert identical_units(Parameters(network, np.zeros(21))) == [[5]]
    assert identical_units(Parameters(Network((2, 1)), np.zeros(3))) == []
