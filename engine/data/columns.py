"""A column of a table as it is read, and everything that it may turn out to be: numbers, labels, words."""

import math
from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.data.gaps import is_gap
from engine.data.rows import looks_numeric, short

MOST_LABELS = 1000  # different values of a column that are told apart


@dataclass
class Column:
    """A column: its numbers while there are only numbers and gaps, its classes while they are few.

    Kept for every column until one is chosen, so the text itself can be let go of.
    """

    comma: bool = False
    """Whether decimals have a comma."""
    numbers: list[NDArray[np.float64]] = field(default_factory=list)
    """Block by block, NaN where there is a gap; empty once `refused`."""
    refused: tuple[int, str] | None = None
    """The first row that is neither a number nor a gap, and what stands there."""
    gaps: dict[str, "array[int]"] = field(default_factory=dict)
    """The rows of the gaps, by the way they are written."""
    numeric: float = 0.0
    """The fraction of numbers in the first block, gaps aside; one typing error makes no column of words."""
    classes: dict[float | str, tuple[int, str]] = field(default_factory=dict)
    """Each different value, 1 and 1.0 being the same, with its first row and spelling."""
    codes: list[NDArray[np.int16]] = field(default_factory=list)
    spellings: dict[str, int] = field(default_factory=dict)
    """The place in `classes` of each way to write one; `codes` are these places, row by row."""

    names: dict[float | str, str] = field(default_factory=dict)
    """What the file calls the values, where it says so."""

    @property
    def has_few_classes(self) -> bool:
        """Whether all its values could be told apart."""
        return len(self.classes) <= MOST_LABELS

    @property
    def can_be_label(self) -> bool:
        """Whether two classes can be chosen among its values."""
        return self.has_few_classes and len(self.labels) > 1

    @property
    def labels(self) -> list[float | str]:
        """Its different values without the gaps, in the order in which they come."""
        return [value for value, (_, cell) in self.classes.items() if not is_gap(cell)]

    def spelled(self, label: float | str) -> str:
        """Return how a label is written in the file, or what the file calls it."""
        return self.names.get(label, self.classes[label][1])

    @property
    def kind(self) -> str:
        """What seems to be in it, for the person."""
        gaps = sum(map(len, self.gaps.values()))
        count = len(self.labels)
        if not count:
            return "empty"
        if self.refused is None:
            return "numbers" + (f", {gaps:,} {'gap' if gaps == 1 else 'gaps'}" if gaps else "")
        if self.numeric >= 0.5:
            return f"numbers, and {short(self.refused[1])!r}"
        return f"{count} words" if self.has_few_classes else "words"

    def read(self, cells: list[str], first_row: int) -> None:
        """Add the next cells, of which the first belongs to `first_row`."""
        if first_row == 0:
            filled = [cell for cell in cells if not is_gap(cell)]
            self.numeric = sum(map(looks_numeric, filled)) / len(filled) if filled else 1.0
        if self.refused is None:
            try:
                self.numbers.append(_numbers(cells, self.comma))
            except ValueError:
                self._read_carefully(cells, first_row)
        if self.has_few_classes:
            self._classify(cells, first_row)

    def _read_carefully(self, cells: list[str], first_row: int) -> None:
        values = np.full(len(cells), np.nan)
        for row, cell in enumerate(cells, first_row):
            value = self.value(cell)
            if isinstance(value, float):
                values[row - first_row] = value
            elif is_gap(cell):
                self.gaps.setdefault(cell, array("q")).append(row)
            else:
                self.refused = row, cell
                self.numbers.clear()
                return
        self.numbers.append(values)

    def _classify(self, cells: list[str], first_row: int) -> None:
        for cell in dict.fromkeys(cells):
            if cell not in self.spellings:
                value = self.value(cell)
                if value in self.classes:
                    self.spellings[cell] = list(self.classes).index(value)
                    continue
                self.spellings[cell] = len(self.classes)
                self.classes[value] = first_row + cells.index(cell), cell
                if not self.has_few_classes:
                    self.codes.clear()
                    return
        self.codes.append(np.fromiter(map(self.spellings.__getitem__, cells), np.int16, len(cells)))

    def value(self, cell: str) -> float | str:
        """Return the number that a cell holds, or else its text."""
        written = cell
        if self.comma:
            written = "" if "." in cell else cell.replace(",", ".")
        return float(written) if is_number(written) else cell

    def read_numbers(self, values: NDArray[np.float64], first_row: int) -> None:
        """Add numbers (k,) that were never text; NaN is a gap."""
        self.numeric = 1.0
        for row in np.flatnonzero(np.isnan(values)):
            self.gaps.setdefault("nan", array("q")).append(first_row + int(row))
        infinite = np.flatnonzero(np.isinf(values))
        if self.refused is None and infinite.size:
            self.refused = first_row + int(infinite[0]), repr(float(values[infinite[0]]))
            self.numbers.clear()
        if self.refused is None:
            self.numbers.append(values)
        if not self.has_few_classes:
            return
        each, first, places = np.unique(values, return_index=True, return_inverse=True)
        if each.size > MOST_LABELS:
            each, first = each[: MOST_LABELS + 1], first[: MOST_LABELS + 1]
        for value, row in sorted(zip(each.tolist(), first.tolist(), strict=True), key=lambda pair: pair[1]):
            spelt = repr(value).removesuffix(".0")
            key = spelt if is_gap(spelt) else value
            self.classes.setdefault(key, (first_row + row, spelt))
        if not self.has_few_classes:
            self.codes.clear()
            return
        order = {key: code for code, key in enumerate(self.classes)}
        codes = [order["nan" if np.isnan(value) else value] for value in each.tolist()]
        self.codes.append(np.array(codes, np.int16)[places])

    def first_gap(self, kept: NDArray[np.bool_]) -> tuple[int, str] | None:
        """Return the first row that holds a gap, of those that are kept (m,), and how it is written."""
        found = []
        for cell, places in self.gaps.items():
            rows = np.frombuffer(places, np.int64)
            rows = rows[kept[rows]]
            if rows.size:
                found.append((int(rows[0]), cell))
        return min(found, default=None)


def is_number(cell: str) -> bool:
    """Return whether a cell is a finite number, written as a table may."""
    try:
        return math.isfinite(float(cell)) and "_" not in cell
    except ValueError:
        return False


def _numbers(cells: list[str], comma: bool) -> NDArray[np.float64]:
    if comma:
        if any("." in cell for cell in cells):
            raise ValueError("no decimal points among decimal commas")
        cells = [cell.replace(",", ".") for cell in cells]
    values = np.fromiter(map(float, cells), np.float64, len(cells))
    if not np.isfinite(values).all() or "_" in "".join(cells):
        raise ValueError("float() accepts these, a table does not")
    return values
