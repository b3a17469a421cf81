"""The slow honest way to check a gradient."""

from collections.abc import Callable

import numpy as np

from engine.model.network import Parameters


def numerical_gradient(
    J: Callable[[Parameters], float], parameters: Parameters, h: float = 1e-5
) -> Parameters:
    """Return the gradient of the cost J by central differences, (J(p + h) - J(p - h)) / 2h for each p in turn.

    Two evaluations for each parameter, so for checking and teaching only.
    """
    network, theta = parameters.network, parameters.vector
    slope = np.zeros_like(theta)
    for place in range(theta.size):
        above, below = theta.copy(), theta.copy()
        above[place] += h
        below[place] -= h
        slope[place] = (J(Parameters(network, above)) - J(Parameters(network, below))) / (2.0 * h)
    return Parameters(network, slope)
