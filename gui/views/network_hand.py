"""The mouse on a network: what it is at is told, a drag changes a weight, and a click lets a person type its value."""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from engine.training.choices.model import WEIGHT
from gui.panels.editors import NumberEditor
from gui.theme import GRID
from gui.views.view import View

FASTER, FINER = 0.01, 0.001  # a pixel upwards; with Shift
STILL = 4.0  # pixels; a press that moves less is a click


class NetworkHand(QObject):
    """Turns the mouse's gestures on a view into values of parameters."""

    moved = Signal(QPointF)
    """Where the mouse is, in pixels of the plot; nowhere at all when it has left."""
    weight_chosen = Signal(int, object)
    """The place of a parameter in the vector of all, and its value."""
    gesture_ended = Signal()

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._view = view
        self._place: int | None = None  # of the parameter that is held
        self._value = 0.0
        self._from = QPointF()
        self._drags = False
        self.meant: tuple[int, float] | None = None
        """The place and the value of the parameter that the mouse is at, as the view says."""
        self.editor = NumberEditor(WEIGHT)
        self.editor.setParent(view.plot)
        self.editor.setObjectName("networkWeightSpin")
        self.editor.setAccessibleName("Value of the weight")
        self.editor.setToolTip("Type a value; Return sets it, Escape leaves it as it was.")
        self.editor.setFixedWidth(18 * GRID)
        self.editor.hide()
        self.editor.chosen.connect(self._choose)
        self.editor.editingFinished.connect(self.close_editor)
        self.editor.installEventFilter(self)
        view.plot.setMouseTracking(True)
        view.plot.viewport().installEventFilter(self)

    @property
    def holds(self) -> int | None:
        """The parameter that is dragged or typed, by its place."""
        return self._place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                self.editor.show_value(self._value)
                self.close_editor()
                return True
        elif isinstance(event, QMouseEvent):
            return self._mouse(event)
        elif event.type() == QEvent.Type.Leave:
            self.moved.emit(QPointF(-1e6, -1e6))
        return False

    def forget(self) -> None:
        """Let go of what is held: it is not there any more."""
        self._place, self._drags = None, False
        self.close_editor()

    def close_editor(self) -> None:
        """Put the field away."""
        if self.editor.isVisible():
            self._place = None
            self.editor.hide()
            self._view.plot.setFocus()
            self.gesture_ended.emit()

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, place, left = event.type(), event.position(), Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseMove:
            if self._drags or (self._is_held and (place - self._from).manhattanLength() >= STILL):
                self._drag(place, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            self.moved.emit(place)
            return self._is_held
        if kind == QEvent.Type.MouseButtonPress and event.button() == left:
            self.moved.emit(place)
            if self.meant is None or self._place is not None:
                return False
            self._view.plot.setFocus(Qt.FocusReason.MouseFocusReason)
            self.gesture_ended.emit()
            (self._place, self._value), self._from, self._drags = self.meant, place, False
            return True
        if kind == QEvent.Type.MouseButtonRelease and event.button() == left and self._is_held:
            self._release(place.toPoint())
            return True
        return False

    @property
    def _is_held(self) -> bool:
        return self._place is not None and not self.editor.isVisible()

    def _drag(self, place: QPointF, finely: bool) -> None:
        """Up makes it larger."""
        self._drags = True
        step = FINER if finely else FASTER
        self._value += (self._from.y() - place.y()) * step
        self._from = place
        self._choose(round(self._value, 6))

    def _release(self, place: QPoint) -> None:
        if self._drags:
            self._place, self._drags = None, False
            self.gesture_ended.emit()
            return
        self.editor.show_value(self._value)
        corner = self._view.plot.rect().bottomRight() - QPoint(
            self.editor.width(), self.editor.sizeHint().height()
        )
        self.editor.move(min(place.x(), corner.x()), min(place.y(), corner.y()))
        self.editor.show()
        self.editor.selectAll()
        self.editor.setFocus(Qt.FocusReason.MouseFocusReason)

    def _choose(self, value: object) -> None:
        if self._place is not None:
            self.weight_chosen.emit(self._place, value)
