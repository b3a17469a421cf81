"""The gradient taken apart adds up to the gradient."""

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters, initialize
from engine.model.parts import Parts, checked_gradient, flat_ends

M = 12


def a_problem(*hidden, activation="tanh", seed=0, n_x=2):
    rng = np.random.default_rng(seed)
    network = Network((n_x, *hidden, 1), (activation,) * len(hidden))
    parameters = initialize(network, "xavier", rng)
    return network, parameters, rng.standard_normal((n_x, M)), (rng.random((1, M)) < 0.5) * 1.0


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("hidden", [(), (3,), (4, 2)])
def test_the_examples_gradients_have_the_gradient_as_their_mean(hidden, loss):
    network, parameters, X, Y = a_problem(*hidden)
    parts = Parts.of(network, parameters, X, Y, loss)
    each = np.stack([parts.example_gradient(i).vector for i in range(M)])
    np.testing.assert_allclose(each.mean(axis=0), parts.back.gradient.vector, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(parts.example_norms, np.linalg.norm(each, axis=1), rtol=1e-12)
    assert parts.losses.shape == (M,)
    assert parts.losses == pytest.approx(LOSSES[loss].f(parts.passed.Z[-1], Y)[0])


def test_every_part_has_the_shape_of_its_layer():
    network, parameters, X, Y = a_problem(4, 3, n_x=5)
    parts = Parts.of(network, parameters, X, Y)
    shapes = [(4, M), (3, M), (1, M)]
    assert [Z.shape for Z in parts.passed.Z] == shapes
    assert [A.shape for A in parts.passed.A] == [(5, M), *shapes]
    assert [dA.shape for dA in parts.back.dA] == [dZ.shape for dZ in parts.back.dZ] == shapes
    assert [W.shape for W, _ in parts.back.gradient] == [(4, 5), (3, 4), (1, 3)]


def test_the_chain_rule_holds_in_every_layer():
    network, parameters, X, Y = a_problem(4, 3, activation="sigmoid")
    parts = Parts.of(network, parameters, X, Y)
    names = network.activations
    for name, Z, A, dA, dZ in zip(names, parts.passed.Z, parts.passed.A[1:], *parts.back[:2], strict=True):
        np.testing.assert_allclose(dZ, dA * ACTIVATIONS[name].derivative(Z, A), rtol=1e-12)


def test_where_a_unit_is_flat():
    # One input, one unit for each bias: z = b, whatever x is.
    for activation, biases, expected in (
        ("tanh", (0.0, 2.9, 3.1, -4.0), (0, 0, 1, 1)),
        ("sigmoid", (0.0, 5.9, 6.1, -7.0), (0, 0, 1, 1)),
        ("relu", (1.0, 0.0, -1.0, 5.0), (0, 1, 1, 0)),
        ("leaky_relu", (1.0, 0.0, -1.0, -50.0), (0, 0, 0, 0)),
    ):
        network = Network((1, 4, 1), (activation,))
        b = np.array(biases).reshape(4, 1)
        parameters = Parameters.of(network, [(np.zeros((4, 1)), b), (np.ones((1, 4)), np.zeros((1, 1)))])
        (shares,) = Parts.of(network, parameters, np.ones((1, 3)), np.zeros((1, 3))).flat_shares
        assert shares.tolist() == list(expected), activation


def test_a_unit_is_flat_on_a_share_of_the_examples():
    network = Network((1, 1, 1), ("relu",))
    parameters = Parameters.of(network, [([[1.0]], [[0.0]]), ([[1.0]], [[0.0]])])
    parts = Parts.of(network, parameters, np.array([[-2.0, -1.0, -0.5, 3.0]]), np.zeros((1, 4)))
    assert parts.flat_shares[0].tolist() == [0.75]


@pytest.mark.parametrize("loss", LOSSES)
def test_the_numerical_gradient_stands_beside_the_analytic_one(loss):
    network, parameters, X, Y = a_problem(3)
    exact, checked, apart = checked_gradient(network, parameters, X, Y, loss)
    assert apart < 1e-7
    np.testing.assert_allclose(exact.vector, checked.vector, rtol=1e-5, atol=1e-9)


def test_a_gradient_of_zero_is_not_apart_from_itself():
    network = Network((1, 1))
    parameters = Parameters.of(network, [([[0.0]], [[0.0]])])
    X, Y = np.array([[1.0, 1.0]]), np.array([[0.0, 1.0]])
    assert checked_gradient(network, parameters, X, Y)[2] == 0.0


def test_a_sure_and_wrong_example_has_the_largest_gradient():
    network = Network((1, 1))
    parameters = Parameters.of(network, [([[4.0]], [[0.0]])])
    parts = Parts.of(network, parameters, np.array([[1.0, 1.0, 0.1]]), np.array([[0.0, 1.0, 1.0]]))
    assert parts.example_norms.argmax() == parts.losses.argmax() == 0


def test_single_precision_is_checked_in_double():
    network, parameters, X, Y = a_problem(3)
    single = Parameters(network, parameters.vector.astype(np.float32))
    assert checked_gradient(network, single, X.astype(np.float32), Y.astype(np.float32))[2] < 1e-7


def test_without_examples_no_unit_is_flat():
    network, parameters, _, _ = a_problem(3)
    parts = Parts.of(network, parameters, np.empty((2, 0)), np.empty((1, 0)))
    assert parts.flat_shares[0].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("X", "Y", "loss", "words"),
    [
        (np.ones((3, 4)), np.ones((1, 4)), "log", r"^X \(3, 4\) must be \(2, m\) for a 2-3-1 network$"),
        (np.ones((2, 4)), np.ones((1, 1)), "log", r"^Y \(1, 1\) must be \(1, 4\), a label for each example$"),
        (np.ones((2, 4)), np.ones((1, 4)), "hinge", r"^loss 'hinge' is not one of log, squared$"),
    ],
)
def test_what_does_not_fit_is_named(X, Y, loss, words):
    network, parameters, _, _ = a_problem(3)
    with pytest.raises(ValueError, match=words):
        Parts.of(network, parameters, X, Y, loss)


def test_where_an_activation_is_flat_is_found_from_its_slope():
    assert flat_ends("tanh") == pytest.approx((-3, 3), abs=0.011)
    assert flat_ends("sigmoid") == pytest.approx((-6, 6), abs=0.021)
    assert flat_ends("relu") == pytest.approx((0, np.inf))
    assert flat_ends("leaky_relu") == flat_ends("identity") == (-np.inf, np.inf)
    low, high = flat_ends("softplus")
    assert low == pytest.approx(np.log(0.01 / 0.99), abs=0.011)
    assert high == np.inf
