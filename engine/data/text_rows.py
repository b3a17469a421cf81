"""Text files as rows of cells, with the line on which each row begins."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from engine.data.dataset import DataError

Row = tuple[int, list[str]]  # the line of the file on which the row begins, and its cells

HEAD = 65_536  # bytes
END = "\0"


def text_rows(file: BinaryIO) -> Iterator[Row]:
    """Yield the rows of UTF-8 text with commas, semicolons or tabs between cells, blank lines left out."""
    delimiter = _delimiter(file.read(HEAD).decode("utf-8-sig", "replace"))
    file.seek(0)
    reader = csv.reader(_lines(file), delimiter=delimiter, skipinitialspace=True)
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


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of UTF-8 text with their endings, then `END`, which an open quotation mark swallows."""
    with io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        for number, line in enumerate(text, 1):
            if "\0" in line:
                raise DataError(f"line {number} holds a zero byte, so this is not a text file in UTF-8.")
            if not line.isascii():
                try:
                    line.encode()
                except UnicodeEncodeError as error:
                    raise DataError(f"line {number} is not UTF-8; save the file as CSV in UTF-8.") from error
            yield line
    yield END


def _delimiter(head: str) -> str:
    """Return the delimiter that makes most cells numbers and most rows equally long, in this order.

    Numbers come first because 1,5;2,5 is two equal rows either way, but only one way are they numbers.
    """
    best, best_score = ",", (-1.0, 0.0)
    for delimiter in ",;\t":
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, skipinitialspace=True)
        rows = [cells for cells in islice(reader, 50) if cells]
        widths = Counter(map(len, rows))
        width, count = widths.most_common(1)[0] if rows else (1, 0)
        if width > 1:
            cells = list(chain.from_iterable(row for row in rows if len(row) == width))
            score = (sum(map(looks_numeric, cells)) / len(cells), count / len(rows))
            if score > best_score:
                best, best_score = delimiter, score
    return best


def looks_numeric(cell: str) -> bool:
    """Return whether a number was meant, so that 1,5 or inf is refused as a number and not read as a word."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def short(text: str) -> str:
    """Return the text on one line of at most 30 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:29] + "…"
