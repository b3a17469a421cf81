"""The log loss from logits: exact where it can be known, finite everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.activations import sigmoid
from engine.model.cost import accuracy, cost, log_loss

LOGITS = st.floats(-1e300, 1e300)
STRICT = {"over": "raise", "invalid": "raise", "divide": "raise"}


def one(z, y):
    with np.errstate(**STRICT):
        return cost(np.array([[z]]), np.array([[y]]))


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
    assert cost(Z, Y) == pytest.approx(math.log(32 / 3) / 3, rel=1e-15)


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
