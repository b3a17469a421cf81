"""The gestures that change or remove the points under a brush."""

import numpy as np
from PySide6.QtCore import QPointF

from engine.data.editing import Remove, brushes
from engine.data.editing.regions import along, in_ellipse
from gui.views.painting.gestures import Gesture

SHAKE = 0.15  # of the brush's radius, how far jitter moves a point each time
PULL = 0.12  # of its way to the middle, how far the magnet moves a point each time


class _Touch(Gesture):
    """A brush that does something to every point that it goes over."""

    touches = True

    def press(self) -> None:
        self._go_over(self.start, self.start)

    def drag(self, place: QPointF) -> None:
        self._go_over(self.last, place)
        self.last = place

    def touch(self, rows: np.ndarray) -> None:
        """Do it to the points in these rows, shape (k,)."""
        raise NotImplementedError

    def _go_over(self, start: QPointF, end: QPointF) -> None:
        canvas = self.canvas
        under = along(canvas.places, canvas.at(start), canvas.at(end), canvas.reach(self.radius))
        self.touch(np.flatnonzero(under))


class Eraser(_Touch):
    """Removes points."""

    def touch(self, rows: np.ndarray) -> None:
        if rows.size:
            self.canvas.document.edit(Remove(rows), "Erase")


class Relabel(_Touch):
    """Makes points what painted ones would be: of this class, and for this use."""

    def touch(self, rows: np.ndarray) -> None:
        dataset, canvas = self.canvas.dataset, self.canvas
        other = (dataset.Y[0, rows] != self.label) | (dataset.held[rows] != canvas.held)
        if other.any():
            what = f"class {dataset.class_names[self.label]}" + (", for the test" if canvas.held else "")
            canvas.document.edit(canvas.as_painted(rows[other], self.label), "Relabel", what)


class _Force(Gesture):
    """A brush that moves the points under it: at once, along the way, and on and on while it is held."""

    touches = True

    def press(self) -> None:
        self._move_at(self.start)

    def drag(self, place: QPointF) -> None:
        for stop in self.stops(place):
            self._move_at(stop)

    def hold(self) -> None:
        self._move_at(self.last)

    def move(self, rows: np.ndarray, places: np.ndarray, centre: tuple[float, float]) -> None:
        """Move the points in these rows (k,), which are at these places (2, k)."""
        raise NotImplementedError

    def _move_at(self, pixel: QPointF) -> None:
        canvas = self.canvas
        places, centre = canvas.places, canvas.at(pixel)
        rows = np.flatnonzero(in_ellipse(places, centre, canvas.reach(self.radius)))
        if rows.size:
            self.move(rows, places[:, rows], centre)


class Jitter(_Force):
    """Shakes points."""

    def move(self, rows: np.ndarray, places: np.ndarray, centre: tuple[float, float]) -> None:
        canvas = self.canvas
        way = brushes.jitter(places, canvas.reach(self.radius), SHAKE, canvas.random)
        canvas.move(rows, way, "Jitter")


class Magnet(_Force):
    """Draws points to the middle of the brush; with the right button it pushes them away."""

    def move(self, rows: np.ndarray, places: np.ndarray, centre: tuple[float, float]) -> None:
        canvas = self.canvas
        pulls = self.label == canvas.label
        way = brushes.magnet(places, centre, canvas.reach(self.radius), PULL if pulls else -PULL)
        canvas.move(rows, way, "Attract" if pulls else "Repel")
