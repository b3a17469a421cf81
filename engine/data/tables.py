"""Tables as points, in two steps: a reader turns a file into rows of text, and the rows become a `Dataset`.

Another kind of file is another row in `READERS`; which columns are used and what is refused is decided once.
"""

import math
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import MAX_FEATURES, MAX_POINTS, DataError, Dataset, numbered_names
from engine.data.text_rows import Row, looks_numeric, text_rows

LABEL_NAMES = {"label", "class", "target", "y", "species", "diagnosis"}
COUNTER_NAMES = {"id", "index", "row", "rowid"}
GAPS = {"", "na", "n/a", "nan", "null", "?"}
BLOCK = 16_384  # rows
EVERY = "*"  # in place of names: every column of numbers


def read_table(path: Path, columns: tuple[str, ...] | None = None, label: str | None = None) -> Dataset:
    """Return the points of a table file: some `columns` of numbers, and a `label` column with two classes.

    Columns go by the name in the header or by their number from 1, and `*` is every column of numbers; without
    them, two likely ones are chosen.
    Raises DataError, with one sentence that names the file and the place, for whatever cannot be read.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise DataError("this is a folder, not a file.")
        with path.open("rb") as file:
            reader = READERS.get(path.suffix.lower())
            if reader is None:
                raise DataError(f"only tables that end in {', '.join(READERS)} can be read.")
            return dataset_of(reader(file), path.stem, columns, label)
    except DataError as error:
        raise DataError(f"{name}: {error}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(f"{name}: the file cannot be read ({reason}).") from error


def dataset_of(
    rows: Iterator[Row], title: str, columns: tuple[str, ...] | None = None, label: str | None = None
) -> Dataset:
    """Return the points in rows of text, with the columns chosen as `read_table` says.

    Raises DataError, with a sentence that names the line and the column.
    """
    first = next(rows, None)
    if first is None:
        raise DataError("the file is empty; it must hold two columns of numbers and one of labels.")
    cells = [cell.strip() for cell in first[1]]
    if len(cells) < (2 if columns else 3):
        raise DataError(
            f"line {first[0]}: the number of columns is {len(cells)}; two of numbers and one of labels are "
            "needed, with commas, semicolons or tabs between them."
        )
    header = _is_header(cells, [*(columns or ()), label or ""])
    if header:
        names = [cell or f"unnamed {i}" for i, cell in enumerate(cells, 1)]
    else:
        names = [str(i) for i in range(1, len(cells) + 1)]
        rows = chain([first], rows)
    every = columns == (EVERY,)
    features = [] if every else [_find(names, name, header) for name in columns or ()]
    target = None if label is None else _find(names, label, header)
    chosen = [*features, *([] if target is None else [target])]
    if len(set(chosen)) < len(chosen):
        raise DataError("the features and the label must be different columns.")

    table, lines = _read(rows, first, chosen if features and target is not None else range(len(names)))
    if not lines:
        raise DataError("there is a header but no points below it.")
    if target is None:
        target = _likely_label(names, table, features)
    features = features or _likely_features(names, table, target, None if every else 2)
    if len(features) > MAX_FEATURES:
        raise DataError(
            f"{len(features):,} columns are too many inputs; at most {MAX_FEATURES:,} can be used."
        )
    y, class_names = _labels(table[target], names[target], header, lines)
    X = np.stack([_feature(table[i], names[i], lines) for i in features])
    feature_names = tuple(names[i] for i in features) if header else numbered_names(len(features))
    return Dataset.of(X, y, title, feature_names=feature_names, class_names=class_names)


@dataclass
class _Column:
    """A column as it is read: its numbers while there are only numbers, its classes while they are few.

    Kept for every column until one is chosen, so the text itself can be let go of.
    """

    numbers: list[NDArray[np.float64]] = field(default_factory=list)
    refused: tuple[int, str] | None = None
    """The first row that is not a number, and what stands there."""
    numeric: float = 0.0
    """The fraction of numbers in the first block, gaps aside; one typing error makes no column of words."""
    classes: dict[float | str, tuple[int, str]] = field(default_factory=dict)
    """Each different value, 1 and 1.0 being the same, with its first row and spelling; at most four."""
    codes: list[NDArray[np.int8]] = field(default_factory=list)
    spellings: dict[str, int] = field(default_factory=dict)
    """The place in `classes` of each way to write one; `codes` are these places, row by row."""

    def read(self, cells: list[str], first_row: int) -> None:
        """Add the next cells, of which the first belongs to `first_row`."""
        if first_row == 0:
            filled = [cell for cell in cells if cell.casefold() not in GAPS]
            self.numeric = sum(map(looks_numeric, filled)) / len(filled) if filled else 1.0
        if self.refused is None:
            try:
                self.numbers.append(_numbers(cells))
            except ValueError:
                row, cell = next((i, cell) for i, cell in enumerate(cells) if not _is_number(cell))
                self.refused = first_row + row, cell
                self.numbers.clear()
        if len(self.classes) < 4:
            self._classify(cells, first_row)

    def _classify(self, cells: list[str], first_row: int) -> None:
        for cell in dict.fromkeys(cells):
            if cell not in self.spellings:
                value = float(cell) if _is_number(cell) else cell
                self.classes.setdefault(value, (first_row + cells.index(cell), cell))
                if len(self.classes) == 4:
                    return
                self.spellings[cell] = list(self.classes).index(value)
        self.codes.append(np.fromiter(map(self.spellings.__getitem__, cells), np.int8, len(cells)))


def _read(rows: Iterator[Row], first: Row, wanted: Sequence[int]) -> tuple[dict[int, _Column], "array[int]"]:
    table = {i: _Column() for i in wanted}
    lines = array("q")
    width = len(first[1])
    while block := list(islice(rows, BLOCK)):
        row = len(lines)
        if row + len(block) > MAX_POINTS:
            raise DataError(f"there are more than {MAX_POINTS:,} points, the most that can be used.")
        for line, cells in block:
            if len(cells) != width:
                counts = f"{len(cells)}, not {width} as on line {first[0]}"
                raise DataError(f"line {line}: the number of cells is {counts}.")
            lines.append(line)
        by_column = list(zip(*(cells for _, cells in block), strict=True))
        for i, column in table.items():
            column.read(list(map(str.strip, by_column[i])), row)
    return table, lines


def _find(names: list[str], name: str, header: bool) -> int:
    places = [i for i, other in enumerate(names) if other == name]
    if len(places) > 1:
        raise DataError(f"{len(places)} columns are called {_short(name)}; choose one by its number, from 1.")
    numbers = [str(i + 1) for i in range(len(names))]
    if not places and name not in numbers:
        listed = ", ".join(map(_short, names[:20])) + (", …" if len(names) > 20 else "")
        why = "" if header else ", as there is no header"
        raise DataError(f"there is no column {_short(name)}; the columns are {listed}{why}.")
    return places[0] if places else numbers.index(name)


def _likely_label(names: list[str], table: dict[int, _Column], features: list[int]) -> int:
    free = [i for i in table if i not in features]
    folded = [name.casefold() for name in names]
    # Beside a column x, a column y is a coordinate.
    usual = LABEL_NAMES - {"y"} if "x" in folded else LABEL_NAMES
    named = [i for i in free if folded[i] in usual]
    words = [i for i in free if table[i].numeric < 0.5]
    pairs = [i for i in free if len(table[i].classes) == 2]
    for likely in (named, words):
        if len(likely) == 1:
            return likely[0]
    return (pairs or free)[-1]


def _likely_features(
    names: list[str], table: dict[int, _Column], target: int, count: int | None
) -> list[int]:
    """Return the first `count` columns that look like measurements, or all of them."""
    free = [i for i in table if i != target]
    numeric = [i for i in free if table[i].numeric >= 0.5]
    if len(numeric) < 2:
        numeric = [i for i in free if table[i].numeric > 0.0]
    if len(numeric) < 2:
        raise DataError(
            f"beside the label, column {_short(names[target])}, there must be two columns of numbers; "
            f"there is {len(numeric) or 'none'}."
        )
    folded = {i: names[i].casefold() for i in numeric}
    measured = [i for i in numeric if folded[i] not in COUNTER_NAMES and not folded[i].startswith("unnamed")]
    return (measured if len(measured) >= 2 else numeric)[:count]


def _labels(
    column: _Column, name: str, header: bool, lines: "array[int]"
) -> tuple[NDArray[np.float64], tuple[str, str]]:
    where = f"column {_short(name)}"
    values = list(column.classes)
    rows, cells = zip(*column.classes.values(), strict=True)
    said = [repr(_short(cell)) for cell in cells]
    for row, cell in zip(rows, cells, strict=True):
        if cell.casefold() in GAPS:
            what = f"{cell!r} is not a label" if cell else "the cell is empty"
            raise DataError(f"line {lines[row]}, {where}: {what}; every point needs one of two labels.")
    if len(values) > 2:
        raise DataError(
            f"line {lines[rows[2]]}, {where}: {said[2]} is a third label, after {said[0]} and {said[1]}; "
            "there must be exactly two."
        )
    if len(values) < 2:
        raise DataError(f"{where}: every label is {said[0]}; there must be exactly two different ones.")
    kinds = set(map(type, values))
    if len(kinds) > 1:
        raise DataError(f"{where}: the labels {said[0]} and {said[1]} must be two numbers or two words.")
    if kinds == {float}:
        zero, one = sorted((0, 1), key=values.__getitem__)
        prefix = name if header else "class"
        cells = tuple(f"{prefix} {value!r}".removesuffix(".0") for value in values)
    else:
        zero, one = sorted((0, 1), key=lambda code: (cells[code].casefold(), cells[code]))
    return (np.concatenate(column.codes) == one).astype(np.float64), (cells[zero], cells[one])


def _feature(column: _Column, name: str, lines: "array[int]") -> NDArray[np.float64]:
    if column.refused is None:
        return np.concatenate(column.numbers)
    row, cell = column.refused
    raise DataError(f"line {lines[row]}, column {_short(name)}: {_why_refused(cell)}")


def _why_refused(cell: str) -> str:
    what = f"{_short(cell)!r} is not a number" if cell else "the cell is empty"
    advice = "every point needs a number, such as 39.1 or -2e3"
    if looks_numeric(cell):
        if "_" in cell:
            advice = "write it without the underscore"
        elif "," in cell:
            advice = f"decimals need a point, as in {_short(cell).replace(',', '.')}"
        else:
            what = f"{_short(cell)!r} is not a finite number"
    return f"{what}; {advice}."


def _numbers(cells: list[str]) -> NDArray[np.float64]:
    values = np.fromiter(map(float, cells), np.float64, len(cells))
    if not np.isfinite(values).all() or "_" in "".join(cells):
        raise ValueError("float() accepts these, a table does not")
    return values


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell)) and "_" not in cell
    except ValueError:
        return False


def _is_header(cells: list[str], asked: list[str]) -> bool:
    if any(name and name in cells and not looks_numeric(name) for name in asked):
        return True
    return sum(looks_numeric(cell) or cell.casefold() in GAPS - {""} for cell in cells) < 2


def _short(text: str) -> str:
    """Return the text on one line of at most 30 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:29] + "…"


READERS: dict[str, Callable[[BinaryIO], Iterator[Row]]] = {
    ".csv": text_rows,
    ".tsv": text_rows,
    ".txt": text_rows,
}
