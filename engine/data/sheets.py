"""Spreadsheets, .xlsx and .ods, as rows of text: a cell is what it shows when its formula has been worked out."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from engine.data.dataset import DataError
from engine.data.rows import Row, Rows, letters, short
from engine.data.sheet_scan import Layout, scan
from engine.data.zips import DAMAGED, PROTECTED, refuse_locked

MOST_CELLS = (
    20_000_000  # of the rectangle around all that a sheet holds; calamine lays all of it out in memory
)
MOST_BYTES = 2**30  # of a file once it is unpacked
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # how a file of the kind begins that holds a locked .xlsx
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
MANIFEST = "META-INF/manifest.xml"  # of an .ods file; it says which parts are locked


def sheet_rows(file: BinaryIO) -> Rows:
    """Return the rows of the first sheet that holds anything, empty rows left out. Raises DataError."""
    from python_calamine import CalamineError, CalamineWorkbook  # slow to import

    try:
        layouts = _checked(file)
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        name = next((name for name, layout in layouts.items() if layout.rows), None)
        if name is None:
            raise DataError("every sheet is empty; one must hold a column of numbers and one of labels.")
        sheet = book.get_sheet_by_name(name)
    except (CalamineError, ValueError, KeyError, *DAMAGED) as error:
        if isinstance(error, DataError):
            raise
        raise DataError("the file is damaged, or not the spreadsheet that its ending says.") from error
    if sheet.start is None:  # what it seemed to hold is not there
        raise DataError(f"sheet {short(name)} is empty; it must hold a column of numbers and one of labels.")
    left = sheet.start[1]
    notes = [f"sheet {name} of {', '.join(layouts)}"] if len(layouts) > 1 else []
    count = max(1, sheet.total_height)
    made = Rows(iter(()), sheet=name, first_column=left, notes=notes)
    reached = 0

    def rows() -> Iterator[Row]:
        nonlocal reached
        marks = layouts.get(name, Layout()).marks
        for number, cells in enumerate(sheet.iter_rows(), 1):
            reached = number
            texts = [marks.get((number, left + i)) or _text(value) for i, value in enumerate(cells)]
            if any(texts):
                yield number, texts

    made.rows, made.share = rows(), lambda: reached / count
    return made


def _checked(file: BinaryIO) -> dict[str, Layout]:
    """Return the layouts of all sheets, once none is found too large for the memory."""
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE and LOCKED_OFFICE in file.read():
        raise DataError(PROTECTED)
    with zipfile.ZipFile(file) as archive:
        refuse_locked(archive)
        if MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST):
            raise DataError(PROTECTED)
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise DataError(
                f"unpacked, the file has more than {MOST_BYTES // 2**20:,} MiB, the most that can be read."
            )
        layouts = scan(archive)
    for name, layout in layouts.items():
        if layout.rows * layout.columns > MOST_CELLS:
            last = f"{letters(layout.columns - 1)}{layout.rows}"
            raise DataError(
                f"sheet {short(name)} reaches as far as cell {last}; at most {MOST_CELLS:,} cells can be read."
            )
    return layouts


def _text(value: object) -> str:
    """Return what a table of text would say for a cell's value."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds() / 3600:g} h"
    return str(value).strip()  # of dates and times too, as ISO writes them
