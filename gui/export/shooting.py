"""The making of an animation beside the window: replayed and written in threads, and drawn here, a little in each turn.

Pictures can be drawn in the window's thread alone. It draws one, and then sees to the window before the next; short
queues before and behind it keep the memory small, whoever of the three is the slowest.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from engine.files.animation import Cancelled, Film, Pixels, Samples, save_animation
from engine.files.atomic import FileError
from engine.training.commands import Frame
from engine.training.history import Forgotten
from engine.training.kept import Kept
from engine.training.series import frames, history_of
from gui.export.animation import samples_of
from gui.export.easel import Easel
from gui.theme import PICTURE_THEMES
from gui.views.view import View

WAITING = 6  # frames, and pictures, that wait at most
SOON = 0.05  # seconds until a thread looks whether it is still wanted
PATIENCE = 0.01  # seconds for a piece of a picture that can be drawn in pieces
BREATHE_EVERY, A_BREATH = (
    0.001,
    0.0003,
)  # seconds: beside training, a thread that rests for 0 gets in the window's way
REST = 2  # milliseconds between two pictures, in which the window has its turn

CANCELLED = "Cancelled: no animation is written."

Thing = TypeVar("Thing")


class Pipe(Generic[Thing]):
    """A short queue between two threads that ends for both once `unwanted` is set."""

    def __init__(self, unwanted: threading.Event) -> None:
        self._queue: Queue[Thing] = Queue(WAITING)
        self._unwanted = unwanted

    @property
    def is_full(self) -> bool:
        """Whether there is room for no more."""
        return self._queue.full()

    def put(self, thing: Thing) -> None:
        """Wait for room. Raises Cancelled."""
        while not self._unwanted.is_set():
            with suppress(Full):
                return self._queue.put(thing, timeout=SOON)
        raise Cancelled

    def get(self) -> Thing:
        """Wait for something. Raises Cancelled."""
        while not self._unwanted.is_set():
            with suppress(Empty):
                return self._queue.get(timeout=SOON)
        raise Cancelled

    def get_now(self) -> Thing | None:
        """Return something, if it is there."""
        with suppress(Empty):
            return self._queue.get_nowait()
        return None


class Shooting(QObject):
    """One animation in the making. It ends by itself, or by `cancel`; then `ended` tells how."""

    progressed = Signal(int, int)
    """How many pictures are drawn, of how many."""
    ended = Signal(str)
    """Why there is no file, in a sentence; empty where there is one."""
    _written = Signal(str)

    def __init__(
        self,
        parent: QObject,
        path: Path,
        film: Film,
        kept: Kept,
        like: View | None,
        drawing: Callable[[], AbstractContextManager[None]],
        rest: Callable[[], object],
    ) -> None:
        """Draw pictures that look `like` a view of the window.

        While the window is `drawing`, other threads keep still: these by way of `rest`.
        """
        super().__init__(parent)
        self._path, self._film, self._kept, self._like = path, film, kept, like
        self._drawing, self._rest = drawing, rest
        self._iterations = film.iterations(kept.last)
        self._samples = samples_of(self._iterations)
        self._unwanted = threading.Event()
        self._frames: Pipe[Frame | Exception] = Pipe(self._unwanted)
        self._pictures: Pipe[Pixels | None] = Pipe(self._unwanted)
        self._easel: Easel | None = None
        self._unfinished: Frame | None = None
        self._drawn = -len(self._samples)
        self._why_not = ""
        self._began = self._breathed = time.perf_counter()
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("replaying", self._replay), ("animation", self._write))
        ]
        self._timer = QTimer(self, interval=REST)
        self._timer.timeout.connect(self._draw_next)
        self._written.connect(self._end)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()
        self._timer.start()

    def cancel(self, why: str = CANCELLED) -> None:
        """End it and leave nothing of the file; `ended` comes soon."""
        self._why_not = why
        self._timer.stop()
        self._unwanted.set()

    def wait(self) -> None:
        """Wait for the threads; after `cancel` that is not long."""
        self._timer.stop()
        for thread in self._threads:
            thread.join()
        if self._easel is not None:
            self._easel.close()
            self._easel = None

    @property
    def seconds_left(self) -> float:
        """How long it will probably take; infinitely long before the first picture."""
        spent = time.perf_counter() - self._began
        return (
            spent / self._drawn * (len(self._iterations) - self._drawn) if self._drawn > 0 else float("inf")
        )

    # In the window's thread

    def _draw_next(self) -> None:
        if self._pictures.is_full or self._drawn == len(self._iterations):
            return
        frame = self._unfinished or self._frames.get_now()
        self._unfinished = None
        if frame is None:
            return
        if isinstance(frame, Exception):
            self.cancel(_sentence(frame, self._path))
            return
        try:
            with self._drawing():
                picture = self._draw(frame)
        except Exception as failure:  # else nothing would ever come of it
            self.cancel(_sentence(failure, self._path))
            return
        if picture is None:
            return
        with suppress(Cancelled):  # the file could not be written, as `ended` will tell
            self._pictures.put(picture)  # there is room
            self._drawn += 1
            if self._drawn == len(self._iterations):
                self._pictures.put(None)
            self.progressed.emit(max(0, self._drawn), len(self._iterations))

    def _draw(self, frame: Frame) -> Pixels | None:
        """Return the picture of a moment, once it is whole; the first moment of all is for the axes alone."""
        if self._easel is None:
            size = QSize(self._film.width, self._film.height)
            self._easel = Easel(self._film.view, PICTURE_THEMES[self._film.theme], size, frame, self._like)
            self._easel.begin(self._iterations[0])
            return None
        picture = self._easel.draw_in_pieces(frame, PATIENCE)
        self._unfinished = frame if picture is None else None
        return picture

    def _end(self, failure: str) -> None:
        self.wait()
        self.ended.emit(self._why_not or failure)

    # In threads of their own

    def _replay(self) -> None:
        """Make the frames: the last one for the axes, some for the colours, and then all of them."""
        with suppress(Cancelled):
            try:
                history = history_of(self._kept)
                for wanted in (self._iterations[-1:], self._samples, self._iterations):
                    for frame in frames(history, wanted, self._breathe):
                        self._frames.put(frame)
            except Cancelled:
                raise
            except Exception as failure:  # it goes to the person, by way of the window's thread
                self._frames.put(failure)

    def _breathe(self) -> None:
        """Let others have Python's lock, as training does, and wait while the window draws."""
        now = time.perf_counter()
        if now - self._breathed > BREATHE_EVERY:
            time.sleep(A_BREATH)
            self._breathed = time.perf_counter()
        self._rest()

    def _write(self) -> None:
        failure = ""
        try:
            pictures = self._come()
            samples = [next(pictures) for _ in self._samples]
            assert self._easel is not None, "it has drawn the samples"
            save_animation(self._path, self._film, Samples(samples, self._easel.colours), pictures)
        except Cancelled:
            pass
        except Exception as error:  # as above
            failure = _sentence(error, self._path)
        self._unwanted.set()
        with suppress(RuntimeError):  # the window may be closed and gone
            self._written.emit(failure)

    def _come(self) -> Iterator[Pixels]:
        while (picture := self._pictures.get()) is not None:
            self._rest()
            yield picture


def _sentence(failure: Exception, path: Path) -> str:
    if isinstance(failure, FileError | Forgotten):
        return str(failure)
    return f"{path.name} could not be made: {type(failure).__name__}: {failure}."
