"""The activations and the loss that the papers do not have, by hand and at their ends."""

import math

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS, sigmoid
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters
from engine.model.papers import backward, forward

STRICT = {"over": "raise", "invalid": "raise", "divide": "raise"}
EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))


@pytest.mark.parametrize(
    ("name", "z", "a", "slope"),
    [
        ("leaky_relu", -200.0, -2.0, 0.01),
        ("leaky_relu", 0.0, 0.0, 0.01),  # the value at 0 is a choice
        ("leaky_relu", 3.0, 3.0, 1.0),
        ("softplus", -800.0, 0.0, 0.0),
        ("softplus", -40.0, math.exp(-40), math.exp(-40)),  # to the last digit, not rounded to 0
        ("softplus", -math.log(3), math.log(4 / 3), 1 / 4),
        ("softplus", 0.0, math.log(2), 1 / 2),
        ("softplus", math.log(3), math.log(4), 3 / 4),
        ("softplus", 800.0, 800.0, 1.0),
        ("identity", -1e300, -1e300, 1.0),
        ("identity", 2.5, 2.5, 1.0),
    ],
)
def test_activations_by_hand(name, z, a, slope):
    Z = np.array([[z]])
    with np.errstate(**STRICT):
        A = ACTIVATIONS[name].f(Z)
        derivative = ACTIVATIONS[name].derivative(Z, A)
    np.testing.assert_allclose([A.item(), derivative.item()], [a, slope], rtol=4e-16, atol=0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_steepest_slope_is_never_passed(name):
    g = ACTIVATIONS[name]
    Z = np.linspace(-40.0, 40.0, 8001)
    assert g.derivative(Z, g.f(Z)).max() == pytest.approx(g.steepest, rel=1e-12)


def test_layers_of_identities_are_one_straight_line():
    # (2 + 3 z) 0.5 - 1 with z = 4 x is 6 x: W = (1/2)(3)(4), b = (1/2) 2 - 1.
    network = Network((1, 1, 1, 1), ("identity", "identity"))
    parameters = Parameters.of(network, [(np.full((1, 1), w), np.full((1, 1), b)) for w, b in
                                         ((4.0, 0.0), (3.0, 2.0), (0.5, -1.0))])  # fmt: skip
    X = np.linspace(-2.0, 2.0, 9).reshape(1, -1)
    np.testing.assert_array_equal(forward(network, parameters, X).Z[-1], 6.0 * X)


def test_squared_error_by_hand():
    # z = ln 3: a = 3/4. y = 1: (1/4)²/2 = 1/32, slope (a - y) a (1 - a) = -1/4 3/16 = -3/64.
    #           y = 0: (3/4)²/2 = 9/32, slope 3/4 3/16 = 9/64. z = 0: a = 1/2, 1/8, ±1/8.
    Z, Y = np.array([[math.log(3), math.log(3), 0.0, 0.0]]), np.array([[1.0, 0.0, 1.0, 0.0]])
    np.testing.assert_allclose(LOSSES["squared"].f(Z, Y), [[1 / 32, 9 / 32, 1 / 8, 1 / 8]], rtol=1e-15)
    slopes = [[-3 / 64, 9 / 64, -1 / 8, 1 / 8]]
    np.testing.assert_allclose(LOSSES["squared"].derivative(Z, Y), slopes, rtol=1e-15)


def test_one_gradient_of_the_squared_error_by_hand():
    # w = (ln 3, 0), b = 0 and the examples of test_gradient.py: dz = (a - y) a (1 - a) is
    # x1 = (1, 0), y = 1: -3/64;  x2 = (-1, 1), y = 1, a = 1/4: -3/4 3/16 = -9/64;  x3 = (0, 2), y = 0: 1/8
    # dw = (-3/64 + 9/64, -9/64 + 16/64) / 3 = (1/32, 7/192), db = (-12/64 + 8/64) / 3 = -1/48
    network = Network((2, 1))
    parameters = Parameters(network, np.array([math.log(3), 0.0, 0.0]))
    X, Y = np.array([[1.0, -1.0, 0.0], [0.0, 1.0, 2.0]]), np.array([[1.0, 1.0, 0.0]])
    gradient = backward(network, parameters, forward(network, parameters, X), Y, "squared").gradient
    np.testing.assert_allclose(gradient.vector, [1 / 32, 7 / 192, -1 / 48], rtol=1e-14)


@EVERY_LOSS
def test_the_chain_of_the_papers_gives_the_slope_in_z(loss):
    Z = np.linspace(-9.0, 9.0, 37).reshape(1, -1)
    A, h = sigmoid(Z), 1e-5
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        slope = loss.derivative(Z, Y)
        np.testing.assert_allclose(slope, (loss.f(Z + h, Y) - loss.f(Z - h, Y)) / (2 * h), rtol=0, atol=1e-10)
        np.testing.assert_allclose(slope, loss.slope_of_output(A, Y) * A * (1 - A), rtol=1e-9)


def test_the_squared_error_learns_nothing_from_the_confident_mistake():
    Z, Y = np.array([[40.0, -40.0]]), np.array([[0.0, 1.0]])
    np.testing.assert_allclose(LOSSES["squared"].f(Z, Y), [[0.5, 0.5]], rtol=1e-15)
    # a (1 - a) is e^-40, the log loss keeps the slope ±1.
    slopes = [[math.exp(-40), -math.exp(-40)]]
    np.testing.assert_allclose(LOSSES["squared"].derivative(Z, Y), slopes, rtol=1e-14)
    np.testing.assert_allclose(LOSSES["log"].derivative(Z, Y), [[1.0, -1.0]], rtol=1e-15)


@EVERY_LOSS
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_losses_are_finite_and_silent_at_the_ends_and_write_nothing(loss, dtype):
    Z = np.array([[-1e30, -1000.0, -0.0, 0.0, 1000.0, 1e30]], dtype)
    given = Z.copy()
    for y in (0, 1):
        Y = np.full_like(Z, y)
        with np.errstate(**STRICT):
            value, slope = loss.f(Z, Y), loss.derivative(Z, Y)
        assert value.dtype == slope.dtype == dtype
        assert np.isfinite(value).all() and (value >= 0).all()
        assert (abs(slope) <= 1).all()
        assert ((slope <= 0) if y else (slope >= 0)).all()
        assert (np.diff(value[0] * (1 - 2 * y)) >= 0).all()
    np.testing.assert_array_equal(Z, given)
