"""What the matrix form saves: the papers' loop over examples against their matrices, on the same examples."""

import time
from dataclasses import dataclass

import numpy as np

from engine.model.activations import Array
from engine.model.network import Network, Parameters
from engine.model.papers import backward, forward, loop_gradient

MOST = 100  # examples that the loop is given: it takes a millisecond for each
TURNS = 5  # of the matrix form, of which the fastest counts: a busy machine only ever slows one down


@dataclass(frozen=True)
class Race:
    """The seconds of either form for the same gradient, and how far the two gradients are apart."""

    examples: int
    loop_seconds: float
    matrix_seconds: float
    difference: float
    """The largest, of any weight or bias."""

    @property
    def factor(self) -> float:
        """How many times as long the loop takes."""
        return self.loop_seconds / self.matrix_seconds


@np.errstate(over="ignore", invalid="ignore")
def race(network: Network, parameters: Parameters, X: Array, Y: Array, loss: str = "log") -> Race:
    """Return how long the loop and the matrices take for the first examples of X (n_0, m) and Y (1, m), m > 0."""
    X, Y = X[:, :MOST], Y[:, :MOST]
    started = time.perf_counter()
    _, by_loop = loop_gradient(network, parameters, X, Y, loss)
    loop_seconds = time.perf_counter() - started
    matrix_seconds = np.inf
    for _ in range(TURNS):
        started = time.perf_counter()
        by_matrices = backward(network, parameters, forward(network, parameters, X), Y, loss).gradient
        matrix_seconds = min(matrix_seconds, time.perf_counter() - started)
    difference = float(np.abs(by_loop.vector - by_matrices.vector).max())
    return Race(X.shape[1], loop_seconds, matrix_seconds, difference)
