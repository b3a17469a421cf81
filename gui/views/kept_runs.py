"""Runs that were kept to be compared with the one under way: faint curves, named by what was different."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from engine.training.commands import Frame
from engine.training.comparison import KEPT, KeptRun
from gui.theme import THIN
from gui.views.cost_curves import Line
from gui.views.cost_scale import Scale
from gui.views.view import View

MOST = 4
DASHES = ([1.0, 2.0], [9.0, 3.0], [6.0, 2.0, 1.0, 2.0, 1.0, 2.0], [2.0, 5.0])  # in widths of the pen
WIDTH = 1.5  # pixels
FAINT = 0.75


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
        """Show these runs, the last of them where they are too many."""
        self.runs = runs = runs[-MOST:]
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
