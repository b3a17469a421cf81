"""A line or two of words under a plot, inside its picture."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from gui import theme as tokens
from gui.theme import GRID


class Caption(QGraphicsWidget):
    """Words that break where the plot ends, in a place for so many lines."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__()
        self.text = ""
        self._colour = QColor()
        self._font = tokens.font(tokens.SMALL)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        for set_height in (self.setMinimumHeight, self.setMaximumHeight):
            set_height(2 * GRID * lines)

    def say(self, text: str, colour: str) -> None:
        """Show other words."""
        if (text, QColor(colour)) != (self.text, self._colour):
            self.text, self._colour = text, QColor(colour)
            self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._font)
        painter.setPen(self._colour)
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.boundingRect().adjusted(GRID, 0, 0, 0), int(wrapped), self.text)
