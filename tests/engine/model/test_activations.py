"""Every activation has the derivative it says, and none warns at the ends."""

import math

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS, sigmoid

EVERY = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
STRICT = {"over": "raise", "invalid": "raise", "divide": "raise"}


def test_the_registry_is_keyed_by_name():
    assert list(ACTIVATIONS) == ["sigmoid", "tanh", "relu", "leaky_relu", "softplus", "identity"]
    assert all(name == activation.name for name, activation in ACTIVATIONS.items())
    assert all(each.label and each.formula and each.help for each in ACTIVATIONS.values())


@EVERY
def test_the_derivative_is_the_slope(activation):
    Z = np.linspace(-6.0, 6.0, 50).reshape(2, 25)  # no point at 0, where the ReLUs have none
    h = 1e-5
    slope = (activation.f(Z + h) - activation.f(Z - h)) / (2 * h)
    derivative = activation.derivative(Z, activation.f(Z))
    assert derivative.shape == Z.shape
    np.testing.assert_allclose(derivative, slope, rtol=0, atol=1e-9)


@EVERY
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_shape_and_precision_stay_and_the_input_too(activation, dtype):
    Z = np.array([[-2.0, -0.0, 3.0]], dtype)
    before = Z.copy()
    A = activation.f(Z)
    derivative = activation.derivative(Z, A)
    assert A.shape == derivative.shape == (1, 3)
    assert A.dtype == derivative.dtype == dtype
    np.testing.assert_array_equal(Z, before)


@EVERY
def test_the_extremes_are_finite_and_silent(activation):
    Z = np.array([[-1e300, -1000.0, -750.0, -0.0, 0.0, 750.0, 1000.0, 1e300]])
    with np.errstate(**STRICT):
        A = activation.f(Z)
        derivative = activation.derivative(Z, A)
    assert np.isfinite(A).all()
    assert np.isfinite(derivative).all()
    assert (np.diff(A[0]) >= 0).all()


def test_sigmoid_at_known_places():
    # e^ln 3 = 3, so sigmoid(ln 3) = 3/4 and sigmoid(-ln 3) = 1/4.
    Z = np.array([-1000.0, -np.log(3), 0.0, np.log(3), 1000.0])
    np.testing.assert_allclose(sigmoid(Z), [0.0, 0.25, 0.5, 0.75, 1.0], rtol=0, atol=1e-16)


def test_sigmoid_keeps_its_precision_far_to_the_left():
    # There 1 / (1 + e^-z) is e^z to the last digit, and must not be rounded to 0.
    np.testing.assert_allclose(sigmoid(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]), rtol=1e-14)


def test_sigmoid_is_symmetric_and_a_probability():
    Z = np.linspace(0.0, 36.0, 1001)
    right, left = sigmoid(Z), sigmoid(-Z)
    assert ((right >= 0.5) & (right < 1)).all()
    assert ((left > 0) & (left <= 0.5)).all()
    np.testing.assert_allclose(right + left, 1.0, rtol=0, atol=1e-15)


def test_the_steepest_slopes():
    zero = np.zeros((1, 1))
    slopes = {name: g.derivative(zero, g.f(zero)).item() for name, g in ACTIVATIONS.items()}
    assert slopes == {
        "sigmoid": 0.25,
        "tanh": 1.0,
        "relu": 0.0,
        "leaky_relu": 0.01,
        "softplus": 0.5,
        "identity": 1.0,
    }


@EVERY
def test_no_slope_is_steeper_than_it_says(activation):
    Z = np.linspace(-40.0, 40.0, 801).reshape(1, -1)
    slopes = activation.derivative(Z, activation.f(Z))
    assert slopes.min() >= 0.0
    assert slopes.max() == pytest.approx(activation.steepest, rel=1e-12)


@EVERY
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_writing_fills_what_is_given_and_nothing_else(activation, dtype):
    # Training writes into parts of larger arrays.
    Z = np.linspace(-3.0, 3.0, 15, dtype=dtype).reshape(3, 5)
    whole, slopes = np.full((4, 5), 9.0, dtype), np.full((3, 8), 9.0, dtype)
    before = Z.copy()
    activation.write(Z, whole[:-1])
    activation.write_derivative(Z, whole[:-1], slopes[:, :5])
    np.testing.assert_array_equal(whole[:-1], activation.f(Z))
    np.testing.assert_array_equal(slopes[:, :5], activation.derivative(Z, activation.f(Z)))
    np.testing.assert_array_equal(Z, before)
    assert (whole[-1] == 9.0).all()
    assert (slopes[:, 5:] == 9.0).all()


def test_saturation_kills_the_slope_of_the_two_that_squeeze():
    Z = np.array([[20.0]])
    slopes = {name: g.derivative(Z, g.f(Z)).item() for name, g in ACTIVATIONS.items()}
    assert slopes["sigmoid"] < 1e-8
    assert slopes["tanh"] < 1e-8
    others = {name: slope for name, slope in slopes.items() if name not in ("sigmoid", "tanh")}
    assert others == pytest.approx(dict.fromkeys(others, 1.0), rel=1e-8)
    assert slopes["relu"] == slopes["leaky_relu"] == slopes["identity"] == 1.0


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
