"""Python's collection of cyclic garbage, kept to the window's thread.

Python collects in whichever thread allocates next. When that is the training thread, and the garbage holds a Qt
object, Qt ends the program: its objects may only be destroyed in the thread they live in.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # milliseconds


class GarbageCollection(QObject):
    """Collects now and then between two events of the window, and nowhere else. One window a program is meant."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take the collection over from Python. What is there now stays, and need not be looked through again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if threshold and count > threshold
        ]
        if due:
            gc.collect(due[-1])
