"""The line that follows the mouse over the cost, and the values of the curves where it is."""

from typing import NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from engine.training.commands import Frame
from engine.training.state import Scores


class CrossHair(QObject):
    """Watches the mouse over a plot, and says where it is."""

    moved = Signal()

    def __init__(self, area: pg.GraphicsView, box: pg.ViewBox) -> None:
        super().__init__(area)
        self._area, self._box = area, box
        self._mouse: QPointF | None = None
        area.viewport().setMouseTracking(True)
        area.viewport().installEventFilter(self)

    @property
    def place(self) -> float | None:
        """The place on the axis below the mouse; None where the mouse is not inside the axes."""
        if self._mouse is None:
            return None
        there = self._area.mapToScene(self._mouse.toPoint())
        if not self._box.sceneBoundingRect().contains(there):
            return None
        return float(self._box.mapSceneToView(there).x())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        before = self._mouse
        if isinstance(event, QMouseEvent):
            self._mouse = event.position()
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._mouse = None
        if self._mouse != before:
            self.moved.emit()
        return False


class Reading(NamedTuple):
    """What the curves say at one iteration."""

    iteration: int
    is_nearest: bool
    """Whether it is the nearest that was kept and judged, and not the one that was meant."""
    scores: Scores


def read(frame: Frame, iteration: float) -> Reading | None:
    """Return the row of the curve that is nearest to an iteration; None where there is none."""
    row = frame.curve.nearest_row(iteration)
    if row is None:
        return None
    found, *scores = map(float, frame.curve.rows[row])
    meant = min(max(round(iteration), 0), max(frame.last, frame.state.iteration))
    return Reading(int(found), found != meant, Scores(*scores))
