"""How wrong the network is: the log loss of one example, and its mean, the cost J."""

import numpy as np

from engine.model.activations import Array


def log_loss(Z: Array, Y: Array) -> Array:
    """Return -(y log a + (1 - y) log(1 - a)) of every example from its logit z, with a = sigmoid(z).

    Z and Y have the shape (1, m), and so has the result. Written as max(z, 0) - y z + log(1 + exp(-|z|)) it
    never overflows and never takes the logarithm of 0. Khalil prints `log 1 - y` in (4) and (7); the
    bracket of log(1 - y) is missing there.
    """
    return np.maximum(Z, 0.0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))


def cost(Z: Array, Y: Array) -> float:
    """Return J, the mean log loss of the logits Z (1, m) against the labels Y (1, m) (Khalil, equation 7)."""
    return float(log_loss(Z, Y).sum()) / Y.size


def accuracy(Z: Array, Y: Array) -> float:
    """Return the fraction of examples on the right side of probability 0.5, which is the logit 0."""
    return int(np.count_nonzero((Z >= 0.0) == (Y >= 0.5))) / Y.size
