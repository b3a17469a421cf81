"""The arrow keys turn a relief while it has the focus, and are the window's own otherwise."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from gui.views.relief import Relief

TURNS = {  # degrees, for each press of a key: to turn and to tilt
    Qt.Key.Key_Left: (-5.0, 0.0),
    Qt.Key.Key_Right: (5.0, 0.0),
    Qt.Key.Key_Up: (0.0, -5.0),
    Qt.Key.Key_Down: (0.0, 5.0),
}


class TurningKeys(QObject):
    """Watches the keys of a plot."""

    def __init__(self, parent: QObject, relief: Callable[[], Relief | None]) -> None:
        """`relief` is asked which one is seen, if any."""
        super().__init__(parent)
        self._relief = relief

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False  # at once: when the window goes there is nobody left to ask
        assert isinstance(event, QKeyEvent)
        relief, turn = self._relief(), TURNS.get(Qt.Key(event.key()))
        if relief is None or turn is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.type() == QEvent.Type.KeyPress:
            relief.turned.emit(relief.angle.moved(*turn))
        event.accept()
        return True
