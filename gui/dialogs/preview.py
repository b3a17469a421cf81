"""The points that a choice would give, drawn while it is being made."""

from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from engine.data.dataset import Dataset
from engine.model.projection import Projection
from gui import theme as tokens
from gui.theme import Theme
from gui.views.dots import Dots, Stamp
from gui.views.scales import FARTHEST, ends_around
from gui.views.view import Key, View, axis_words

MOST_DRAWN = 5_000  # points; of more, every so manieth


class Preview(View):
    """A scatter plot with the two classes and how many points each has."""

    name: ClassVar[str] = "preview"
    title: ClassVar[str] = "The points"
    help: ClassVar[str] = "The points that the choice gives."

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.header.setParent(self)  # there is a title already
        self.header.hide()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self._axes = self.make_plot(1)
        self._box = self._axes.getViewBox()
        self._box.setMouseEnabled(False, False)
        self._box.disableAutoRange()
        self._points = Dots(2, still=True)
        self._axes.addItem(self._points, ignoreBounds=True)
        self.apply_theme(theme)
        self.show_points(None)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.style_plot(self._axes)
        self._points.set_stamps(*map(self._stamp, (0, 1)))

    def show_points(self, dataset: Dataset | None) -> None:
        """Draw the points, on the plane of their first two features; without any, an empty plane."""
        self._axes.setVisible(dataset is not None)
        if dataset is None:
            self.key.show_entries([], self.theme.text)
            return
        projection = Projection.of(dataset.X, dataset.feature_names)
        few = slice(None, None, max(1, -(-dataset.m // MOST_DRAWN)))
        places = np.clip(projection.places(dataset.X[:, few]), -FARTHEST, FARTHEST)
        labels = dataset.Y[0, few]
        for label in (0, 1):
            self._points.set_places(label, *places[:, labels == label])
        (left, bottom), (right, top) = ends_around(places)
        self._box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        for side, name in zip(("bottom", "left"), projection.axes, strict=True):
            self._axes.getAxis(side).setLabel(axis_words(name))
        pairs = zip(dataset.class_names, dataset.counts, strict=True)
        entries: list[tuple[Stamp, str]] = [
            (self._stamp(label), f"{name}: {count:,}") for label, (name, count) in enumerate(pairs)
        ]
        self.key.show_entries(list(entries), self.theme.text)

    def _stamp(self, label: int) -> Stamp:
        size = tokens.SYMBOL * tokens.SHAPE_SIZES[label]
        rim = self.pen(self.theme.halo, 1.0)
        return Stamp(tokens.SHAPES[label], size, rim, pg.mkBrush(self.theme.classes[label]))
