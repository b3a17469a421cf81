"""Work beside the window's thread: one job at a time, and of those that wait the newest alone."""

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

Job = Callable[[], object]


class Beside(QObject):
    """Does jobs in a thread that lives as long as there are any."""

    done = Signal(object, object)
    """The key of a job and its outcome, or the exception that it ended with."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._busy: object = None
        self._next: tuple[object, Job] | None = None
        self.done.connect(self._go_on)

    def ask(self, key: object, job: Job) -> None:
        """Do a job once the one under way is done. Asked for again under the same key, it is done once."""
        if self._busy is None:
            self._start(key, job)
        elif key != self._busy:
            self._next = key, job

    def _start(self, key: object, job: Job) -> None:
        self._busy = key
        threading.Thread(target=self._work, args=(key, job), name="beside the window", daemon=True).start()

    def _work(self, key: object, job: Job) -> None:
        outcome: object
        try:
            outcome = job()
        except Exception as failure:
            outcome = failure
        with suppress(RuntimeError):  # the window may be closed and gone
            self.done.emit(key, outcome)

    def _go_on(self, key: object, outcome: object) -> None:
        waiting, self._busy, self._next = self._next, None, None
        if waiting is not None:
            self._start(*waiting)
