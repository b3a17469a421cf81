"""Counts at a threshold, and what is made of them, against cases worked by hand and by brute force."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.activations import sigmoid
from engine.model.classification import Confusion, confusion, logit, margin, roc
from engine.model.losses import accuracy

POINTS = st.lists(
    st.tuples(st.sampled_from([-3.0, -1.0, -0.25, 0.0, 0.5, 1.0, 2.0]), st.booleans()), max_size=30
)


def arrays(points: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the logits and the labels, each (1, m)."""
    return np.array([[z for z, _ in points]]), np.array([[float(y) for _, y in points]])


def test_ten_points_by_hand() -> None:
    probability = np.array([[0.9, 0.8, 0.7, 0.6, 0.55, 0.45, 0.4, 0.3, 0.2, 0.1]])
    Y = np.array([[1.0, 1, 0, 1, 0, 1, 0, 0, 0, 0]])
    Z = np.log(probability / (1 - probability))
    half = confusion(Z, Y)
    assert half == Confusion(true_negative=4, false_positive=2, false_negative=1, true_positive=3)
    assert half.accuracy == 0.7
    assert half.precision == 3 / 5
    assert half.recall == 3 / 4
    assert half.f1 == pytest.approx(2 / (5 / 3 + 4 / 3))
    assert half.false_alarms == 2 / 6
    assert confusion(Z, Y, 0.75) == Confusion(6, 0, 2, 2)
    assert confusion(Z, Y, 0.35) == Confusion(3, 3, 0, 4)


def test_what_cannot_be_divided_is_no_number() -> None:
    Z, Y = np.array([[-1.0, -2.0]]), np.array([[0.0, 1.0]])
    nothing_called = confusion(Z, Y)
    assert math.isnan(nothing_called.precision)
    assert nothing_called.recall == nothing_called.f1 == 0.0
    no_positives = confusion(Z[:, :1], Y[:, :1])
    assert math.isnan(no_positives.recall) and math.isnan(no_positives.f1)
    empty = confusion(Z[:, :0], Y[:, :0])
    assert empty == (0, 0, 0, 0)
    assert math.isnan(empty.accuracy)


def test_what_is_no_number_is_wrong_for_either_class() -> None:
    Z, Y = np.array([[np.nan, np.nan]]), np.array([[0.0, 1.0]])
    assert confusion(Z, Y) == Confusion(0, 1, 1, 0)
    assert roc(Z, Y) is None


def test_a_threshold_has_its_logit_and_the_middle_is_exactly_zero() -> None:
    assert logit(0.5) == 0.0
    for p in (0.01, 0.27, 0.73, 0.99):
        assert sigmoid(np.array([logit(p)]))[0] == pytest.approx(p)


@given(POINTS, st.sampled_from([0.05, 0.3, 0.5, 0.62, 0.9]))
def test_counts_are_those_of_counting_one_by_one(points: list[tuple[float, bool]], threshold: float) -> None:
    counted = {(y, called): 0 for y in (False, True) for called in (False, True)}
    for z, y in points:
        counted[y, z >= logit(threshold)] += 1
    Z, Y = arrays(points)
    assert confusion(Z, Y, threshold) == tuple(counted.values())
    if points:
        assert confusion(Z, Y).accuracy == accuracy(Z, Y)


@given(POINTS)
def test_the_area_is_how_often_a_positive_is_above_a_negative(points: list[tuple[float, bool]]) -> None:
    Z, Y = arrays(points)
    curve = roc(Z, Y)
    above = [z for z, y in points if y]
    below = [z for z, y in points if not y]
    if not above or not below:
        assert curve is None
        return
    assert curve is not None
    wins = [(one > other) + (one == other) / 2 for one in above for other in below]
    assert curve.area == pytest.approx(sum(wins) / len(wins))
    at_half = confusion(Z, Y)
    on_curve = np.isclose(curve.false_alarms, at_half.false_alarms) & np.isclose(curve.recall, at_half.recall)
    assert on_curve.any()
    assert (curve.false_alarms[[0, -1]] == [0, 1]).all() and (curve.recall[[0, -1]] == [0, 1]).all()


def test_the_margin_counts_who_is_near_and_says_who_is_worst() -> None:
    Z, Y = np.array([[2.0, 0.5, -0.5, -3.0, 1.0]]), np.array([[1.0, 1.0, 1.0, 0.0, 0.0]])
    assert margin(Z, Y) == (2, -1.0)
    assert margin(Z[:, [0, 3]], Y[:, [0, 3]]) == (0, 2.0)
    assert math.isnan(margin(Z[:, :0], Y[:, :0]).smallest)
