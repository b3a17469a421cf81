"""Small words on lines inside a picture, each on a plate of its own, where they hide few points."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID

TRIED = 48  # places on a line at which its words may stand
LOOKED_AT = 600  # points that they should not hide; of more a sample
PLATE = 0.86  # how much of the plate hides what is below it
CALM = 120.0  # pixels that words would rather move than hide one point


class Tags(pg.GraphicsObject):
    """Words on lines. While a line moves, its words go along and jump only where there is a much better place."""

    def __init__(self) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self._measure = QFontMetricsF(self._font)
        self._area = QRectF()
        self._colours = QColor(), QColor()
        self.places: dict[str, Array] = {}
        """Where the middle of each tag stands on the plane, (2,), by its words."""
        self.hide()

    def set_colours(self, words: str, plate: str) -> None:
        """Take other colours."""
        ground = QColor(plate)
        ground.setAlphaF(PLATE)
        self._colours = QColor(words), ground
        self.update()

    def show_on(self, lines: dict[str, Array], points: Array) -> None:
        """Write words on lines (2, n), where `points` (2, m) are in the way. Where one does not fit it is left out."""
        before, self.places = self.places, {}
        self.setVisible(bool(lines))
        if not lines:
            return
        pixel = np.array(self.getViewBox().viewPixelSize())  # (2,)
        low, high = np.array(self.getViewBox().viewRange()).T[:, :, None]  # each (2, 1)
        if not (pixel > 0.0).all():
            return
        points = points[:, :: -(-points.shape[1] // LOOKED_AT) or 1] / pixel[:, None]
        taken: list[tuple[Array, Array]] = []
        for words, line in lines.items():
            half = np.array([self._width(words), 2.0 * GRID]) / 2  # pixels
            room = (half[:, None] + GRID) * pixel[:, None]
            free = line[:, ((line > low + room) & (line < high - room)).all(axis=0)]  # not NaN either
            tried = free[:, :: -(-free.shape[1] // TRIED) or 1] / pixel[:, None]  # (2, k), pixels
            for place, other in taken:
                apart = np.abs(tried - place[:, None]) > (half + other)[:, None] + 2
                tried = tried[:, apart.any(axis=0)]
            if not tried.shape[1]:
                continue
            near = np.abs(points[:, None, :] - tried[:, :, None]) < half[:, None, None] + tokens.SYMBOL / 2
            cost = CALM * near.all(axis=0).sum(axis=1)  # (k,)
            if words in before:
                away = tried - (before[words] / pixel)[:, None]
                cost = cost + np.hypot(*away)
            best = tried[:, int(cost.argmin())]
            taken.append((best, half))
            self.places[words] = best * pixel
        self.update()

    def _width(self, words: str) -> float:
        return self._measure.horizontalAdvance(words) + GRID

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()
        self._area = self.getViewBox().viewRect()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        to_device = painter.transform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        words_colour, plate = self._colours
        for words, place in self.places.items():
            middle = to_device.map(QPointF(*place))
            area = QRectF(0, 0, self._width(words), 2.0 * GRID)
            area.moveCenter(middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(plate)
            painter.drawRoundedRect(area, GRID / 2, GRID / 2)
            painter.setPen(words_colour)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
