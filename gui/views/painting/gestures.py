"""What happens between pressing a button and letting it go: the gestures that add points."""

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.data.editing import brushes
from engine.model.activations import Array
from gui.views.painting.canvas import Canvas

SPACING = 12.0  # pixels between two points of a drag, whatever the mouse's speed
DENSE = 5.0  # pixels of way for each point of a spray


class Gesture:
    """One press of a button. Made by the press; then `drag` and, while the mouse is still, `hold`, and `finish` once."""

    spacing: ClassVar[float] = SPACING
    """Pixels between two stops on the way."""
    touches: ClassVar[bool] = False
    """Whether it works on the points under its brush."""

    def __init__(self, canvas: Canvas, place: QPointF, label: int, radius: float, more: bool = False) -> None:
        """Begin at a pixel, with a class and a brush of so many pixels; `more` adds to what is selected."""
        self.canvas = canvas
        self.label = label
        self.radius = radius
        self.more = more
        self.start = self.last = place
        canvas.begin()
        self.press()

    def press(self) -> None:
        """Do what the press alone does."""

    def drag(self, place: QPointF) -> None:
        """Follow the mouse to a pixel."""

    def hold(self) -> None:
        """Do what a button held down on one spot does, many times a second."""

    def finish(self) -> None:
        """Do what letting go does."""

    @property
    def band(self) -> list[QPointF]:
        """The corners, in pixels, of what is drawn around points to select them."""
        return []

    def stops(self, place: QPointF) -> list[QPointF]:
        """Go on to a pixel in steps of one spacing, and return where they end."""
        way = place - self.last
        length = float(np.hypot(way.x(), way.y()))
        count = int(length // self.spacing)
        stops = [self.last + way * (i * self.spacing / length) for i in range(1, count + 1)]
        if stops:
            self.last = stops[-1]
        return stops

    def on_plane(self, pixels: list[QPointF]) -> Array:
        """Return the places of pixels, shape (2, k)."""
        return np.array([self.canvas.at(pixel) for pixel in pixels]).reshape(-1, 2).T


class Points(Gesture):
    """A point where it is pressed, and more along the way."""

    def press(self) -> None:
        self._paint([self.start])

    def drag(self, place: QPointF) -> None:
        self._paint([stop for stop in self.stops(place) if self.canvas.is_inside(stop)])

    def _paint(self, pixels: list[QPointF]) -> None:
        if pixels:
            self.canvas.paint(self.on_plane(pixels), self.label, "Paint")


class Spray(Gesture):
    """Points by chance within the brush: one at once, more along the way, and more while it is held."""

    spacing = DENSE
    draw: ClassVar[Callable[..., Array]]

    def press(self) -> None:
        self._spray([self.start])

    def drag(self, place: QPointF) -> None:
        self._spray([stop for stop in self.stops(place) if self.canvas.is_inside(stop)])

    def hold(self) -> None:
        self._spray([self.last])

    def _spray(self, pixels: list[QPointF]) -> None:
        if not pixels:
            return
        canvas = self.canvas
        zero = (0.0, 0.0)
        strewn = type(self).draw(len(pixels), zero, canvas.reach(self.radius), canvas.random)
        (x_low, x_high), (y_low, y_high) = canvas.view.box.viewRange()
        low, high = np.array([[x_low], [y_low]]), np.array([[x_high], [y_high]])
        places = self.on_plane(pixels) + strewn
        places = low + abs(places - low)  # what would be painted out of sight is thrown back
        places = high - abs(high - places)
        canvas.paint(np.clip(places, low, high), self.label, "Spray")


class GaussianSpray(Spray):
    """A spray that is dense in the middle."""

    draw = staticmethod(brushes.gaussian)


class UniformSpray(Spray):
    """A spray that is as dense everywhere."""

    draw = staticmethod(brushes.uniform)


class _Figure(Gesture):
    """Points on a figure between the press and the mouse, drawn anew with each move."""

    verb: ClassVar[str]

    def press(self) -> None:
        self._paint(self.start)

    def drag(self, place: QPointF) -> None:
        self._paint(self.canvas.clamped(place))

    def places(self, end: QPointF) -> Array:
        """Return the places of the points, shape (2, k)."""
        raise NotImplementedError

    def _paint(self, end: QPointF) -> None:
        self.canvas.paint(self.places(end), self.label, self.verb, afresh=True)


class Line(_Figure):
    """A straight line."""

    verb = "Line of"

    def places(self, end: QPointF) -> Array:
        at, reach = self.canvas.at, self.canvas.reach
        return brushes.line(at(self.start), at(end), reach(SPACING))


class Ring(_Figure):
    """A circle on the screen, around where it was pressed."""

    verb = "Ring of"

    def places(self, end: QPointF) -> Array:
        canvas = self.canvas
        radius = float(np.hypot(end.x() - self.start.x(), end.y() - self.start.y()))
        places = brushes.ring(canvas.at(self.start), canvas.reach(radius), canvas.reach(SPACING))
        (x_low, x_high), (y_low, y_high) = canvas.view.box.viewRange()
        seen = QRectF(x_low, y_low, x_high - x_low, y_high - y_low)
        return places[:, [seen.contains(x, y) for x, y in places.T]]
