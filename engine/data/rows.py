"""What every reader gives: the rows of a file as text, and words for where something stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells


@dataclass
class Rows:
    """The rows of one table. Reading goes on while they are iterated."""

    rows: Iterator[Row]
    comma: bool = False
    """Whether decimals have a comma."""
    unit: str = "line"
    """What a row is called."""
    sheet: str = ""
    """The name of the sheet, where the file is one."""
    first_column: int = 0
    """How many empty columns of the sheet stand before the table."""
    notes: list[str] = field(default_factory=list)
    """What the person should know about how the file was read; complete once all rows are read."""
    share: Callable[[], float] = lambda: 0.0
    """Tells how much of the file has been read, from 0 to 1."""

    def line(self, number: int) -> str:
        """Return where a row stands."""
        return f"sheet {short(self.sheet)}, row {number}" if self.sheet else f"{self.unit} {number}"

    def cell(self, number: int, column: int, name: str) -> str:
        """Return where a cell stands, of the row with that number."""
        if self.sheet:
            return f"sheet {short(self.sheet)}, cell {letters(self.first_column + column)}{number}"
        return f"{self.unit} {number}, column {short(name)}"


def letters(column: int) -> str:
    """Return what a sheet calls a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def short(text: str) -> str:
    """Return the text on one line of at most 30 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:29] + "…"


def looks_numeric(cell: str) -> bool:
    """Return whether a number was meant, so that 1,5 or inf is refused as a number and not read as a word."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True
