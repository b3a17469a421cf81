"""Saves the session by itself, into a file that is removed at a good end, and offers to restore it after a bad one."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.files.atomic import FileError
from engine.files.session import Damaged, Session, load_session
from gui.change import Change
from gui.document import Document
from gui.sessions.asking import question
from gui.sessions.recovery import Orphan, Recovery
from gui.sessions.sessions import UNTITLED, Sessions
from gui.sessions.writer import Job

EVERY = 30_000  # milliseconds
AFTER_CHANGES = 500  # milliseconds from a change, so that a gesture is saved once or twice


class Autosave(QObject):
    """Does so as long as it is not stopped. Where it fails it says so once, and tries again."""

    warned = Signal(str)

    def __init__(self, window: QWidget, document: Document, sessions: Sessions, folder: Path) -> None:
        """Save into a file in a folder. OSError where that cannot be."""
        super().__init__(window)
        self._window = window
        self._sessions = sessions
        self._recovery = Recovery(folder)
        self._offered: list[Orphan] = []
        self._restored: Orphan | None = None  # until this program's own file has all that it has
        self._replaced: Orphan | None = None  # once what is being saved is written
        self._job: Job | None = None
        self._saved: object = None  # the moment of the session that is in the file
        self._again = self._outdated = False
        self._warned = False  # that the last time failed
        self._leaves = False
        self._often = QTimer(self, interval=EVERY)
        self._often.timeout.connect(self.save)
        self._often.start()
        self._soon = QTimer(self, singleShot=True, interval=AFTER_CHANGES)
        self._soon.timeout.connect(self.save)
        document.changed.connect(self._notice_change)
        document.weights_set.connect(lambda *_: self._save_soon())
        sessions.writer.written.connect(self._notice_written)
        sessions.settled.connect(self._forget)
        sessions.gave_up.connect(self._put_aside)
        sessions.closed.connect(self.stop)

    def save(self) -> None:
        """Save what is not saved yet, once the last time is over."""
        if self._job is not None:
            self._again = True
        elif self._sessions.is_coming:
            self._save_soon()
        elif self._sessions.is_modified and self._sessions.moment != self._saved:
            self._save()

    def _save(self) -> None:
        self._saved = self._sessions.moment
        self._replaced = self._restored  # what began to be saved before does not have it
        self._job = Job(self._recovery.path)
        self._sessions.keep(self._job)

    def offer(self) -> None:
        """Ask what becomes of the sessions of programs that died, one after another."""
        self._offered = self._recovery.orphans()
        self._offer_next()

    def leave(self) -> None:
        """Save once more, and leave it for the next start: the program is about to end without a question."""
        self._leaves = self._sessions.is_modified
        if self._leaves:
            self._save()  # also where something older is still being written

    def stop(self) -> None:
        """End well: everything that is worth it was saved, and nothing is to be restored."""
        self._often.stop()
        self._soon.stop()
        for orphan in self._offered:
            orphan.release()
        if self._restored is not None:
            # Where the program ends without a question, all may be in that file alone.
            self._restored.release() if self._leaves and not self._has_it else self._restored.discard()
        self._recovery.close(self._leaves)

    @property
    def _has_it(self) -> bool:
        """Whether this program's own file has what was restored, though nobody may have noticed yet."""
        job = self._job
        return (
            job is not None and job.finished.is_set() and not job.failure and self._replaced is self._restored
        )

    def _notice_change(self, change: Change) -> None:
        self._save_soon()

    def _save_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _notice_written(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        if job.failure:
            self._saved = None
            if not self._warned:
                often = f"every {EVERY // 1000} seconds"
                self.warned.emit(f"Saving by itself failed, and is tried again {often}: {job.failure}")
        elif self._replaced is not None:
            self._replaced.discard()
            self._restored = None
        self._warned = bool(job.failure)
        self._replaced = None
        if self._outdated:
            self._outdated = False
            self._forget()
        if self._again:
            self._again = False
            self.save()

    def _forget(self) -> None:
        """There is nothing to restore: the session's own file has everything, or the person did not want it."""
        self._outdated = self._job is not None
        if self._job is None:
            self._saved = None
            self._recovery.clear()

    def _put_aside(self, told: str) -> None:
        """Keep a session whose run could not be taken up for whoever may read it."""
        restored, self._restored = self._restored, None
        if restored is not None:
            self.warned.emit(f"{told} All of it is kept as {restored.put_aside()}.")

    def _offer_next(self) -> None:
        while self._offered:
            orphan = self._offered[0]
            try:
                session = load_session(orphan.path)
            except FileError as error:
                self._offered.pop(0)
                kept = ""
                if isinstance(error, Damaged):
                    kept = f" It is kept as {orphan.put_aside()}."
                else:
                    orphan.release()  # another version may read it, or this one with more memory
                self.warned.emit(f"A session that was saved by itself cannot be restored: {error}{kept}")
                continue
            self._ask(orphan, session)
            return

    def _ask(self, orphan: Orphan, session: Session) -> None:
        path = _file_of(session)
        name = path.stem if path is not None else UNTITLED
        box = question(self._window, "restoreQuestion", f"Restore the session {name}?")
        there = (
            f"{session.dataset.title}, {session.dataset.m:,} points, {session.run.experiment.network.description}, "
            f"iteration {session.run.last:,}."
        )
        saved_at = f"{orphan.saved_at:%d %B at %H:%M:%S}"
        told = f"The program ended before it was saved. This is how it was on {saved_at}: {there}"
        box.setInformativeText(f"{told}\n\nDiscard deletes it. Later leaves it for the next start.")
        restore = box.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Discard", QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton("Later", QMessageBox.ButtonRole.RejectRole)
        for button, name in ((restore, "restore"), (discard, "discard"), (later, "later")):
            button.setObjectName(f"{name}SessionButton")
        box.setDefaultButton(restore)
        box.setEscapeButton(later)
        box.finished.connect(partial(self._answer, box, orphan, session, path))
        box.open()

    def _answer(self, box: QMessageBox, orphan: Orphan, session: Session, path: Path | None, _: int) -> None:
        clicked = box.clickedButton()
        name = clicked.objectName() if clicked is not None else ""
        box.deleteLater()
        self._offered.remove(orphan)
        if name == "restoreSessionButton":
            self._sessions.restore(session, path)
            self._restored = orphan
            self.save()
            for each in self._offered:  # they are offered again when this one is done with
                each.release()
            self._offered = []
        elif name == "discardSessionButton":
            orphan.discard()
            self._offer_next()
        else:
            orphan.release()
            self._offer_next()


def _file_of(session: Session) -> Path | None:
    """Return the file that a session had, if it had one."""
    file = session.window.get("file")
    return Path(file) if isinstance(file, str) and file else None
