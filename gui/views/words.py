"""Words inside a picture, above or below its plot: a line, a paragraph, or several lines."""

import re

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from gui import theme as tokens
from gui.theme import GRID

LINE = 2 * GRID  # pixels


class Words(QGraphicsWidget):
    """Something written in small type in a row of its own. It is kept as an image until it says something else."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        self.take_room(height)

    def take_room(self, height: float) -> None:
        """Be as high as that, and be drawn anew."""
        if self.maximumHeight() != height:  # to lay the plot out again takes longer than a stroke may
            self.setMinimumHeight(height)
            self.setMaximumHeight(height)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._font)
        self.write(painter)

    def write(self, painter: QPainter) -> None:
        """Draw the words; the painter has their font."""
        raise NotImplementedError


class Caption(Words):
    """Quiet words at the right end, in as many lines as they need; without words they take no room."""

    def __init__(self) -> None:
        super().__init__(0)
        self.text = ""
        self.lines: list[str] = []
        """What is written, one below the other."""
        self._rows = 0  # words that change all the time do not move the plot up and down
        self._measure = QFontMetricsF(self._font)
        self._colour = QColor()
        self._width = 0.0
        self.geometryChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show other words."""
        if text != self.text:
            self.text = text
            self.setToolTip(text)
            self._break()

    def set_colour(self, colour: str) -> None:
        """Write in another colour."""
        self._colour = QColor(colour)
        self.update()

    def _fit(self) -> None:
        if self.size().width() != self._width:
            self._width, self._rows = self.size().width(), 0
            self._break()

    def _break(self) -> None:
        """Go on in the next line after a comma or the like, where one line has no room for all."""
        self.lines = []
        for part in re.split("(?<=[,;.]) ", self.text) if self.text else []:
            longer = f"{self.lines[-1]} {part}" if self.lines else part
            if self.lines and self._measure.horizontalAdvance(longer) > self._width:
                self.lines.append(part)
            else:
                self.lines[-1:] = [longer]
        self._rows = max(self._rows, len(self.lines)) if self.lines else 0
        self.take_room(LINE * self._rows)

    def write(self, painter: QPainter) -> None:
        area = self.boundingRect()
        painter.setPen(self._colour)
        for place, line in enumerate(self.lines):
            words = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(area.width()))
            row = QRectF(0, place * LINE, area.width(), LINE)
            painter.drawText(row, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)


class Paragraph(Words):
    """Words that break where the plot ends, in a place for so many lines."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__(LINE * lines)
        self.text = ""
        self._colour = QColor()

    def say(self, text: str, colour: str) -> None:
        """Show other words."""
        if (text, QColor(colour)) != (self.text, self._colour):
            self.text, self._colour = text, QColor(colour)
            self.update()

    def write(self, painter: QPainter) -> None:
        painter.setPen(self._colour)
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.boundingRect().adjusted(GRID, 0, 0, 0), int(wrapped), self.text)


class Lines(Words):
    """Quiet lines, of which one may be strong. Without words they take no room."""

    def __init__(self) -> None:
        super().__init__(0)
        self._lines: list[str] = []
        self._strong = -1
        self._colours = QColor(), QColor()

    def show_lines(self, lines: list[str], strong: int) -> None:
        """Show other lines."""
        self._lines, self._strong = lines, strong
        self.take_room(LINE * len(lines))

    def set_colours(self, strong: str, quiet: str) -> None:
        """Write in other colours."""
        self._colours = QColor(strong), QColor(quiet)
        self.update()

    def write(self, painter: QPainter) -> None:
        for place, line in enumerate(self._lines):
            painter.setPen(self._colours[place != self._strong])
            painter.drawText(QPointF(GRID, (place + 0.75) * LINE), line)
