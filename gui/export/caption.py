"""A line below a picture: which moment of the run it is, and how good the network is then."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import GRID, Theme

STRIP = 4 * GRID  # points, how high it is


def write_caption(painter: QPainter, area: QRectF, theme: Theme, frame: Frame) -> None:
    """Write the iteration on the left and, as far as there is room, the scores on the right."""
    row = area.adjusted(2 * GRID, 0, -2 * GRID, 0)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(theme.text)
    painter.setFont(tokens.font(tokens.BODY, QFont.Weight.DemiBold))
    words = f"iteration {frame.state.iteration:,}"
    painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, words)
    room = row.width() - painter.fontMetrics().horizontalAdvance(words) - 2 * GRID
    painter.setPen(theme.muted)
    painter.setFont(tokens.font(tokens.BODY))
    parts = _goodness(frame)
    while parts and painter.fontMetrics().horizontalAdvance(" · ".join(parts)) > room:
        parts.pop()
    painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, " · ".join(parts))


def _goodness(frame: Frame) -> list[str]:
    """Return how good the network is, what matters most first."""
    scores = frame.state.scores
    words = []
    for name, cost, accuracy in (
        ("training", scores.train_cost, scores.train_accuracy),
        ("test", scores.test_cost, scores.test_accuracy),
    ):
        if np.isfinite(cost):
            words.append(f"{name} cost {cost:.4f}, {accuracy:.1%} right")
    return words
