"""The curve of a run: the scores of its iterations, in a memory that does not grow without bound."""

from typing import NamedTuple

import numpy as np

from engine.training.step import Scores, State

COLUMNS = ("iteration", *Scores._fields)
CAPACITY = 1 << 18  # rows; 10 MiB


class Curve(NamedTuple):
    """A finished part of a history, never written again: one row for each iteration kept."""

    rows: np.ndarray  # (n, 5), columns as in COLUMNS

    def column(self, name: str) -> np.ndarray:
        """Return one column, shape (n,)."""
        return self.rows[:, COLUMNS.index(name)]


class History:
    """Appends the scores of each iteration. When it is full it keeps every second row and goes on at that stride.

    Published curves share its memory and stay as they were: rows once written are never written again, and
    thinning moves to a new buffer.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._rows = np.empty((capacity, len(COLUMNS)))
        self._length = 0
        self._stride = 1

    def append(self, state: State) -> None:
        """Keep the scores of a state."""
        if state.iteration % self._stride:
            return
        if self._length == len(self._rows):
            self._thin()
            if state.iteration % self._stride:
                return
        self._rows[self._length] = (state.iteration, *state.scores)
        self._length += 1

    def curve(self) -> Curve:
        """Return what there is so far, read-only and without copying."""
        rows = self._rows[: self._length]
        rows.setflags(write=False)
        return Curve(rows)

    def _thin(self) -> None:
        self._stride *= 2
        kept = self._rows[self._rows[:, 0] % self._stride == 0]
        rows = np.empty_like(self._rows)
        rows[: len(kept)] = kept
        self._rows, self._length = rows, len(kept)
