"""What a whole gesture changed, as one edit: the steps between its beginning and its end are forgotten."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset, among
from engine.data.editing.commands import Edit, Edits, Hold, Insert, Move, Relabel, Remove


class Difference(NamedTuple):
    """The edit from one set to another, and back, and how many points it touches."""

    forward: Edit
    back: Edit
    size: int


def difference(before: Dataset, after: Dataset) -> Difference:
    """Return what was changed between two sets of which edits made one from the other, exact to the last bit.

    Edits keep the order of the points that stay.
    """
    stays, stayed = among(before.ids, after.ids), among(after.ids, before.ids)
    parts: list[Edit] = []
    touched = np.zeros(np.count_nonzero(stays), dtype=bool)
    if not stays.all():
        parts.append(Remove(np.flatnonzero(~stays)))
    changes: tuple[tuple[Callable[..., Edit], np.ndarray, np.ndarray], ...] = (
        (Move, before.X, after.X),
        (Relabel, before.Y, after.Y),
        (Hold, before.held, after.held),
    )
    for make, old, new in changes:
        if old is new:
            continue
        new = _chosen(new, stayed)
        other = _differs(_chosen(old, stays), new)
        if other.any():
            rows = np.flatnonzero(other)
            parts.append(make(rows, new[..., rows]))
            touched |= other
    if not stayed.all():
        rows = np.flatnonzero(~stayed)
        parts.append(Insert(rows, after.X[:, rows], after.Y[:, rows], after.ids[rows], after.held[rows]))
    size = int(np.count_nonzero(touched) + np.count_nonzero(~stays) + np.count_nonzero(~stayed))
    forward: Edit = Edits(tuple(parts))
    return Difference(forward, forward.apply(before)[1], size)


def _chosen(array: np.ndarray, columns: NDArray[np.bool_]) -> np.ndarray:
    """Return the chosen columns (…, k); all of them without copying."""
    return array if columns.all() else np.compress(columns, array, axis=-1)


def _differs(one: np.ndarray, other: np.ndarray) -> NDArray[np.bool_]:
    """Return in which columns (k,) two arrays differ, by their bits: 0 is not -0, and NaN is NaN."""
    bits = f"u{one.dtype.itemsize}"
    different = np.ascontiguousarray(one).view(bits) != np.ascontiguousarray(other).view(bits)
    return np.atleast_2d(different).any(axis=0)  # type: ignore[return-value]
