"""Axes whose numbers are written as everywhere else in the window."""

from math import floor, log10

import pyqtgraph as pg

from gui.views.scales import said


class Numbers(pg.AxisItem):
    """An axis on which great and small numbers are short, such as 2·10⁹."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.enableAutoSIPrefix(False)
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        words = super().tickStrings(values, scale, spacing)
        return [
            said(value * scale, _digits(value, spacing)) if "e" in word else word
            for value, word in zip(values, words, strict=True)
        ]


def _digits(value: float, spacing: float) -> int:
    """Return how many digits tell a number from the ones beside it."""
    return min(max(3, 1 + floor(log10(abs(value))) - floor(log10(spacing))), 15)


class Iterations(Numbers):
    """An axis of whole numbers, such as 20,000."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [f"{value:,.10g}" for value in values]
