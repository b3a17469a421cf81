"""Reads tables beside the window's thread, so that a large file can be watched, and stopped, while it is read."""

import io
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.data.bundled import BUNDLED, open_bundled
from engine.data.dataset import DataError
from engine.data.table import Cancelled, Choice, Table, Watch, unwatched
from engine.data.tables import TEXTS, naming, open_table, read_text

# A smaller file is read at once; a larger one beside the window's thread.
READ_AT_ONCE = 256 * 1024  # bytes of a text
PACKED_AT_ONCE = 16 * 1024  # bytes of what holds more once it is unpacked
TELL_EVERY = 0.05  # seconds
PASTED = "pasted points"


@dataclass(frozen=True, eq=False)
class Opened:
    """A table that was read, and what was already chosen of it."""

    source: str
    """What the spec calls it: a path, or a name."""
    table: Table
    choice: Choice
    ask: bool
    """Whether the person wants to see the choices, even where there is nothing to decide."""


class Reader(QObject):
    """Reads one table at a time; the newest wish counts."""

    read = Signal(Opened)
    refused = Signal(str)
    began = Signal(str)
    """The name of a table that is being read beside the window's thread."""
    progressed = Signal(float)
    """How much of it has been read, from 0 to 1."""
    ended = Signal()
    _done = Signal(int, str, object)
    _reached = Signal(int, float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest = 0
        self._reading = ""
        self._pasted: dict[str, bytes] = {}
        self._kept: tuple[object, Table] | None = None
        self._done.connect(self._finish)
        self._reached.connect(self._tell)

    def keep(self, text: str) -> str:
        """Keep a pasted text, and return the name by which it can be read."""
        names = (PASTED + (f" {i}" if i > 1 else "") for i in count(1))
        name = next(name for name in names if name not in self._pasted)
        self._pasted[name] = text.encode("utf-8", "replace")
        return name

    def holds(self, source: str) -> bool:
        """Return whether a source is a pasted text."""
        return source in self._pasted

    def drop(self, source: str) -> None:
        """Let a pasted text go that cannot be used."""
        self._pasted.pop(source, None)

    def drop_all(self) -> None:
        """Let every pasted text go: what another session calls by the same name is another one."""
        self._pasted.clear()

    def kept(self, source: str, choice: Choice) -> Table | None:
        """Return the table that was read last, if it is what reading the source again for a choice would give."""
        if self._kept is None or not self._kept[1].suits(choice):
            return None
        key, table = self._kept
        return table if key == self._identity(source) else None

    def start(self, source: str, choice: Choice, ask: bool) -> None:
        """Read a table; `read` or `refused` tells when it is done."""
        self.forget()
        number = self._newest
        if self._is_small(source):
            self._finish(number, source, self._try(source, choice, ask, unwatched))
            return
        self._reading = source.replace("\\", "/").rsplit("/", 1)[-1]
        self.began.emit(self._reading)
        arguments = (number, source, choice, ask)
        threading.Thread(target=self._read_beside, args=arguments, name="reading", daemon=True).start()

    def forget(self) -> bool:
        """Let what is being read go, and return whether there was anything."""
        self._newest += 1
        reading, self._reading = self._reading, ""
        if reading:
            self.ended.emit()
        return bool(reading)

    def open(self, source: str, choice: Choice, watch: Watch = unwatched) -> tuple[Table, Choice]:
        """Return the table of a source, and what its own usual choice makes of a choice. DataError or Cancelled."""
        identity = self._identity(source)  # from before, so that a file written meanwhile is another
        if source in self._pasted:
            with naming(Path(source)):
                table = read_text(io.BytesIO(self._pasted[source]), choice, watch)
            table = replace(table, title=source)
        elif source in BUNDLED:
            return open_bundled(source, choice)
        else:
            table = open_table(Path(source), choice, watch)
        self._kept = identity, table
        return table, choice

    def _identity(self, source: str) -> object:
        """Return what changes when a source changes."""
        if source in self._pasted:
            return source
        try:
            state = os.stat(source)
        except OSError:
            return None
        return source, state.st_mtime_ns, state.st_size

    def _is_small(self, source: str) -> bool:
        if source in self._pasted:
            return len(self._pasted[source]) <= READ_AT_ONCE
        path = Path(source)
        if source in BUNDLED:
            return True
        try:
            return path.stat().st_size <= (READ_AT_ONCE if path.suffix.lower() in TEXTS else PACKED_AT_ONCE)
        except OSError:
            return True  # reading it will say why not

    def _try(self, source: str, choice: Choice, ask: bool, watch: Watch) -> Opened | Exception:
        try:
            return Opened(source, *self.open(source, choice, watch), ask)
        except (DataError, Cancelled) as error:
            return error

    def _read_beside(self, number: int, source: str, choice: Choice, ask: bool) -> None:
        told = 0.0

        def watch(share: float) -> None:
            nonlocal told
            if number != self._newest:
                raise Cancelled
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                self._reached.emit(number, share)

        outcome: Opened | Exception
        try:
            outcome = self._try(source, choice, ask, watch)
        except Exception as error:  # told beside no one it would be lost, and the bar would never end
            outcome = error
        with suppress(RuntimeError):  # the window may be closed and gone
            self._done.emit(number, source, outcome)

    def _tell(self, number: int, share: float) -> None:
        if number == self._newest:
            self.progressed.emit(share)

    def _finish(self, number: int, source: str, outcome: Opened | Exception) -> None:
        if number != self._newest:
            return  # another file was opened meanwhile
        if self._reading:
            self._reading = ""
            self.ended.emit()
        if isinstance(outcome, Opened):
            self.read.emit(outcome)
        elif isinstance(outcome, DataError):
            self.drop(source)
            self.refused.emit(str(outcome))
        else:
            raise outcome  # a fault of the program, for the window to show as any other
