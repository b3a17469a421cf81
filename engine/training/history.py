"""What a run leaves behind: the scores of its iterations, and the way back to any of them.

The scores are a curve for the views. The way back is a checkpoint every now and then, all that an update needs,
from which the iterations after it are made once more, to the same last bit. Both live in a memory that does not grow.
"""

import struct
import time
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from engine.training.changes import Mark, Marks, are_alike
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.kept import COLUMNS, Checkpoint, Curve, Kept, Segment
from engine.training.state import Scores, State
from engine.training.trail import Moment, Trail

ROW = struct.Struct(f"{len(COLUMNS)}d")
MEMORY = 64 * 2**20  # bytes
CURVE_SHARE = 1 / 4  # of the memory; while the curve is thinned, half of that again
CHECKPOINT_SHARE = 3 / 8
TRAIL_SHARE = 1 / 8
FRESH = 64  # rows
EVERY = 0.008  # seconds of training between two checkpoints, at first


UNKNOWN = dict.fromkeys(Scores._fields[:4], np.nan)


class Forgotten(LookupError):
    """An iteration that cannot be made again."""


class History:
    """Appends the scores of each iteration. When the curve is full it keeps every second row and goes on so.

    Published curves share its memory and stay as they were: rows once written are never written again, and
    thinning moves to a new buffer.
    """

    def __init__(self, memory: int = MEMORY, clock: Callable[[], float] = time.perf_counter) -> None:
        """Keep within `memory` bytes."""
        self._columns = np.empty((len(COLUMNS), max(2 * FRESH, int(memory * CURVE_SHARE) // ROW.size)))
        self._length = 0
        self._stride = 1
        self._fresh = np.empty((FRESH, len(COLUMNS)))  # rows that are not yet in the columns
        self._waiting = 0
        self._memory = memory
        self._clock = clock
        self._segments: list[Segment] = []
        self._checkpoints: list[Checkpoint] = []
        self._checkpoint_bytes = 0
        self._due = 0.0
        self._every = EVERY
        self._newest: State | None = None
        self._as_trained = True  # whether the newest state is as the step before it left it
        self._trail = Trail(int(memory * TRAIL_SHARE))
        self._marks = Marks()

    @classmethod
    def of(cls, kept: Kept, newest: State, **options: Any) -> Self:
        """Return the history of a run that is taken up again at its newest state, with the options of a new one."""
        history = cls(**options)
        columns = kept.curve.columns
        room = max(history._columns.shape[1], columns.shape[1])
        history._columns = np.empty((len(COLUMNS), room))
        history._columns[:, : columns.shape[1]] = columns
        history._length, history._stride = columns.shape[1], kept.stride
        history._segments = list(kept.segments)
        history._checkpoints = list(kept.checkpoints)
        history._checkpoint_bytes = sum(map(_size, kept.checkpoints))
        history._newest, history._as_trained = newest, kept.segments[-1].first < newest.iteration
        history._trail = Trail(history._trail.memory, kept.trail, kept.trail_stride, kept.experiment)
        history._marks = Marks(kept.marks)
        return history

    def kept(self, shown: int) -> Kept:
        """Return all of the run as it is now, without copying; `shown` is the iteration that is looked at."""
        assert self._newest is not None, "it has begun"
        earlier = [each for each in self._checkpoints if each.iteration < self._newest.iteration]
        return Kept(
            tuple(self._segments),
            (*earlier, Checkpoint.of(self._newest)),
            self.curve(),
            self._stride,
            self._trail.moments,
            self._trail.stride,
            self.marks,
            shown,
        )

    def begin(self, experiment: Experiment, state: State, gesture: int = 0) -> None:
        """Note that from this state on, training is that of `experiment`: the first one, or a changed one.

        Changes with the same number of a `gesture` are one mark. One that makes the same steps as before goes on with
        the segment that there is.
        """
        before = self._segments[-1].experiment if self._segments else None
        if before is not None and self._newest is not None:
            self._marks.change(before, self._newest, experiment, state, gesture)
            self._as_trained &= _is_same(state, self._newest)
        while self._segments and self._segments[-1].first >= state.iteration:
            self._segments.pop()
        first = state.iteration
        if self._as_trained and self._segments and are_alike(self._segments[-1].experiment, experiment):
            first, popped = self._segments.pop()  # what was changed here was changed back
            self._trail.hold(experiment, popped)
        self._segments.append(Segment(first, experiment))
        self._newest = state
        self._trail.begin(experiment, state)
        self._keep(state)
        self._forget_experiments()

    def append(self, state: State) -> None:
        """Keep the scores of a state, and now and then the state."""
        self._newest, self._as_trained = state, True
        now = self._clock()
        if now >= self._due:
            self._keep(state)
            self._due = now + self._every
        if state.iteration % self._trail.stride == 0:
            self._trail.add(state)
        if state.iteration % self._stride:
            return
        scores = state.scores if state.is_scored else state.scores._replace(**UNKNOWN)
        ROW.pack_into(self._fresh.data, self._waiting * ROW.size, state.iteration, *scores)
        self._waiting += 1
        if self._waiting == FRESH:
            self._settle()

    def curve(self) -> Curve:
        """Return what there is so far, read-only and without copying."""
        self._settle()
        columns = self._columns[:, : self._length]
        columns.setflags(write=False)
        return Curve(columns)

    @property
    def trail(self) -> tuple[Moment, ...]:
        """A few iterations of the whole run with their parameters, evenly spaced."""
        return self._trail.moments

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was changed in mid run, and where."""
        return self._marks.all

    @property
    def last(self) -> int:
        """The newest iteration."""
        return self._newest.iteration if self._newest is not None else 0

    def experiment_at(self, iteration: int) -> Experiment:
        """Return what the step that followed an iteration belonged to.

        Raises Forgotten when it was not reached, or when the points of that time are not kept any more.
        """
        if not (self._segments and self._segments[0].first <= iteration <= self.last):
            raise Forgotten(f"Iteration {iteration:,} was not reached.")
        part = bisect_right(self._segments, iteration, key=lambda each: each.first) - 1
        experiment = self._segments[part].experiment
        if experiment is None:
            raise Forgotten(f"The points of iteration {iteration:,} are not kept any more.")
        return experiment

    def recall(self, iteration: int) -> State:
        """Return the state of an iteration that was reached, to the same last bit, scored.

        Raises Forgotten as `experiment_at` does.
        """
        experiment = self.experiment_at(iteration)
        place = bisect_right(self._checkpoints, iteration, key=lambda each: each.iteration) - 1
        kept = self._checkpoints[place]
        descent = Descent(experiment)
        try:
            state = descent.resumed(kept)
            while state.iteration < iteration:
                state = descent.step(state)
            return descent.scored(state)
        finally:
            descent.close()

    def kept_before(self, iteration: int) -> int:
        """Return the newest iteration up to a given one from which the way to it begins."""
        return self._checkpoints[
            bisect_right(self._checkpoints, iteration, key=lambda each: each.iteration) - 1
        ].iteration

    def cut(self, state: State) -> None:
        """Drop all that came after a state that was recalled."""
        self._settle()
        kept = self._columns[:, : self._length]
        kept = kept[:, kept[0] <= state.iteration]
        self._columns = np.empty_like(self._columns)  # published curves go on showing what they showed
        self._columns[:, : kept.shape[1]] = kept
        self._length = kept.shape[1]
        while self._segments[-1].first > state.iteration:
            self._segments.pop()
        self._newest, self._as_trained = state, self._segments[-1].first < state.iteration
        experiment = self.experiment_at(state.iteration)
        self._trail.begin(experiment, state)
        self._marks.cut(experiment, state)
        self._keep(state)

    def _keep(self, state: State) -> None:
        """Keep a checkpoint, instead of one of the same iteration that an older experiment left."""
        while self._checkpoints and self._checkpoints[-1].iteration >= state.iteration:
            self._checkpoint_bytes -= _size(self._checkpoints.pop())
        self._checkpoints.append(Checkpoint.of(state))
        self._checkpoint_bytes += _size(self._checkpoints[-1])
        if self._checkpoint_bytes > self._memory * CHECKPOINT_SHARE:
            self._thin_checkpoints()

    def _thin_checkpoints(self) -> None:
        """Drop every second checkpoint but those of changes; where these are most, forget the oldest changes."""
        firsts = {segment.first for segment in self._segments}
        if 2 * len(firsts) > len(self._checkpoints):
            self._forget((len(self._segments) + 1) // 2)
        else:
            self._every *= 2
            self._checkpoints = [
                each
                for place, each in enumerate(self._checkpoints)
                if place % 2 == 0 or each.iteration in firsts or each is self._checkpoints[-1]
            ]
        self._checkpoint_bytes = sum(map(_size, self._checkpoints))

    def _forget_experiments(self) -> None:
        """Forget the oldest changes when all the points that were trained on take too much memory."""
        room = self._memory * (1.0 - 1.5 * CURVE_SHARE - CHECKPOINT_SHARE - TRAIL_SHARE)
        counted: set[int] = set()
        for place in reversed(range(len(self._segments))):
            experiment = self._segments[place].experiment
            if experiment is None:
                return
            problem = experiment.problem
            if id(problem) in counted:
                continue
            if counted:  # the points under way are there anyway
                room -= problem.X.nbytes + problem.Y.nbytes + problem.dataset.X.nbytes
            counted.add(id(problem))
            if room < 0:
                self._forget(place + 1)
                return

    def _forget(self, count: int) -> None:
        """Let go of all that is needed for the iterations of the first `count` segments."""
        count = min(count, len(self._segments) - 1)  # the one under way stays
        if count > 0:
            kept = self._segments[count:]
            self._segments = [Segment(self._segments[0].first, None), *kept]
            self._checkpoints = [each for each in self._checkpoints if each.iteration >= kept[0].first]
            self._trail.forget_points(kept[0].first)
            self._checkpoint_bytes = sum(map(_size, self._checkpoints))

    def _settle(self) -> None:
        """Move the fresh rows to the columns, and thin them first as often as there is no room."""
        while self._length + self._waiting > self._columns.shape[1]:
            self._thin()
        end = self._length + self._waiting
        self._columns[:, self._length : end] = self._fresh[: self._waiting].T
        self._length, self._waiting = end, 0

    def _thin(self) -> None:
        self._stride *= 2
        old = self._columns[:, : self._length]
        kept = old[:, old[0] % self._stride == 0]
        self._columns = np.empty_like(self._columns)
        self._columns[:, : kept.shape[1]] = kept
        self._length = kept.shape[1]
        fresh = self._fresh[: self._waiting]
        fresh = fresh[fresh[:, 0] % self._stride == 0]
        self._fresh[: len(fresh)] = fresh
        self._waiting = len(fresh)


def _is_same(state: State, other: State) -> bool:
    """Return whether the next step from both is the same one."""
    same = np.array_equal(state.parameters.vector, other.parameters.vector)
    return same and state.memory is other.memory and state.made == other.made


def _size(checkpoint: Checkpoint) -> int:
    return len(checkpoint.vectors) + 200  # what Python adds to it
