"""The forward pass, the cost and the backward pass, fast: the formulas of `papers` on arrays that are made once.

Three things make it fast. Every array is written again and again (`out=`), never made anew. A row of ones below the
activations lets one matrix [W | b] hold weights and biases, so that adding b costs nothing. And the pass works on a
block of examples that stays in the processor's cache; `engine.training.descent` cuts the examples into blocks.
"""

from typing import Any, NamedTuple

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters


class Judgement(NamedTuple):
    """What a block adds to the scores."""

    loss: float
    """The sum of the losses."""
    right: int
    """How many examples are on the right side."""


class Pass:
    """Passes over blocks of `m` examples.

    The weights are read from `theta`, a vector that the owner fills; the gradient of the summed losses is left in
    `gradient`. For one thread at a time.
    """

    def __init__(self, network: Network, loss: str, theta: Array, m: int, even: bool = False) -> None:
        """Make the arrays. `theta` (parameter_count,) gives the precision.

        With `even`, a little slower, units with the same weights get the same numbers to the last bit.
        """
        dtype = theta.dtype
        self._weigh, self._correlate = (weigh_evenly, correlate_evenly) if even else (weigh, correlate)
        self._loss = LOSSES[loss]
        self._u, self._l, self._e = (np.empty((1, m), dtype) for _ in range(3))
        self._right = np.empty((1, m), dtype=bool)
        self._losses, self._ones = self._l[0], np.ones(m, dtype)  # (m,)
        self.gradient = np.zeros_like(theta)
        joined, slopes = network.joined(theta), network.joined(self.gradient)
        self._output, self._first_slope = joined[-1], slopes[0]
        self._forward: list[tuple[Any, ...]] = []
        self._backward: list[tuple[Any, ...]] = []
        for depth, name in enumerate(network.hidden_activations):
            n = network.sizes[depth + 1]
            A_1 = np.ones((n + 1, m), dtype)  # the last row stays 1
            A, Z, slope = A_1[:-1], np.empty((n, m), dtype), np.empty((n, m), dtype)
            g = ACTIVATIONS[name]
            self._forward.append((joined[depth], g.write, Z, A, A_1))
            W_next = joined[depth + 1][:, :-1]
            self._backward.insert(0, (slopes[depth + 1], W_next.T, g.write_derivative, Z, A, A_1, slope))

    def run(self, X: Array, signs: Array, ties: Array, backward: bool = True) -> Judgement:
        """Judge the examples X (n_0 + 1, m), whose last row is 1, and leave their gradient where it is wanted.

        `signs` (1, m) is 1 for class 0 and -1 for class 1; `ties` (1, m) is what u must stay below to be right.
        """
        u = self.logits(X)  # (1, m), first z, then the margin on the wrong side, then dl/du, then dZ
        np.multiply(u, signs, out=u)
        right = int(np.count_nonzero(np.less(u, ties, out=self._right)))
        self._loss.write(u, self._l, self._e)
        if backward:
            self._go_back(X, signs)
        return Judgement(float(self._losses.dot(self._ones)), right)

    def logits(self, X: Array) -> Array:
        """Return the output's z (1, m) of the examples X (n_0 + 1, m), in an array that is written again."""
        A_1 = X
        for W, g, Z, A, A_next in self._forward:
            self._weigh(W, A_1, Z)  # (n_l, m)
            g(Z, A)
            A_1 = A_next
        self._weigh(self._output, A_1, self._u)
        return self._u

    def _go_back(self, X: Array, signs: Array) -> None:
        dZ = np.multiply(self._u, signs, out=self._u)  # (1, m)
        for slope_next, W_next_T, derivative, Z, A, A_1, g_slope in self._backward:
            self._correlate(dZ, A_1, slope_next)  # [dW | db] of the layer above
            derivative(Z, A, g_slope)
            self._weigh(W_next_T, dZ, Z)  # dA, (n_l, m); Z is not needed any more
            dZ = np.multiply(Z, g_slope, out=Z)
        self._correlate(dZ, X, self._first_slope)


def weigh(W: Array, A: Array, out: Array) -> None:
    """Write W A, shape (n_out, m), for W (n_out, n_in) and A (n_in, m)."""
    if W.shape[1] == 1:
        np.multiply(W, A, out=out)
    else:
        np.matmul(W, A, out=out)


def correlate(dZ: Array, A: Array, out: Array) -> None:
    """Write dZ A^T, shape (n_out, n_in), for dZ (n_out, m) and A (n_in, m)."""
    np.matmul(dZ, A.T, out=out)


def weigh_evenly(W: Array, A: Array, out: Array) -> None:
    """Write W A as `weigh` does, each row by the same operations in the same order."""
    np.vecmat(W, A, out=out)


def correlate_evenly(dZ: Array, A: Array, out: Array) -> None:
    """Write dZ A^T as `correlate` does, each entry by the same operations in the same order."""
    np.vecdot(dZ[:, None, :], A, out=out)


def has_twins(parameters: Parameters) -> bool:
    """Tell whether two units of a hidden layer have the same weights, as all have that start at zero.

    The mathematics says that such units stay the same for ever. `matmul` rounds the rows at the edge of its tiles
    differently, and would part them by that alone.
    """
    hidden = parameters.network.joined(parameters.vector)[:-1]
    return any(len({unit.tobytes() for unit in layer + 0.0}) < len(layer) for layer in hidden)
