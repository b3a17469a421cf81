"""How wrong one example is, and how steeply that falls.

Both losses depend on one number alone, the margin by which the logit is on the wrong side: u = (1 - 2y) z, which
is z for class 0 and -z for class 1. The probability given to the wrong class is sigmoid(u), for either class.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.model.activations import Array


@dataclass(frozen=True)
class Loss:
    """A loss and what a person reads about it."""

    name: str
    label: str
    formula: str
    help: str
    write: Callable[[Array, Array, Array], object]
    """Given the margins u and two arrays of their shape, put l(u) into the second and dl/du into u itself; the
    third is for whatever comes in between."""
    slope_of_output: Callable[[Array, Array], Array]
    """Given a = sigmoid(z) and y, return dl/da, with which the papers begin the chain rule."""
    convex: bool
    """Whether it is convex in z, so that the cost of logistic regression has one valley alone."""
    source: str = ""
    """Lines of NumPy that make `loss` and `slope`, dl/du, from the margins u with the same bits, for the scripts that
    people take away."""

    def f(self, Z: Array, Y: Array) -> Array:
        """Return the loss of every example, for logits Z (1, m) and labels Y (1, m) of 0 and 1."""
        return self._both(Z, Y)[0]

    def derivative(self, Z: Array, Y: Array) -> Array:
        """Return dl/dz of every example, the dZ[L] of the papers, for Z (1, m) and Y (1, m)."""
        return self._both(Z, Y)[1]

    def _both(self, Z: Array, Y: Array) -> tuple[Array, Array]:
        signs = 1.0 - 2.0 * Y
        u = signs * Z
        loss = np.empty_like(u)
        self.write(u, loss, np.empty_like(u))
        return loss, signs * u


def wrong_probability(u: Array, e: Array) -> None:
    """Replace u by sigmoid(u), and e by exp(-|u|), which the log loss needs as well.

    As exp(min(u, 0)) / (1 + exp(-|u|)) it never overflows, and is exact however small it is.
    """
    np.copysign(u, -1.0, out=e)
    np.exp(e, out=e)
    np.minimum(u, 0.0, out=u)
    np.exp(u, out=u)
    np.divide(u, np.add(e, 1.0), out=u)


def log_loss(u: Array, loss: Array, e: Array) -> None:
    """Write -(y log a + (1 - y) log(1 - a)), which is log(1 + exp(u)), and its slope sigmoid(u).

    As max(u, 0) + log(1 + exp(-|u|)) it never overflows and never takes the logarithm of 0. Its slope in z is
    a - y (Khalil, equation 23). Khalil prints `log 1 - y` in (4) and (7); the bracket of log(1 - y) is missing.
    """
    np.maximum(u, 0.0, out=loss)
    wrong_probability(u, e)
    np.log1p(e, out=e)
    np.add(loss, e, out=loss)


def squared_error(u: Array, loss: Array, e: Array) -> None:
    """Write (a - y)² / 2, which is sigmoid(u)² / 2, and its slope sigmoid(u)² (1 - sigmoid(u)).

    The slope is that of the log loss times a (1 - a), so it vanishes where the network is confidently wrong.
    """
    right = np.negative(u)
    wrong_probability(u, e)
    wrong_probability(right, e)
    np.multiply(u, u, out=e)
    np.multiply(e, 0.5, out=loss)
    np.multiply(e, right, out=u)


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "log",
            "Log loss",
            "−(y log a + (1 − y) log(1 − a))",
            "Punishes the confident mistake: the surer and the more wrong, the higher, without end. Its slope is a − y.",
            log_loss,
            lambda A, Y: (1.0 - Y) / (1.0 - A) - Y / A,
            convex=True,
            source="loss = np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))  # log(1 + e^u), as -log(1 - |A - Y|)\n"
            "slope = np.exp(np.minimum(u, 0)) / (1 + np.exp(-np.abs(u)))  # sigmoid(u), so that dZ = A - Y",
        ),
        Loss(
            "squared",
            "Squared error",
            "(a − y)² / 2",
            "Here to show why it is not used: where the network is confidently wrong, its slope vanishes.",
            squared_error,
            lambda A, Y: A - Y,
            convex=False,
            source="wrong = np.exp(np.minimum(u, 0)) / (1 + np.exp(-np.abs(u)))  # sigmoid(u)\n"
            "right = np.exp(np.minimum(-u, 0)) / (1 + np.exp(-np.abs(u)))  # 1 - sigmoid(u)\n"
            "loss = wrong * wrong * 0.5\n"
            "slope = wrong * wrong * right",
        ),
    )
}


def log_cost(Z: Array, Y: Array) -> float:
    """Return J, the mean log loss of the logits Z (1, m) against the labels Y (1, m) (Khalil, equation 7)."""
    return float(LOSSES["log"].f(Z, Y).mean())


def accuracy(Z: Array, Y: Array) -> float:
    """Return the fraction of examples on the right side of probability 0.5, which is the logit 0."""
    return int(np.count_nonzero((Z >= 0.0) == (Y >= 0.5))) / Y.size
