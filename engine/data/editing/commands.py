"""The five changes of points, and several as one. Each gives the changed set and its own exact inverse."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset


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
    held: NDArray[np.bool_]  # (k,)

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the larger set and the removal of what was put in."""
        changed = dataset.with_points(
            self._put_into(dataset.X, self.X),
            self._put_into(dataset.Y, self.Y),
            self._put_into(dataset.ids, self.ids),
            self._put_into(dataset.held, self.held),
        )
        return changed, Remove(self.rows)

    def _put_into(self, old: np.ndarray, new: np.ndarray) -> np.ndarray:
        """Return old (…, m) and new (…, k) as one array (…, m + k)."""
        if not self.rows.size or self.rows[0] == old.shape[-1]:  # a stroke adds to the end, in every frame
            return np.concatenate([old, new], axis=-1)
        places = self.rows - np.arange(self.rows.size)  # in the old set, as np.insert counts
        return np.insert(old, places, new, axis=-1)


@dataclass(frozen=True, eq=False)
class Remove:
    """Take the points in the given rows out."""

    rows: NDArray[np.intp]  # (k,), ascending

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the smaller set and the insertion that brings the points back to their rows."""
        rows = self.rows
        taken = Insert(rows, dataset.X[:, rows], dataset.Y[:, rows], dataset.ids[rows], dataset.held[rows])
        stays = np.ones(dataset.m, dtype=bool)
        stays[rows] = False
        changed = dataset.with_points(
            dataset.X[:, stays], dataset.Y[:, stays], dataset.ids[stays], dataset.held[stays]
        )
        return changed, taken


@dataclass(frozen=True, eq=False)
class Move:
    """Give the points in the given rows other features."""

    rows: NDArray[np.intp]  # (k,), all different
    X: NDArray[np.float64]  # (n_x, k)

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the changed set and the move back."""
        X = dataset.X.copy()
        X[:, self.rows] = self.X
        back = Move(self.rows, dataset.X[:, self.rows])
        return dataset.with_points(X, dataset.Y, dataset.ids, dataset.held), back


@dataclass(frozen=True, eq=False)
class Relabel:
    """Give the points in the given rows other classes."""

    rows: NDArray[np.intp]  # (k,), all different
    Y: NDArray[np.float64]  # (1, k), 0 or 1

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the changed set and the way back."""
        Y = dataset.Y.copy()
        Y[:, self.rows] = self.Y
        back = Relabel(self.rows, dataset.Y[:, self.rows])
        return dataset.with_points(dataset.X, Y, dataset.ids, dataset.held), back


@dataclass(frozen=True, eq=False)
class Hold:
    """Keep the points in the given rows for the test, or leave them to the split."""

    rows: NDArray[np.intp]  # (k,), all different
    held: NDArray[np.bool_]  # (k,)

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the changed set and the way back."""
        held = dataset.held.copy()
        held[self.rows] = self.held
        back = Hold(self.rows, dataset.held[self.rows])
        return dataset.with_points(dataset.X, dataset.Y, dataset.ids, held), back


@dataclass(frozen=True, eq=False)
class Edits:
    """Several edits, one after the other."""

    parts: tuple[Edit, ...]

    def apply(self, dataset: Dataset) -> tuple[Dataset, Edit]:
        """Return the changed set and the inverses, the last first."""
        inverses: list[Edit] = []
        for part in self.parts:
            dataset, inverse = part.apply(dataset)
            inverses.append(inverse)
        return dataset, Edits(tuple(reversed(inverses)))
