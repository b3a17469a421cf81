"""What the keys and the strip do to the selected points, and to what is painted with."""

from collections.abc import Callable

import numpy as np

from engine.data.editing import Edits, Hold, Move, Relabel, Remove, duplicate, shift
from gui.theme import GRID
from gui.views.painting.canvas import Canvas


class Deeds:
    """With points selected, each is about these; without, about what is painted next."""

    def __init__(
        self, canvas: Canvas, finish: Callable[[], None], under_mouse: Callable[[], int | None]
    ) -> None:
        """`finish` ends the gesture under way; `under_mouse` returns the row of the point there."""
        self._canvas = canvas
        self._document = canvas.document
        self._finish = finish
        self._under_mouse = under_mouse

    def choose_class(self, label: int) -> None:
        """Paint with a class; selected points get it."""
        self._finish()
        rows = self._canvas.selected_rows
        rows = rows[self._canvas.dataset.Y[0, rows] != label]
        self._canvas.choose(label=label)
        if rows.size:
            name = self._canvas.dataset.class_names[label]
            self._document.make(
                Relabel(rows, np.full((1, rows.size), float(label))), "Relabel", f"class {name}"
            )

    def swap_classes(self) -> None:
        """Paint with the other class; selected points get the other class instead."""
        self._finish()
        rows = self._canvas.selected_rows
        if rows.size:
            self._canvas.flip(rows)
        else:
            self._canvas.choose(label=1 - self._canvas.label)

    def toggle_test(self) -> None:
        """Paint points for the test, or no more; selected points are kept for it instead."""
        self._finish()
        rows = self._canvas.selected_rows
        if not rows.size:
            self._canvas.choose(held=not self._canvas.held)
            return
        held = not self._canvas.dataset.held[rows].all()
        what = "for the test" if held else "for the split"
        self._document.make(Hold(rows, np.full(rows.size, held)), "Keep", what)
        self._canvas.changed.emit()  # what is painted stays as it was, and the button says so

    def select_all(self) -> None:
        """Select every point."""
        self._finish()
        self._canvas.select(self._canvas.dataset.ids)

    def duplicate(self) -> None:
        """Copy the selected points, a little aside, and select the copies."""
        self._finish()
        rows, before = self._canvas.selected_rows, self._canvas.dataset
        if not rows.size:
            return
        aside = np.array(self._canvas.reach(GRID))[:, None] * [[1.0], [-1.0]]  # right and down
        copies = before.m + np.arange(rows.size)
        moved = Move(copies, shift(before, rows, self._canvas.view.projection.directions, aside).X)
        self._document.make(lambda dataset: Edits((duplicate(dataset, rows), moved)), "Duplicate")
        self._canvas.select(np.setdiff1d(self._canvas.dataset.ids, before.ids))

    def remove(self) -> None:
        """Remove the selected points, or the one under the mouse."""
        self._finish()
        rows = self._canvas.selected_rows
        under = self._under_mouse()
        if not rows.size and under is not None:
            rows = np.array([under])
        if rows.size:
            self._document.make(Remove(rows), "Delete")

    def nudge(self, way: tuple[float, float], pixels: float) -> None:
        """Move the selected points by some pixels; presses one after the other are one step to undo."""
        on_plane = np.multiply(way, self._canvas.reach(pixels))[:, None]  # (2, 1)
        self._canvas.move(self._canvas.selected_rows, on_plane, "Nudge")
