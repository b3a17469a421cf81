"""The losses of many networks at once: they differ in their parameters alone, and judge the same few examples.

Small networks spend more time between NumPy's calls than in them. Here one call does a layer of all of them.
"""

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.losses import LOSSES
from engine.model.network import Network

CACHED = 1 << 17  # values of all hidden layers together
MOST = 16  # networks: with more the calls themselves take all the time


class Stack:
    """The forward pass of `count` networks, in arrays that are made once. For one thread at a time."""

    def __init__(self, network: Network, loss: str, X: Array, Y: Array) -> None:
        """Judge the examples X (n_0 + 1, m), whose last row is 1, with labels Y (1, m). X gives the precision."""
        m, dtype = X.shape[1], X.dtype
        self.count = min(max(CACHED // max(1, m * sum(network.sizes[1:-1])), 1), MOST)
        """How many networks are judged at once."""
        self._X, self._signs = X, 1.0 - 2.0 * Y
        self._write_loss = LOSSES[loss].write
        self._theta = np.empty((self.count, network.parameter_count), dtype)
        *hidden, self._output = network.joined(self._theta)
        self._layers = []
        for W, name in zip(hidden, network.hidden_activations, strict=True):
            Z = np.empty((self.count, W.shape[1], m), dtype)
            A_1 = np.ones((self.count, W.shape[1] + 1, m), dtype)  # the last row stays 1
            self._layers.append((W, ACTIVATIONS[name].write, Z, A_1[:, :-1], A_1))
        self._u, self._l, self._e = (np.empty((self.count, 1, m), dtype) for _ in range(3))

    def losses(self, thetas: Array) -> Array:
        """Return the summed loss (k,) of the networks with the parameters (k, parameter_count), `count` at most."""
        k = len(thetas)
        self._theta[:k] = thetas
        A_1 = self._X
        for W, g, Z, A, A_next in self._layers:
            np.matmul(W[:k], A_1, out=Z[:k])  # (k, n_l, m)
            g(Z[:k], A[:k])
            A_1 = A_next[:k]
        u, losses, e = self._u[:k], self._l[:k], self._e[:k]  # (k, 1, m)
        np.matmul(self._output[:k], A_1, out=u)  # first z, then the margin on the wrong side
        np.multiply(u, self._signs, out=u)
        self._write_loss(u, losses, e)
        return losses.sum(axis=(1, 2))
