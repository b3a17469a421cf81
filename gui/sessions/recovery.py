"""Files in which a session is saved by itself, one for each running program, and those of programs that died."""

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from engine.files.session import ENDING

FOLDER = "recovery"
ASIDE = "damaged"  # a folder in it


def usual_folder() -> Path:
    """Return where recovery files are kept."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(data) / FOLDER


def _lock_of(path: Path) -> QLockFile:
    """Return a lock that is another's as long as its program lives, however long that takes."""
    lock = QLockFile(f"{path}.lock")
    lock.setStaleLockTime(0)
    return lock


def _remove(path: Path) -> None:
    """Remove a recovery file, and what a program that was killed while it wrote has left beside it."""
    for each in (path, *path.parent.glob(f".{path.name}.*")):
        each.unlink(missing_ok=True)


@dataclass(eq=False)
class Orphan:
    """The recovery file of a program that died. As long as it is held no other program takes it."""

    path: Path
    _lock: QLockFile

    @property
    def saved_at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.path.stat().st_mtime)

    def discard(self) -> None:
        """Remove it."""
        _remove(self.path)
        self._lock.unlock()

    def put_aside(self) -> Path:
        """Move it to where it is not offered any more, and return that place."""
        place = self.path.parent / ASIDE / self.path.name
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            self.path.replace(place)
            self.discard()
            return place
        self.release()
        return self.path

    def release(self) -> None:
        """Leave it for the next start."""
        self._lock.unlock()


class Recovery:
    """The recovery file of this program. OSError where there can be none."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{ENDING}"
        self._lock = _lock_of(self.path)
        if not self._lock.tryLock(0):
            raise OSError(f"{folder} cannot be written to")

    def orphans(self) -> list[Orphan]:
        """Return the files of programs that died, the newest first. What they left beside is removed."""
        locks = {each.with_suffix("") for each in self._folder.glob(f"[!.]*{ENDING}.lock")}
        named = {*self._folder.glob(f"[!.]*{ENDING}"), *locks}
        found = []
        for path in named - {self.path}:
            lock = _lock_of(path)
            if not lock.tryLock(0):
                continue  # that program lives
            if path.exists():
                found.append(Orphan(path, lock))
            else:
                _remove(path)
                lock.unlock()
        return sorted(found, key=lambda each: each.saved_at, reverse=True)

    def clear(self) -> None:
        """Remove the file: there is nothing to recover."""
        _remove(self.path)

    def close(self, leave: bool) -> None:
        """Let go of the name, and remove the file, unless it is to be left for the next start."""
        if not leave:
            self.clear()
        self._lock.unlock()
