"""The path and its arrows on a relief: lines over the surface, dotted where they are behind it."""

from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.model.activations import Array
from engine.model.relief import Seen, Sight, is_hidden, sampled
from gui.views.dots import Stamp
from gui.views.surface_heights import Heights
from gui.views.surface_marks import (
    FLAT,
    Marks,
    arrow,
    earlier_pen,
    evenly,
    halo_pen,
    path_pen,
    solid,
    step_pen,
    uphill_pen,
)
from gui.views.view import View

FAR = 20.0  # widths of what is shown, beside it, beyond which it is all the same how far a run went
SAMPLES, FEW = 300, 24  # places of a path and of an arrow, at which they follow the surface
UPHILL = 0.35  # the length of the gradient's arrow: it tells the direction alone
BACK = 6  # samples before an arrow's tip that tell its direction


class Ground(NamedTuple):
    """A block, from where it is seen, and what is seen of it."""

    sight: Sight
    heights: Heights
    seen: Seen


def on_surface(sight: Sight, heights: Heights, points: Array) -> tuple[Array, Array]:
    """Return where places of the plane (2, n) are seen, in pixels (2, n), and how far back; NaN beside the block."""
    places = heights.places(points)
    with np.errstate(invalid="ignore"):
        beside = ~(np.abs(places) <= 1.0).all(axis=0)
    inside = np.where(beside, 0.0, places)
    (shares,) = sampled(heights.shares[None], inside)
    pixels, away = sight.on_screen(inside, shares)
    return np.where(beside, np.nan, pixels), away


def paint_marks(painter: QPainter, ground: Ground, marks: Marks, view: View) -> None:
    """Draw what is on a surface."""
    theme = view.theme
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in np.split(marks.earlier, np.flatnonzero(np.isnan(marks.earlier[0])), axis=1):
        _paint_line(painter, ground, part[:, 1:], (earlier_pen(view),))
    _paint_line(painter, ground, marks.path, (halo_pen(view), path_pen(view)))
    length = float(np.linalg.norm(marks.uphill))
    reach = UPHILL * min(np.ptp(ground.heights.x), np.ptp(ground.heights.y)) / 2
    for tip, pen in (
        (marks.now + (reach / length * marks.uphill if length > FLAT else 0.0), uphill_pen(view)),
        (marks.tip, step_pen(view)),
    ):
        _paint_arrow(painter, ground, np.column_stack([marks.now, tip]), pen, halo_pen(view))
    for place, size, fill, rim in (
        (marks.path[:, :1], 9.0, theme.surface, theme.text),
        (marks.now[:, None], 13.0, theme.text, theme.halo),
    ):
        pixels, _ = on_surface(ground.sight, ground.heights, place)
        if np.isfinite(pixels).all():
            painter.save()
            painter.translate(QPointF(*pixels[:, 0].tolist()))
            Stamp("o", size, view.pen(rim, 2.0), pg.mkBrush(fill)).draw(painter)
            painter.restore()


def _paint_line(painter: QPainter, ground: Ground, points: Array, pens: tuple[QPen, ...]) -> Array:
    """Draw a line over the surface with one pen after the other; return its pixels (2, n)."""
    if points.shape[1] < 2:
        return points
    low, high = np.array(ground.heights.ranges).T[:, :, None]
    near = np.clip(points, low - FAR * (high - low), high + FAR * (high - low))
    pixels, away = on_surface(
        ground.sight, ground.heights, evenly(near, SAMPLES if points.shape[1] > 2 else FEW)
    )
    there = np.isfinite(pixels[0])
    if np.count_nonzero(there) < 2:
        return pixels
    hidden = is_hidden(ground.seen, pixels, away, ground.sight)
    drawn, behind = np.logical_and(there[:-1], there[1:]), np.logical_or(hidden[:-1], hidden[1:])
    dotted = QPen(pens[-1])
    dotted.setStyle(Qt.PenStyle.DotLine)
    for pen, kept in (*((pen, drawn & ~behind) for pen in pens), (dotted, drawn & behind)):
        if kept.any():
            painter.strokePath(
                pg.arrayToQPath(*np.nan_to_num(pixels), connect=np.append(kept, False).astype(np.int32)), pen
            )
    return pixels


def _paint_arrow(painter: QPainter, ground: Ground, ends: Array, pen: QPen, halo: QPen) -> None:
    """Draw an arrow over the surface from one place of the plane to another (2, 2)."""
    if not np.isfinite(ends).all() or (ends[:, 0] == ends[:, 1]).all():
        return
    pixels = _paint_line(painter, ground, ends, (halo, pen))
    pixels = pixels[:, np.isfinite(pixels).all(axis=0)]
    if pixels.shape[1] < 2:
        return
    head = arrow(pixels[:, -min(BACK, pixels.shape[1])], pixels[:, -1], np.ones(2))[:, 3:]
    if head.size:
        path = pg.arrayToQPath(*head)
        painter.strokePath(path, halo)
        painter.strokePath(path, solid(pen))
