"""Reading a session: every value is checked where it stands, and the first that cannot be used is named."""

import json
from pathlib import Path
from typing import Any, NoReturn

from engine.files.atomic import FileError
from engine.files.session.arrays import ArrayReader
from engine.files.session.places import Place, Wrong
from engine.files.session.points import read_datasets
from engine.files.session.record import Session
from engine.files.session.runs import RunReader
from engine.files.session.settings import read_spec
from engine.files.session.versions import ENDING, Later, migrated

LARGEST = 2**31  # bytes
BYTE_ORDER_MARK = "\ufeff"


class Damaged(FileError):
    """A file that no version of the program will ever read."""


def load_session(path: Path) -> Session:
    """Return the session in a file, checked. Raises FileError with one sentence for the person."""
    name = path.name or str(path)
    if path.suffix.lower() != ENDING:
        raise FileError(f"{name} must end in {ENDING}.")
    try:
        if path.is_dir():
            raise FileError(f"{name} is a folder, not a file.")
        if path.stat().st_size > LARGEST:
            raise FileError(f"{name} is too large for a session.")
        return read_session(path.read_bytes())
    except OSError as error:
        raise FileError(f"{name} could not be read: {error.strerror or error}.") from error
    except Wrong as error:
        told = FileError if isinstance(error, Later) else Damaged
        raise told(f"{name}: {' '.join(str(error).split()).rstrip('.')}.") from error
    except MemoryError as error:
        raise FileError(f"{name}: there is not enough memory to read it.") from error


def read_session(content: bytes) -> Session:
    """Return the session in a file's content, checked. Raises Wrong, which names the place."""
    file = migrated(Place(_parsed(content)))
    arrays = ArrayReader(file["arrays"])
    spec = read_spec(file["spec"])
    datasets = read_datasets(file["datasets"], file["origins"], arrays)
    runs = RunReader(spec, datasets, arrays)
    run = runs.run(file["run"])
    window = file["window"].object() if file.has("window") else {}
    return Session(run, runs.start(file["start"]), runs.compared(file["compared"]), window)


def _parsed(content: bytes) -> Any:
    try:
        text = content.decode("utf-8").removeprefix(BYTE_ORDER_MARK)  # some editors put it there
        return json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Wrong(f"it is no session: byte {error.start + 1:,} is no text in UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno:,}, column {error.colno:,}"
        raise Wrong(f"it is no session, or it is cut off: there is no JSON from {where} on") from None
    except RecursionError:
        raise Wrong("it is no session: its JSON is too deeply nested") from None
    except ValueError as error:
        if isinstance(error, Wrong):
            raise
        raise Wrong("it is no session: it holds a number with too many digits") from None


def _refuse_constant(name: str) -> NoReturn:
    raise Wrong(f"it holds {name}, which is no number in JSON")
