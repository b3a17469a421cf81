"""Which layers pass hardly any gradient on, in words: saturated on both ends of their activation, or dead."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from engine.model.activations import Array
from engine.model.network import Network
from engine.model.parts import flat_ends
from gui import theme as tokens
from gui.theme import GRID

MOST = 4  # layers that are named
LINE = 2 * GRID  # pixels


def flat_words(network: Network, shares: tuple[Array, ...]) -> list[str]:
    """Return a sentence for each hidden layer, given the share of examples (n_l,) on which each unit is flat."""
    found = []
    for number, (name, each) in enumerate(zip(network.hidden_activations, shares, strict=True), start=1):
        layer = f"hidden layer {number}" if len(shares) > 1 else "hidden layer"
        low, high = flat_ends(name)
        if np.isinf(low) and np.isinf(high):
            words = "never flat"
        elif np.isinf(low) or np.isinf(high):
            words = f"{np.count_nonzero(each == 1)} of {each.size} units dead"
        else:
            words = f"{100 * each.mean():.0f} % saturated (|z| > {high:.2g})"
        found.append(f"{layer}: {words}")
    return found


class Lines(QGraphicsWidget):
    """Quiet lines of words inside a picture, of which one may be strong. Without words they take no room."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._strong = -1
        self._colours = QColor(), QColor()
        self._font = tokens.font(tokens.SMALL)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)
        self.show_lines([], -1)

    def show_lines(self, lines: list[str], strong: int) -> None:
        """Show other lines."""
        self._lines, self._strong = lines, strong
        if self.maximumHeight() != LINE * len(lines):
            self.setMinimumHeight(LINE * len(lines))
            self.setMaximumHeight(LINE * len(lines))
        self.update()

    def set_colours(self, strong: str, quiet: str) -> None:
        """Write in other colours."""
        self._colours = QColor(strong), QColor(quiet)
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(0, 0), QSizeF(self.size()))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setFont(self._font)
        for place, line in enumerate(self._lines):
            painter.setPen(self._colours[place != self._strong])
            painter.drawText(QPointF(GRID, (place + 0.75) * LINE), line)
