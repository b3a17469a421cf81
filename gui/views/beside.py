"""Work beside the window's thread: one job at a time, and of those that wait the newest alone."""

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

Job = Callable[[], object]

AFTER, LATEST = (
    60,
    400,
)  # milliseconds until a job begins: pictures that follow each other are painted without a rival


class Beside(QObject):
    """Does jobs in a thread that lives as long as there are any."""

    done = Signal(object, object)
    """The key of a job and its outcome, or the exception that it ended with."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._busy: object = None
        self._next: tuple[object, Job] | None = None
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self._start)
        self.done.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way, or waits."""
        return self._busy is not None or self._next is not None

    def ask(self, key: object, job: Job) -> None:
        """Do a job once the one under way is done. Asked for again under the same key, it is done once."""
        if key == self._busy:
            return
        if self._next is None:
            self._waiting.start()
        self._next = key, job
        if self._busy is None and self._waiting.elapsed() < LATEST:  # who asks all the time is answered too
            self._timer.start()

    def _start(self) -> None:
        if self._next is None:
            return
        (self._busy, job), self._next = self._next, None
        threading.Thread(
            target=self._work, args=(self._busy, job), name="beside the window", daemon=True
        ).start()

    def _work(self, key: object, job: Job) -> None:
        outcome: object
        try:
            outcome = job()
        except Exception as failure:
            outcome = failure
        with suppress(RuntimeError):  # the window may be closed and gone
            self.done.emit(key, outcome)

    def _go_on(self) -> None:
        self._busy = None
        if self._next is not None:
            self._timer.start()
