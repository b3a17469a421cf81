"""Writing a file so that it is either the old one or the new one, never half of either."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


class FileError(ValueError):
    """A file that cannot be read or written; the message is one sentence for the person."""


def write_atomically(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in its place.

    Raises FileError, and leaves what was there, when that cannot be done.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with open(temporary, "xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"{path.name} could not be written: {error.strerror or error}.") from error
