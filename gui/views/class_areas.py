"""Two flat colours on a part of the plane, one for each class, with a sharp edge between them."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.views.cover import Cover


class ClassAreas(Cover):
    """One colour everywhere, and another inside some rims."""

    def __init__(self) -> None:
        super().__init__()
        self._colours = QColor(), QColor()
        self.inside = QPainterPath()
        """Where the second class is."""

    def set_colours(self, outside: np.ndarray, inside: np.ndarray) -> None:
        """Take two colours, each red, green and blue from 0 to 255, (3,)."""
        self._colours = QColor(*map(int, outside)), QColor(*map(int, inside))
        self.update()

    def set_rims(self, rims: np.ndarray, area: QRectF) -> None:
        """Show the second class inside closed rims (2, n) with NaN between them, and the first elsewhere."""
        self.inside = pg.arrayToQPath(*rims, connect="finite") if rims.size else QPainterPath()
        self.cover(area)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        outside, inside = self._colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # the line lies on the edge
        painter.fillRect(self.area, outside)
        painter.fillPath(self.inside, inside)
