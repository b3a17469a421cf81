"""What is kept of a run: its curve, and the way back to its iterations. All of it is immutable."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from engine.training.changes import Mark
from engine.training.experiment import Experiment
from engine.training.state import Scores, State
from engine.training.trail import Moment

COLUMNS = ("iteration", *Scores._fields)


class Curve(NamedTuple):
    """A finished part of a history, never written again: one row for each iteration kept."""

    columns: np.ndarray  # (8, n), in the order of COLUMNS

    @property
    def rows(self) -> np.ndarray:
        """All of it, shape (n, 8)."""
        return self.columns.T

    def column(self, name: str) -> np.ndarray:
        """Return one column, shape (n,); NaN where a score was not taken."""
        return self.columns[COLUMNS.index(name)]

    def nearest_row(self, iteration: float) -> int | None:
        """Return the row at which all points were judged that is nearest to an iteration, if there is one."""
        judged = np.flatnonzero(np.isfinite(self.column("train_cost")))
        if not judged.size:
            return None
        kept = self.column("iteration")[judged]
        after = min(int(np.searchsorted(kept, iteration)), kept.size - 1)
        before = max(after - 1, 0)
        return int(judged[after if kept[after] - iteration <= iteration - kept[before] else before])

    def thinned(self, rows: int, stride: int = 1) -> tuple["Curve", int]:
        """Return so many rows at most, by doubling the stride of their iterations, and that stride."""
        columns = self.columns
        while columns.shape[1] > rows:
            stride *= 2
            columns = columns[:, columns[0] % stride == 0]
        return Curve(columns), stride


class Checkpoint(NamedTuple):
    """All that an update needs, from which the iterations that follow are made once more."""

    iteration: int
    made: int
    vectors: bytes  # θ and the optimizer's memory, one after another

    @classmethod
    def of(cls, state: State) -> "Checkpoint":
        """Return it for a state."""
        vectors = b"".join(each.tobytes() for each in (state.parameters.vector, *state.memory))
        return cls(state.iteration, state.made, vectors)


class Segment(NamedTuple):
    """A part of a run in which nothing was changed."""

    first: int  # iteration
    experiment: Experiment | None  # None when it was forgotten


@dataclass(frozen=True, eq=False)
class Kept:
    """A run as it can be taken up again: the last checkpoint is its newest iteration.

    Each segment that is not forgotten has a checkpoint at its first iteration.
    """

    segments: tuple[Segment, ...]
    checkpoints: tuple[Checkpoint, ...]
    curve: Curve
    stride: int
    """Of the curve: the iterations that are multiples of it are there."""
    trail: tuple[Moment, ...]
    trail_stride: int
    marks: tuple[Mark, ...]
    """What was changed in mid run."""
    shown: int
    """The iteration that the person looks at."""

    @property
    def experiment(self) -> Experiment:
        """What the newest iteration belongs to."""
        experiment = self.segments[-1].experiment
        assert experiment is not None, "the one under way is never forgotten"
        return experiment

    @property
    def last(self) -> int:
        """The newest iteration."""
        return self.checkpoints[-1].iteration

    def thinned(self, rows: int, checkpoints: int, room: int) -> Self:
        """Return what is worth keeping of it for long: so many rows of the curve, and checkpoints, at most.

        Neither the checkpoints nor the trail take more than `room` bytes, but for the newest checkpoint and the first
        moment. Where that is too little the oldest changes are forgotten.
        """
        size = max(1, *(len(each.vectors) for each in self.checkpoints))
        most = max(2, min(checkpoints, room // size))
        known = [each for each in self.segments if each.experiment is not None][1 - most :]
        segments = tuple(known)
        if known[0].first > 0:
            segments = (Segment(0, None), *known)
        curve, stride = self.curve.thinned(rows, self.stride)
        trail, trail_stride = self.trail, self.trail_stride
        while len(trail) > 1 and 2 * trail[0].parameters.vector.nbytes * len(trail) > room:
            trail_stride *= 2
            trail = tuple(each for each in trail if each.iteration % trail_stride == 0)
        before = known[0].first
        return replace(
            self,
            segments=segments,
            checkpoints=self._evenly(most, {each.first for each in known}, before),
            curve=curve,
            stride=stride,
            trail=tuple(
                each._replace(experiment=None) if each.iteration < before else each for each in trail
            ),
            trail_stride=trail_stride,
            shown=self.shown if self.shown >= before else self.last,
        )

    def _evenly(self, most: int, firsts: set[int], before: int) -> tuple[Checkpoint, ...]:
        """Return at most so many checkpoints from an iteration on: those of `firsts`, the last, and some between."""
        usable = [each for each in self.checkpoints if each.iteration >= before]
        needed = {place for place, each in enumerate(usable) if each.iteration in firsts} | {len(usable) - 1}
        free = most - len(needed)
        if len(usable) - len(needed) > free:
            iterations = np.array([each.iteration for each in usable])
            wanted = np.linspace(before, iterations[-1], max(0, free) + 2)[1:-1]
            needed |= set((np.searchsorted(iterations, wanted, side="right") - 1).tolist())
            usable = [usable[place] for place in sorted(needed)]
        return tuple(usable)
