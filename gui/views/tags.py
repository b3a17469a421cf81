"""Small words on lines inside a picture, each on a plate of its own, where they hide no other line and few points."""

from contextlib import nullcontext

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from gui import theme as tokens
from gui.theme import GRID
from gui.views.cover import FullCover
from gui.views.pace import Pace

LOOK_EVERY = 0.3  # seconds between two looks for a better place while training runs
TRIED = 32  # places on a line at which its words may stand
KNOWN = 128  # places of each line that no other's words may cover
LOOKED_AT = 800  # points that they should not hide; of more a sample
PLATE = 0.86  # how much of the plate hides what is below it
CALM = 120.0  # pixels that words would rather move than hide one point
STEADY = 3 * CALM  # what it has to be worth before words leave their place on a line
LENIENT = 3.0  # pixels more that are free around new words, and fewer around those that stand already


class Tags(FullCover):
    """Words on lines. While a line moves, its words go along and jump only where there is a much better place."""

    def __init__(self) -> None:
        super().__init__()
        self._font = tokens.font(tokens.SMALL)
        self._measure = QFontMetricsF(self._font)
        self._widths: dict[str, float] = {}
        self._pace = Pace(LOOK_EVERY)
        self._named: set[str] = set()  # at the last look
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

    def show_on(
        self,
        lines: dict[str, Array],
        points: Array,
        running: bool,
        giving_way: frozenset[str] = frozenset(),
    ) -> None:
        """Write words on lines (2, n), where they cover no other line, and few `points` (2, m).

        Where there is no such place, as where lines coincide, they are left out. Words of some lines are `giving_way`:
        those of others may cover these.
        """
        before, self.places = self.places, {}
        self.setVisible(bool(lines))
        pixel = np.array(self.getViewBox().viewPixelSize())[:, None]  # (2, 1)
        if not lines or not (pixel > 0.0).all():
            return
        looks = self._pace.is_due(running) or lines.keys() != self._named
        self._named = set(lines)
        low, high = np.array(self.getViewBox().viewRange()).T[:, :, None] / pixel  # each (2, 1)
        lines = {
            words: line / pixel
            for words, line in sorted(lines.items(), key=lambda each: each[0] in giving_way)
        }
        points = thinned(points, LOOKED_AT) / pixel if looks else points[:, :0]
        known = {
            words: thinned(line, KNOWN) for words, line in lines.items() if looks and words not in giving_way
        }
        taken: list[tuple[Array, Array]] = []
        with self._pace.working() if looks else nullcontext():
            for words, line in lines.items():
                half = np.array([[self._width(words)], [2.0 * GRID]]) / 2  # (2, 1)
                stays = line[:, :0]
                if words in before:
                    stays = nearest_on(line, before[words][:, None] / pixel)
                tried = np.hstack([stays, thinned(line, TRIED)]) if looks else stays  # (2, k)
                old = np.arange(tried.shape[1]) < stays.shape[1]  # (k,)
                fits = ((tried > low + half + GRID) & (tried < high - half - GRID)).all(axis=0)
                for place, other in taken:
                    fits &= (np.abs(tried - place) > half + other + 2).any(axis=0)
                tried, old = tried[:, fits], old[fits]
                others = [other for name, other in known.items() if name != words]
                if others:
                    room = half + np.where(old, -LENIENT, LENIENT)  # (2, k)
                    free = ~_is_beside(np.hstack(others), tried, room).any(axis=1)
                    tried, old = tried[:, free], old[free]
                if tried.shape[1]:
                    cost = (
                        CALM * _is_beside(points, tried, half + tokens.SYMBOL / 2).sum(axis=1) - STEADY * old
                    )
                    if words in before:
                        cost += np.hypot(*(tried - before[words][:, None] / pixel))
                    best = tried[:, [int(cost.argmin())]]
                    taken.append((best, half))
                    self.places[words] = (best * pixel)[:, 0]
        self.update()

    def _width(self, words: str) -> float:
        if words not in self._widths:
            self._widths[words] = self._measure.horizontalAdvance(words) + GRID
        return self._widths[words]

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


def thinned(line: Array, most: int) -> Array:
    """Return at most so many of the places (2, n), evenly chosen."""
    return line[:, :: -(-line.shape[1] // most) or 1]


def nearest_on(line: Array, place: Array) -> Array:
    """Return the place (2, 1) on a line (2, n), with NaN between its pieces, that is nearest to another; or (2, 0)."""
    start, way = line[:, :-1], np.diff(line, axis=1)  # each (2, n - 1)
    length = (way**2).sum(axis=0)
    share = ((place - start) * way).sum(axis=0) / np.where(length > 0.0, length, 1.0)
    reached = start + np.clip(share, 0.0, 1.0) * way
    reached = reached[:, np.isfinite(reached).all(axis=0)]
    return reached[:, [int(np.hypot(*(reached - place)).argmin())]] if reached.shape[1] else reached


def _is_beside(marks: Array, places: Array, room: Array) -> np.ndarray:
    """Return which marks (2, m) are within the half width and height, (2, 1) or (2, k), of places (2, k), as (k, m)."""
    return np.all(np.abs(marks[:, None, :] - places[:, :, None]) < room[:, :, None], axis=0)
