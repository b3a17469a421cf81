"""Reads tables beside the window's thread, so that a large file can be watched, and stopped, while it is read."""

import io
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
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
    _done = Signal(int, object)
    _reached = Signal(int, float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest = 0
        self._reading = ""
        self._pasted: dict[str, bytes] = {}
        self._done.connect(self._finish)
        self._reached.connect(self._tell)

    def keep(self, text: str) -> str:
        """Keep a pasted text, and return the name by which it can be read."""
        name = PASTED + (f" {len(self._pasted) + 1}" if self._pasted else "")
        self._pasted[name] = text.encode("utf-8", "replace")
        return name

    def holds(self, source: str) -> bool:
        """Return whether a source is a pasted text."""
        return source in self._pasted

    def start(self, source: str, choice: Choice, ask: bool) -> None:
        """Read a table; `read` or `refused` tells when it is done."""
        self.forget()
        number = self._newest
        if self._is_small(source):
            self._finish(number, self._try(source, choice, ask, unwatched))
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
        if source in self._pasted:
            with naming(Path(source)):
                table = read_text(io.BytesIO(self._pasted[source]), choice, watch)
            return replace(table, title=source), choice
        if source in BUNDLED:
            return open_bundled(source, choice)
        return open_table(Path(source), choice, watch), choice

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
            self._done.emit(number, outcome)

    def _tell(self, number: int, share: float) -> None:
        if number == self._newest:
            self.progressed.emit(share)

    def _finish(self, number: int, outcome: Opened | Exception) -> None:
        if number != self._newest:
            return  # another file was opened meanwhile
        if self._reading:
            self._reading = ""
            self.ended.emit()
        if isinstance(outcome, Opened):
            self.read.emit(outcome)
        elif isinstance(outcome, DataError):
            self.refused.emit(str(outcome))
        else:
            raise outcome  # a fault of the program, for the window to show as any other
