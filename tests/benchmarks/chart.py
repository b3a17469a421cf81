"""A picture of curves on logarithmic axes, side by side: no box, few colours, each curve named at its end."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from gui.app import create_application
from gui.theme import BODY, GRID, LIGHT, LINE, ORANGE, SMALL, THIN, font
from tests.benchmarks.settings import expect_no_screen

Curves = Mapping[str, tuple[Sequence[int], Sequence[float]]]

SCALE = 2  # pixels of the picture for each
WIDTH, HEIGHT = 330, 320  # pixels of a panel within its margins
LEFT, RIGHT, TOP, BOTTOM = 7 * GRID, 12 * GRID, 7 * GRID, 7 * GRID  # pixels around it
COLOURS = (LIGHT.classes[0], LIGHT.accent, ORANGE)
DOT = 2.5  # pixels, the radius of a measured point
NAME_HEIGHT = 15.0  # pixels between two names at least
STEEP = 6.0  # how many times more a proportional line reaches
FEW = 8  # measured places that can all be named below the axis


def draw(path: Path, panels: Mapping[str, Curves], title: str) -> None:
    """Write a PNG: for each panel, named by what grows along it, curves of microseconds. They share one height."""
    expect_no_screen()
    application = create_application(["growth"])
    width = len(panels) * (LEFT + WIDTH + RIGHT)
    image = QImage(width * SCALE, (TOP + HEIGHT + BOTTOM) * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SCALE, SCALE)
    painter.setFont(font(BODY))
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(QPointF(LEFT, 3 * GRID), title)
    times = [value for curves in panels.values() for _, values in curves.values() for value in values]
    low, high = np.floor(np.log10(min(times))), np.log10(max(times)) + 0.1
    for place, (name, curves) in enumerate(panels.items()):
        area = QRectF(place * (LEFT + WIDTH + RIGHT) + LEFT, TOP, WIDTH, HEIGHT)
        _Panel(painter, area, curves, (float(low), float(high))).draw(name)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written.")
    application.processEvents()


class _Panel:
    """One pair of axes with its curves."""

    def __init__(self, painter: QPainter, area: QRectF, curves: Curves, reach: tuple[float, float]) -> None:
        self._painter, self._area, self._curves, self._reach = painter, area, curves, reach
        self._places = sorted({x for xs, _ in curves.values() for x in xs})

    def draw(self, name: str) -> None:
        self._painter.setFont(font(SMALL))
        self._draw_heights()
        self._draw_places(name)
        self._draw_proportion()
        ends = []
        for colour, (label, (xs, ys)) in zip(COLOURS, self._curves.items(), strict=False):
            points = [self._at(x, y) for x, y in zip(xs, ys, strict=True)]
            pen = QPen(QColor(colour), LINE)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPolyline(QPolygonF(points))
            self._painter.setBrush(QColor(colour))
            for point in points:
                self._painter.drawEllipse(point, DOT, DOT)
            ends.append((points[-1].y(), label, colour))
        below = -np.inf
        for height, label, colour in sorted(ends):
            below = max(height, below + NAME_HEIGHT)
            self._painter.setPen(QColor(colour).darker(115))
            self._painter.drawText(QPointF(self._area.right() + GRID, below + 4.0), label)

    def _at(self, x: float, y: float) -> QPointF:
        first, last = self._places[0], self._places[-1]
        low, high = self._reach
        across = np.log(x / first) / np.log(last / first)
        up = (np.log10(y) - low) / (high - low)
        area = self._area
        return QPointF(area.left() + float(across) * area.width(), area.bottom() - float(up) * area.height())

    def _draw_heights(self) -> None:
        low, high = self._reach
        for power in range(round(low), int(np.floor(high)) + 1):
            height = self._at(self._places[0], 10.0**power).y()
            self._painter.setPen(QPen(QColor(LIGHT.raised), THIN))
            self._painter.drawLine(QPointF(self._area.left(), height), QPointF(self._area.right(), height))
            self._painter.setPen(QColor(LIGHT.muted))
            words = QRectF(self._area.left() - LEFT, height - GRID, LEFT - GRID, 2 * GRID)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._painter.drawText(words, flags, _time(power))

    def _draw_places(self, name: str) -> None:
        area = self._area
        self._painter.setPen(QPen(QColor(LIGHT.line), THIN))
        self._painter.drawLine(area.bottomLeft(), area.bottomRight())
        named = [x for x in self._places if len(self._places) <= FEW or np.log10(x) % 1.0 == 0.0]
        for x in named:
            across = self._at(x, 1.0).x()
            self._painter.setPen(QPen(QColor(LIGHT.line), THIN))
            self._painter.drawLine(QPointF(across, area.bottom()), QPointF(across, area.bottom() + 4.0))
            self._painter.setPen(QColor(LIGHT.muted))
            words = QRectF(across - 4 * GRID, area.bottom() + 6.0, 8 * GRID, 2 * GRID)
            self._painter.drawText(words, Qt.AlignmentFlag.AlignCenter, f"{x:,}")
        self._painter.setPen(QColor(LIGHT.text))
        words = QRectF(area.left(), area.bottom() + 3.5 * GRID, area.width(), 2 * GRID)
        self._painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)

    def _draw_proportion(self) -> None:
        """Draw at the lower right how steep a curve is that doubles when what grows along the panel doubles."""
        last, least = self._places[-1], 10.0 ** (self._reach[0] + 0.08)
        start = self._at(last / STEEP, least)
        self._painter.setPen(QPen(QColor(LIGHT.muted), THIN, Qt.PenStyle.DotLine))
        self._painter.drawLine(start, self._at(last, least * STEEP))
        self._painter.setPen(QColor(LIGHT.muted))
        words = QRectF(start.x() - 12.5 * GRID, start.y() - 1.5 * GRID, 12 * GRID, 2 * GRID)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(words, flags, "proportional")


def _time(power: int) -> str:
    """Return 10^power microseconds in words."""
    for unit, size in (("s", 6), ("ms", 3)):
        if power >= size:
            return f"{10 ** (power - size)} {unit}"
    return f"{10.0**power:g} µs"
