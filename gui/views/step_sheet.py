"""The sheet of paper that the opened iteration is written on."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.theme import GRID
from gui.views.matrix import FEWEST, Grid
from gui.views.pieces import Piece, Size, Words
from gui.views.step_notation import BREAKS, Line
from gui.views.typesetting import Ink

MARGIN = 1.5 * GRID
GAP = 0.5 * GRID  # above each row, and once more above each line
SPACE = 0.75 * GRID  # between two pieces
INDENT = 2 * GRID  # of a line that goes on below
COLUMN = 7 * GRID  # pixels of a matrix's column, about
HEADING = Size(0, 22, 8)


class Sheet(QGraphicsItem):
    """Lines one below another, broken where they are wider than the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(self.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self._ink: Ink | None = None
        self._placed: list[tuple[Line, list[tuple[Piece, float]], float, float, float]] = []
        self._width, self._height, self._columns = 0.0, 0.0, FEWEST

    def show_lines(self, lines: list[Line], ink: Ink, width: float) -> None:
        """Write other lines, on a sheet of that width."""
        self._ink = ink
        self._columns = max(FEWEST, round((width - 14 * GRID) / COLUMN) - 3)
        self._placed = []
        y = MARGIN / 2
        for line in lines:
            y += GAP
            for row in [line.pieces] if line.is_heading else self._broken(line, width):
                further = row[0] is not line.pieces[0] and not line.is_sentence
                y = self._place(line, row, y, INDENT if further else 0.0)
        if (width, y + MARGIN) != (self._width, self._height):
            self.prepareGeometryChange()
            self._width, self._height = width, y + MARGIN
        self.update()

    def top_of(self, name: str) -> float:
        """Return where the line of that name begins."""
        return next((top for line, _, top, *_ in self._placed if line.name == name), 0.0)

    def line_at(self, y: float) -> str:
        """Return the name of the line to which the first row belongs that is whole where the sheet is seen from y on."""
        return next((line.name for line, _, top, *_ in self._placed if top >= y), "")

    def cut(self, top: float, bottom: float) -> None:
        """Leave out the rows that are not wholly between two heights, until other lines are written."""
        self._placed = [placed for placed in self._placed if top <= placed[2] and placed[4] <= bottom]

    @property
    def lines(self) -> list[Line]:
        """The lines that are written, in their order."""
        return list(dict.fromkeys(line for line, *_ in self._placed))

    @property
    def rightmost(self) -> float:
        """How far the longest row reaches."""
        return max(pieces[-1][1] + self._size(pieces[-1][0]).width for _, pieces, *_ in self._placed)

    def _size(self, piece: Piece) -> Size:
        assert self._ink is not None
        return piece.measure(self._ink, self._columns)

    def _place(self, line: Line, row: tuple[Piece, ...], y: float, indent: float) -> float:
        """Put a row of pieces below y; return where it ends."""
        sizes = [self._size(piece) for piece in row] + ([HEADING] if line.is_heading else [])
        ascent, descent = max(size.ascent for size in sizes), max(size.descent for size in sizes)
        x = MARGIN + indent
        pieces = []
        for piece, size in zip(row, sizes, strict=False):
            pieces.append((piece, x))
            x += size.width + (GRID * 0.4 if isinstance(piece, Words) else SPACE)
        baseline = y + GAP + ascent
        self._placed.append((line, pieces, y, baseline, baseline + descent))
        return baseline + descent

    def _broken(self, line: Line, width: float) -> list[tuple[Piece, ...]]:
        """Return the pieces of a line in rows that fit."""
        chunks: list[list[Piece]] = []
        for piece in line.pieces:
            factor = isinstance(piece, Grid) and chunks and isinstance(chunks[-1][-1], Grid)
            if not chunks or piece in BREAKS or isinstance(piece, Words) or factor:
                chunks.append([])
            chunks[-1].append(piece)
        rows: list[list[Piece]] = []
        x = 0.0
        for chunk in chunks:
            room = sum(self._size(piece).width + SPACE for piece in chunk)
            if not rows or MARGIN + x + room > width - MARGIN:
                x = INDENT if rows else 0.0
                rows.append([])
            rows[-1] += chunk
            x += room
        return [tuple(row) for row in rows]

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        ink = self._ink
        if ink is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen: QRectF = option.exposedRect
        for line, pieces, top, baseline, bottom in self._placed:
            if bottom < seen.top() or top > seen.bottom():
                continue
            if line.is_heading:
                painter.setFont(ink.heading)
                painter.setPen(ink.text)
                painter.drawText(QPointF(MARGIN, baseline), line.text)
                continue
            for piece, x in pieces:
                piece.paint(painter, ink, self._columns, x, baseline)
