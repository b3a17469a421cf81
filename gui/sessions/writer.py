"""Writes sessions beside the window's thread, one at a time; of several for one file the newest counts."""

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.files.atomic import FileError
from engine.files.session import Session, save_session


@dataclass(eq=False)
class Job:
    """A session to be written, and what became of it."""

    path: Path
    last: int = 0
    """The newest iteration in it."""
    failure: str = ""
    """Why it could not be written, in one sentence; empty when it could."""
    session: Session | None = None
    posted: int = 0
    """After how many commands the training thread has handed it over."""
    stamp: object = None
    """Of the file, once it is written."""
    finished: threading.Event = field(default_factory=threading.Event)


def stamp_of(path: Path) -> object:
    """Return what is another when a file was written again; None where it cannot be told, or is not there."""
    try:
        about = path.stat()
    except OSError:
        return None
    return [about.st_mtime_ns, about.st_size]


class Writer(QObject):
    """A thread that lives as long as there is something to write."""

    written = Signal(Job)
    """A job is finished, well or not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: dict[Path, Job] = {}
        self._thread: threading.Thread | None = None

    def write(self, job: Job) -> None:
        """Write a job's session soon, instead of one that still waits to be written there. From any thread."""
        with self._lock:
            passed_over = self._waiting.pop(job.path, None)
            self._waiting[job.path] = job
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="saving", daemon=True)
                self._thread.start()
        if passed_over is not None:
            passed_over.finished.set()

    def wait(self) -> None:
        """Wait until nothing is left to write."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job = self._waiting.pop(next(iter(self._waiting)))
            self._write(job)

    def _write(self, job: Job) -> None:
        session, job.session = job.session, None  # it may be large, and is not needed any more
        assert session is not None
        try:
            save_session(job.path, session)
            job.stamp = stamp_of(job.path)
        except FileError as error:
            job.failure = str(error)
        except Exception as error:  # told to no one it would be lost, and the person would believe it saved
            job.failure = f"{job.path.name} could not be written: {type(error).__name__}: {error}."
        job.finished.set()
        with suppress(RuntimeError):  # the window may be closed and gone
            self.written.emit(job)
