"""What is the same for every file that is an archive inside: locked parts, and what a damaged one raises."""

import lzma
import zipfile
import zlib

from engine.data.dataset import DataError

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError)
"""RuntimeError is also what an unknown way of packing raises."""
PROTECTED = "the file is protected by a password; save it without one."
ENCRYPTED = 0x1  # the bit of a part's flags


def refuse_locked(archive: zipfile.ZipFile) -> None:
    """Raise DataError where a part can only be read with a password."""
    if any(part.flag_bits & ENCRYPTED for part in archive.infolist()):
        raise DataError(PROTECTED)
