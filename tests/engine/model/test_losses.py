"""The losses from logits: exact where that can be known, finite everywhere, each with the slope it says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.activations import sigmoid
from engine.model.losses import LOSSES, accuracy, log_cost

log_loss = LOSSES["log"].f
EVERY = pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
LOGITS = st.floats(-1e300, 1e300)
STRICT = {"over": "raise", "invalid": "raise", "divide": "raise"}


def one(z, y):
    with np.errstate(**STRICT):
        return log_cost(np.array([[z]]), np.array([[y]]))


@pytest.mark.parametrize(
    ("z", "y", "expected"),
    [
        (1000.0, 1.0, 0.0),
        (1000.0, 0.0, 1000.0),
        (-1000.0, 0.0, 0.0),
        (-1000.0, 1.0, 1000.0),
        (1e300, 0.0, 1e300),
        (-1e300, 1.0, 1e300),
        (0.0, 0.0, math.log(2)),
        (0.0, 1.0, math.log(2)),
    ],
)
def test_exact_losses(z, y, expected):
    assert one(z, y) == expected


def test_losses_worked_by_hand():
    # z = ln 3 makes a = 3/4: y = 1 costs -ln(3/4) = ln(4/3), y = 0 costs -ln(1/4) = ln 4.
    Z = np.array([[math.log(3), math.log(3), 0.0]])
    Y = np.array([[1.0, 0.0, 1.0]])
    np.testing.assert_allclose(log_loss(Z, Y), [[math.log(4 / 3), math.log(4), math.log(2)]], rtol=1e-15)
    # The mean: (ln(4/3) + ln 4 + ln 2) / 3 = ln(32/3) / 3.
    assert log_cost(Z, Y) == pytest.approx(math.log(32 / 3) / 3, rel=1e-15)


def test_it_is_the_formula_of_the_papers():
    Z = np.linspace(-12.0, 12.0, 101).reshape(1, -1)
    A = sigmoid(Z)
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        papers = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
        np.testing.assert_allclose(log_loss(Z, Y), papers, rtol=1e-9)


def test_its_slope_is_a_minus_y():
    Z = np.linspace(-8.0, 8.0, 33).reshape(1, -1)
    h = 1e-5
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        slope = (log_loss(Z + h, Y) - log_loss(Z - h, Y)) / (2 * h)
        np.testing.assert_allclose(slope, sigmoid(Z) - Y, rtol=0, atol=1e-9)
        np.testing.assert_allclose(LOSSES["log"].derivative(Z, Y), sigmoid(Z) - Y, rtol=0, atol=1e-15)


def test_the_registry_is_keyed_by_name():
    assert list(LOSSES) == ["log", "squared"]
    assert all(name == loss.name for name, loss in LOSSES.items())
    assert all(each.label and each.formula and each.help for each in LOSSES.values())


@EVERY
def test_the_derivative_is_the_slope(loss):
    Z = np.linspace(-8.0, 8.0, 33).reshape(1, -1)
    h = 1e-5
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        slope = (loss.f(Z + h, Y) - loss.f(Z - h, Y)) / (2 * h)
        np.testing.assert_allclose(loss.derivative(Z, Y), slope, rtol=0, atol=1e-9)


@EVERY
def test_the_slope_of_the_output_begins_the_chain(loss):
    # dl/dz = dl/da a (1 - a), as the papers go.
    Z = np.linspace(-8.0, 8.0, 33).reshape(1, -1)
    A = sigmoid(Z)
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        np.testing.assert_allclose(
            loss.slope_of_output(A, Y) * A * (1 - A), loss.derivative(Z, Y), rtol=1e-9, atol=1e-15
        )


def test_the_squared_error_worked_by_hand():
    # z = ln 3 makes a = 3/4: y = 1 costs (1/4)^2 / 2 = 1/32, y = 0 costs (3/4)^2 / 2 = 9/32; z = 0 costs 1/8.
    # dl/dz = (a - y) a (1 - a): -1/4 * 3/16 = -3/64, 3/4 * 3/16 = 9/64, -1/2 * 1/4 = -1/8.
    Z = np.array([[math.log(3), math.log(3), 0.0]])
    Y = np.array([[1.0, 0.0, 1.0]])
    np.testing.assert_allclose(LOSSES["squared"].f(Z, Y), [[1 / 32, 9 / 32, 1 / 8]], rtol=1e-14)
    np.testing.assert_allclose(LOSSES["squared"].derivative(Z, Y), [[-3 / 64, 9 / 64, -1 / 8]], rtol=1e-14)


@EVERY
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_shape_and_precision_stay_and_the_input_too(loss, dtype):
    Z, Y = np.array([[-2.0, -0.0, 3.0]], dtype), np.array([[0.0, 1.0, 1.0]], dtype)
    before = Z.copy(), Y.copy()
    for values in (loss.f(Z, Y), loss.derivative(Z, Y)):
        assert values.shape == (1, 3)
        assert values.dtype == dtype
    np.testing.assert_array_equal(Z, before[0])
    np.testing.assert_array_equal(Y, before[1])


@EVERY
@given(z=LOGITS)
def test_loss_and_slope_are_finite_and_silent(loss, z):
    Z = np.array([[z, z]])
    Y = np.array([[0.0, 1.0]])
    with np.errstate(**STRICT):
        assert np.isfinite(loss.f(Z, Y)).all()
        assert (np.abs(loss.derivative(Z, Y)) <= 1.0).all()


@given(LOGITS)
def test_it_is_never_negative_and_the_classes_mirror_each_other(z):
    assert 0.0 <= one(z, 1.0) < math.inf
    assert one(z, 1.0) == one(-z, 0.0)


@given(LOGITS)
def test_the_two_losses_differ_by_the_logit(z):
    assert one(z, 0.0) - one(z, 1.0) == pytest.approx(z, rel=1e-12, abs=1e-12)


def test_a_small_loss_is_not_rounded_away():
    # -ln sigmoid(40) is e^-40 to the last digit; log(sigmoid(40)) would be 0.
    assert one(40.0, 1.0) == pytest.approx(math.exp(-40), rel=1e-14, abs=0.0)


def test_accuracy_counts_the_right_side_of_one_half():
    Z = np.array([[-1.0, -1e-300, 0.0, 2.0, 5.0]])
    assert accuracy(Z, np.array([[0.0, 0.0, 1.0, 1.0, 1.0]])) == 1.0
    assert accuracy(Z, np.array([[1.0, 1.0, 0.0, 0.0, 0.0]])) == 0.0
    assert accuracy(Z, np.array([[0.0, 1.0, 0.0, 1.0, 1.0]])) == 0.6


def test_the_squared_error_learns_nothing_from_the_confident_mistake():
    Z, Y = np.array([[40.0, -40.0]]), np.array([[0.0, 1.0]])
    np.testing.assert_allclose(LOSSES["squared"].f(Z, Y), [[0.5, 0.5]], rtol=1e-15)
    # a (1 - a) is e^-40, the log loss keeps the slope ±1.
    slopes = [[math.exp(-40), -math.exp(-40)]]
    np.testing.assert_allclose(LOSSES["squared"].derivative(Z, Y), slopes, rtol=1e-14)
    np.testing.assert_allclose(LOSSES["log"].derivative(Z, Y), [[1.0, -1.0]], rtol=1e-15)
