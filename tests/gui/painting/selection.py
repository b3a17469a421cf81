"""A row of points to select from, and what is selected of it."""

import numpy as np
from PySide6.QtCore import QPoint

from engine.data.dataset import Dataset
from tests.gui.driving import Lab
from tests.gui.plots import line


def spot(lab: Lab, i: float, down: int = 0) -> QPoint:
    """Return the pixel of a point of the row."""
    return lab.inside(0.3, 0.5) + QPoint(round(40 * i), down)


def selected(lab: Lab) -> list[int]:
    """Return the rows of the selected points."""
    return lab.window.painter.canvas.selected_rows.tolist()  # type: ignore[attr-defined]


def around(lab: Lab, first: int, last: int) -> list[QPoint]:
    """Return a drag from one corner around points of the row to the other."""
    return line(spot(lab, first) - QPoint(15, 15), spot(lab, last) + QPoint(15, 15), 6)


def moved(lab: Lab, before: Dataset) -> np.ndarray:
    """Return how far each point lies from where it was, (2, m), in pixels."""
    return (lab.dataset.X - before.X) / np.array(lab.pixel_size)[:, None]


def marked(lab: Lab) -> int:
    """Return around how many points the mark of the selection is drawn."""
    marks = lab.window.painter.marks._selected  # type: ignore[attr-defined]
    return marks.places[0][0].size
