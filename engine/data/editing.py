"""Painting as commands: each gives the new points and the command that takes it back, to the last bit."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import MAX_POINTS, DataError, Dataset


class Edit(Protocol):
    """A change of the points that knows its own inverse."""

    def apply(self, dataset: Dataset) -> tuple[Dataset, "Edit"]:
        """Return the changed set and the edit that undoes the change."""
        ...


@dataclass(frozen=True, eq=False)
class Insert:
    """Put points into the set so that they end up in the given rows."""

    rows: NDArray[np.intp]  # (k,), ascending places in the new set
    X: NDArray[np.float64]  # (n_x, k)
    Y: NDArray[np.float64]  # (1, k)
    ids: NDArray[np.int64]  # (k,)

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the larger set and the removal of what was put in."""
        places = self.rows - np.arange(self.rows.size)  # in the old set, as np.insert counts
        changed = dataset.with_points(
            np.insert(dataset.X, places, self.X, axis=1),
            np.insert(dataset.Y, places, self.Y, axis=1),
            np.insert(dataset.ids, places, self.ids),
        )
        return changed, Remove(self.rows)


@dataclass(frozen=True, eq=False)
class Remove:
    """Take the points in the given rows out."""

    rows: NDArray[np.intp]  # (k,), ascending

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the smaller set and the insertion that brings the points back to their rows."""
        taken = Insert(self.rows, dataset.X[:, self.rows], dataset.Y[:, self.rows], dataset.ids[self.rows])
        changed = dataset.with_points(
            np.delete(dataset.X, self.rows, axis=1),
            np.delete(dataset.Y, self.rows, axis=1),
            np.delete(dataset.ids, self.rows),
        )
        return changed, taken


def paint(dataset: Dataset, X: NDArray[np.float64], label: int) -> Insert:
    """Return the edit that adds the points X (n_x, k) of class `label`, 0 or 1, at the end.

    Raises DataError when there would be more points than can be used.
    """
    k = X.shape[1]
    if dataset.m + k > MAX_POINTS:
        raise DataError(f"There are {dataset.m:,} points; at most {MAX_POINTS:,} can be used.")
    rows = dataset.m + np.arange(k)
    return Insert(rows, X, np.full((1, k), float(label)), dataset.next_id + np.arange(k))


def erase(places: NDArray[np.float64], centre: tuple[float, float], radii: tuple[float, float]) -> Remove:
    """Return the edit that removes every point whose place, of `places` (2, m), is in the ellipse around `centre`.

    On the screen the ellipse is the round brush; `radii` are its half axes in the units of the two axes.
    """
    distance = [(places[i] - centre[i]) / radii[i] for i in (0, 1)]
    return Remove(np.flatnonzero(distance[0] ** 2 + distance[1] ** 2 <= 1.0))


def clear(dataset: Dataset) -> Remove:
    """Return the edit that removes every point."""
    return Remove(np.arange(dataset.m))
