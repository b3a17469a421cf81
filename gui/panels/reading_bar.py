"""How far the reading of a large file has come, in the status bar, with the way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from gui.panels.keys import keep_keys
from gui.theme import GRID


class ReadingBar(QWidget):
    """Seen only while something is read."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bar = QProgressBar()
        self._bar.setObjectName("readingProgress")
        self._bar.setAccessibleName("How much of the file has been read")
        self._bar.setToolTip("How much of the file has been read.")
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(20 * GRID, GRID // 2)
        button = QToolButton()
        button.setObjectName("stopReadingButton")
        button.setText("Stop")
        button.setAccessibleName("Stop reading")
        button.setToolTip("Stop reading the file (Esc). The points stay as they are.")
        button.setAutoRaise(True)
        keep_keys(button, Qt.Key.Key_Space)
        button.clicked.connect(self.stopped)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._bar)
        row.addWidget(button)
        self.end()

    def begin(self) -> None:
        """Show that something is being read."""
        self._bar.setValue(0)
        self._escape.setEnabled(True)
        self.show()

    def show_share(self, share: float) -> None:
        """Show how much has been read, from 0 to 1."""
        self._bar.setValue(round(100 * share))

    def end(self) -> None:
        """Nothing is being read any more."""
        self._escape.setEnabled(False)
        self.hide()
