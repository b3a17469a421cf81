"""Text files as rows of cells: which letters, which delimiter and which decimal mark are found out here."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from engine.data.dataset import DataError
from engine.data.rows import Row, Rows, looks_numeric

HEAD = 65_536  # bytes
LONGEST = 4_194_304  # characters of a line
END = "\0"
BOMS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
FALLBACK = "Windows-1252"  # holds all that is printable in Latin-1
WITH_COMMA = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?")


def text_rows(file: BinaryIO) -> Rows:
    """Return the rows of a text with commas, semicolons or tabs between cells, blank lines left out.

    The text is in UTF-8, or in UTF-16 with a byte order mark; what is not UTF-8 is taken for Windows-1252.
    """
    size = max(1, file.seek(0, io.SEEK_END))
    file.seek(0)
    start = file.read(HEAD)
    file.seek(0)
    encoding = next((name for bom, name in BOMS.items() if start.startswith(bom)), "UTF-8")
    head = start.decode("utf-8-sig" if encoding == "UTF-8" else encoding, "replace")
    delimiter = _delimiter(head)
    made = Rows(iter(()), share=lambda: 1.0 if file.closed else file.tell() / size)
    made.rows = _rows(file, encoding, delimiter, made.notes)
    if delimiter != "," and any(map(WITH_COMMA.fullmatch, chain.from_iterable(_some(head, delimiter)))):
        made.comma = True
        made.notes.append("decimal commas")
    return made


def _rows(file: BinaryIO, encoding: str, delimiter: str, notes: list[str]) -> Iterator[Row]:
    reader = csv.reader(_lines(file, encoding, notes), delimiter=delimiter, skipinitialspace=True)
    opened = line = 1
    try:
        for cells in reader:
            if cells == [END]:
                return
            if len(cells) > 1 or (cells and cells[0].strip()):
                yield line, cells
            opened, line = line, reader.line_num + 1
    except csv.Error as error:
        limit = f"{csv.field_size_limit():,}"
        raise DataError(
            f"line {line}: a cell is longer than {limit} characters; a quotation mark may be missing."
        ) from error
    raise DataError(f"line {opened}: a quotation mark is opened here and never closed.")


def _lines(file: BinaryIO, encoding: str, notes: list[str]) -> Iterator[str]:
    """Yield the lines with their endings, then `END`, which an open quotation mark swallows."""
    codec, errors = ("utf-8-sig", "surrogateescape") if encoding == "UTF-8" else (encoding, "strict")
    number = 0
    in_utf8 = 0  # the first line that is UTF-8 and nothing else
    fallen_back = False
    with io.TextIOWrapper(file, encoding=codec, errors=errors, newline="") as text:
        try:
            while line := text.readline(LONGEST):
                number += 1
                if len(line) == LONGEST:
                    raise DataError(
                        f"line {number} is longer than {LONGEST:,} characters, the most that can be read."
                    )
                if "\0" in line:
                    raise DataError(f"line {number} holds a zero byte, so this is not a text file.")
                if encoding == "UTF-8" and not line.isascii():
                    if not fallen_back and _is_utf8(line):
                        in_utf8 = in_utf8 or number
                    else:
                        if in_utf8:
                            raise DataError(f"line {number} is not UTF-8, although line {in_utf8} is.")
                        line = _in_fallback(line, number)
                        if not fallen_back:
                            notes.append(f"read as {FALLBACK}, as line {number} is not UTF-8")
                        fallen_back = True
                yield line
        except UnicodeDecodeError as error:
            raise DataError(f"line {number + 1} is not {encoding}; save the file as CSV in UTF-8.") from error
    yield END


def _is_utf8(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_fallback(line: str, number: int) -> str:
    try:
        return line.encode("utf-8", "surrogateescape").decode(FALLBACK)
    except UnicodeDecodeError as error:
        raise DataError(
            f"line {number} is neither UTF-8 nor {FALLBACK}; save the file as CSV in UTF-8."
        ) from error


def _some(head: str, delimiter: str) -> list[list[str]]:
    """Return some rows from the beginning."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [list(map(str.strip, cells)) for cells in islice(reader, 50) if cells]


def _delimiter(head: str) -> str:
    """Return the delimiter that makes most cells numbers and most rows equally long, in this order.

    Numbers come first because 1,5;2,5 is two equal rows either way, but only one way are they numbers.
    """
    best, best_score = ",", (-1.0, 0.0)
    for delimiter in ",;\t":
        rows = _some(head, delimiter)
        widths = Counter(map(len, rows))
        width, count = widths.most_common(1)[0] if rows else (1, 0)
        if width > 1:
            cells = list(chain.from_iterable(row for row in rows if len(row) == width))
            score = (sum(map(looks_numeric, cells)) / len(cells), count / len(rows))
            if score > best_score:
                best, best_score = delimiter, score
    return best
