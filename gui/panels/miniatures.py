"""Small pictures of data sets, drawn from their own points."""

from functools import cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from engine.data.dataset import Dataset
from engine.data.sources import load_data
from engine.model.projection import Projection
from gui.theme import SHAPE_SIZES, SHAPES, Theme
from gui.views.dots import Stamp

SIDE = 32  # pixels of a picture in a list
DOT = 2.4  # pixels of a point in it
ROUND = 4.0  # pixels, of its corners
POINTS = 160  # at most, in a list
NOISE = 0.02  # so little that the shape is seen in a list
FINE = 2.0  # pixels a point, so that a picture is good on every screen


def miniature(dataset: Dataset, theme: Theme, side: int, dot: float, most: int = POINTS) -> QPixmap:
    """Return a square picture, `side` pixels wide, of the points, or of `most` of them spread over all."""
    rows = np.linspace(0, dataset.m - 1, min(most, dataset.m)).astype(np.intp)
    reach = side / 2 - 1.5 * dot
    places = side / 2 + reach * _on_square(dataset)[:, rows] * [[1], [-1]]  # y goes up
    stamps = [
        Stamp(shape, dot * size, QPen(Qt.PenStyle.NoPen), pg.mkBrush(colour))
        for shape, size, colour in zip(SHAPES, SHAPE_SIZES, theme.class_lines, strict=True)
    ]
    picture = QPixmap(round(side * FINE), round(side * FINE))
    picture.setDevicePixelRatio(FINE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(
        QColor(theme.field)
    )  # its own ground, for a list shows the chosen entry on a strong colour
    painter.drawRoundedRect(QRectF(0, 0, side, side), ROUND, ROUND)
    for x, y, label in zip(*places.tolist(), dataset.Y[0, rows].tolist(), strict=True):
        painter.save()
        painter.translate(x, y)
        stamps[int(label)].draw(painter)
        painter.restore()
    painter.end()
    return picture


@cache
def source_icon(name: str, theme: Theme) -> QIcon:
    """Return the picture of a generator or a bundled set for a list."""
    picture = miniature(load_data(name, POINTS, NOISE, 0), theme, SIDE, DOT)
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # or Qt would tint it
    return made


def _on_square(dataset: Dataset) -> np.ndarray:
    """Return where the points are in a square of ±1, shape (2, m); with many features, their principal components."""
    n_x = dataset.X.shape[0]
    plane = (Projection.principal if n_x > 2 else Projection.of)(dataset.X, dataset.feature_names)
    places = plane.places(dataset.X)
    if not dataset.m:
        return places
    low, high = places.min(axis=1, keepdims=True), places.max(axis=1, keepdims=True)
    half = (high - low) / 2
    if dataset.same_units:
        half[:] = half.max()
    return (places - (low + high) / 2) / np.where(half > 0, half, 1.0)
