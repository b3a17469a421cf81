"""The bars of a histogram, light enough to be changed many times a second."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class Bars(pg.GraphicsObject):
    """Bars that stand on 0, between given edges."""

    def __init__(self, edges: np.ndarray) -> None:
        """Stand between `edges` (n + 1,)."""
        super().__init__()
        self._edges = edges
        self._rectangles: list[QRectF] = []
        self._brush = QBrush()

    def set_brush(self, brush: QBrush) -> None:
        """Fill them otherwise."""
        self._brush = brush
        self.update()

    def set_heights(self, heights: np.ndarray) -> None:
        """Let the bars be as high as `heights` (n,), each at most 1."""
        sides = zip(self._edges[:-1].tolist(), self._edges[1:].tolist(), heights.tolist(), strict=True)
        self._rectangles = [
            QRectF(left, 0.0, right - left, height) for left, right, height in sides if height
        ]
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._edges[0], 0.0, self._edges[-1] - self._edges[0], 1.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush)
        painter.drawRects(self._rectangles)
