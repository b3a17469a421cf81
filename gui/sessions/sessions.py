"""The session under way: its file, whether there is something to lose, and the ways to begin another."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from engine.files.atomic import FileError
from engine.files.session import ENDING, Session, load_session
from engine.training.commands import Frame
from engine.training.comparison import KeptRun
from engine.training.experiment import Start
from engine.training.kept import Kept
from engine.training.spec import Spec
from gui import settings
from gui.document import SOURCE_SETTINGS, Document
from gui.exchange import Exchange
from gui.playback import Playback
from gui.sessions.asking import Answer, Ask, discard, replace_it
from gui.sessions.looks import Looks
from gui.sessions.writer import Job, Writer, stamp_of

UNTITLED = "Untitled"
PATIENCE = 60.0  # seconds in which a session is written before the window closes


class Sessions(QObject):
    """Opens, saves and begins sessions, and keeps the window's title."""

    told = Signal(str)
    warned = Signal(str)
    unsaved = Signal(str)
    """Why something could not be saved, in a sentence."""
    settled = Signal()
    """There is nothing that is not in a file."""
    gave_up = Signal(str)
    """The run of what was restored could not be taken up, in a sentence; it must not be lost."""
    closed = Signal()
    """There will be nothing more to write."""

    def __init__(
        self, window: QMainWindow, document: Document, playback: Playback, exchange: Exchange, looks: Looks
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._playback = playback
        self._exchange = exchange
        self._looks = looks
        self.ask: Ask = discard
        """Asks what becomes of changes that would be lost."""
        self.ask_to_replace: Ask = replace_it
        """Asks whether a file may be replaced that is not as it was opened or saved here."""
        self.path: Path | None = None
        """The file of the session, once it has one."""
        self.writer = Writer(self)
        self.writer.written.connect(self._notice_written)
        self._saved: tuple[object, ...] = (0, None, ())  # newest iteration, first weights, runs to compare
        self._saving: dict[Job, tuple[object, ...]] = {}
        self._stamp: object = None  # of the file as it was opened or saved here
        self._look_to_come: tuple[int, dict[str, Any]] | None = None  # and after how many commands
        self._run_to_come: object = None
        self._failed_before: Exception | None = None  # what had failed by then
        self._was_restored = False
        self._went_on = False  # whether the run was at another iteration since
        self._has_weights_by_hand = False
        document.weights_set.connect(self._notice_weights)
        playback.frame_changed.connect(self._notice_frame)
        document.undo_stack.indexChanged.connect(self._show_modified)
        document.undo_stack.cleanChanged.connect(self._show_modified)
        looks.cost.told.connect(self._show_modified)  # of a run that was kept
        exchange.session_chosen.connect(self.open)
        self._show_name()

    @property
    def name(self) -> str:
        """What a person calls the session."""
        return self.path.stem if self.path is not None else UNTITLED

    @property
    def is_modified(self) -> bool:
        """Whether something of value is not in the file: points, settings, iterations, or first weights."""
        if self._was_restored or self._went_on or (self._playback.frame.last, *self._chosen) != self._saved:
            return True
        return not self._document.undo_stack.isClean() and not self._is_mere_look

    @property
    def is_coming(self) -> bool:
        """Whether the run of a session is still on its way to the training thread."""
        return self._look_to_come is not None

    @property
    def _chosen(self) -> tuple[Start | None, tuple[KeptRun, ...]]:
        """The first weights that were chosen, and the runs that were kept to compare with."""
        return self._playback.imported, self._looks.cost.kept.runs

    @property
    def moment(self) -> tuple[object, ...]:
        """What is another one whenever there is something new to save."""
        frame, document = self._playback.frame, self._document
        newest = frame.newest or frame.state.parameters  # other ones after each iteration and each change
        done = document.spec, document.dataset, document.undo_stack.index()
        return newest, frame.state.iteration, *done, *self._chosen

    @property
    def _is_mere_look(self) -> bool:
        """Whether nothing was done but to look at other points, which are still where they came from."""
        spec, usual = self._document.spec, Spec()
        same = replace(spec, **{name: getattr(usual, name) for name in SOURCE_SETTINGS}) == usual
        painted = self._document.dataset.painted
        return self.path is None and same and not painted and not self._has_weights_by_hand

    # Beginning

    def new(self) -> None:
        """Begin as a new window does."""
        if self._may_leave():
            self._playback.set_running(False)
            spec = Spec()
            self._document.begin(spec, spec.load())
            self._looks.cost.forget_runs()
            self._went_on = False
            self._become(None, (0, None, ()))
            self.settled.emit()
            self.told.emit("A new session. Space runs; paint with the left and the right mouse button.")

    def choose(self) -> None:
        """Ask for a session and open it."""
        path = self._exchange.ask_which("Open session", "Sessions", (ENDING,))
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a session in place of the one under way."""
        stamp, session = self._load(path)
        if session is not None and self._may_leave():
            if self.path is not None and self.path.resolve() == path.resolve():
                stamp, session = self._load(path)  # once more: what was there may just have been saved over
                if session is None:
                    return
            settings.remember_folder(str(path.resolve().parent))
            settings.remember_recent_file(str(path))
            self.take(session)
            self._become(path.resolve(), (session.run.last, session.start, session.compared), stamp)
            self.settled.emit()
            run = session.run
            self.told.emit(
                f"Session {self.name} opened: {run.experiment.network.description}, "
                f"{session.dataset.m:,} points, iteration {run.last:,}."
            )

    def _load(self, path: Path) -> tuple[object, Session | None]:
        """Return a file's stamp and its session; None, and say why, where that cannot be read."""
        stamp = stamp_of(path)
        try:
            return stamp, load_session(path)
        except FileError as error:
            self.warned.emit(str(error))
            settings.forget_recent_file(str(path))
            return stamp, None

    def take(self, session: Session) -> None:
        """Show a session, and let the window look as it did once the run is there."""
        self._document.begin(session.spec, session.dataset)
        self._failed_before, self._run_to_come = self._playback.frame.failure, session.run.experiment
        posted = self._playback.resume(session.run, session.start)
        self._looks.cost.show_runs(session.compared)
        self._look_to_come = (posted, session.window)
        self._went_on = False

    def restore(self, session: Session, path: Path | None) -> None:
        """Show a session that was saved by itself, of which the file, if any, does not have everything."""
        self.take(session)
        stamp = session.window.get("stamp")  # what another program wrote since is not to be lost
        self._become(path, (session.run.last, session.start, session.compared), stamp)
        self._was_restored = True
        self._show_modified()
        self.told.emit(f"Session {self.name} restored at iteration {session.run.last:,}. Save it to keep it.")

    # Saving

    def save(self) -> None:
        """Save to the session's own file, or ask for one."""
        path = self._where()
        if path is not None:
            self._save(path)

    def save_as(self) -> None:
        """Ask for a file and save there."""
        path = self._ask_where()
        if path is not None:
            self._save(path)

    def keep(self, job: Job) -> None:
        """Let the session as it is now be written beside the window's thread."""
        self._document.tell_of_points()
        self._playback.tell()  # a change that starts anew lets go of the first weights that were chosen
        start, compared = self._chosen
        window = self._looks.look()
        if job not in self._saving and self.path is not None:
            window["file"] = str(self.path)  # to which what is restored belongs
            window["stamp"] = self._stamp

        def take(run: Kept) -> None:
            job.session, job.last = Session(run, start, compared, window), run.last
            self.writer.write(job)

        job.posted = self._playback.keep(take)

    def may_close(self) -> bool:
        """Return whether the window may close; what would be lost is asked about, and saved."""
        return self._may_leave()

    def close(self) -> None:
        """End well, once the training has ended: what is being written is written to the end."""
        self.writer.wait()
        self.closed.emit()
        stack = self._document.undo_stack  # it goes before this does, and may have something to tell then
        for signal in (stack.indexChanged, stack.cleanChanged):
            signal.disconnect(self._show_modified)

    def _may_leave(self) -> bool:
        self._document.end_gesture()
        for job in [*self._saving]:  # it might fail, and its file is this session's and not that of the next
            self._await(job)
        if not self.is_modified:
            return True
        answer = self.ask(self.name)
        if answer is not Answer.SAVE:
            return answer is Answer.DISCARD
        path = self._where()
        if path is None:
            return False
        job = self._save(path)
        self._await(job)
        return not job.failure

    def _await(self, job: Job) -> None:
        """Wait until a job is finished, and notice it now, as another session is about to be this window's."""
        if not job.finished.wait(PATIENCE):
            job.failure = f"{job.path.name} could not be written in time."
        self._notice_written(job)

    def _where(self) -> Path | None:
        """Return the file to save to; None where the person wants none."""
        if self.path is None:
            return self._ask_where()
        is_own = any(job.path == self.path for job in self._saving)
        is_other = not is_own and stamp_of(self.path) not in (None, self._stamp)
        answer = self.ask_to_replace(self.path.name) if is_other else Answer.SAVE
        if answer is Answer.SAVE_AS:
            return self._ask_where()
        return self.path if answer is Answer.SAVE else None

    def _ask_where(self) -> Path | None:
        path = self._exchange.ask_path("Save session", f"{self.name}{ENDING}", {ENDING: "Session"})
        if path is not None and path.suffix.lower() != ENDING:
            self.unsaved.emit(f"{path.name} must end in {ENDING}.")
            return None
        return path

    def _save(self, path: Path) -> Job:
        self._document.end_gesture()
        self._playback.tell()
        job = Job(path)
        # Of several for one file only the newest is sure to be written, and told.
        self._saving = {each: chosen for each, chosen in self._saving.items() if each.path != path}
        self._saving[job] = self._chosen
        self._went_on = False
        self._document.undo_stack.setClean()  # what is changed while it is written is not in it
        self.keep(job)
        return job

    def _notice_written(self, job: Job) -> None:
        if job not in self._saving:
            if job.path == self.path and job.stamp is not None:
                self._stamp = job.stamp  # another is to be written there, and might fail
            return
        chosen = self._saving.pop(job)
        if job.failure:
            self._went_on = True
            self._document.undo_stack.resetClean()
            self.unsaved.emit(job.failure)
            return
        settings.remember_recent_file(str(job.path))
        self._become(job.path, (job.last, *chosen), job.stamp)
        self.told.emit(f"Session saved as {job.path.name}.")
        if not self.is_modified:
            self.settled.emit()

    # Showing

    def _become(self, path: Path | None, saved: tuple[object, ...], stamp: object = None) -> None:
        """Be the session of a file with that stamp, which has everything up to an iteration."""
        self.path, self._saved = path, saved
        self._exchange.session = path
        self._stamp = stamp
        self._was_restored = self._has_weights_by_hand = False
        self._show_name()

    def _notice_weights(self, *_: object) -> None:
        self._has_weights_by_hand = True

    def _notice_frame(self, frame: Frame) -> None:
        if self._look_to_come is not None and frame.obeyed >= self._look_to_come[0]:
            look, self._look_to_come = self._look_to_come[1], None
            is_here = frame.going_on is self._run_to_come  # else another command may have failed
            if is_here or frame.failure is self._failed_before:
                self._looks.take_look(look, frame)
            else:
                self._begin_again()
        if self._look_to_come is None and self._is_elsewhere(frame):
            self._went_on = True  # back at that iteration it may have come another way
        self._show_modified()

    def _is_elsewhere(self, frame: Frame) -> bool:
        """Return whether the run is at another iteration than what is in the file, or on its way there."""
        job = next(reversed(self._saving), None)
        if job is not None:
            return frame.obeyed >= job.posted and frame.last != job.last
        return self.path is not None and frame.last != self._saved[0]

    def _begin_again(self) -> None:
        """Begin the run of a session that cannot be taken up, which must not be saved over what is in the file."""
        told = f"The run of {self.name} cannot be taken up again: its points and settings are at iteration 0."
        was_restored = self._was_restored
        self._become(None, (0, None, ()))
        self._was_restored = True
        self._playback.reset()
        self.warned.emit(told)
        if was_restored:
            self.gave_up.emit(told)

    def _show_name(self) -> None:
        name = self.name.replace("[*]", "[*][*]")  # Qt's place for the mark, written as it is
        self._window.setWindowTitle(f"{name}[*] – Descent Lab")
        self._show_modified()

    def _show_modified(self, *_: object) -> None:
        if self._look_to_come is None:  # else the frame shown is still that of another session
            modified = self.is_modified
            if self._window.isWindowModified() != modified:  # each frame asks, and Qt would tell all widgets
                self._window.setWindowModified(modified)
