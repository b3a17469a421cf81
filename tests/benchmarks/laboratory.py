"""The real window, driven through its public names and watched from outside."""

import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.training.commands import Frame
from gui.app import create_application, create_window
from tests.benchmarks.settings import expect_no_screen, keep_settings_in

WIDTH, HEIGHT = 1440, 900  # pixels
PATIENCE = 60.0  # seconds until what was waited for is given up


class Laboratory:
    """A context with an open window, its settings kept apart from the person's own.

    What goes wrong in any thread meanwhile is raised at the end.
    """

    def __init__(self, **settings: Any) -> None:
        """Open the window with the given settings of the spec."""
        self._settings = settings
        self._open = ExitStack()
        self._failures: list[BaseException] = []

    def __enter__(self) -> Self:
        keep_settings_in(Path(self._open.enter_context(TemporaryDirectory())))
        expect_no_screen()
        self._application = create_application(["benchmarks"])
        self.window = create_window()
        sys.excepthook = lambda kind, failure, trace: self._failures.append(failure)
        threading.excepthook = lambda hook: self._failures.append(hook.exc_value or hook.exc_type())
        self.window.playback.failed.connect(self._failures.append)
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.spend(0.3)
        if self._settings and not self.window.document.change(**self._settings):
            raise ValueError(f"the window refused {self._settings}")
        self.spend(0.3)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.window.close()
        self.spend(0.05)
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        self._open.close()
        if self._failures and failure is None:
            raise self._failures[0]

    @property
    def frame(self) -> Frame:
        """The newest frame that the window shows."""
        return self.window.playback.frame

    @property
    def boundary(self) -> QWidget:
        """What the boundary is painted on."""
        return self.window.views["boundary"].plot.viewport()

    def child(self, name: str) -> Any:
        """Return the control of that object name."""
        found = self.window.findChild(QObject, name)
        if found is None:
            raise LookupError(f"the window has no {name}")
        return found

    def run(self, running: bool = True) -> None:
        """Run or pause, as the key does."""
        action = self.child("actionRun")
        if action.isChecked() != running:
            action.trigger()

    def spend(self, seconds: float) -> None:
        """Let the event loop turn that long."""
        loop = QEventLoop()
        self._quit_in(loop, seconds)
        loop.exec()

    def until_painted(
        self, act: Callable[[], object], shows: Callable[[Frame], bool], on: QWidget | None = None
    ) -> float:
        """Do something and return the seconds until a frame that `shows` it was painted in the whole window.

        Without `on` it is the boundary that is watched. Raises TimeoutError when no such frame comes.
        """
        loop = QEventLoop()
        finished: list[float] = []

        def finish() -> None:
            finished.append(time.perf_counter())
            loop.quit()

        def look() -> None:
            if not finished and shows(self.frame):
                QTimer.singleShot(0, finish)  # once everything else that is due has been painted too

        with Paints(on or self.boundary, look):
            self._quit_in(loop, PATIENCE)
            began = time.perf_counter()
            act()
            loop.exec()
        if not finished:
            raise TimeoutError(f"nothing was shown within {PATIENCE:g} s")
        return finished[0] - began

    def _quit_in(self, loop: QEventLoop, seconds: float) -> None:
        timer = QTimer(loop, singleShot=True, interval=round(seconds * 1000))
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(loop.quit)
        timer.start()


class Paints(QObject):
    """A context that notes when a widget begins to paint itself."""

    def __init__(self, widget: QWidget, look: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._widget = widget
        self._look = look
        self.times: list[float] = []

    def __enter__(self) -> Self:
        self._widget.installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
            if self._look is not None:
                self._look()
        return False

    @property
    def gaps(self) -> np.ndarray:
        """The milliseconds between two paints, shape (paints - 1,)."""
        return np.diff(self.times) * 1000.0

    @property
    def rate(self) -> float:
        """The paints a second."""
        return (len(self.times) - 1) / (self.times[-1] - self.times[0]) if len(self.times) > 1 else 0.0


class Turns:
    """A context that watches how long the event loop stands still, by a timer of 5 ms."""

    def __enter__(self) -> Self:
        self._times = [time.perf_counter()]
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
        self._timer.timeout.connect(lambda: self._times.append(time.perf_counter()))
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self._times.append(time.perf_counter())

    @property
    def longest(self) -> float:
        """The longest time between two turns, in milliseconds."""
        return float(np.diff(self._times).max()) * 1000.0


class Hand:
    """A mouse that paints on a widget."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._place = QPointF()

    def press(self, place: QPointF) -> None:
        """Press the left button."""
        self._place = place
        self._send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)

    def move(self, place: QPointF) -> None:
        """Drag."""
        self._place = place
        self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton)

    def release(self) -> None:
        """Let go."""
        self._send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        on_screen = self._widget.mapToGlobal(self._place)
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self._widget, QMouseEvent(kind, self._place, on_screen, button, held, none))
