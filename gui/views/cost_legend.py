"""What the curves of the cost are, in as many rows as it takes; and, in the first of them, what they say at one place."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from gui.theme import GRID
from gui.views.dots import Stamp
from gui.views.view import Key

ROW = 2 * GRID  # pixels
SPARE = 2 * GRID  # pixels more than a kept run's name, for its value
SAMPLE = 3 * GRID  # pixels, with the space after it
DOT = " · "


class Said(NamedTuple):
    """A part of a reading: in full, in short, and in the colour of its curve."""

    full: str
    short: str
    colour: str


class Place(NamedTuple):
    """Where an entry stands in its row, and how much room its words have."""

    across: float
    room: float
    sample: Stamp | QPen
    name: str
    kept: int
    """Which kept run it is; -1 for none."""


class Legend(Key):
    """A key whose entries go on in the next row, and that can read values instead.

    Kept runs have rows of their own below the others, in which their own values are read.
    """

    def __init__(self) -> None:
        super().__init__()
        self._measure = QFontMetricsF(self._font)
        self._reading: list[tuple[str, str]] = []
        self._said: list[Said] = []
        self._kept = 0
        self.kept_reading: list[str] = []
        """What is read of each kept run; empty where nothing is read."""
        self._rows: list[list[Place]] = []
        self.geometryChanged.connect(self._arrange)
        self.geometryChanged.connect(self._fit)

    @property
    def reading(self) -> str:
        """The values that are read, as far as there is room for them; empty where nothing is read."""
        return DOT.join(words for words, _ in self._reading)

    def show_entries(self, entries: list[tuple[Stamp | QPen, str]], colour: str, kept: int = 0) -> None:
        """Show what is drawn; the last entries are so many `kept` runs."""
        if (entries, QColor(colour), kept) != (self._entries, self._colour, self._kept):
            self._kept = kept
            super().show_entries(entries, colour)
            self._arrange()

    def read(self, said: list[Said], kept: list[str]) -> None:
        """Show values in the place of the first row, in short or only the first of them where room is scarce.

        `kept` is what is said of each kept run in the place of its name.
        """
        if (said, kept) != (self._said, self.kept_reading):
            self._said, self.kept_reading = said, kept
            self._fit()
            self.update()

    def _arrange(self) -> None:
        """Share the entries among rows."""
        width = self.size().width()
        rows: list[list[Place]] = [[]]
        across = float(GRID)
        first = len(self._entries) - self._kept
        for place, (sample, name) in enumerate(self._entries):
            needed = SAMPLE + self._measure.horizontalAdvance(name) + (place >= first) * SPARE
            if place == first or (rows[-1] and across + needed > width):
                rows.append([])
                across = float(GRID)
            room = max(0.0, min(needed, width - across) - SAMPLE)
            rows[-1].append(Place(across, room, sample, name, max(-1, place - first)))
            across += needed + 1.5 * GRID
        self._rows = rows
        self.take_room(len(rows) * ROW + GRID / 2)

    def _fit(self) -> None:
        room = self.size().width() - GRID

        def width(words: list[str]) -> float:
            return self._measure.horizontalAdvance(DOT.join(words))

        words = [each.full for each in self._said]
        if width(words) > room:
            words = [each.short for each in self._said]
        while len(words) > 2 and width(words) > room:
            words.pop()
        if len(words) == 2 and width(words) > room:
            left = room - width([words[0], ""])
            words[1] = self._measure.elidedText(words[1], Qt.TextElideMode.ElideRight, left)
        colours = (each.colour for each in self._said)
        self._reading = list(zip(words, colours, strict=False))

    def write(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, row in enumerate(self._rows):
            middle = GRID / 4 + (place + 0.5) * ROW
            if place == 0 and self._reading:
                self._write_reading(painter, middle)
                continue
            for each in row:
                across, sample = each.across, each.sample
                painter.setPen(sample if isinstance(sample, QPen) else self._colour)
                painter.drawLine(QPointF(across, middle), QPointF(across + 2 * GRID, middle))
                words = self.kept_reading[each.kept] if each.kept >= 0 and self.kept_reading else each.name
                words = self._measure.elidedText(words, Qt.TextElideMode.ElideRight, each.room)
                self._write(painter, across + SAMPLE, middle, words, self._colour)

    def _write_reading(self, painter: QPainter, middle: float) -> None:
        across = float(GRID)
        for place, (words, colour) in enumerate(self._reading):
            across = self._write(painter, across, middle, DOT if place else "", self._colour)
            across = self._write(painter, across, middle, words, QColor(colour))

    def _write(self, painter: QPainter, across: float, middle: float, words: str, colour: QColor) -> float:
        """Write words from a place on, and return where they end."""
        width = self._measure.horizontalAdvance(words)
        painter.setPen(colour)
        area = QRectF(across, middle - ROW / 2, width + 2, ROW)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        return across + width
