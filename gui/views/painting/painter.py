"""Mouse and keys on the boundary plot: which tool is at work, and what it is told."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from engine.data.dataset import among
from engine.data.editing.regions import in_ellipse
from gui.document import Document
from gui.views.boundary import BoundaryView
from gui.views.painting.canvas import Canvas
from gui.views.painting.deeds import Deeds
from gui.views.painting.gestures import Gesture
from gui.views.painting.marks import Marks
from gui.views.painting.tools import LARGEST, SMALLEST, TOOLS, Tool

HELD_STILL = 250  # milliseconds until a button held on one spot does more
HOLD_EVERY = 50  # milliseconds between two times that it does
SOON = 8  # milliseconds from an edit by a gesture until it is shown, with all that were made meanwhile
NOTCH = 1.15  # how many times as large a notch of the wheel makes the brush
ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
FAR = 10.0  # pixels that Shift and an arrow move points
Still = Callable[[], AbstractContextManager[None]]
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Painter(QObject):
    """Left paints the current class, right the other. Shift erases, Ctrl selects. The middle button still pans."""

    changed = Signal()
    """Another tool, class or use."""
    hovered = Signal(object)
    """The row of the point under the mouse, or None."""

    def __init__(self, view: BoundaryView, document: Document, still: Still = nullcontext) -> None:
        """`still` keeps the training thread from stepping: it would interrupt each edit of many points many times."""
        super().__init__(view)
        self._still = still
        self._view = view
        self._document = document
        self.canvas = Canvas(view, document, self)
        self.tool = TOOLS["Point"]
        self._radii = {tool.name: tool.radius for tool in TOOLS.values()}
        self._gesture: Gesture | None = None
        self._at_work = self.tool
        self._button = Qt.MouseButton.NoButton
        self._mouse: QPointF | None = None  # where it hovers between the axes
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._under: int | None = None  # row of the point that is marked
        self._pressed_on: int | None = None  # id of the point under the mouse before the last press
        self._steps = 0  # to undo, before the last press
        self.marks = Marks(view)
        self.deeds = Deeds(self.canvas, self.finish, self._point_under_mouse)
        self._hold = QTimer(self, singleShot=True)
        self._hold.timeout.connect(self._go_on)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._show_painted)
        document.points_changed.connect(self._show_points)
        view.points_shown.connect(self._show_marks)
        view.box.sigRangeChanged.connect(self._show_marks)
        self.canvas.changed.connect(self._show_marks)
        self.canvas.changed.connect(self.changed)
        self.changed.connect(self._show_hint)
        view.points_shown.connect(self._show_hint)
        view.plot.setMouseTracking(True)
        view.plot.viewport().installEventFilter(self)
        view.plot.installEventFilter(self)

    @property
    def is_painting(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    @property
    def labels(self) -> tuple[int, int]:
        """The classes that the left and the right button paint."""
        return self.canvas.label, 1 - self.canvas.label

    def take(self, name: str) -> None:
        """Take another tool."""
        self.finish()
        self.tool = TOOLS[name]
        if not self.tool.selects:
            self.canvas.select_nothing()
        self.changed.emit()
        self._show_marks()

    def resize(self, notches: float) -> None:
        """Make the brush larger or smaller."""
        tool = self._tool_for(self._modifiers)
        if tool.radius:
            radius = self._radii[tool.name] * NOTCH**notches
            self._radii[tool.name] = min(max(radius, SMALLEST), LARGEST)
            if self._gesture is not None:
                self._gesture.radius = self._radii[tool.name]
            self._show_marks()

    def finish(self) -> None:
        """End the gesture; it stays as one step to undo."""
        gesture = self._gesture
        if gesture is not None:
            self._drop()
            gesture.finish()
            self._document.end_gesture()
            self._show_painted()
            self._show_marks()

    def cancel(self) -> None:
        """Take back the gesture that is under way; without one, let go of the selection and of the point followed."""
        if self._gesture is None:
            self._document.end_gesture()
            self.canvas.let_go()
            return
        self._drop()
        self._document.cancel_gesture()
        self._show_marks()

    def _drop(self) -> None:
        """Follow the gesture no further."""
        self._gesture = None
        self._hold.stop()
        self.marks.show_band([])
        if self._at_work is not self.tool:
            self._mouse = None  # until it moves, the brush of a key is not seen

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            with self._still():
                return self._follow_mouse(event)
        if isinstance(event, QKeyEvent):
            return self._follow_key(event)
        if isinstance(event, QWheelEvent) and watched is self._view.plot.viewport():
            return self._follow_wheel(event)
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.finish()
            self._document.end_gesture()
        elif kind == QEvent.Type.Leave:
            self._mouse = None
            self._show_marks()
        elif kind == QEvent.Type.ContextMenu:
            return True
        return False

    def _tool_for(self, modifiers: Qt.KeyboardModifier) -> Tool:
        """Return the tool that works while these keys are held down."""
        if self._gesture is not None:
            return self._at_work
        if modifiers & SHIFT:
            return TOOLS["Eraser"]
        if modifiers & CONTROL and not self.tool.selects:
            return TOOLS["Select"]
        return self.tool

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        """Handle a mouse event of the viewport; return whether it was painting."""
        kind, place = event.type(), event.position()
        if kind in PRESSES:
            if event.button() not in BUTTONS or self.is_painting:
                return self.is_painting
            if self.canvas.is_inside(place) and self._view.shows(self._document.dataset):
                self._view.plot.setFocus(Qt.FocusReason.MouseFocusReason)
                self._press(event)
            return True
        if kind == QEvent.Type.MouseMove:
            if self._gesture is not None and not event.buttons() & self._button:
                self.finish()  # the release happened where we could not see it
                return True
            self._mouse = place if self._gesture is not None or self.canvas.is_inside(place) else None
            self._modifiers = event.modifiers()
            if self._gesture is not None:
                self._drag(place)
            self._show_marks()
            return self.is_painting or any(bool(event.buttons() & button) for button in BUTTONS)
        if kind == QEvent.Type.MouseButtonRelease and event.button() in BUTTONS:
            if self._gesture is not None and event.button() == self._button:
                self._drag(place)
                self.finish()
            return True
        return False

    def _press(self, event: QMouseEvent) -> None:
        place = event.position()
        tool = self._tool_for(event.modifiers())
        if event.type() == QEvent.Type.MouseButtonDblClick and tool.picks and self._flip_pressed():
            return
        row = self.canvas.nearest(place) if tool.picks else None
        self._pressed_on = None if row is None else int(self.canvas.dataset.ids[row])
        self._steps = self._document.undo_stack.index()
        if not tool.selects:
            self.canvas.select_nothing()
        label = self.labels[event.button() == Qt.MouseButton.RightButton]
        more = self.tool.selects and bool(event.modifiers() & CONTROL)
        self._at_work, self._button, self._mouse = tool, event.button(), place
        self._modifiers = event.modifiers()
        self._gesture = tool.gesture(self.canvas, place, label, self._radii[tool.name], more)
        self._hold.start(HELD_STILL)
        self._show_marks()

    def _flip_pressed(self) -> bool:
        """Give the point that was pressed first another class, without what that press painted."""
        if self._pressed_on is None:
            return False
        if self._document.undo_stack.index() == self._steps + 1:
            self._document.undo()
        self.canvas.flip(self.canvas.dataset.rows_of(np.array([self._pressed_on])))
        return True

    def _drag(self, place: QPointF) -> None:
        if self._gesture is not None:
            self._hold.start(HELD_STILL)
            self._gesture.drag(place)
            self.marks.show_band(self._gesture.band)

    def _go_on(self) -> None:
        """Do what a button held on one spot does, and wait for the next time."""
        if self._gesture is not None:
            with self._still():
                self._gesture.hold()
            self._hold.start(HOLD_EVERY)

    def _follow_wheel(self, event: QWheelEvent) -> bool:
        """Resize the brush; return whether there was one, or the wheel zooms."""
        turn = event.angleDelta().y() or event.angleDelta().x()  # with Shift some systems turn it sideways
        self._modifiers = event.modifiers()
        if event.modifiers() & CONTROL or not self._tool_for(event.modifiers()).radius:
            return False
        self.resize(turn / 120)
        return True

    def _follow_key(self, event: QKeyEvent) -> bool:
        key, kind = event.key(), event.type()
        pressed = kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if key in (Qt.Key.Key_Shift, Qt.Key.Key_Control) and kind != QEvent.Type.ShortcutOverride:
            flag = SHIFT if key == Qt.Key.Key_Shift else CONTROL
            self._modifiers = self._modifiers | flag if pressed else self._modifiers & ~flag
            self._show_marks()
            return False
        selecting = self.tool.selects and bool(self.canvas.selected.size)
        nudges = key in ARROWS and selecting and not event.modifiers() & CONTROL
        leaves = key == Qt.Key.Key_Escape and (self.is_painting or self.canvas.holds)
        if not pressed or not (nudges or leaves):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()  # or the arrows would make iterations
        elif nudges and not self.is_painting:
            self.deeds.nudge(ARROWS[Qt.Key(key)], FAR if event.modifiers() & SHIFT else 1.0)
        elif leaves:
            self.cancel()
        return True

    # Showing

    def _show_points(self) -> None:
        if self._gesture is not None and not self.canvas.is_same_set:
            self._drop()  # it was about other points
        self.canvas.follow()
        if self._gesture is None:
            self._show_painted()
        elif not self._soon.isActive():  # a mouse may move more often than there are pictures
            self._soon.start()

    def _show_painted(self) -> None:
        self._soon.stop()
        self._view.show_painted(self._document.dataset)

    def _point_under_mouse(self) -> int | None:
        """Return the row of the point under the mouse, if the tool takes single points."""
        if self._mouse is None or not self._tool_for(self._modifiers).picks:
            return None
        return self.canvas.nearest(self._mouse)

    def _show_hint(self) -> None:
        """Say above the plot what the mouse does."""
        names = self.canvas.dataset.class_names
        left, right = (names[label] for label in self.labels)
        test = ", for the test" if self.canvas.held else ""
        follows = "Ctrl+click follows" if self._document.followed_id is None else "Esc ends following"
        short = f"left: {left}, right: {right}{test}"
        hint = f"{short}; Shift erases, Ctrl selects, {follows}"
        count = self.canvas.selected.size
        if count:
            followed = " and followed" if count == 1 else ""
            moves = "drag or arrows move" if self.tool.selects else "Ctrl+drag moves"
            hint = f"{count:,} selected{followed}: {moves}, Delete removes, Esc lets go"
            short = f"{count:,} selected; Esc lets go"
        elif not self.tool.paints:
            hint = short = self.tool.help
        if hint != self._view.hint:
            self._view.hint, self._view.short_hint = hint, short
            self._view.show_note()

    def _show_marks(self, *_: object) -> None:
        """Show the brush, what is under it, and what is selected."""
        canvas, view, place = self.canvas, self._view, self._mouse
        tool = self._tool_for(self._modifiers)
        label = self._gesture.label if self._gesture is not None else canvas.label
        self.marks.show_brush(place, tool, self._radii[tool.name], label, canvas.held)
        chosen = among(view.drawn.ids, canvas.selected)
        self.marks.show_selected(view.drawn.places[:, chosen])
        under = None
        if place is None or (self._gesture is not None and tool.selects):
            self.marks.show_under()
        elif tool.picks:
            under = self._point_under_mouse() if self._gesture is None else None
            own = (
                view.drawn.rows == under if under is not None else np.zeros(view.drawn.rows.size, dtype=bool)
            )
            self.marks.show_under(view.drawn.places[:, own])
        elif tool.gesture.touches:
            touched = in_ellipse(view.drawn.places, canvas.at(place), canvas.reach(self._radii[tool.name]))
            self.marks.show_under(view.drawn.places[:, touched], tool.removes)
        else:
            self.marks.show_under()
        if under != self._under:
            self._under = under
            self.hovered.emit(under)
