"""Small words on lines inside a picture, each on a plate of its own, where they hide few points."""

from contextlib import nullcontext

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID
from gui.views.pace import Pace

LOOK_EVERY = 0.3  # seconds between two looks for a better place while training runs
TRIED = 32  # places on a line at which its words may stand
LOOKED_AT = 400  # points that they should not hide; of more a sample
PLATE = 0.86  # how much of the plate hides what is below it
CALM = 120.0  # pixels that words would rather move than hide one point


class Tags(pg.GraphicsObject):
    """Words on lines. While a line moves, its words go along and jump only where there is a much better place."""

    def __init__(self) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self._measure = QFontMetricsF(self._font)
        self._widths: dict[str, float] = {}
        self._area = QRectF()
        self._pace = Pace(LOOK_EVERY)
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

    def show_on(self, lines: dict[str, Array], points: Array, running: bool) -> None:
        """Write words on lines (2, n), where `points` (2, m) are in the way. Where one does not fit it is left out."""
        before, self.places = self.places, {}
        self.setVisible(bool(lines))
        if not lines:
            return
        pixel = np.array(self.getViewBox().viewPixelSize())[:, None]  # (2, 1)
        low, high = np.array(self.getViewBox().viewRange()).T[:, :, None]  # each (2, 1)
        if not (pixel > 0.0).all():
            return
        looks = self._pace.is_due(running) or set(before) - set(lines) != set()
        points = points[:, :: -(-points.shape[1] // LOOKED_AT) or 1] / pixel if looks else points[:, :0]
        taken: list[tuple[Array, Array]] = []
        with self._pace.working() if looks else nullcontext():
            for words, line in lines.items():
                half = np.array([[self._width(words)], [2.0 * GRID]]) / 2  # (2, 1), pixels
                room = (half + GRID) * pixel
                tried = line[:, :: -(-line.shape[1] // TRIED) or 1]
                tried = tried[:, ((tried > low + room) & (tried < high - room)).all(axis=0)] / pixel  # (2, k)
                for place, other in taken:
                    tried = tried[:, (np.abs(tried - place) > half + other + 2).any(axis=0)]
                if not tried.shape[1]:
                    continue
                cost = np.zeros(tried.shape[1])
                if looks:
                    near = (
                        np.abs(points[:, None, :] - tried[:, :, None])
                        < (half + tokens.SYMBOL / 2)[:, :, None]
                    )
                    cost = CALM * near.all(axis=0).sum(axis=1)
                if words in before:
                    cost = cost + np.hypot(*(tried - before[words][:, None] / pixel))
                best = tried[:, [int(cost.argmin())]]
                taken.append((best, half))
                self.places[words] = (best * pixel)[:, 0]
        self.update()

    def _width(self, words: str) -> float:
        if words not in self._widths:
            self._widths[words] = self._measure.horizontalAdvance(words) + GRID
        return self._widths[words]

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
