"""Small images side by side, each with words below it, as large as the room allows."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID
from gui.views.images import draw_image

GAP = 1.5 * GRID  # pixels between two tiles
LINE = 2 * GRID  # pixels for the words below one


class Tiles(QGraphicsWidget):
    """Images of equal size, each a matrix of numbers from −1 to 1 drawn with 256 colours."""

    def __init__(self) -> None:
        super().__init__()
        self.values: Array = np.zeros((0, 1, 1))  # (n, rows, columns), from -1 to 1
        self.captions: list[str] = []
        self._hints: Array = self.values
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
        pixel, across, gap, line = self._plan()
        _, rows, columns = self.values.shape
        width, height = pixel * columns, pixel * rows
        left = (self.size().width() - across * width - (across - 1) * gap) / 2
        row, column = divmod(number, across)
        return QRectF(left + column * (width + gap), row * (height + line + gap), width, height)

    def _plan(self) -> tuple[float, int, float, float]:
        """Return how large a tile's pixel is, how many tiles go across, and the room between and below them.

        Where the words do not fit below the tiles, the tiles have all the room; the mouse reads the words then.
        """
        pixel, across = self._largest(GAP, LINE)
        measure = QFontMetrics(self._font).horizontalAdvance
        widest = max((measure(caption) for caption in self.captions), default=0)
        if pixel * self.values.shape[2] + GAP >= widest:
            return pixel, across, GAP, LINE
        return *self._largest(GRID, 0.0), GRID, 0.0

    def _largest(self, gap: float, line: float) -> tuple[float, int]:
        """Return the size of the pixels, whole if possible so that they are equal, and the tiles in a row."""
        n, rows, columns = self.values.shape
        width, height = self.size().width(), self.size().height()
        best, across = 0.0, 1
        for each in range(1, n + 1):
            down = -(-n // each)
            pixel = min(
                (width - (each - 1) * gap) / each / columns,
                (height - (down - 1) * gap - down * line) / down / rows,
            )
            if pixel > best:
                best, across = pixel, each
        return float(int(best)) if best >= 1 else best, across

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._font)
        painter.setPen(self._colour)
        if self._message:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.boundingRect(), int(flags), self._message)
        pixels = self._colours[np.round((self.values + 1) * 127.5).astype(np.uint8)]  # (n, rows, columns, 3)
        has_words = self._plan()[3] > 0
        for number, caption in enumerate(self.captions):
            place, drawn = self.tile(number), np.ascontiguousarray(pixels[number])
            rows, columns, _ = drawn.shape
            image = QImage(drawn.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
            draw_image(painter, place, image, smooth=False)
            painter.setPen(self._rim)
            painter.drawRect(place)
            if not has_words:
                continue
            painter.setPen(self._colour)
            words = QRectF(place.left() - GAP / 2, place.bottom(), place.width() + GAP, LINE)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, caption)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.setToolTip(self.hint_at(event.pos()))

    def hint_at(self, place: QPointF) -> str:
        """Return the words, the pixel and the number at a place."""
        for number in range(len(self.captions)):
            area = self.tile(number)
            if area.contains(place):
                _, rows, columns = self.values.shape
                row = min(int((place.y() - area.top()) / area.height() * rows), rows - 1)
                column = min(int((place.x() - area.left()) / area.width() * columns), columns - 1)
                value = self._hints[number, row, column]
                return f"{self.captions[number]}; row {row + 1}, column {column + 1}: {value:.4g}"
        return ""
