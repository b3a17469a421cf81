"""What is drawn on a cost surface, flat or as a relief: the path, where it is now, the gradient and the next step."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from engine.model.activations import Array
from gui import theme as tokens
from gui.views.view import View

HEAD = 7.0  # pixels, of an arrow
DASHES = [2.0, 1.0]  # of the gradient's arrow, in widths of its pen
FLAT = 1e-12  # the length of a gradient below which it has no direction to show


class Marks(NamedTuple):
    """What is drawn on a surface, as places on its plane."""

    path: Array  # (2, n)
    earlier: Array  # (2, k), paths of earlier runs with NaN between them
    now: Array  # (2,)
    uphill: Array  # (2,), the direction of the gradient
    tip: Array  # (2,), where the next step leads


def path_pen(view: View) -> QPen:
    """Return the pen of the path."""
    return view.pen(view.theme.text, tokens.LINE)


def halo_pen(view: View) -> QPen:
    """Return the pen of what lifts the path and the arrows off their ground, whatever its colour."""
    return view.pen(view.theme.surface, 6.0, alpha=0.8)


def earlier_pen(view: View) -> QPen:
    """Return the pen of earlier paths."""
    return view.pen(view.theme.text, 1.25, Qt.PenStyle.DashLine, 0.7)


def uphill_pen(view: View) -> QPen:
    """Return the pen of the gradient's arrow: in dashes, as on paper it is as black as the path; its head is solid."""
    pen = view.pen(view.theme.warning, tokens.LINE)
    pen.setDashPattern(DASHES)
    return pen


def step_pen(view: View) -> QPen:
    """Return the pen of the next step's arrow."""
    return view.pen(view.theme.accent, 3.5)


def solid(pen: QPen) -> QPen:
    """Return a pen without its dashes, for the head of an arrow."""
    made = QPen(pen)
    made.setStyle(Qt.PenStyle.SolidLine)
    return made


def evenly(line: Array, count: int) -> Array:
    """Return so many places (2, count) along a line (2, n), as far from one to the next."""
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.nan_to_num(np.hypot(*np.diff(line, axis=1)), posinf=0.0)
    way = np.concatenate([[0.0], np.cumsum(lengths)])
    stops = np.linspace(0.0, way[-1], count)
    return np.stack([np.interp(stops, way, each) for each in line])


def arrow(tail: Array, tip: Array, pixel: Array) -> Array:
    """Return a line with a head at its tip, (2, n), where a pixel is so wide and high; nothing where not finite."""
    along = (tip - tail) / pixel
    length = float(np.linalg.norm(along))
    if not 0.0 < length < np.inf:
        return np.empty((2, 0))
    along *= min(HEAD, length) / length
    aside = 0.55 * np.array([-along[1], along[0]])
    heads = [tip + (-along + aside) * pixel, tip, tip + (-along - aside) * pixel]
    return np.column_stack([tail, tip, np.full(2, np.nan), *heads])
