"""Writing a file so that it is either the old one or the new one, never half of either."""

import errno
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

LONGEST = 200  # bytes of a name that its temporary file takes over; systems allow 255 in all


class FileError(ValueError):
    """A file that cannot be read or written; the message is one sentence for the person."""


def write_atomically(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in its place.

    A link stays one, and what may be done with an old file may be done with the new one. Raises FileError, and leaves
    what was there, when that cannot be done.
    """
    name, path = path.name, Path(os.path.realpath(path))
    known_by = path.name.encode(errors="ignore")[:LONGEST].decode(errors="ignore")
    temporary = path.with_name(f".{known_by}.{secrets.token_hex(4)}.part")
    try:
        if path.exists() and not os.access(
            path, os.W_OK
        ):  # a protected file could be replaced, and is not to be
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        try:
            with open(temporary, "xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            with suppress(OSError):  # there is no old one, or rights are not kept there
                shutil.copymode(path, temporary)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        if error.errno == errno.ENOENT and not path.parent.is_dir():
            raise FileError(f"{name} could not be written: there is no folder {path.parent}.") from error
        raise FileError(f"{name} could not be written: {error.strerror or error}.") from error
