"""What a person does to points, as edits."""

import numpy as np
from numpy.typing import NDArray

from engine.data import dataset as limits
from engine.data.dataset import DataError, Dataset
from engine.data.editing.commands import Insert, Move, Remove

Array = NDArray[np.floating]


def paint(dataset: Dataset, X: Array, label: int, held: bool = False) -> Insert:
    """Return the edit that adds the points X (n_x, k) of class `label`, 0 or 1, at the end.

    Raises DataError when there would be more points than can be used.
    """
    k = X.shape[1]
    return _append(dataset, X, np.full((1, k), float(label)), np.full(k, held))


def add(dataset: Dataset, X: NDArray[np.float64], Y: NDArray[np.float64]) -> Insert:
    """Return the edit that adds the points X (n_x, k) labelled Y (1, k) at the end. Raises DataError as `paint` does."""
    return _append(dataset, X, Y, np.zeros(X.shape[1], dtype=bool))


def duplicate(dataset: Dataset, rows: NDArray[np.intp]) -> Insert:
    """Return the edit that adds the points in `rows` (k,) once more, at the end. Raises DataError as `paint` does."""
    return _append(dataset, dataset.X[:, rows], dataset.Y[:, rows], dataset.held[rows])


def shift(dataset: Dataset, rows: NDArray[np.intp], directions: Array, way: Array) -> Move:
    """Return the edit that moves the points in `rows` (k,) along a plane, by `way` (2, 1) or (2, k).

    `directions` (n_x, 2) are those of the plane. Whatever it does not show of a point stays as it is.
    """
    moved = dataset.X[:, rows] + directions @ way
    unmoved = ~directions.any(axis=1)
    moved[unmoved] = dataset.X[np.ix_(unmoved, rows)]  # to the last bit: -0 + 0 is 0
    return Move(rows, moved)


def clear(dataset: Dataset) -> Remove:
    """Return the edit that removes every point."""
    return Remove(np.arange(dataset.m))


def _append(dataset: Dataset, X: Array, Y: Array, held: NDArray[np.bool_]) -> Insert:
    k = X.shape[1]
    if dataset.m + k > limits.MAX_POINTS:
        raise DataError(f"There are {dataset.m:,} points; at most {limits.MAX_POINTS:,} can be used.")
    return Insert(dataset.m + np.arange(k), X, Y, dataset.next_id + np.arange(k), held)
