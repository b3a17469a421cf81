"""A picture as it will be, in the room that there is, or the first lines of a table."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme as tokens
from gui.theme import GRID, Theme

SQUARE = GRID  # pixels, of the chequers behind what is transparent


class PicturePreview(QWidget):
    """Shows an image in its middle, or lines of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("exportPreview")
        self.setAccessibleName("Preview")
        self.setToolTip("What will be saved, smaller where there is no room for it.")
        self.setMinimumSize(56 * GRID, 44 * GRID)
        self._theme = theme
        self.image: QImage | None = None
        self.text = ""

    @property
    def room(self) -> QSize:
        """How large a picture may be, in points."""
        return self.size() - QSize(2 * GRID, 2 * GRID)

    def show_image(self, image: QImage) -> None:
        """Show an image, whose device-pixel ratio says how large."""
        self.image, self.text = image, ""
        self.update()

    def show_text(self, text: str) -> None:
        """Show lines, as far as there is room."""
        self.image, self.text = None, text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.raised))
        if self.image is not None:
            size = self.image.deviceIndependentSize()
            place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, 0, 0)
            place.setSize(size)
            if self.image.hasAlphaChannel():
                self._draw_chequers(painter, place.toRect())
            painter.drawImage(place, self.image)
        painter.setFont(tokens.font(tokens.SMALL))
        painter.setPen(QColor(self._theme.text))
        area = self.rect().adjusted(GRID, GRID, -GRID, -GRID)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.text)

    def _draw_chequers(self, painter: QPainter, area: QRect) -> None:
        painter.fillRect(area, QColor(self._theme.surface))
        for row, top in enumerate(range(area.top(), area.bottom() + 1, SQUARE)):
            for left in range(area.left() + row % 2 * SQUARE, area.right() + 1, 2 * SQUARE):
                square = QRect(left, top, SQUARE, SQUARE) & area
                painter.fillRect(square, QColor(self._theme.raised))
