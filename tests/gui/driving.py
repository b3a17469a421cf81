"""Drives the real window as a person does: keys, mouse, menus. Widgets are found by their object names alone."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.GraphicsLayout import GraphicsLayout
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.data.dataset import Dataset
from engine.model.network import Parameters
from engine.training.commands import Frame
from engine.training.spec import Spec
from gui.failures import Failures
from gui.playback import SPEEDS

ROOT = Path(__file__).parents[2]
PATIENCE = 15_000  # milliseconds: for a slow machine; nothing here waits as long as that
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NONE = Qt.MouseButton.NoButton
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier

Kind = TypeVar("Kind")


class Lab:
    """One window, and the hands and eyes of the person before it."""

    def __init__(self, window: QMainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.failures: list[str] = []
        """The reasons of all exceptions that nobody caught; a test that wants one takes it out."""
        reporter = window.findChild(Failures)
        assert isinstance(reporter, Failures)
        reporter.happened.connect(lambda reason, details: self.failures.append(f"{reason}\n{details}"))

    def show(self, width: int = 1280, height: int = 720) -> None:
        """Show the window, laid out and drawn once, so that places on it mean something."""
        self.window.resize(width, height)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.window.grab()
        self.settle()

    def close(self) -> None:
        """Close the window as its button does, and forget it."""
        self.window.close()
        QCoreApplication.processEvents()

    # Eyes

    def find(self, name: str, kind: type[Kind] = QWidget) -> Kind:
        """Return the one widget or action of that name."""
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} objects of the kind {kind.__name__} are called {name}"
        return found[0]

    def action(self, name: str) -> QAction:
        """Return an action, such as `Run` for actionRun."""
        return self.find(f"action{name}", QAction)

    def value(self, readout: str) -> float:
        """Return a number of the toolbar, such as `trainCost`."""
        return self.find(f"{readout}Readout").property("value")

    @property
    def iteration(self) -> int:
        """The iteration that the toolbar shows."""
        return self.value("iteration")  # type: ignore[return-value]

    @property
    def is_running(self) -> bool:
        """Whether the run button is down."""
        return self.action("Run").isChecked()

    @property
    def status(self) -> str:
        """The sentence at the bottom."""
        return self.find("statusMessage").text()  # type: ignore[attr-defined]

    @property
    def spec(self) -> Spec:
        """What is chosen."""
        return self.window.document.spec  # type: ignore[attr-defined]

    @property
    def undo_text(self) -> str:
        """What Ctrl+Z would take back; empty for nothing."""
        return self.window.document.undo_stack.undoText()  # type: ignore[attr-defined]

    @property
    def steps(self) -> int:
        """How many steps can be undone."""
        return self.window.document.undo_stack.index()  # type: ignore[attr-defined]

    @property
    def dataset(self) -> Dataset:
        """The points that are worked on."""
        return self.window.document.dataset  # type: ignore[attr-defined]

    @property
    def frame(self) -> Frame:
        """The moment that is shown."""
        return self.window.playback.frame  # type: ignore[attr-defined]

    @property
    def weights(self) -> Parameters:
        """The weights of the moment that is shown."""
        return self.frame.state.parameters

    @property
    def sizes(self) -> str:
        """The network that is trained, such as 2-4-1."""
        return str(self.frame.experiment.network)

    # Waiting

    def wait(self, condition: Callable[[], object], patience: int = PATIENCE) -> None:
        """Let the window live until the condition holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=patience)

    def settle(self) -> None:
        """Let the window live until every command was obeyed and its outcome is shown."""
        self.wait(lambda: self._is_settled)

    @property
    def _is_settled(self) -> bool:
        playback = self.window.playback  # type: ignore[attr-defined]
        runner, frame = playback._runner, playback.frame
        waiting = (playback._pending, playback._sought, playback._weights)
        obeyed = all(each is None for each in waiting) and frame.obeyed == playback._posted
        # Steps that were asked for are made one by one, and may be shown on the way.
        return obeyed and (
            frame.running or (not getattr(runner, "_left", 0) and frame.state is runner._shown)
        )

    def wait_for_iterations(self, count: int) -> None:
        """Let it train until that many more iterations are shown."""
        reached = self.iteration + count
        self.wait(lambda: self.iteration >= reached)

    # Hands on the panel and the toolbar

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def run(self) -> None:
        """Start training by the Space key."""
        assert not self.is_running
        self.press(Qt.Key.Key_Space)
        assert self.is_running

    def pause(self) -> None:
        """Pause by the Space key, and let the last iterations be shown."""
        assert self.is_running
        self.press(Qt.Key.Key_Space)
        self.settle()
        assert not self.is_running

    def step(self, count: int = 1) -> None:
        """Step by the Right key."""
        for _ in range(count):
            self.press(Qt.Key.Key_Right)
        self.settle()

    def focus(self, name: str) -> QWidget:
        """Go to a control by the Tab key."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.wait(widget.hasFocus)
        return widget

    def fill(self, name: str, text: str, confirm: bool = True) -> None:
        """Type over what stands in a field, and confirm with Return."""
        field = self.focus(name)
        line = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else field
        assert isinstance(line, QLineEdit)
        line.selectAll()
        if text:
            QTest.keyClicks(field, text)
        else:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        assert line.text() == text
        if confirm:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def text_of(self, name: str) -> str:
        """Return what stands in a field."""
        field = self.find(name)
        return field.text()  # type: ignore[attr-defined]

    def choose(self, name: str, data: str) -> None:
        """Choose an item of a combo box by the name that it carries."""
        combo = self.find(name, QComboBox)
        assert combo.isEnabled() and combo.findData(data) >= 0, f"{name} offers no {data}"
        combo.setCurrentIndex(combo.findData(data))

    def set_speed(self, rate: float | None) -> None:
        """Move the speed slider to that many iterations a second; None is as fast as it goes."""
        self.find("speedSlider", QSlider).setValue(SPEEDS.index(rate))

    def drop(self, path: Path, on: QWidget, *more: Path) -> bool:
        """Drag files over a widget and drop them there; return whether the window took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(each)) for each in (path, *more)])
        place = on.rect().center()
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(place, copy, data, LEFT, PLAIN)
        QApplication.sendEvent(on, enter)
        if not enter.isAccepted():
            return False
        QApplication.sendEvent(on, QDragMoveEvent(place, copy, data, LEFT, PLAIN))
        drop = QDropEvent(QPointF(place), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(on, drop)
        return drop.isAccepted()

    # Hands and eyes on a plot

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
        button: Qt.MouseButton = NONE,
        held: Qt.MouseButton = NONE,
        modifiers: Qt.KeyboardModifier = PLAIN,
        plot: str = "boundary",
    ) -> None:
        """Send one mouse event to a plot, as the screen would."""
        viewport = self.plot(plot).viewport()
        there = QPointF(place)
        event = QMouseEvent(kind, there, viewport.mapToGlobal(there), button, held, modifiers)
        QApplication.sendEvent(viewport, event)

    def hold(
        self, place: QPoint, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Go to a place and press a button there."""
        self.mouse(QEvent.Type.MouseMove, place, modifiers=modifiers)
        self.mouse(QEvent.Type.MouseButtonPress, place, button, button, modifiers)

    def move(
        self, place: QPoint, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Move the mouse with a button held down."""
        self.mouse(QEvent.Type.MouseMove, place, held=button, modifiers=modifiers)

    def release(
        self, place: QPoint, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Let go of the button."""
        self.mouse(QEvent.Type.MouseButtonRelease, place, button, modifiers=modifiers)

    def click(
        self, place: QPoint, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Press and release at one place."""
        self.hold(place, button, modifiers)
        self.release(place, button, modifiers)

    def double_click(self, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
        """Click twice at one place, as Qt tells of it."""
        self.click(place, button)
        self.mouse(QEvent.Type.MouseButtonDblClick, place, button, button)
        self.release(place, button)

    def wheel(self, place: QPoint, notches: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Turn the wheel over the boundary plot."""
        viewport, there = self.plot().viewport(), QPointF(place)
        turn, phase = QPoint(0, 120 * notches), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(there, viewport.mapToGlobal(there), QPoint(), turn, NONE, modifiers, phase, False)
        QApplication.sendEvent(viewport, event)

    def drag(
        self,
        places: Iterable[QPoint],
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        """Press at the first place, move along the others, release at the last."""
        first, *others = places
        self.hold(first, button, modifiers)
        for place in others:
            self.move(place, button, modifiers)
        self.release(others[-1] if others else first, button, modifiers)

    def picture_button(self, plot: str) -> QToolButton:
        """Return the button above a plot that saves its picture."""
        return self.find(f"{plot}PictureButton", QToolButton)

    def picture_entry(self, plot: str, words: str) -> QAction:
        """Return the entry of a plot's picture menu that has these words."""
        menu = self.picture_button(plot).menu()
        menu.aboutToShow.emit()
        (entry,) = [action for action in menu.actions() if words in action.text()]
        return entry

    def options(self) -> QDialog:
        """Return the window that asks how a table is meant, once it is open."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog) and dialog.objectName() == "importOptions"
        return dialog

    def answer(self, button: str = "importOk") -> None:
        """Press a button of the window that asks how a table is meant."""
        dialog = self.options()
        found = dialog.findChild(QPushButton, button)
        assert isinstance(found, QPushButton) and found.isEnabled()
        QTest.mouseClick(found, LEFT)
        self.wait(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()  # as a desktop does
        self.wait(self.window.isActiveWindow)
        self.settle()

    def dialogs(self) -> list[QMessageBox]:
        """Return the message boxes that stand open."""
        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QMessageBox) and each.isVisible()
        ]


def added(before: Dataset, after: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return X (n_x, k) and the labels (k,) of the points that are new."""
    new = ~np.isin(after.ids, before.ids)
    return after.X[:, new], after.Y[0, new]


def line(start: QPoint, end: QPoint, moves: int) -> list[QPoint]:
    """Return the places of a straight stroke, in that many moves."""
    return [start + (end - start) * i / moves for i in range(moves + 1)]


def same_points(one: Dataset, other: Dataset) -> bool:
    """Return whether two sets hold the same points to the last bit."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("X", "Y", "ids", "held")
    )


def same_weights(one: Parameters, other: Parameters) -> bool:
    """Return whether two networks have the same weights to the last bit."""
    return len(one) == len(other) and all(
        np.array_equal(a.W, b.W) and np.array_equal(a.b, b.b) for a, b in zip(one, other, strict=True)
    )
