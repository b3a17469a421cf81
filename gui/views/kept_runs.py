"""Runs that were kept to be compared with the one under way: faint curves, named by what was different."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from engine.model.network import Parameters
from engine.training.changes import Setup, distinction
from engine.training.commands import Frame
from engine.training.history import Curve
from engine.training.state import Scores
from gui.theme import THIN
from gui.views.cost_curves import Line
from gui.views.cost_scale import Scale
from gui.views.cross_hair import nearest_row
from gui.views.view import View

MOST = 4
KEPT = "kept: "
DASHES = ([1.0, 2.0], [9.0, 3.0], [6.0, 2.0, 1.0, 2.0, 1.0, 2.0], [2.0, 5.0])  # in widths of the pen
WIDTH = 1.5  # pixels
FAINT = 0.75


@dataclass(frozen=True, eq=False)
class KeptRun:
    """What is left of a run: its curve, its settings, and how it ended."""

    setup: Setup
    start: Parameters
    curve: Curve
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
        return cls(
            Setup.of(experiment), experiment.start, frame.curve, frame.last, scores, _was_changed(frame)
        )

    def is_part_of(self, other: "KeptRun") -> bool:
        """Return whether another is this run, or this run and more of it."""
        length = len(self.curve.rows)
        return np.array_equal(self.curve.rows, other.curve.rows[:length], equal_nan=True)

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
        row = nearest_row(self.curve, iteration) if iteration <= self.last else None
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


class KeptRuns:
    """Draws the training costs of kept runs."""

    def __init__(self, axes: pg.PlotItem) -> None:
        self.runs: tuple[KeptRun, ...] = ()
        self.lines = [Line(axes) for _ in range(MOST)]
        self._pens: list[QPen] = []
        self._names: tuple[object, list[str]] = None, []
        self._drawn: object = None
        for line in self.lines:
            line.item.setZValue(0.75)
            line.show(False, False)

    def keep(self, frame: Frame) -> bool:
        """Keep the run of a frame. Return whether there was room, and the oldest did not have to go."""
        run = KeptRun.of(frame)
        runs = (*(each for each in self.runs if not each.is_part_of(run)), run)
        self.show(runs[-MOST:])
        return len(runs) <= MOST

    def show(self, runs: tuple[KeptRun, ...]) -> None:
        """Show these runs."""
        self.runs = runs
        self._names = None, []
        self._drawn = None
        for place, line in enumerate(self.lines):
            line.show(place < len(runs), False)

    def apply_theme(self, view: View) -> None:
        """Take the view's theme."""
        self._pens = []
        for line, dashes in zip(self.lines, DASHES, strict=True):
            pen = view.pen(view.theme.muted, WIDTH, alpha=FAINT)
            pen.setDashPattern(dashes)
            line.set_pens(pen, view.pen(view.theme.muted, THIN))
            self._pens.append(pen)

    def entries(self, frame: Frame) -> list[tuple[QPen, str]]:
        """Return what the legend says of them."""
        key = frame.going_on, len(frame.marks)
        if self._names[0] != key:
            self._names = key, [run.name(frame) for run in self.runs]
        return list(zip(self._pens, self._names[1], strict=False))

    def readings(self, iteration: int) -> list[str]:
        """Return what the legend says of them where an iteration is read: the cost there, and what was different."""
        costs = [run.cost_at(iteration) for run in self.runs]
        return [
            f"{'ended' if cost is None else f'{cost:.4g}'} · {name.removeprefix(KEPT)}"
            for cost, name in zip(costs, self._names[1], strict=False)
        ]

    @property
    def last(self) -> int:
        """The last iteration of the longest."""
        return max((run.last for run in self.runs), default=0)

    @property
    def costs(self) -> np.ndarray:
        """All that is drawn of them."""
        columns = [run.curve.column("train_cost") for run in self.runs]
        return np.concatenate(columns) if columns else np.empty(0)

    def draw(self, scale: Scale, width: float, pixels: int) -> None:
        """Draw them where they are drawn otherwise than before."""
        drawn = scale, width, pixels
        if drawn == self._drawn:
            return
        self._drawn = drawn
        for line, run in zip(self.lines, self.runs, strict=False):
            cost = run.curve.column("train_cost")
            judged = np.isfinite(cost)
            line.draw(run.curve.column("iteration")[judged], cost[judged], scale.height, width, pixels)
