"""Matrices in brackets, as large as there is room for."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.model.activations import Array
from gui.theme import GRID
from gui.views.pieces import AXIS, Size, shown
from gui.views.typesetting import Ink

ROW = 2.25 * GRID  # pixels from one row of a matrix to the next
GAP = 1.5 * GRID  # pixels between the columns of a matrix
LIP = 4.0  # pixels, the ends of a bracket
MOST_ROWS = 8  # of a matrix that is shown whole; of a larger one the first rows and the last
FIRST_ROWS = 3
FEWEST = 4  # columns that are shown, dots included
MOST_COLUMNS = 8  # that are read aloud
DOTS_DOWN, DOTS_ACROSS, DOTS_BOTH = "⋮", "⋯", "⋱"


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
