"""The axes of a relief: numbers along its two near edges and up its left one, and what they are."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.model.activations import Array
from engine.model.relief import Sight
from engine.model.surfaces import Range
from gui import theme as tokens
from gui.theme import Theme
from gui.views.scales import round_up, said
from gui.views.surface_heights import Heights

CORNERS = np.array([[-1.0, 1.0, 1.0, -1.0], [-1.0, -1.0, 1.0, 1.0]])  # around the block, from above
TICK, GAP = 4.0, 14.0  # pixels, of a tick, and between two numbers at least
NUMBER, NAME = 40.0, 200.0  # pixels for a number and for a name, across
LINE = 14.0  # pixels, of a line of small type
PARTS = 4  # of an axis, between its numbers
HEIGHT = ("cost,", "log scale")  # in two lines, for which there is room beside the block
Flags = Qt.AlignmentFlag


def paint_axes(
    painter: QPainter, sight: Sight, heights: Heights, names: tuple[str, str], theme: Theme, room: QRectF
) -> None:
    """Draw the axes where the block stands; no word leaves the `room` around it."""
    ground, _ = sight.on_screen(CORNERS, np.zeros(4))
    near = int(ground[1].argmax())
    for other in ((near + 1) % 4, (near - 1) % 4):
        axis = int(CORNERS[0, near] == CORNERS[0, other])  # 0 for the edge that goes across
        _paint_edge(painter, sight, heights.ranges[axis], (near, other), axis, names[axis], theme, room)
    left = CORNERS[:, int(ground[0].argmin())]
    bottom = np.inf
    top, _ = sight.on_screen(left[:, None], np.ones(1))
    end, first = top[0, 0] - TICK, max(top[1, 0] - LINE * len(HEIGHT), room.top())
    for number, words in enumerate(HEIGHT):
        _write(painter, QPointF(end, first + LINE * number), words, -1, theme.muted)
    highest = max(top[1, 0] + GAP / 2, first + LINE * (len(HEIGHT) + 0.5))
    for level, share in zip(heights.levels, heights.level_shares, strict=True):
        (x,), (y,) = sight.on_screen(left[:, None], np.array([share]))[0].tolist()
        if bottom - y >= GAP and y >= highest:
            painter.setPen(QPen(QColor(theme.muted), tokens.THIN))
            painter.drawLine(QPointF(x - TICK, y), QPointF(x, y))
            _write(painter, QPointF(x - TICK, y - LINE / 2), said(level), -1, theme.muted)
            bottom = y


def _paint_edge(
    painter: QPainter,
    sight: Sight,
    ends: Range,
    corners: tuple[int, int],
    axis: int,
    name: str,
    theme: Theme,
    room: QRectF,
) -> None:
    """Write round numbers along one edge, and its name at the middle."""
    low, high = ends
    step = round_up((high - low) / PARTS)
    values = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    places = np.repeat(CORNERS[:, [corners[0]]], values.size + 1, axis=1)
    places[axis, :-1] = (2 * values - low - high) / (high - low)
    places[axis, -1] = 0.0
    pixels, _ = sight.on_screen(places, np.zeros(values.size + 1))
    side = 1 if pixels[0, -1] > sight.on_screen(CORNERS[:, [corners[0]]], np.zeros(1))[0][0, 0] else -1
    last: Array = np.full(2, np.inf)
    for value, place in zip(values, pixels.T[:-1], strict=True):
        painter.setPen(QPen(QColor(theme.muted), tokens.THIN))
        painter.drawLine(QPointF(*place), QPointF(place[0] + side * TICK / 2, place[1] + TICK))
        if (np.abs(place - last) >= (NUMBER * 0.75, GAP)).any():
            text = said(value if abs(value) > step / 1e6 else 0.0)
            at = QPointF(place[0] + side * TICK / 2, place[1] + TICK - 1)
            _write(painter, at, text, side, theme.muted)
            last = place
    at = QPointF(pixels[0, -1] + side * NUMBER * 0.9, pixels[1, -1] + LINE)
    needs = painter.fontMetrics().horizontalAdvance(name)
    within = min(at.x(), room.right() - needs) if side > 0 else max(at.x(), room.left() + needs)
    if within != at.x():  # nearer to the numbers, so below them
        at = QPointF(within, min(at.y() + LINE, room.bottom() - LINE))
    _write(painter, at, name, side, theme.text)


def _write(painter: QPainter, at: QPointF, words: str, side: int, colour: str) -> None:
    """Write to the right of a place, or with `side` -1 to its left."""
    area = QRectF(at.x() if side > 0 else at.x() - NAME, at.y(), NAME, LINE)
    painter.setPen(QColor(colour))
    painter.drawText(
        area, int((Flags.AlignLeft if side > 0 else Flags.AlignRight) | Flags.AlignVCenter), words
    )
