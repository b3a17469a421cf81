"""How far the reading of a large file has come, in the status bar, with the way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from gui.panels.keys import keep_keys
from gui.reading import Reader
from gui.theme import GRID


class ReadingBar(QWidget):
    """Seen only while something is read."""

    told = Signal(str)

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
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
        button.clicked.connect(self._stop)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.activated.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self._bar)
        row.addWidget(button)
        reader.began.connect(self._begin)
        reader.progressed.connect(self._show_share)
        reader.ended.connect(self._end)
        self._end()

    def _begin(self, name: str) -> None:
        self.told.emit(f"Reading {name} …")
        self._bar.setValue(0)
        self._escape.setEnabled(True)
        self.show()

    def _show_share(self, share: float) -> None:
        self._bar.setValue(round(100 * share))

    def _end(self) -> None:
        self._escape.setEnabled(False)
        self.hide()

    def _stop(self) -> None:
        if self._reader.forget():
            self.told.emit("Reading was stopped; the points stay as they were.")
