"""What the reader of spreadsheets does not tell: how far each sheet reaches, and which cells hold errors.

The reader lays out the whole rectangle around a sheet's cells, so that two cells in far corners would take all
the memory there is; and it gives an error as an empty cell. So the file is looked through first.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from posixpath import join, normpath
from typing import Protocol
from xml.etree import ElementTree
from xml.parsers import expat

from engine.data.dataset import DataError
from engine.data.rows import letters, short

FORMULA = "="  # the mark of a formula without a stored value
PIECE = 1 << 20  # bytes
MOST_MARKED = 100_000  # cells for which one that holds an error may stand
OFFICE_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

Attributes = dict[str, str]


@dataclass
class Layout:
    """How far a sheet reaches, and which cells the reader gives as if they were empty."""

    rows: int = 0
    columns: int = 0
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row from 1 and column from 0: an error such as #DIV/0!, or `FORMULA`."""

    def reach(self, row: int, column: int) -> None:
        """Take in a cell, by its row from 1 and its column from 0."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column + 1)


def scan(archive: zipfile.ZipFile) -> dict[str, Layout]:
    """Return the layout of each sheet by its name. Raises ValueError or KeyError for what is no spreadsheet."""
    try:
        if "content.xml" in archive.namelist():
            document = _OpenDocument()
            _follow(archive, "content.xml", document)
            document.end_cell()
            return document.layouts
        layouts = {}
        for name, part in _office_sheets(archive).items():
            sheet = _OfficeSheet()
            _follow(archive, part, sheet)
            sheet.end_cell()
            layouts[name] = sheet.layout
        return layouts
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise ValueError(str(error)) from error


class _Follower(Protocol):
    """What is told of the elements of a file, one after another."""

    listens: bool
    """Whether texts are wanted from here on."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def text(self, text: str) -> None: ...


def _follow(archive: zipfile.ZipFile, part: str, follower: _Follower) -> None:
    """Tell a follower of all elements of a part, their names and attributes without their namespaces."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    handle: Callable[[str], None] = follower.text

    def start(name: str, attributes: Attributes) -> None:
        follower.start(name.rpartition(":")[2], attributes)
        parser.CharacterDataHandler = handle if follower.listens else None

    parser.StartElementHandler = start
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)


def _office_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet of an .xlsx file."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {
        each.get("Id"): normpath(join("/xl", each.get("Target", ""))).lstrip("/")
        for each in relations
        if each.get("Type", "").endswith("/worksheet")
    }
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = {}
    for each in book.iter():
        identity = each.get(OFFICE_RELATION, each.get(STRICT_RELATION))
        if each.tag.endswith("}sheet") and identity in parts:
            sheets[each.get("name", "")] = parts[identity]
    return sheets


class _OfficeSheet:
    """Follows one sheet of an .xlsx file."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.listens = False
        self._row, self._column = 0, -1
        self._error, self._formula, self._value = False, False, False
        self._words = False
        self._text = ""

    def start(self, name: str, attributes: Attributes) -> None:
        self.listens = False
        if name == "c":
            self.end_cell()
            place = attributes.get("r", "")
            if place:
                column = place.rstrip("0123456789")
                self._column, self._row = _column_of(column), int(place[len(column) :])
            else:
                self._column += 1
            self._error = attributes.get("t") == "e"
            self._words = attributes.get("t") == "str"
        elif name == "row":
            self.end_cell()
            self._row, self._column = int(attributes.get("r", self._row + 1)), -1
        elif name == "f":
            self._formula = True
        elif name in ("v", "is"):
            self._value = True
            self.listens = self._error or self._formula

    def text(self, text: str) -> None:
        self._text += text

    def end_cell(self) -> None:
        """Note what the cell was, now that it is over."""
        if self._formula or self._value:
            self.layout.reach(self._row, self._column)
            if self._error:
                self.layout.marks[self._row, self._column] = self._text.strip() or "#ERROR"
            elif self._formula and not self._text and not self._words:  # no words may be what it shows
                self.layout.marks[self._row, self._column] = FORMULA
        self._error, self._formula, self._value = False, False, False
        self._text = ""


class _OpenDocument:
    """Follows the content of an .ods file, in which one row or cell may stand for many."""

    def __init__(self) -> None:
        self.layouts: dict[str, Layout] = {}
        self.listens = False
        self._name, self._layout = "", Layout()
        self._row, self._rows, self._column, self._columns = 0, 0, 0, 0
        self._mark: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("table", "table-row", "table-cell", "covered-table-cell"):
            self.end_cell()
        if name == "table":
            self._name = attributes.get("table:name", "")
            self._layout = self.layouts[self._name] = Layout()
            self._row = self._rows = 0
        elif name == "table-row":
            self._row += self._rows
            self._rows = int(attributes.get("table:number-rows-repeated", 1))
            self._column = self._columns = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._column += self._columns
            self._columns = int(attributes.get("table:number-columns-repeated", 1))
            self.listens = attributes.get("calcext:value-type") == "error"
            if self.listens:
                self._mark = ""
            elif "table:formula" in attributes and "office:value-type" not in attributes:
                self._mark = FORMULA
            if "office:value-type" in attributes:
                self._reach()
        elif name == "p":
            self._reach()

    def text(self, text: str) -> None:
        self._mark = (self._mark or "") + text.strip()

    def end_cell(self) -> None:
        """Note what the cell, and each that it stands for, was. Raises DataError where that are too many."""
        mark, self._mark, self.listens = self._mark, None, False
        if mark is None:
            return
        if self._rows * self._columns > MOST_MARKED:
            cell = f"{letters(self._column)}{self._row + 1}"
            raise DataError(
                f"sheet {short(self._name)}, cell {cell}: {mark or '#ERROR'} is repeated in more than "
                f"{MOST_MARKED:,} cells; mend them, or delete them."
            )
        for row in range(self._row + 1, self._row + self._rows + 1):
            for column in range(self._column, self._column + self._columns):
                self._layout.marks[row, column] = mark or "#ERROR"

    def _reach(self) -> None:
        self._layout.reach(self._row + self._rows, self._column + self._columns - 1)


@cache
def _column_of(letters: str) -> int:
    """Return the place, from 0, of the column that a sheet calls by these letters."""
    place = 0
    for letter in letters.upper():
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1
