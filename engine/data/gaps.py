"""What may be done about cells that hold nothing: a choice the person makes, never one made in silence."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAPS = {"", "na", "n/a", "nan", "null", "?"}  # how a gap is written, in small letters

Numbers = NDArray[np.float64]  # (n_x, m), NaN where there is a gap
Rows = NDArray[np.bool_]  # (m,)


@dataclass(frozen=True)
class GapRule:
    """One way to treat rows with gaps."""

    name: str
    label: str
    help: str
    close: Callable[[Numbers], tuple[Numbers, Rows]] | None
    """Returns the numbers with the gaps filled, and the rows that stay; None refuses the table."""
    note: str = ""
    """What was done to so many rows, for the person."""


def is_gap(cell: str) -> bool:
    """Return whether a cell stands for nothing."""
    return cell.casefold() in GAPS


def _skip(X: Numbers) -> tuple[Numbers, Rows]:
    return X, np.logical_not(np.isnan(X).any(axis=0))


def _fill(X: Numbers) -> tuple[Numbers, Rows]:
    gaps = np.isnan(X)
    filled = np.maximum(1, X.shape[1] - gaps.sum(axis=1))  # a column of gaps alone is refused before
    means = np.where(gaps, 0.0, X / filled[:, None]).sum(axis=1)  # divided first: no sum is too large
    return np.where(gaps, means[:, None], X), np.ones(X.shape[1], dtype=bool)


GAP_RULES: dict[str, GapRule] = {
    rule.name: rule
    for rule in (
        GapRule("refuse", "Refuse the table", "The message says where the first gap is.", None),
        GapRule(
            "skip", "Leave such rows out", "Only rows without a gap are used.", _skip, "with gaps left out"
        ),
        GapRule(
            "mean",
            "Fill with the mean",
            "A gap becomes the mean of its column; a row without a label is left out.",
            _fill,
            "with gaps filled by the column's mean",
        ),
    )
}
