"""From probabilities to classes: what a threshold calls each point, and how often that is right.

Class 1 is called positive. A point is called so where its probability is at least the threshold, which is where its
logit is at least the threshold's.
"""

import math
from typing import NamedTuple

import numpy as np

from engine.model.activations import Array


class Confusion(NamedTuple):
    """How many points of each class are called which. A quotient is NaN where its denominator is 0."""

    true_negative: int
    false_positive: int
    false_negative: int
    true_positive: int

    @property
    def m(self) -> int:
        """How many points there are."""
        return sum(self)

    @property
    def accuracy(self) -> float:
        """The share of points that are called what they are."""
        return _quotient(self.true_negative + self.true_positive, self.m)

    @property
    def precision(self) -> float:
        """The share of positives among the points that are called positive."""
        return _quotient(self.true_positive, self.true_positive + self.false_positive)

    @property
    def recall(self) -> float:
        """The share of the positives that are called positive: the true positive rate."""
        return _quotient(self.true_positive, self.true_positive + self.false_negative)

    @property
    def false_alarms(self) -> float:
        """The share of the negatives that are called positive: the false positive rate."""
        return _quotient(self.false_positive, self.false_positive + self.true_negative)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        wrong = self.false_positive + self.false_negative
        return _quotient(2 * self.true_positive, 2 * self.true_positive + wrong)


class Roc(NamedTuple):
    """Recall against false alarms at every threshold, from above all logits to below them."""

    false_alarms: Array  # (k,)
    recall: Array  # (k,)
    area: float
    """The probability that a positive has a higher logit than a negative, where a tie counts half."""


class Margin(NamedTuple):
    """How far the points are from the line, in z, on their own side of it."""

    inside: int
    """How many points have |z| below 1."""
    smallest: float
    """The smallest (2y − 1) z; negative where a point is on the wrong side. NaN without points."""


def logit(p: float) -> float:
    """Return the z whose sigmoid is the probability p, between 0 and 1; exactly 0 for 0.5."""
    return math.log(p / (1.0 - p))


def confusion(Z: Array, Y: Array, threshold: float = 0.5) -> Confusion:
    """Return how the logits Z (1, m) call points with the labels Y (1, m). What is no number is always wrong."""
    z = logit(threshold)
    positive = Y >= 0.5  # (1, m)
    positives = int(np.count_nonzero(positive))
    true_positive = int(np.count_nonzero((z <= Z) & positive))
    true_negative = int(np.count_nonzero((z > Z) & ~positive))
    return Confusion(
        true_negative, Y.size - positives - true_negative, positives - true_positive, true_positive
    )


def roc(Z: Array, Y: Array) -> Roc | None:
    """Return the receiver operating characteristic of the logits Z (1, m) of points with the labels Y (1, m).

    None where a class has no point, or a logit is no number.
    """
    order = np.argsort(-Z[0], kind="stable")
    z, y = Z[0, order], Y[0, order] >= 0.5  # each (m,), the highest logit first
    positives = np.count_nonzero(y)
    if not 0 < positives < y.size or np.isnan(z).any():
        return None
    last = np.append(z[1:] != z[:-1], True)  # (m,), of the points with one logit
    recall = np.append(0.0, np.cumsum(y)[last] / positives)
    false_alarms = np.append(0.0, np.cumsum(~y)[last] / (y.size - positives))
    return Roc(false_alarms, recall, float(np.trapezoid(recall, false_alarms)))


def margin(Z: Array, Y: Array) -> Margin:
    """Return how far points with the labels Y (1, m) are from the line, given their logits Z (1, m)."""
    signed = (2.0 * Y - 1.0) * Z  # (1, m)
    smallest = float(signed.min()) if signed.size else math.nan
    return Margin(int(np.count_nonzero(np.abs(Z) < 1.0)), smallest)


def _quotient(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
