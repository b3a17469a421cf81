"""A confusion matrix as a small table, with the numbers that are made of it below."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from engine.model.classification import Confusion
from gui import theme as tokens
from gui.theme import GRID, Theme
from gui.views.view import plain

FEWEST = 8.25  # lines that the table is high, at least
ROOMY = QSizeF(42 * GRID, 50 * GRID)  # pixels from which on the type is larger
SIDE = 0.3  # of the width, at most, for the names of the rows
UNDEFINED = "–"
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Cell(NamedTuple):
    """How many points of one class are called which."""

    points: int
    share: float
    """Of all points of that class; NaN where there is none."""
    right: bool
    hint: str


class Score(NamedTuple):
    """A number made of the matrix."""

    name: str
    words: str
    hint: str


class ConfusionTable(QGraphicsWidget):
    """Rows are what points are, columns what they are called."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._theme: Theme | None = None
        self._names = ("", "")
        self.confusion = Confusion(0, 0, 0, 0)
        self.cells: list[Cell] = []
        """The four cells, row by row."""
        self.scores: list[Score] = []
        self._places: list[tuple[QRectF, str]] = []  # where the mouse reads which hint
        self.setAcceptHoverEvents(True)
        self.setMinimumHeight(FEWEST * 2 * GRID)

    @property
    def description(self) -> str:
        """All that the table says, in words."""
        hints = [cell.hint for cell in self.cells]
        return " ".join(
            [f"{self._title}: {self.confusion.m:,}.", *hints, *(f"{s.name} {s.words}." for s in self.scores)]
        )

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def show_counts(self, confusion: Confusion, names: tuple[str, str]) -> None:
        """Show how points of two classes with these names are called."""
        if (confusion, names) == (self.confusion, self._names) and self.cells:
            return
        self.confusion, self._names = confusion, names
        self.cells = list(_cells(confusion, names))
        self.scores = list(_scores(confusion, names))
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self._theme
        if theme is None or not self.cells:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.size().width() - GRID, self.size().height()
        roomy = width >= ROOMY.width() and height >= ROOMY.height()
        small, large, line = (
            (tokens.BODY, tokens.LARGE, 3 * GRID) if roomy else (tokens.SMALL, tokens.BODY, 2 * GRID)
        )
        font, bold = tokens.font(small), tokens.font(small, QFont.Weight.DemiBold)
        fonts = tokens.font(large, QFont.Weight.DemiBold), font
        measure = QFontMetricsF(font)
        rows = self._fitting(measure, "is", SIDE * width - GRID)
        side = min(max(map(measure.horizontalAdvance, rows)) + GRID, SIDE * width)
        across = min((width - side) / 2, 9 * line)
        room = height - (2 + len(self.scores)) * line
        gap = line / 2 if room > 4 * line else 0.0
        down = min((room - gap) / 2, 5.5 * line)
        left, top = float(GRID), 0.0
        self._places = []

        def write(area: QRectF, words: str, font: QFont, colour: str, how: Qt.AlignmentFlag) -> None:
            painter.setFont(font)
            painter.setPen(QColor(colour))
            short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, int(how), short)

        title = f"{self._title} · {self.confusion.m:,}"
        write(QRectF(left, top, width, line), title, bold, theme.text, LEFT)
        top += line
        for column, name in enumerate(self._fitting(measure, "called", across)):
            area = QRectF(left + side + column * across, top, across, line)
            write(area, name, font, theme.muted, CENTRE)
        top += line
        for row, name in enumerate(rows):
            write(QRectF(left, top, side, down), name, font, theme.muted, LEFT)
            for column in (0, 1):
                area = QRectF(left + side + column * across, top, across, down).adjusted(1, 1, -1, -1)
                self._draw_cell(painter, area, self.cells[2 * row + column], row, theme, fonts, line)
            top += down
        top += gap
        for score in self.scores:
            area = QRectF(left, top, side + 2 * across, line)
            self._places.append((area, score.hint))
            write(area, score.name, font, theme.muted, LEFT)
            write(area, score.words, bold, theme.text, RIGHT)
            top += line

    def _fitting(self, measure: QFontMetricsF, word: str, width: float) -> list[str]:
        """Return the names of the classes after a word, or alone where there is no room for both."""
        whole = [f"{word} {name}" for name in self._names]
        return whole if max(map(measure.horizontalAdvance, whole)) <= width else list(self._names)

    def _draw_cell(
        self,
        painter: QPainter,
        area: QRectF,
        cell: Cell,
        row: int,
        theme: Theme,
        fonts: tuple[QFont, QFont],
        line: float,
    ) -> None:
        """Draw a cell, shaded by its share with the colour of the class that the points are."""
        self._places.append((area, cell.hint))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(area, GRID / 2, GRID / 2)
        shade = QColor(theme.areas[row])
        shade.setAlphaF(0.0 if math.isnan(cell.share) else theme.heat * cell.share)
        painter.setBrush(shade)
        painter.setPen(QColor(theme.line))
        painter.drawRoundedRect(area, GRID / 2, GRID / 2)
        strong, font = fonts
        mark = "✓ right" if cell.right else "✗ wrong"
        lines = [(f"{cell.points:,}", strong), (percent(cell.share), font), (mark, font)]
        if area.height() < 1.5 * line:
            lines = [(f"{cell.points:,} {mark[0]}", font)]
        elif area.height() < 3 * line:
            del lines[1]
        line = min(line, area.height() / len(lines))
        top = area.center().y() - len(lines) * line / 2
        painter.setPen(QColor(theme.text))
        for words, font in lines:
            painter.setFont(font)
            painter.drawText(QRectF(area.left(), top, area.width(), line), int(CENTRE), words)
            top += line

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.setToolTip(plain(self.hint_at(event.pos())))

    def hint_at(self, place: QPointF) -> str:
        """Return what there is to say of a cell or a number at a place; nothing elsewhere."""
        return next((hint for area, hint in self._places if area.contains(place)), "")


def percent(share: float) -> str:
    """Return a share as a person reads it."""
    return UNDEFINED if math.isnan(share) else f"{share:.1%}"


def _cells(confusion: Confusion, names: tuple[str, str]) -> Iterator[Cell]:
    for row, counts in enumerate((confusion[:2], confusion[2:])):
        for column, count in enumerate(counts):
            whole = sum(counts)
            share = count / whole if whole else math.nan
            right = row == column
            known = f"{'True' if right else 'False'} {'positive' if column else 'negative'}"
            kind = f"{known}s: {count:,} of the {whole:,} that are {names[row]} are called {names[column]}."
            yield Cell(count, share, right, kind)


def _scores(confusion: Confusion, names: tuple[str, str]) -> Iterator[Score]:
    """Yield the numbers, each with its formula or the reason why there is none."""
    true_negative, false_positive, false_negative, true_positive = confusion
    positive = names[1]
    right, called = true_negative + true_positive, true_positive + false_positive
    are = true_positive + false_negative
    no_points = "There are no points."
    for name, value, formula, why in (
        (
            "accuracy",
            confusion.accuracy,
            f"{right:,} of {confusion.m:,} points are called what they are.",
            no_points,
        ),
        (
            "precision",
            confusion.precision,
            f"{true_positive:,} of the {called:,} called {positive} are {positive}.",
            f"No point is called {positive}, so there is nothing to be precise about.",
        ),
        (
            "recall",
            confusion.recall,
            f"{true_positive:,} of the {are:,} that are {positive} are called so.",
            f"No point is {positive}, so none can be found.",
        ),
        (
            "F1",
            confusion.f1,
            "The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN).",
            f"No point is {positive} or called so.",
        ),
    ):
        undefined = math.isnan(value)
        yield Score(name, percent(value), (why if confusion.m else no_points) if undefined else formula)
