"""Thin lines where something was changed in mid run, with the words beside them where there is room."""

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.training.changes import Mark
from gui import theme as tokens
from gui.theme import GRID

NEAR = 5.0  # pixels within which a line is meant
SHORTEST = 6 * GRID  # pixels; less of the words says nothing
PLATE = 0.85  # how much of the plate behind words hides what is below it


class MarkLines(pg.GraphicsObject):
    """Draws the marks of a run."""

    def __init__(self) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self._measure = QFontMetricsF(self._font)
        self._pen = QPen()
        self._words, self._plate = QColor(), QColor()
        self._area = QRectF()
        self.marks: tuple[Mark, ...] = ()
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        self.hide()

    def set_look(self, pen: QPen, words: str, plate: str) -> None:
        """Take other colours."""
        self._pen, self._words, self._plate = pen, QColor(words), QColor(plate)
        self._plate.setAlphaF(PLATE)
        self.update()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks; with none, nothing is drawn."""
        if marks != self.marks:
            self.marks = marks
            self.setVisible(bool(marks))
            self.update()

    def near(self, x: float) -> Mark | None:
        """Return the mark whose line is within a few pixels of a place on the axis."""
        reach = NEAR * self.getViewBox().viewPixelSize()[0]
        close = [mark for mark in self.marks if abs(mark.iteration - x) <= reach] if self.isVisible() else []
        return min(close, key=lambda mark: abs(mark.iteration - x), default=None)

    def plates(self) -> list[tuple[QRectF, str]]:
        """Return where words stand, in pixels of the plot, and what is seen of them: right of their line, or left."""
        box = self.getViewBox()
        frame = QRectF(box.mapRectToScene(box.rect()))
        at = [box.mapViewToScene(QPointF(mark.iteration, 0.0)).x() for mark in self.marks]
        taken, found = frame.left(), []
        for place, (mark, x) in enumerate(zip(self.marks, at, strict=True)):
            after = at[place + 1] if place + 1 < len(at) else frame.right()
            right, left = after - x - GRID / 2, x - taken - GRID
            needed = self._measure.horizontalAdvance(mark.words) + GRID
            to_the_left = right < needed and left > right
            room = min(needed, left if to_the_left else right)
            taken = x
            if room >= min(needed, SHORTEST):
                words = self._measure.elidedText(mark.words, Qt.TextElideMode.ElideRight, room - GRID + 1)
                start = x - GRID / 2 - room if to_the_left else x + GRID / 2
                found.append((QRectF(start, frame.top() + GRID / 2, room, 2 * GRID), words))
                taken = x if to_the_left else start + room
        return found

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self._area = self.getViewBox().viewRect()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._pen)
        area = self._area
        for mark in self.marks:
            painter.drawLine(QPointF(mark.iteration, area.top()), QPointF(mark.iteration, area.bottom()))
        to_device = painter.transform()
        painter.resetTransform()
        painter.setFont(self._font)
        box = self.getViewBox()
        for plate, words in self.plates():
            where = to_device.mapRect(box.mapSceneToView(plate).boundingRect())
            painter.fillRect(where, self._plate)
            painter.setPen(self._words)
            painter.drawText(
                where.adjusted(GRID / 2, 0, GRID / 2, 0),
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                words,
            )
