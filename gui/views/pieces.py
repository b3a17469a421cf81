"""What a line of mathematics is made of: formulas, numbers, matrices, fractions and words, side by side."""

import math
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from gui.theme import GRID
from gui.views.typesetting import Ink

AXIS = 4.5  # pixels above the baseline, where fraction bars and the middle of matrices are


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
        ink.formula(self.latex).paint(painter, ink.text, x, y)

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
