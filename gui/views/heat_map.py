"""The colours between the classes, as one smooth image over a part of the plane."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.views.cover import Cover
from gui.views.images import draw_image


def packed(colours: np.ndarray) -> np.ndarray:
    """Return colours (n, 3), red, green and blue from 0 to 255, as an image's pixels (n,)."""
    red, green, blue = colours.astype(np.uint32).T
    return 0xFF000000 | red << 16 | green << 8 | blue


class HeatMap(Cover):
    """Shows shares from 0 to 1 as colours that run into each other."""

    def __init__(self) -> None:
        super().__init__()
        self._colours = np.zeros(256, dtype=np.uint32)
        self._shares = np.zeros((1, 1))
        self._pixels = np.zeros((1, 1), dtype=np.uint32)

    def set_colours(self, colours: np.ndarray) -> None:
        """Take 256 colours (256, 3), red, green and blue from 0 to 255, for the shares 0 to 1."""
        self._colours = packed(colours)
        self.set_shares(self._shares, self.area)

    def set_shares(self, shares: np.ndarray, area: QRectF) -> None:
        """Show shares (rows, columns), the first row at the smallest y, over an area of the plane."""
        self._shares = shares
        self._pixels = self._colours[(shares * 255.0 + 0.5).astype(np.uint8)]  # (rows, columns)
        self.cover(area)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        rows, columns = self._pixels.shape
        image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        painter.setRenderHint(
            QPainter.RenderHint.Antialiasing, False
        )  # for the edges alone, at thrice the time
        draw_image(painter, self.area, image)
