"""Where costs, and the length of the gradient, stand in the plot of the cost."""

from dataclasses import dataclass

import numpy as np

from gui.views.scales import round_up

SMALLEST = 1e-12  # what a cost of 0 is drawn as on a logarithmic axis
SHORTEST = 1e-12  # and a gradient of 0


@dataclass(frozen=True)
class Scale:
    """How far the axes reach. The gradient has a logarithmic axis of its own, on the right, over the same height."""

    across: float = 10.0
    low: float = 0.0
    high: float = 1.0
    is_log: bool = False
    gradient: tuple[float, float] = (-1.0, 0.0)
    """The powers of ten at the ends of its axis."""

    @classmethod
    def of(cls, iterations: float, costs: np.ndarray, gradients: np.ndarray, is_log: bool) -> "Scale":
        """Return axes that reach to round numbers beyond all that is drawn, so that they move seldom."""
        costs = costs[np.isfinite(costs)]
        highest, lowest = (float(costs.max()), float(costs.min())) if costs.size else (1.0, 0.1)
        across = round_up(max(10.0, iterations))
        shortest, longest = _powers(gradients, SHORTEST)
        if is_log:
            low, high = _powers(np.array([lowest, highest]), SMALLEST)
        else:
            low, high = 0.0, round_up(max(highest, 1e-9) * 1.05)
        return cls(across, low, high, is_log, (shortest, longest))

    def height(self, cost: np.ndarray) -> np.ndarray:
        """Return where costs stand."""
        return np.log10(np.maximum(cost, SMALLEST)) if self.is_log else cost

    def gradient_height(self, norm: np.ndarray) -> np.ndarray:
        """Return where lengths of the gradient stand."""
        low, high = self.gradient
        share = (np.log10(np.maximum(norm, SHORTEST)) - low) / (high - low)
        return self.low + share * (self.high - self.low)


def _powers(values: np.ndarray, smallest: float) -> tuple[float, float]:
    """Return the whole powers of ten below and above all values, of which some may be no numbers."""
    values = values[np.isfinite(values)]
    if not values.size:
        return -1.0, 0.0
    low = np.floor(np.log10(max(float(values.min()), smallest)))
    return float(low), float(max(low + 1, np.ceil(np.log10(max(float(values.max()), smallest)))))
