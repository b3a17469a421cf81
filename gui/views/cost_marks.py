"""Thin lines where something was changed in mid run, with the words beside them where there is room."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.training.changes import Mark
from gui import theme as tokens
from gui.theme import GRID
from gui.views.cover import FullCover

NEAR = 5.0  # pixels within which a line is meant
SHORTEST = 6 * GRID  # pixels; less of the words says nothing
ROW = 2.0 * GRID  # pixels
MOST_ROWS, SHARE = 4, 0.4  # rows of words, and how much of the plot they may take
PLATE = 0.85  # how much of the plate behind words hides what is below it


class MarkLines(FullCover):
    """Draws the marks of a run."""

    def __init__(self) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self._measure = QFontMetricsF(self._font)
        self._pen = QPen()
        self._words, self._plate = QColor(), QColor()
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
        """Return where words stand, in pixels of the plot, and what is seen of them.

        They begin at their line, or end there where that leaves more room. Where there is no room for all of them,
        each is cut short for the next in its row.
        """
        whole = self._lay_out(fair=False)
        return whole if len(whole) == len(self.marks) else max(whole, self._lay_out(fair=True), key=len)

    def _lay_out(self, fair: bool) -> list[tuple[QRectF, str]]:
        """Put each into the row with room for it or, where that is `fair`, into one row after another."""
        box = self.getViewBox()
        frame = box.mapRectToScene(box.rect())
        rows = max(1, min(MOST_ROWS, int(frame.height() * SHARE / ROW)))
        lines = [box.mapViewToScene(QPointF(mark.iteration, 0.0)).x() for mark in self.marks]
        taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
        found = []
        for place, (mark, x) in enumerate(zip(self.marks, lines, strict=True)):
            needed = self._measure.horizontalAdvance(mark.words) + GRID
            last = lines[place + rows] if fair and place + rows < len(lines) else frame.right()
            spots = []  # room, start and row
            for row in [place % rows] if fair else range(rows):
                end = min([start for start, _ in taken[row] if start > x], default=last)
                begin = max([stop for start, stop in taken[row] if start <= x], default=frame.left())
                left, right = x - 1 - begin, end - x - 1 if begin <= x + 1 else 0.0
                room = min(needed, max(left, right))
                spots.append((room, x + 1 if right >= room else x - 1 - room, row))
            room, start, row = max(spots, key=lambda spot: spot[0])  # of several with all the room the first
            if room >= min(needed, SHORTEST):
                words = self._measure.elidedText(mark.words, Qt.TextElideMode.ElideRight, room - GRID + 1)
                taken[row].append((start, start + room))
                found.append((QRectF(start, frame.top() + row * ROW, room, ROW), words))
        return found

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._pen)
        area = self.area
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
