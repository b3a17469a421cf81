"""A table that has been read, and the points that it gives once columns, label and classes are chosen.

It is read once; every other choice then makes other points without going back to the file.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Column
from engine.data.dataset import MAX_FEATURES, MAX_POINTS, DataError, Dataset
from engine.data.gaps import GAP_RULES, GapRule, is_gap
from engine.data.labels import OTHER, UNLABELLED, offered, two_classes
from engine.data.names import ColumnNames
from engine.data.refusals import why_refused
from engine.data.rows import Row, Rows, looks_numeric, short

SHORT = 5  # rows; in fewer any column of numbers may have two values
FEW = 20  # labels that a column of classes has at most, by the look of it
LABEL_NAMES = {"label", "class", "target", "y", "species", "diagnosis"}
COUNTER_NAMES = {"id", "index", "row", "rowid"}
MOST_COLUMNS = 16_384
MOST_NUMBERS = 100_000_000  # of one table; they need 800 MB
BLOCK = 16_384  # rows, of a table with few columns
BLOCK_CELLS = 262_144  # of a table with many
HEAD = 100  # rows that are kept as text, to be looked at
EVERY = "*"  # in place of names: every column of numbers


@dataclass(frozen=True)
class Choice:
    """Which points a table gives."""

    columns: tuple[str, ...] | None = None
    """The inputs, by name or by number from 1; `*` alone is every column of numbers; None is two likely ones."""
    label: str = ""
    """The column that holds the class; empty is a likely one."""
    classes: tuple[str, ...] | None = None
    """The labels of class 0 and of class 1, one of them perhaps `*`, the rest; None takes the only two."""
    gaps: str = "refuse"
    """The name of one of `GAP_RULES`."""

    @property
    def named(self) -> tuple[str, ...]:
        """The inputs that are named; `*` names none."""
        return () if self.columns is None or self.columns == (EVERY,) else self.columns


@dataclass(eq=False)
class Table:
    """The columns of a table, and where in the file each of its rows is."""

    rows: Rows
    names: list[str]
    header: bool
    """Whether the names are the file's own, and not numbers."""
    columns: dict[int, Column]
    """Each column that was read, by its place."""
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    """The number that each row has in the file."""
    head: list[list[str]] = field(default_factory=list)
    """The first rows as they are written."""
    title: str = ""
    held: NDArray[np.bool_] | None = None
    """(m,), which rows are for the test alone, where the file says so."""

    @cached_property
    def by_name(self) -> ColumnNames:
        """The columns as a choice names them."""
        return ColumnNames(self.names, self.header)

    @property
    def notes(self) -> list[str]:
        """How the file was read, where that was not plain."""
        return self.rows.notes

    def place(self, row: int, column: int) -> str:
        """Return where a cell stands."""
        return self.rows.cell(self.lines[row], column, self.names[column])

    def suits(self, choice: Choice) -> bool:
        """Return whether the file read for this choice is the same: a name that it asks for can make a header."""
        first = self.names if self.header else list(map(str.strip, self.head[0]))
        return _is_header(first, choice) == self.header

    def dataset(self, choice: Choice) -> Dataset:
        """Return the points that a choice gives. Raises DataError, with a sentence that says where."""
        features, target = self.chosen(choice)
        rule, name = GAP_RULES[choice.gaps], self.names[target]
        prefix = name if self.header else "class"
        sides, class_names = two_classes(
            self.columns[target],
            name,
            choice.classes,
            prefix,
            lambda row: self.place(row, target),
            gaps_allowed=rule.close is not None,
        )
        labelled = sides >= 0
        X, y = self._numbers(features, labelled, rule), sides[labelled].astype(np.float64)
        held = None if self.held is None else self.held[labelled]
        notes = [
            _told(sides == OTHER, "with other labels left out"),
            _told(sides == UNLABELLED, "without a label left out"),
            _told(np.any(np.isnan(X), axis=0), rule.note),
        ]
        if rule.close is not None:
            X, stay = rule.close(X)
            X, y, held = X[:, stay], y[stay], None if held is None else held[stay]
        for label, class_name in enumerate(class_names):
            if not np.any(y == label):
                raise DataError(f"column {short(name)}: every row of {short(class_name)!r} has a gap.")
        own = tuple(self.names[i] if self.header else f"column {self.names[i]}" for i in features)
        return Dataset.of(
            X,
            y,
            self.title,
            feature_names=own,
            class_names=class_names,
            label_name=prefix,
            held=held,
            notes=(*self.notes, *filter(None, notes)),
            **offered(self.columns[target], choice.classes),
        )

    def chosen(self, choice: Choice) -> tuple[list[int], int]:
        """Return the places of the inputs and of the label, likely ones where none are named."""
        every = choice.columns == (EVERY,)
        features, label = self.by_name.chosen(choice.named, choice.label)
        target = self._likely_label(features) if label is None else label
        features = features or self.measured(target)[: None if every else 2]
        if len(features) > MAX_FEATURES:
            raise DataError(
                f"{len(features):,} columns are too many inputs; at most {MAX_FEATURES:,} can be used."
            )
        return features, target

    def _likely_label(self, features: list[int]) -> int:
        free = [i for i in self.columns if i not in features]
        folded = [name.casefold() for name in self.names]
        # Beside a column x, a column y is a coordinate.
        usual = LABEL_NAMES - {"y"} if "x" in folded else LABEL_NAMES
        named = [i for i in free if folded[i] in usual]
        pairs = [i for i in free if len(self.columns[i].labels) == 2]
        words = [i for i in free if self.columns[i].numeric < 0.5]
        few = [i for i in words if 2 <= len(self.columns[i].labels) <= FEW]  # neither a date nor a remark
        short_table = words if len(self.lines) < SHORT else []
        for likely in (named, [i for i in words if i in pairs], few, short_table):
            if len(likely) == 1:
                return likely[0]
        return (pairs or few or words or free)[-1]

    def measured(self, target: int) -> list[int]:
        """Return the columns beside the label that look like measurements. Raises DataError for none."""
        free = [i for i in self.columns if i != target]
        numeric = [i for i in free if self.columns[i].numeric >= 0.5]
        if len(numeric) < 2:
            numeric = [i for i in free if self.columns[i].numeric > 0.0]
        if not numeric:
            raise DataError(
                f"beside the label, column {short(self.names[target])}, there must be a column of numbers; "
                "there is none."
            )
        folded = {i: self.names[i].casefold() for i in numeric}
        measured = [
            i for i in numeric if folded[i] not in COUNTER_NAMES and not folded[i].startswith("unnamed")
        ]
        return measured if len(measured) >= 2 else numeric

    def _numbers(self, features: list[int], kept: NDArray[np.bool_], rule: GapRule) -> NDArray[np.float64]:
        """Return the numbers in the kept rows (m,), shape (n_x, kept), NaN where there is a gap that may be."""
        for i in features:
            column = self.columns[i]
            gap = column.first_gap(kept) if rule.close is None else None
            wrong = min(filter(None, (column.refused, gap)), default=None)
            if wrong is not None:
                row, cell = wrong
                raise DataError(f"{self.place(row, i)}: {why_refused(cell, self.rows.comma)}")
        X = np.stack([np.concatenate(self.columns[i].numbers) for i in features])
        X = X if kept.all() else X[:, kept]
        empty = np.isnan(X).all(axis=1)
        if empty.any():
            name = short(self.names[features[int(np.argmax(empty))]])
            raise DataError(f"column {name}: there is no number in any row that is used.")
        return X


Watch = Callable[[float], None]
"""Is told, while a file is read, how much of it has been read; it may raise `Cancelled`."""


class Cancelled(Exception):
    """The person does not want the file any more."""


def unwatched(share: float) -> None:
    """Let the reading go on."""


def table_of(source: Rows, choice: Choice, watch: Watch = unwatched, whole: bool = True) -> Table:
    """Return the table in rows of text; a column that the choice names makes the first row a header.

    Unless it is to be `whole`, only the columns are read that the choice names. Raises DataError, with a sentence that
    says where.
    """
    rows = source.rows
    first = next(rows, None)
    if first is None:
        raise DataError("the file is empty; it must hold a column of numbers and one of labels.")
    cells = [cell.strip() for cell in first[1]]
    if len(cells) < 2:
        between = "" if source.sheet else ", with commas, semicolons or tabs between them"
        raise DataError(
            f"{source.line(first[0])}: the number of columns is 1; one of numbers and one of labels are needed{between}."
        )
    if len(cells) > MOST_COLUMNS:
        raise DataError(
            f"{source.line(first[0])}: the number of columns is {len(cells):,}; at most {MOST_COLUMNS:,} can be read."
        )
    header = _is_header(cells, choice)
    if header:
        names = [cell or f"unnamed {i}" for i, cell in enumerate(cells, 1)]
    else:
        names = [str(i) for i in range(1, len(cells) + 1)]
        rows = chain([first], rows)
    features, label = ColumnNames(names, header).chosen(choice.named, choice.label)
    wanted: Sequence[int] = range(len(names))
    if not whole and features and label is not None:
        wanted = [*features, label]
    table = Table(source, names, header, {i: Column(source.comma) for i in wanted})
    _read(rows, first, table, watch)
    if not table.lines:
        raise DataError("there is a header but no points below it.")
    return table


def _read(rows: Iterator[Row], first: Row, table: Table, watch: Watch) -> None:
    width, source = len(first[1]), table.rows
    size = min(BLOCK, max(1, BLOCK_CELLS // width))
    while block := list(islice(rows, size)):
        watch(source.share())
        row = len(table.lines)
        check_size(row + len(block), len(table.columns))
        for number, cells in block:
            if len(cells) != width:
                counts = f"{len(cells)}, not {width} as on {source.line(first[0])}"
                raise DataError(f"{source.line(number)}: the number of cells is {counts}.")
            table.lines.append(number)
        if row == 0:
            table.head = [cells for _, cells in block[:HEAD]]
        by_column = list(zip(*(cells for _, cells in block), strict=True))
        for i, column in table.columns.items():
            column.read(list(map(str.strip, by_column[i])), row)


def check_size(m: int, columns: int) -> None:
    """Refuse more points or numbers than can be used, before they fill the memory."""
    if m > MAX_POINTS:
        raise DataError(f"there are more than {MAX_POINTS:,} points, the most that can be used.")
    if m * columns > MOST_NUMBERS:
        raise DataError(
            f"{columns:,} columns with more than {MOST_NUMBERS // columns:,} rows are too much to read; "
            "name fewer columns."
        )


def _told(rows: NDArray[np.bool_], what: str) -> str:
    """Return what happened to so many rows; nothing when there are none."""
    count = np.count_nonzero(rows)
    return f"{count:,} {'row' if count == 1 else 'rows'} {what}" if count else ""


def _is_header(cells: list[str], choice: Choice) -> bool:
    asked = [*(choice.columns or ()), choice.label]
    if any(name and name in cells and not looks_numeric(name) for name in asked):
        return True
    return sum(looks_numeric(cell) or (cell != "" and is_gap(cell)) for cell in cells) < 2
