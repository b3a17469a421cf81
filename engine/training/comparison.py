"""Runs that were kept to be compared with the one under way, and what was different in them."""

from dataclasses import dataclass

import numpy as np

from engine.model.network import Parameters
from engine.training.changes import Setup, distinction
from engine.training.commands import Frame
from engine.training.kept import Curve
from engine.training.state import Scores

KEPT = "kept: "  # before the name of each
ROWS = 2**14  # of a curve, at most: several for each pixel of a picture


@dataclass(frozen=True, eq=False)
class KeptRun:
    """What is left of a run: its curve, its settings, and how it ended."""

    setup: Setup
    start: Parameters
    curve: Curve
    """Rows of its own, and not the memory of the history that they come from. Of a long run each 2nd, 4th, 8th, …
    iteration, so that there are `ROWS` of them at most."""
    last: int
    scores: Scores
    changed: bool
    """Whether something was changed in mid run."""

    @classmethod
    def of(cls, frame: Frame) -> "KeptRun":
        """Return the run of a frame, up to its newest iteration."""
        scores = frame.state.scores
        if frame.looks_back:
            judged = np.flatnonzero(np.isfinite(frame.curve.column("train_cost")))
            newest = judged[-1] if judged.size else -1
            scores = Scores(*map(float, frame.curve.rows[newest][1:]))
        experiment = frame.going_on
        thinned, _ = frame.curve.thinned(ROWS)
        curve = Curve(thinned.columns.copy())
        curve.columns.setflags(write=False)
        return cls(Setup.of(experiment), experiment.start, curve, frame.last, scores, _was_changed(frame))

    def is_part_of(self, other: "KeptRun") -> bool:
        """Return whether another is this run, or this run and more of it."""
        own, others = self.curve.column("iteration"), other.curve.column("iteration")
        shared, here, there = np.intersect1d(own, others, assume_unique=True, return_indices=True)
        told = shared.size >= min(2, len(self.curve.rows))  # runs that differ may begin alike
        same = np.array_equal(self.curve.rows[here], other.curve.rows[there], equal_nan=True)
        return told and same and self.last <= other.last

    def name(self, frame: Frame) -> str:
        """Say in what it was different from the run of a frame."""
        said = distinction(self.setup, Setup.of(frame.going_on))
        if not said and not self.changed and not _was_changed(frame):
            before, now = self.start.vector, frame.going_on.start.vector
            said = [] if np.array_equal(before, now) else ["other first weights"]
        said = said or ["the same settings"]
        return KEPT + ", ".join([*said, "changed in mid run"] if self.changed else said)

    def cost_at(self, iteration: int) -> float | None:
        """Return its training cost at an iteration, or the nearest one that is known; None after its end."""
        row = self.curve.nearest_row(iteration) if iteration <= self.last else None
        return None if row is None else float(self.curve.column("train_cost")[row])

    @property
    def outcome(self) -> str:
        """Say how it ended."""
        train, test, *accuracies = self.scores[:4]
        words = [
            f"{name} {cost:.4g}, accuracy {accuracy:.1%}"
            for name, cost, accuracy in zip(("train", "test"), (train, test), accuracies, strict=True)
            if np.isfinite(cost)
        ]
        return "; ".join([f"{self.last:,} iterations", *words])


def _was_changed(frame: Frame) -> bool:
    """Return whether the run went on otherwise than it began."""
    return any(mark.iteration for mark in frame.marks)
