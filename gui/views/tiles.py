"""Small images side by side, each with words below it, as large as the room allows."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID

GAP = 1.5 * GRID  # pixels between two tiles
LINE = 2 * GRID  # pixels for the words below one


class Tiles(QGraphicsWidget):
    """Images of equal size, each a matrix of numbers from −1 to 1 drawn with 256 colours."""

    def __init__(self) -> None:
        super().__init__()
        self.values: Array = np.zeros((0, 1, 1))  # (n, rows, columns), from -1 to 1
        self.captions: list[str] = []
        self._hints: Array = self.values
        self._unit = ""
        self._colours = np.zeros((256, 3), dtype=np.ubyte)
        self._colour, self._rim = QColor(), QColor()
        self._font = tokens.font(tokens.SMALL)
        self._message = ""
        self.setAcceptHoverEvents(True)

    def set_colours(self, colours: np.ndarray, words: str, rim: str) -> None:
        """Take 256 colours (256, 3) for the numbers −1 to 1, one for words and one for the tiles' rims."""
        self._colours, self._colour, self._rim = colours, QColor(words), QColor(rim)
        self.update()

    def show_tiles(self, values: Array, captions: list[str], hints: Array) -> None:
        """Show matrices (n, rows, columns) of numbers from −1 to 1; `hints` are the numbers said to the mouse."""
        self.values, self.captions, self._hints, self._message = values, captions, hints, ""
        self.update()

    def show_message(self, message: str) -> None:
        """Show words and no tiles."""
        self.values, self.captions, self._message = self.values[:0], [], message
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def tile(self, number: int) -> QRectF:
        """Return where a tile is, in the item's own pixels."""
        n, rows, columns = self.values.shape
        area, best, across = self.boundingRect(), 0.0, 1
        for each in range(1, n + 1):
            down = -(-n // each)
            pixel = min(
                (area.width() - (each - 1) * GAP) / each / columns,
                (area.height() - (down - 1) * GAP - down * LINE) / down / rows,
            )
            if pixel > best:
                best, across = pixel, each
        if best >= 1:
            best = float(int(best))  # whole pixels are equally large
        width, height = best * columns, best * rows
        left = (area.width() - across * width - (across - 1) * GAP) / 2
        row, column = divmod(number, across)
        return QRectF(left + column * (width + GAP), row * (height + LINE + GAP), width, height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._font)
        painter.setPen(self._colour)
        if self._message:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.boundingRect(), int(flags), self._message)
        pixels = self._colours[np.round((self.values + 1) * 127.5).astype(np.uint8)]  # (n, rows, columns, 3)
        for number, caption in enumerate(self.captions):
            place, drawn = self.tile(number), np.ascontiguousarray(pixels[number])
            rows, columns, _ = drawn.shape
            painter.drawImage(
                place, QImage(drawn.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
            )
            painter.setPen(self._rim)
            painter.drawRect(place)
            painter.setPen(self._colour)
            words = QRectF(place.left() - GAP / 2, place.bottom(), place.width() + GAP, LINE)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, caption)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.setToolTip(self.hint_at(event.pos()))

    def hint_at(self, place: QPointF) -> str:
        """Return the pixel and the number at a place."""
        for number in range(len(self.captions)):
            area = self.tile(number)
            if area.contains(place):
                _, rows, columns = self.values.shape
                row = min(int((place.y() - area.top()) / area.height() * rows), rows - 1)
                column = min(int((place.x() - area.left()) / area.width() * columns), columns - 1)
                return f"row {row + 1}, column {column + 1}: {self._hints[number, row, column]:.4g}"
        return ""
