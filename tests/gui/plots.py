"""Looks at the plots of a window and works on them with the mouse, as a person does."""

from collections.abc import Iterable
from typing import TypeVar

import pyqtgraph as pg
from pyqtgraph.graphicsItems.GraphicsLayout import GraphicsLayout
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QToolButton, QWidget

Button, Modifiers = Qt.MouseButton, Qt.KeyboardModifier
LEFT, RIGHT, MIDDLE = Button.LeftButton, Button.RightButton, Button.MiddleButton
NONE = Button.NoButton
SHIFT, CONTROL = Modifiers.ShiftModifier, Modifiers.ControlModifier
PLAIN = Modifiers.NoModifier

Kind = TypeVar("Kind")


class Plots:
    """The plots of one window, and the hands and eyes on them."""

    def __init__(self, window: QMainWindow) -> None:
        self.window = window

    def find(self, name: str, kind: type[Kind] = QWidget) -> Kind:
        """Return the one widget or action of that name."""
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} objects of the kind {kind.__name__} are called {name}"
        return found[0]

    def plot(self, name: str = "boundary") -> pg.GraphicsView:
        """Return a plot by its name."""
        return self.find(f"{name}Plot", pg.GraphicsView)

    def items(self, plot: str, kind: type[Kind]) -> list[Kind]:
        """Return what is drawn of one kind, the lowest on the plot first."""
        return [
            item
            for item in self.plot(plot).scene().items(Qt.SortOrder.AscendingOrder)
            if isinstance(item, kind) and not isinstance(item, GraphicsLayout)
        ]

    def box(self, plot: str = "boundary", row: int = 0) -> pg.ViewBox:
        """Return the area inside the axes, of the plot in that row."""
        boxes = self.items(plot, pg.ViewBox)
        return sorted(boxes, key=lambda box: box.sceneBoundingRect().top())[row]

    def axis_label(self, side: str, plot: str = "boundary") -> str:
        """Return the words at an axis."""
        (axis,) = [
            item
            for item in self.items(plot, pg.AxisItem)
            if item.orientation == side and item.linkedView() is self.box(plot) and item.isVisible()
        ]
        return axis.labelText

    def pixel(self, x: float, y: float) -> QPoint:
        """Return the pixel of the boundary plot at which the point (x, y) is."""
        return self.plot().mapFromScene(self.box().mapViewToScene(QPointF(x, y)))

    def point(self, pixel: QPoint) -> tuple[float, float]:
        """Return the point of the plane at a pixel of the boundary plot."""
        point = self.box().mapSceneToView(self.plot().mapToScene(pixel))
        return point.x(), point.y()

    def inside(self, across: float, up: float) -> QPoint:
        """Return the pixel at these shares of the boundary plot's width and height, inside the axes."""
        area = self.box().sceneBoundingRect()
        place = QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())
        return self.plot().mapFromScene(place)

    @property
    def pixel_size(self) -> tuple[float, float]:
        """How far a pixel of the boundary plot reaches in the units of the axes."""
        width, height = self.box().viewPixelSize()
        return width, height

    def mouse(
        self,
        kind: QEvent.Type,
        place: QPoint,
        button: Button = NONE,
        held: Button = NONE,
        modifiers: Modifiers = PLAIN,
        plot: str = "boundary",
    ) -> None:
        """Send one mouse event to a plot, as the screen would."""
        viewport = self.plot(plot).viewport()
        there = QPointF(place)
        event = QMouseEvent(kind, there, viewport.mapToGlobal(there), button, held, modifiers)
        QApplication.sendEvent(viewport, event)

    def hold(
        self, place: QPoint, button: Button = LEFT, modifiers: Modifiers = PLAIN, plot: str = "boundary"
    ) -> None:
        """Go to a place and press a button there."""
        self.mouse(QEvent.Type.MouseMove, place, modifiers=modifiers, plot=plot)
        self.mouse(QEvent.Type.MouseButtonPress, place, button, button, modifiers, plot)

    def move(
        self, place: QPoint, button: Button = LEFT, modifiers: Modifiers = PLAIN, plot: str = "boundary"
    ) -> None:
        """Move the mouse with a button held down."""
        self.mouse(QEvent.Type.MouseMove, place, held=button, modifiers=modifiers, plot=plot)

    def release(
        self, place: QPoint, button: Button = LEFT, modifiers: Modifiers = PLAIN, plot: str = "boundary"
    ) -> None:
        """Let go of the button."""
        self.mouse(QEvent.Type.MouseButtonRelease, place, button, modifiers=modifiers, plot=plot)

    def click(
        self, place: QPoint, button: Button = LEFT, modifiers: Modifiers = PLAIN, plot: str = "boundary"
    ) -> None:
        """Press and release at one place."""
        self.hold(place, button, modifiers, plot)
        self.release(place, button, modifiers, plot)

    def double_click(self, place: QPoint, button: Button = LEFT) -> None:
        """Click twice at one place, as Qt tells of it."""
        self.click(place, button)
        self.mouse(QEvent.Type.MouseButtonDblClick, place, button, button)
        self.release(place, button)

    def wheel(self, place: QPoint, notches: int, modifiers: Modifiers = PLAIN) -> None:
        """Turn the wheel over the boundary plot."""
        viewport, there = self.plot().viewport(), QPointF(place)
        turn, phase = QPoint(0, 120 * notches), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(there, viewport.mapToGlobal(there), QPoint(), turn, NONE, modifiers, phase, False)
        QApplication.sendEvent(viewport, event)

    def drag(
        self,
        places: Iterable[QPoint],
        button: Button = LEFT,
        modifiers: Modifiers = PLAIN,
        plot: str = "boundary",
    ) -> None:
        """Press at the first place, move along the others, release at the last."""
        first, *others = places
        self.hold(first, button, modifiers, plot)
        for place in others:
            self.move(place, button, modifiers, plot)
        self.release(others[-1] if others else first, button, modifiers, plot)

    def picture_button(self, plot: str) -> QToolButton:
        """Return the button above a plot that saves its picture."""
        return self.find(f"{plot}PictureButton", QToolButton)

    def picture_entry(self, plot: str, words: str) -> QAction:
        """Return the entry of a plot's picture menu that has these words."""
        menu = self.picture_button(plot).menu()
        menu.aboutToShow.emit()
        (entry,) = [action for action in menu.actions() if words in action.text()]
        return entry


def line(start: QPoint, end: QPoint, moves: int) -> list[QPoint]:
    """Return the places of a straight stroke, in that many moves."""
    return [start + (end - start) * i / moves for i in range(moves + 1)]
