"""What a line of mathematics is made of: formulas, numbers, matrices, fractions and words, side by side."""

import math
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.model.activations import Array
from gui.theme import GRID
from gui.views.typesetting import Ink

AXIS = 4.5  # pixels above the baseline, where fraction bars and the middle of matrices are
ROW = 2.25 * GRID  # pixels from one row of a matrix to the next
GAP = 1.5 * GRID  # pixels between the columns of a matrix
LIP = 4.0  # pixels, the ends of a bracket
MOST_ROWS = 8  # of a matrix that is shown whole; of a larger one the first rows and the last
FIRST_ROWS = 3
FEWEST = 4  # columns that are shown, dots included
MOST_COLUMNS = 8  # that are read aloud
DOTS_DOWN, DOTS_ACROSS, DOTS_BOTH = "⋮", "⋯", "⋱"


class Size(NamedTuple):
    """The room that something takes: from its left end, above its baseline and below."""

    width: float
    ascent: float
    descent: float


class Piece(Protocol):
    """Something in a line. `columns` is how many columns of a matrix there is room for."""

    def measure(self, ink: Ink, columns: int) -> Size:
        """Return the room it takes."""
        ...

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        """Draw it from x on, on the baseline y."""
        ...

    @property
    def numbers(self) -> tuple[float, ...]:
        """Every number in it, whether there is room for it or not."""
        ...

    @property
    def spoken(self) -> str:
        """It in plain text."""
        ...

    @property
    def formulas(self) -> tuple[str, ...]:
        """The formulas in it, in LaTeX."""
        ...


def shown(value: float) -> str:
    """Return a number in at most seven signs where that is possible."""
    size = abs(value)
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        text = "−∞" if value < 0 else "∞"
    elif value in (0, 1, -1):
        text = f"{value:.0f}"
    elif 0.01 <= size < 1000:
        text = f"{value:.{3 if size < 10 else 2 if size < 100 else 1}f}"
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "−")


@dataclass(frozen=True)
class Tex:
    """A formula in LaTeX, or an operator between numbers."""

    latex: str
    numbers: tuple[float, ...] = ()

    @property
    def formulas(self) -> tuple[str, ...]:
        return (self.latex,)

    def measure(self, ink: Ink, columns: int) -> Size:
        area = ink.formula(self.latex).area
        return Size(area.right(), -area.top(), area.bottom())

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        formula = ink.formula(self.latex)
        formula.renderer.render(painter, formula.area.translated(x, y))

    @property
    def spoken(self) -> str:
        return self.latex


@dataclass(frozen=True)
class Number:
    """A number; `bracketed` puts one below zero in brackets, as a factor has to be."""

    value: float
    bracketed: bool = False
    formulas: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        text = shown(self.value)
        return f"({text})" if self.bracketed and text.startswith("−") else text

    @property
    def numbers(self) -> tuple[float, ...]:
        return (float(self.value),)

    def measure(self, ink: Ink, columns: int) -> Size:
        return Size(ink.width(self.spoken), 11.0, 3.0)

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        painter.setFont(ink.numbers)
        painter.setPen(ink.text)
        painter.drawText(QPointF(x, y), self.spoken)


@dataclass(frozen=True)
class Words:
    """Quiet words."""

    spoken: str
    numbers: tuple[float, ...] = ()
    formulas: tuple[str, ...] = ()

    def measure(self, ink: Ink, columns: int) -> Size:
        return Size(ink.word_width(self.spoken), 11.0, 3.0)

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        painter.setFont(ink.words)
        painter.setPen(ink.muted)
        painter.drawText(QPointF(x, y), self.spoken)


@dataclass(frozen=True)
class Fraction:
    """One row of pieces over another."""

    top: tuple[Piece, ...]
    bottom: tuple[Piece, ...]

    def measure(self, ink: Ink, columns: int) -> Size:
        above, below = (row_size(each, ink, columns) for each in (self.top, self.bottom))
        width = max(above.width, below.width) + GRID / 2
        return Size(width, AXIS + 4 + above.ascent + above.descent, below.ascent + below.descent + 2 - AXIS)

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        above, below = (row_size(each, ink, columns) for each in (self.top, self.bottom))
        width = self.measure(ink, columns).width
        bar = y - AXIS
        paint_row(self.top, painter, ink, columns, x + (width - above.width) / 2, bar - 3 - above.descent)
        paint_row(self.bottom, painter, ink, columns, x + (width - below.width) / 2, bar + 2 + below.ascent)
        painter.setPen(QPen(ink.text, 1.0))
        painter.drawLine(QPointF(x, bar), QPointF(x + width, bar))

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(number for piece in (*self.top, *self.bottom) for number in piece.numbers)

    @property
    def formulas(self) -> tuple[str, ...]:
        return tuple(latex for piece in (*self.top, *self.bottom) for latex in piece.formulas)

    @property
    def spoken(self) -> str:
        return f"({spoken_row(self.top)}) / ({spoken_row(self.bottom)})"


class Layout(NamedTuple):
    """What of a matrix is shown, and where."""

    cells: list[list[str]]  # row by row, dots included
    widths: list[float]  # of the columns
    inner: float  # from bracket to bracket
    size: Size


class Grid:
    """A matrix in brackets, with its shape below it; of a large one its first rows and columns and its last."""

    formulas: tuple[str, ...] = ()

    def __init__(self, values: Array, m: int = 0) -> None:
        """Show `values` (r, c); with an `m`, they are the first columns and the last of as many."""
        self.values = values
        self.shape = (values.shape[0], m or values.shape[1])
        self.per_example = m > 0
        self._layouts: dict[int, Layout] = {}

    @property
    def numbers(self) -> tuple[float, ...]:
        return tuple(self.values.ravel().tolist())

    @property
    def caption(self) -> str:
        """Its shape."""
        return f"({self.shape[0]:,}, {self.shape[1]:,})"

    @property
    def spoken(self) -> str:
        rows = ("; ".join(" ".join(row) for row in self._cells(MOST_COLUMNS)),)
        return f"[{rows[0]}] {self.caption}"

    def _cells(self, columns: int) -> list[list[str]]:
        values, (r, m) = self.values, self.shape
        rows = _picked(r, r, MOST_ROWS, FIRST_ROWS)
        across = _picked(values.shape[1], m, columns, max(1, columns - 2))
        found = []
        for row in rows:
            if row is None:
                found.append([DOTS_BOTH if column is None else DOTS_DOWN for column in across])
            else:
                numbers = values[row].tolist()
                found.append([DOTS_ACROSS if column is None else shown(numbers[column]) for column in across])
        return found

    def _layout(self, ink: Ink, columns: int) -> Layout:
        """Lay it out once for each number of columns; a matrix of examples, of which there may be three, takes less."""
        columns = columns if not self.per_example else max(FEWEST, round(columns * 0.6))
        if columns not in self._layouts:
            cells = self._cells(columns)
            least = ink.width("−0.000")
            widths = []
            for texts in zip(*cells, strict=True):
                only_dots = all(text in (DOTS_ACROSS, DOTS_BOTH) for text in texts)
                widths.append(max([*map(ink.width, texts)] + ([] if only_dots else [least])))
            inner = sum(widths) + GAP * max(0, len(widths) - 1)
            half = len(cells) * ROW / 2
            width = max(inner + 2 * LIP + GRID, ink.word_width(self.caption))
            size = Size(width, half + AXIS + 2, half - AXIS + 2 * GRID)
            self._layouts[columns] = Layout(cells, widths, inner, size)
        return self._layouts[columns]

    def measure(self, ink: Ink, columns: int) -> Size:
        return self._layout(ink, columns).size

    def paint(self, painter: QPainter, ink: Ink, columns: int, x: float, y: float) -> None:
        cells, widths, inner, size = self._layout(ink, columns)
        middle, half = y - AXIS, len(cells) * ROW / 2
        first = x + (size.width - inner) / 2
        painter.setFont(ink.numbers)
        painter.setPen(ink.text)
        for row, texts in enumerate(cells):
            baseline = middle - half + (row + 0.5) * ROW + AXIS
            right = first
            for width, text in zip(widths, texts, strict=True):
                right += width
                space = ink.width(text)
                dots = text in (DOTS_DOWN, DOTS_BOTH, DOTS_ACROSS)
                left = right - (width + space) / 2 if dots else right - space
                painter.drawText(QPointF(left, baseline), text)
                right += GAP
        painter.setPen(QPen(ink.text, 1.0))
        for side, lip in ((first - LIP - 2, LIP), (first + inner + LIP + 2, -LIP)):
            painter.drawPolyline(
                [
                    QPointF(side + lip, middle - half),
                    QPointF(side, middle - half),
                    QPointF(side, middle + half),
                    QPointF(side + lip, middle + half),
                ]
            )
        painter.setFont(ink.words)
        painter.setPen(ink.muted)
        below = QRectF(x, middle + half + 1, size.width, 1.75 * GRID)
        painter.drawText(
            below, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter), self.caption
        )


def _picked(there: int, count: int, most: int, first: int) -> list[int | None]:
    """Return which of `count` places are shown, with None for those left out; `there` are at hand, with the last."""
    if count <= most and there == count:
        return list(range(count))
    return [*range(min(first, there - 1)), None, there - 1]


def row_size(pieces: tuple[Piece, ...], ink: Ink, columns: int) -> Size:
    """Return the room that pieces take side by side."""
    sizes = [piece.measure(ink, columns) for piece in pieces]
    width = sum(size.width for size in sizes) + GRID / 2 * (len(sizes) - 1)
    return Size(width, max(size.ascent for size in sizes), max(size.descent for size in sizes))


def paint_row(
    pieces: tuple[Piece, ...], painter: QPainter, ink: Ink, columns: int, x: float, y: float
) -> None:
    """Draw pieces side by side."""
    for piece in pieces:
        piece.paint(painter, ink, columns, x, y)
        x += piece.measure(ink, columns).width + GRID / 2


def spoken_row(pieces: tuple[Piece, ...]) -> str:
    """Return pieces in plain text."""
    return " ".join(piece.spoken for piece in pieces)
