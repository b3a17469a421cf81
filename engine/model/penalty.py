"""What large weights cost, so that the boundary stays simple. Biases are free."""

from typing import NamedTuple

import numpy as np

from engine.model.activations import Array
from engine.model.network import Network


class Penalty(NamedTuple):
    """The penalty l1 Σ|w| + (l2 / 2) Σw² over all weights, added to the cost."""

    l1: float = 0.0
    l2: float = 0.0

    def value(self, weights: Array) -> float:
        """Return the penalty of weights (k,)."""
        return self.l1 * float(np.abs(weights).sum()) + self.l2 / 2.0 * float(weights.dot(weights))

    def slope(self, weights: Array) -> Array:
        """Return its gradient, shape (k,). At w = 0, where |w| has none, 0 is taken."""
        return self.l1 * np.sign(weights) + self.l2 * weights


def which_are_weights(network: Network) -> Array:
    """Return 1 for each weight and 0 for each bias of the network's vector of parameters."""
    mask = np.ones(network.parameter_count)
    for joined in network.joined(mask):
        joined[:, -1] = 0.0
    return mask
