"""The gestures that select points and drag them."""

import numpy as np
from PySide6.QtCore import QPointF

from engine.data.editing.regions import in_polygon, in_rectangle
from gui.views.painting.gestures import Gesture

TREMBLE = 3.0  # pixels that the mouse may move in a click
CORNER_EVERY = 4.0  # pixels between two corners of a lasso


class Rectangle(Gesture):
    """On a point: selects and drags it, with all that are selected. Elsewhere: a rectangle around points."""

    def press(self) -> None:
        canvas = self.canvas
        self._corners = [self.start]
        self._dragged = np.empty(0, dtype=np.intp)  # rows
        self._moved = False
        self._was_selected = False
        row = canvas.nearest(self.start)
        if row is None:
            if not self.more:
                canvas.select(canvas.selected[:0])
            return
        own = canvas.dataset.ids[[row]]
        self._was_selected = bool((canvas.selected == own).any())
        if not self._was_selected:
            canvas.select(own, self.more)
        self._dragged = canvas.selected_rows

    def drag(self, place: QPointF) -> None:
        place = self.canvas.clamped(place)
        self._moved |= (place - self.start).manhattanLength() > TREMBLE
        if not self._moved:
            return
        if not self._dragged.size:
            self.stretch(place)
            return
        way = np.subtract(self.canvas.at(place), self.canvas.at(self.start))[:, None]  # (2, 1)
        self.canvas.move(self._dragged, way, "Move", afresh=True)

    def finish(self) -> None:
        canvas = self.canvas
        if self.band:
            canvas.select(canvas.dataset.ids[self.inside()], self.more)
        elif self._was_selected and not self._moved:  # a click on one of several
            row = canvas.nearest(self.start)
            own = canvas.dataset.ids[[row]] if row is not None else canvas.selected[:0]
            canvas.select(np.setdiff1d(canvas.selected, own) if self.more else own)

    @property
    def band(self) -> list[QPointF]:
        return self._corners if len(self._corners) > 1 else []

    def stretch(self, place: QPointF) -> None:
        """Draw what goes around the points on to a pixel."""
        start = self.start
        self._corners = [start, QPointF(place.x(), start.y()), place, QPointF(start.x(), place.y())]

    def inside(self) -> np.ndarray:
        """Return which points are inside, (m,) bool."""
        canvas = self.canvas
        return in_rectangle(canvas.places, canvas.at(self._corners[0]), canvas.at(self._corners[2]))


class Lasso(Rectangle):
    """As the rectangle, with any outline."""

    def stretch(self, place: QPointF) -> None:
        if (place - self._corners[-1]).manhattanLength() >= CORNER_EVERY:
            self._corners.append(place)

    def inside(self) -> np.ndarray:
        return in_polygon(self.canvas.places, self.on_plane(self._corners))
