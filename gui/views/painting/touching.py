"""The gestures that change or remove the points under a brush."""

import numpy as np
from PySide6.QtCore import QPointF

from engine.data.editing import Remove, brushes
from engine.data.editing.regions import along, in_ellipse
from engine.model.activations import Array
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

    verb: str

    def press(self) -> None:
        self._move_at([self.start])

    def drag(self, place: QPointF) -> None:
        self._move_at(self.stops(place))

    def hold(self) -> None:
        self._move_at([self.last])

    def way(self, places: Array, centre: tuple[float, float]) -> Array:
        """Return how far the points at these places (2, k) move, while the brush is at `centre`; shape (2, k)."""
        raise NotImplementedError

    def _move_at(self, stops: list[QPointF]) -> None:
        """Move the points under the brush at one stop after the other, as one edit."""
        canvas = self.canvas
        before, radii = canvas.places, canvas.reach(self.radius)
        after, touched = before.copy(), np.zeros(before.shape[1], dtype=bool)
        for centre in map(canvas.at, stops):
            under = in_ellipse(after, centre, radii)
            after[:, under] += self.way(after[:, under], centre)
            touched |= under
        rows = np.flatnonzero(touched)
        if rows.size:
            canvas.move(rows, after[:, rows] - before[:, rows], self.verb)


class Jitter(_Force):
    """Shakes points."""

    verb = "Jitter"

    def way(self, places: Array, centre: tuple[float, float]) -> Array:
        canvas = self.canvas
        return brushes.jitter(places, canvas.reach(self.radius), SHAKE, canvas.random)


class Magnet(_Force):
    """Draws points to the middle of the brush; with the right button it pushes them away."""

    def press(self) -> None:
        pulls = self.label == self.canvas.label
        self.verb, self._strength = ("Attract", PULL) if pulls else ("Repel", -PULL)
        super().press()

    def way(self, places: Array, centre: tuple[float, float]) -> Array:
        return brushes.magnet(places, centre, self.canvas.reach(self.radius), self._strength)
