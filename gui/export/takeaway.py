"""What a person takes away of a whole run: an animation, a report, a program, the network as Python."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.files.animation import ANIMATION_FORMATS, Film, check_animation
from engine.files.atomic import FileError
from engine.files.reproduction import check_reproducible, save_reproduction
from engine.files.weights import Weights, python_source
from engine.training.commands import Frame
from engine.training.history import Forgotten
from engine.training.kept import Kept
from engine.training.series import last_change, remembered
from gui.dialogs.animation import AnimationDialog
from gui.document import Document
from gui.exchange import Exchange
from gui.export.report import make_report
from gui.export.shooting import CANCELLED, Shooting
from gui.playback import Playback
from gui.views.view import View


class TakeAway(QObject):
    """Asks where, has the run handed over by the training thread, and writes."""

    told = Signal(str)
    warned = Signal(str)
    unsaved = Signal(str)
    """Why something could not be saved, in a sentence."""
    _came = Signal(object, object)
    """A run, and what is to be done with it."""

    def __init__(
        self,
        window: QWidget,
        document: Document,
        playback: Playback,
        exchange: Exchange,
        views: dict[str, View],
    ) -> None:
        super().__init__(window)
        self._document, self._playback, self._exchange, self._views = document, playback, exchange, views
        self._shooting: Shooting | None = None
        self._awaited: Path | None = None  # of the animation for which the run is being handed over
        self.dialog = AnimationDialog(window, {name: view.title for name, view in views.items()})
        self.dialog.chosen.connect(self._ask_for_animation)
        self.dialog.cancelled.connect(self._cancel)
        self._came.connect(lambda kept, act: act(kept))
        playback.frame_changed.connect(self.dialog.show_frame)

    def copy_python(self) -> None:
        """Put the network of the moment shown on the clipboard, as a program."""
        frame = self._playback.frame
        try:
            source = python_source(Weights.of(frame.experiment, frame.state))
        except ValueError as error:
            self.warned.emit(f"The network cannot be written as Python: {error}.")
            return
        QGuiApplication.clipboard().setText(source)
        self.told.emit(
            f"The network of iteration {frame.state.iteration:,} is copied: Python with predict_proba(X), "
            "which needs NumPy alone."
        )

    def save_script(self) -> None:
        """Ask where, and save the run up to the moment shown as a program that makes it once more."""
        frame = self._playback.frame
        try:
            check_reproducible(frame.experiment)
        except FileError as error:
            self.unsaved.emit(str(error))
            return
        path = self._exchange.ask_where("Save script", "run.py", {".py": "Python program"})
        if path is not None:
            self._with_run(lambda kept: self._write_script(path, frame, kept))

    def save_report(self) -> None:
        """Ask where, and save a page about the run up to the moment shown."""
        frame = self._playback.frame
        path = self._exchange.ask_where("Save report", "report.html", {".html": "Page for a browser"})
        if path is not None:
            self._with_run(lambda kept: self._write_report(path, frame, kept))

    def choose_animation(self, view: View) -> None:
        """Ask what an animation is to show; by default that view."""
        self.dialog.begin(self._playback.frame, view.name, view.theme)

    def close(self) -> None:
        """Give up what is under way."""
        if self._shooting is not None:
            self._shooting.cancel()
            self._shooting.wait()
        self.dialog.hide()

    def _with_run(self, act: Callable[[Kept], object]) -> None:
        """Do something with the run as it is now, once the training thread has handed it over."""
        self._playback.keep(lambda kept: self._came.emit(kept, act))

    def _write_script(self, path: Path, frame: Frame, kept: Kept) -> None:
        last = frame.state.iteration

        def write() -> str:
            begun = last_change(kept, frame)
            save_reproduction(path, frame.experiment, last, begun)
            if last == (0 if begun is None else begun.iteration):
                return f"{path.name} prints the cost of iteration {last:,}, in plain NumPy; there is none to make since."
            if begun is None:
                made = "the first iteration" if last == 1 else f"the {last:,} iterations"
                return f"{path.name} makes {made} once more, in plain NumPy."
            return (
                f"{path.name} makes iterations {begun.iteration:,} to {last:,} once more, in plain NumPy: "
                "it begins with the weights at the last change."
            )

        self._write(write)

    def _write_report(self, path: Path, frame: Frame, kept: Kept) -> None:
        def write() -> str:
            make_report(path, frame, self._views, self._document.threshold, last_change(kept, frame))
            return f"Report saved as {path.name}; a browser shows it."

        self._write(write)

    def _write(self, write: Callable[[], str]) -> None:
        """Write something, and tell what was written."""
        try:
            told = write()
        except (FileError, Forgotten) as error:
            self.unsaved.emit(str(error))
        else:
            self.told.emit(told)

    # Animations

    def _ask_for_animation(self, film: Film) -> None:
        why = self._views[film.view].why_empty(self._playback.frame.experiment.problem.dataset)
        if why:
            self.dialog.say(why)
            return
        formats = {each.ending: each.label for each in ANIMATION_FORMATS.values()}
        ending = self.dialog.ending
        formats = {ending: formats.pop(ending), **formats}
        path = self._exchange.ask_where("Save animation", f"{film.view}{ending}", formats)
        if path is None:
            return
        try:
            check_animation(path)
        except FileError as error:
            self.dialog.say(str(error))
            return
        self._awaited = path
        self.dialog.show_progress(0, 0, 0.0)
        self._with_run(lambda kept: self._shoot(path, film, kept))

    def _shoot(self, path: Path, film: Film, kept: Kept) -> None:
        if path is not self._awaited:
            return  # it was cancelled meanwhile
        self._awaited = None
        first = remembered(kept)
        if film.first < first:
            self.dialog.end(f"The iterations before {first:,} are forgotten; begin there.")
            return
        like = self._views[film.view]
        self._shooting = Shooting(self, path, film, kept, like, self._playback.drawing, self._playback.rest)
        self._shooting.progressed.connect(self._show_progress)
        self._shooting.ended.connect(lambda failure: self._end(path, failure))
        self._shooting.start()

    def _show_progress(self, done: int, count: int) -> None:
        if self._shooting is not None:
            self.dialog.show_progress(done, count, self._shooting.seconds_left)

    def _cancel(self) -> None:
        if self._shooting is not None:
            self._shooting.cancel()
        else:
            self._awaited = None
            self.dialog.end(CANCELLED)

    def _end(self, path: Path, failure: str) -> None:
        shooting, self._shooting = self._shooting, None
        if shooting is not None:
            shooting.deleteLater()
        self.dialog.end(failure)
        if not failure:
            size = ""
            with suppress(OSError):  # it may have been moved at once
                size = f", {path.stat().st_size / 2**20:.1f} MB"
            self.told.emit(f"Animation saved as {path.name}{size}, in {path.parent}.")
