"""A cost surface as it is drawn: each cost's share of the way from the lowest to the highest, by its logarithm."""

from typing import NamedTuple, Self

import numpy as np

from engine.model.activations import Array
from engine.model.surfaces import Range
from engine.training.landscape import Landscape
from gui.views.scales import level_lines

SMALLEST = 1e-9  # what a cost of 0 is shown as


class Heights(NamedTuple):
    """The newest grid of a landscape."""

    x: Array  # (columns,)
    y: Array  # (rows,)
    shares: Array  # (rows, columns), from 0 to 1
    levels: list[float]
    """Round costs between the lowest and the highest."""
    level_shares: Array
    """Their heights."""

    @classmethod
    def of(cls, landscape: Landscape | None) -> Self | None:
        """Return the heights of what is there of a landscape, if anything is."""
        if landscape is None or landscape.Z is None:
            return None
        Z = np.maximum(landscape.Z, SMALLEST)
        finite = Z[np.isfinite(Z)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (1.0, 1.0)
        spread = np.log(high / low) or 1.0
        shares = np.log(np.minimum(Z, high) / low) / spread
        levels = level_lines(low, high)
        return cls(landscape.x, landscape.y, shares, levels, np.log(np.array(levels) / low) / spread)

    @property
    def ranges(self) -> tuple[Range, Range]:
        """What part of the plane it is of."""
        return (float(self.x[0]), float(self.x[-1])), (float(self.y[0]), float(self.y[-1]))

    def places(self, points: Array) -> Array:
        """Return where places of the plane (2, n) are when this part of it goes from -1 to 1."""
        (x_low, x_high), (y_low, y_high) = self.ranges
        low, high = np.array([[x_low], [y_low]]), np.array([[x_high], [y_high]])
        return (2.0 * points - low - high) / (high - low)
