"""Symbols at many places, light enough to be moved in every frame."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols


class Dots(pg.GraphicsObject):
    """One symbol of a fixed size in pixels, drawn at every place.

    On the screen a finished pixmap is stamped; in a picture, with `sharp`, each symbol is drawn as a path.
    """

    def __init__(self, symbol: str, size: float, still: bool = False, sharp: bool = False) -> None:
        """`still` symbols move seldom and are kept as one image."""
        super().__init__()
        self._path: QPainterPath = QTransform.fromScale(size, size).map(Symbols[symbol])
        self._sharp = sharp
        self._x = self._y = np.empty(0)
        self._pen, self._brush = QPen(), QBrush()
        self._stamp: QPixmap | None = None
        self._area = QRectF()
        if still:
            self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    @property
    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """Where the symbols are, x and y, each (n,)."""
        return self._x, self._y

    def set_style(self, pen: QPen, brush: QBrush) -> None:
        """Draw with another pen and brush."""
        self._pen, self._brush, self._stamp = pen, brush, None
        self.update()

    def set_places(self, x: np.ndarray, y: np.ndarray) -> None:
        """Move the symbols to x and y, each (n,)."""
        self._x, self._y = x, y
        self.update()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self._area = self.getViewBox().viewRect()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        to_device = painter.transform()
        places = self._on(to_device)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._sharp:
            painter.setPen(self._pen)
            painter.setBrush(self._brush)
            for x, y in places:
                painter.drawPath(self._path.translated(x, y))
            return
        stamp = self._made_stamp(painter.device().devicePixelRatioF())
        half = stamp.deviceIndependentSize().width() / 2
        for x, y in places:
            painter.drawPixmap(QPointF(x - half, y - half), stamp)

    def _on(self, to_device: QTransform) -> list[tuple[float, float]]:
        """Return the visible places in pixels."""
        area = self._area
        seen = (self._x >= area.left()) & (self._x <= area.right())
        seen &= (self._y >= area.top()) & (self._y <= area.bottom())
        x, y = self._x[seen], self._y[seen]
        across = to_device.m11() * x + to_device.m21() * y + to_device.dx()
        down = to_device.m12() * x + to_device.m22() * y + to_device.dy()
        return list(zip(across.tolist(), down.tolist(), strict=True))

    def _made_stamp(self, ratio: float) -> QPixmap:
        if self._stamp is None or self._stamp.devicePixelRatio() != ratio:
            extent = self._path.boundingRect()
            side = int(2 * max(extent.width(), extent.height()) / 2 + 2 * self._pen.widthF()) + 4
            self._stamp = QPixmap(round(side * ratio), round(side * ratio))
            self._stamp.setDevicePixelRatio(ratio)
            self._stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._stamp)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            painter.setPen(self._pen)
            painter.setBrush(self._brush)
            painter.drawPath(self._path)
            painter.end()
        return self._stamp
