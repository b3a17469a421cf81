"""Where the line was before: a few earlier moments of the run, the older the fainter."""

import time
from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.model.projection import Projection
from engine.model.surfaces import DecisionGrid, Rectangle, decision_grid
from engine.training.commands import Frame
from engine.training.experiment import Experiment
from engine.training.trail import Moment
from gui.views.contour import lines_at
from gui.views.cover import FullCover
from gui.views.tags import thinned

MOST = 8  # lines
CELLS = 72  # along a side
SLICE = 0.002  # seconds in one picture for lines that are not known yet
TRACED = 48  # places on a line
STRENGTH = (0.18, 0.6)  # of the oldest line and of the newest


class Known(NamedTuple):
    """The logits of an earlier moment, and what they belong to."""

    parameters: Parameters
    projection: Projection
    rectangle: Rectangle
    grid: DecisionGrid

    def shows(self, moment: Moment, projection: Projection) -> bool:
        """Return whether this is a moment's line on a plane, if not all of it that is seen now."""
        return self.parameters is moment.parameters and self.projection is projection


class EarlierLines(FullCover):
    """The lines of iterations that are powers of two, where a descent moves about as far from one to the next."""

    def __init__(self, sharp: bool) -> None:
        super().__init__()
        self._sharp = sharp
        self._known: dict[int, Known] = {}  # by iteration
        self._z = 0.0
        self._pen = QPen()
        self.iterations: list[int] = []
        """Of the lines that are drawn, the oldest first."""
        self.lines: list[QPainterPath] = []
        """What is drawn."""
        self.traces: list[Array] = []
        """Some places on each line, (2, n)."""
        self.is_complete = True
        """Whether all lines are drawn; others wait for the next picture."""
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def set_pen(self, pen: QPen) -> None:
        """Draw with another pen; older lines are fainter."""
        self._pen = pen
        self.update()

    def show_none(self) -> None:
        """Draw no line, and forget all."""
        self._known, self.iterations, self.lines, self.traces = {}, [], [], []
        self.is_complete = True
        self.hide()

    def draw(self, frame: Frame, projection: Projection, rectangle: Rectangle, z: float) -> None:
        """Draw the lines where the logit was z, over the rectangle, as far as there is time to find them."""
        until = time.perf_counter() + SLICE
        chosen = moments_before(frame)
        known = {
            k: self._known[k]
            for k, (moment, _) in chosen.items()
            if k in self._known and self._known[k].shows(moment, projection)
        }
        changed = z != self._z or len(known) < len(self._known)
        found = False
        self.is_complete = True
        for k, (moment, experiment) in chosen.items():
            if k in known and known[k].rectangle == rectangle:
                continue
            if found and time.perf_counter() > until and not self._sharp:  # one at least, however slow it is
                self.is_complete = False
                break
            problem = experiment.problem
            known[k] = Known(
                moment.parameters,
                projection,
                rectangle,
                decision_grid(
                    experiment.network,
                    moment.parameters,
                    problem.standardization,
                    projection,
                    rectangle,
                    problem.features,
                ),
            )
            changed = found = True
        self._known, self._z = known, z
        if changed:
            self.iterations = sorted(known)
            grids = [known[k].grid for k in self.iterations]
            lines = [lines_at(grid.x, grid.y, grid.Z, [z])[0] for grid in grids]
            self.lines = [
                pg.arrayToQPath(*line, connect="finite") if line.size else QPainterPath() for line in lines
            ]
            self.traces = [thinned(line, TRACED) for line in lines]
            self.setVisible(bool(lines))
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = STRENGTH
        for place, path in enumerate(self.lines, start=1):
            colour = QColor(self._pen.color())
            colour.setAlphaF(low + (high - low) * place / len(self.lines))
            pen = QPen(self._pen)
            pen.setColor(colour)
            painter.setPen(pen)
            painter.drawPath(path)


def moments_before(frame: Frame) -> dict[int, tuple[Moment, Experiment]]:
    """Return moments of the run before the one that is shown, with what they belong to: at most `MOST`, newest first.

    Iterations 1, 2, 4, 8 and so on stay the same while a run goes on, so that their lines stay.
    """
    found: dict[int, tuple[Moment, Experiment]] = {}
    now = frame.experiment
    for moment in reversed(frame.trail):
        k = moment.iteration
        if k & (k - 1) or k >= frame.state.iteration or len(found) == MOST:
            continue
        experiment = moment.experiment or now
        same_points = experiment.problem.dataset.lineage is now.problem.dataset.lineage
        if same_points and moment.parameters.network == now.network:
            found[k] = moment, experiment
    return found
