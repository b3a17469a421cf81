"""Forward and backward as the papers write them, against numbers worked by hand and against each other."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model.activations import ACTIVATIONS, sigmoid
from engine.model.losses import LOSSES, log_cost
from engine.model.network import Network, Parameters, initialize, logits
from engine.model.papers import backward, forward, loop_gradient


def gradient_of(network, parameters, X, Y, loss="log"):
    return backward(network, parameters, forward(network, parameters, X), Y, loss).gradient


def case(hidden_activations, n_x=3, m=20):
    """Return a network with 4, 5, 6, … hidden units, a start with biases, and m examples."""
    network = Network((n_x, *range(4, 4 + len(hidden_activations)), 1), tuple(hidden_activations))
    rng = np.random.default_rng(0)
    drawn = initialize(network, "he", rng)
    parameters = Parameters.of(network, [(W, 0.3 * rng.standard_normal(b.shape)) for W, b in drawn])
    return network, parameters, rng.standard_normal((n_x, m)), (rng.random((1, m)) < 0.4).astype(float)


def test_a_forward_pass_worked_by_hand():
    network = Network((2, 2, 1), ("relu",))
    parameters = Parameters.of(
        network,
        [
            (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[0.0], [-1.0]])),
            (np.array([[3.0, -1.0]]), np.array([[0.5]])),
        ],
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
    parameters = Parameters.of(
        network, [(W, rng.standard_normal(b.shape)) for W, b in initialize(network, "he", rng)]
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
    np.testing.assert_allclose(forward(network, parameters, X).Z[-1][0], expected, rtol=1e-12)


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


def test_the_check_notices_khalils_misprint():
    # (34) prints Z[l-1] where A[l-1] belongs.
    network, parameters, X, Y = case(["tanh"])
    passed = forward(network, parameters, X)
    misprinted = passed._replace(A=(X, passed.Z[0], passed.A[2]))
    exact, wrong = (backward(network, parameters, each, Y).gradient.vector for each in (passed, misprinted))
    assert np.linalg.norm(exact - wrong) / np.linalg.norm(exact) > 1e-3


def test_logistic_regression_by_hand():
    # w = (ln 3, 0), b = 0.
    # x1 = ( 1, 0), y = 1: z =  ln 3, a = 3/4, dz = 3/4 - 1 = -1/4
    # x2 = (-1, 1), y = 1: z = -ln 3, a = 1/4, dz = 1/4 - 1 = -3/4
    # x3 = ( 0, 2), y = 0: z = 0,     a = 1/2, dz = 1/2
    network = Network((2, 1))
    parameters = Parameters.of(network, [(np.array([[log(3), 0.0]]), np.zeros((1, 1)))])
    X = np.array([[1.0, -1.0, 0.0], [0.0, 1.0, 2.0]])
    Y = np.array([[1.0, 1.0, 0.0]])
    passed = forward(network, parameters, X)
    np.testing.assert_allclose(passed.A[1], [[0.75, 0.25, 0.5]], rtol=1e-15)
    back = backward(network, parameters, passed, Y)
    (dW, db), *rest = back.gradient
    np.testing.assert_allclose(back.dZ[0], [[-1 / 4, -3 / 4, 1 / 2]], rtol=1e-14)
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
    parameters = Parameters.of(
        network,
        [
            (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[0.0], [-1.0]])),
            (np.array([[log(3), -log(3) / 3]]), np.zeros((1, 1))),
        ],
    )
    X = np.array([[2.0, 0.0, -1.0], [1.0, 1.0, -2.0]])
    Y = np.array([[1.0, 0.0, 0.0]])
    passed = forward(network, parameters, X)
    np.testing.assert_allclose(passed.A[2], [[0.5, 0.5, 0.75]], rtol=1e-15)
    back = backward(network, parameters, passed, Y)
    first, second = back.gradient
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
    parameters = Parameters.of(
        network, [(np.diag([log(2), log(3)]), np.zeros((2, 1))), (np.array([[4.0, -3.0]]), np.zeros((1, 1)))]
    )
    X = np.array([[1.0, 0.0], [1.0, 0.0]])
    Y = np.array([[1.0, 0.0]])
    first, second = gradient_of(network, parameters, X, Y)
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
    parameters = Parameters.of(network, [(np.ones((1, 1)), np.zeros((1, 1)))] * 2)
    X, Y = np.zeros((1, 1)), np.ones((1, 1))
    first, second = gradient_of(network, parameters, X, Y)
    assert (first.W.item(), first.b.item()) == (0.0, 0.0)
    assert (second.W.item(), second.b.item()) == (0.0, -0.5)


def test_the_mean_is_over_examples_not_features():
    # Matt R's code divides by the features; twice the same examples must give the same gradient.
    network, parameters, X, Y = case(["tanh"])
    twice = np.hstack([X, X]), np.hstack([Y, Y])
    once = gradient_of(network, parameters, X, Y).vector
    doubled = gradient_of(network, parameters, *twice).vector
    np.testing.assert_allclose(doubled, once, rtol=1e-12, atol=1e-15)


@settings(max_examples=30)
@given(st.permutations(range(20)), st.sampled_from(list(ACTIVATIONS)))
def test_the_order_of_the_examples_does_not_matter(order, activation):
    network, parameters, X, Y = case([activation])
    sorted_gradient = gradient_of(network, parameters, X, Y).vector
    X, Y = X[:, order], Y[:, order]
    shuffled = gradient_of(network, parameters, X, Y).vector
    np.testing.assert_allclose(shuffled, sorted_gradient, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    "hidden", [(), *((name,) for name in ACTIVATIONS), ("tanh", "relu", "softplus")], ids=str
)
def test_the_loops_and_the_matrices_agree(hidden, loss):
    network, parameters, X, Y = case(hidden)
    J, looped = loop_gradient(network, parameters, X, Y, loss)
    gradient = gradient_of(network, parameters, X, Y, loss)
    expected = LOSSES[loss].f(logits(network, parameters, X), Y).mean()
    np.testing.assert_allclose(J, expected, rtol=1e-12)
    np.testing.assert_allclose(gradient.vector, looped.vector, rtol=1e-10, atol=1e-14)


def test_the_cost_of_the_loops_is_the_log_cost():
    network, parameters, X, Y = case(["tanh"])
    J, _ = loop_gradient(network, parameters, X, Y)
    np.testing.assert_allclose(J, log_cost(logits(network, parameters, X), Y), rtol=1e-13)


def test_without_examples_there_is_no_slope():
    network, parameters, X, Y = case(["tanh"])
    assert not gradient_of(network, parameters, X[:, :0], Y[:, :0]).vector.any()


def test_layers_of_identities_are_one_straight_line():
    # (2 + 3 z) 0.5 - 1 with z = 4 x is 6 x: W = (1/2)(3)(4), b = (1/2) 2 - 1.
    network = Network((1, 1, 1, 1), ("identity", "identity"))
    parameters = Parameters.of(network, [(np.full((1, 1), w), np.full((1, 1), b)) for w, b in
                                         ((4.0, 0.0), (3.0, 2.0), (0.5, -1.0))])  # fmt: skip
    X = np.linspace(-2.0, 2.0, 9).reshape(1, -1)
    np.testing.assert_array_equal(forward(network, parameters, X).Z[-1], 6.0 * X)


def test_one_gradient_of_the_squared_error_by_hand():
    # w = (ln 3, 0), b = 0 and the examples of test_gradient.py: dz = (a - y) a (1 - a) is
    # x1 = (1, 0), y = 1: -3/64;  x2 = (-1, 1), y = 1, a = 1/4: -3/4 3/16 = -9/64;  x3 = (0, 2), y = 0: 1/8
    # dw = (-3/64 + 9/64, -9/64 + 16/64) / 3 = (1/32, 7/192), db = (-12/64 + 8/64) / 3 = -1/48
    network = Network((2, 1))
    parameters = Parameters(network, np.array([log(3), 0.0, 0.0]))
    X, Y = np.array([[1.0, -1.0, 0.0], [0.0, 1.0, 2.0]]), np.array([[1.0, 1.0, 0.0]])
    gradient = backward(network, parameters, forward(network, parameters, X), Y, "squared").gradient
    np.testing.assert_allclose(gradient.vector, [1 / 32, 7 / 192, -1 / 48], rtol=1e-14)
