"""The first layer's weights as images: what each unit looks for in a picture."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPen

from engine.data.dataset import Dataset
from engine.training.commands import Frame
from gui import theme as tokens
from gui.colours import heat_colours
from gui.theme import Theme
from gui.views.dots import Stamp
from gui.views.tiles import Tiles
from gui.views.view import Key, View

MOST = 64  # units drawn
NO_PIXELS = "The inputs are no pixels of an image; choose the handwritten digits to see one."
HEAT = 0.9  # there are no points to be seen on top


class WeightImageView(View):
    """A pixel's weight is blue where ink there speaks for class 0, orange for class 1, and neutral at zero."""

    name: ClassVar[str] = "weightImage"
    title: ClassVar[str] = "Weights as images"
    opens: ClassVar[bool] = False
    help: ClassVar[str] = (
        "The weight of every pixel in the pixels' own units, one image for each unit of the first layer. "
        "For logistic regression the image is w itself: ink on orange speaks for the second class, on blue for the first."
    )

    @classmethod
    def why_empty(cls, dataset: Dataset) -> str:
        return "" if dataset.image_shape is not None else NO_PIXELS

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.setObjectName("weightImageView")
        self._frame: Frame | None = None
        self._words: tuple[str, str] = ("", "")
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self.tiles = Tiles()
        self.grid.addItem(self.tiles, 1, 0)
        self.scale_button = self.header.add_button(
            "same scale", "One scale for all images, instead of each its own.", "weightImageScaleButton"
        )
        self.scale_button.setCheckable(True)
        self.scale_button.toggled.connect(self.set_same_scale)
        self.apply_theme(theme)

    def set_same_scale(self, same: bool) -> None:
        """Draw all images on one scale, or each on its own."""
        self.scale_button.setChecked(same)
        if self._frame is not None:
            self.draw(self._frame)

    def look_like(self, other: View) -> None:
        assert isinstance(other, WeightImageView)
        self.set_same_scale(other.scale_button.isChecked())

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._colours = heat_colours(replace(theme, heat=HEAT))
        self.tiles.set_colours(self._colours, theme.muted, theme.line)
        self._show_key(self._words)

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        problem, network = frame.experiment.problem, frame.experiment.network
        shape = problem.dataset.image_shape
        if shape is None:
            self._show_key(("", ""))
            self.header.note.setText("")
            self.tiles.show_message(NO_PIXELS)
            return
        W, _ = problem.standardization.fold(*frame.state.parameters[0])
        images = W[:MOST, : shape[0] * shape[1]].reshape(-1, *shape)  # (n, rows, columns)
        largest = np.abs(images).max(axis=(1, 2), keepdims=True)
        if self.scale_button.isChecked():
            largest[:] = largest.max()
        hidden = len(network.sizes) > 2
        captions = [
            f"unit {i}  ±{reach:.2g}" if hidden else f"w  ±{reach:.2g}"
            for i, reach in enumerate(largest[:, 0, 0], start=1)
        ]
        self.tiles.show_tiles(images / np.where(largest > 0, largest, 1), captions, images)
        first, second = problem.dataset.class_names
        self._show_key(
            ("ink lowers the unit", "ink raises it") if hidden else (f"speaks for {first}", f"for {second}")
        )
        drawn = f"{len(images)} of {len(W)} units" if len(images) < len(W) else ""
        self.header.note.setText(drawn or "per unit of ink")

    def _show_key(self, words: tuple[str, str]) -> None:
        self._words = words
        rim = self.pen(self.theme.line, tokens.THIN)
        ends = (pg.mkBrush(*map(int, self._colours[end])) for end in (0, -1))
        stamps = [Stamp("s", tokens.SYMBOL, rim, brush) for brush in ends]
        entries: list[tuple[Stamp | QPen, str]] = list(zip(stamps, words, strict=True)) if all(words) else []
        self.key.show_entries(entries, self.theme.text)
