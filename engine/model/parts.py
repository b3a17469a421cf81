"""The gradient taken apart: what each layer, each example and each unit adds to it."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.gradient import numerical_gradient
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters, logits
from engine.model.papers import Backward, Forward, backward, forward

FAR = 2000  # hundredths of z, as far as an activation is looked at for where it is flat
FLAT = 0.01  # of the steepest slope; below it a unit passes hardly any gradient on


@dataclass(frozen=True, eq=False)
class Parts:
    """One iteration's numbers, for examples X (n_0, m) and Y (1, m). The penalty is not in them."""

    network: Network
    passed: Forward  # Z[l] and A[l]
    back: Backward  # dA[l], dZ[l], and dW[l], db[l] as `back.gradient`
    losses: Array  # (m,), of each example

    @classmethod
    def of(cls, network: Network, parameters: Parameters, X: Array, Y: Array, loss: str = "log") -> "Parts":
        """Return the parts of the gradient at `parameters`."""
        with np.errstate(over="ignore", invalid="ignore"):
            passed = forward(network, parameters, X)
            back = backward(network, parameters, passed, Y, loss)
            return cls(network, passed, back, LOSSES[loss].f(passed.Z[-1], Y)[0])

    def example_gradient(self, i: int) -> Parameters:
        """Return the gradient of example i's own loss, of which J's gradient is the mean."""
        layers = [
            (np.outer(dZ[:, i], A[:, i]), dZ[:, i : i + 1])
            for dZ, A in zip(self.back.dZ, self.passed.A, strict=False)
        ]
        return Parameters.of(self.network, layers)

    @property
    def example_norms(self) -> Array:
        """The length of each example's gradient, shape (m,).

        That of dW is |dZ| |A_prev|, so no gradient has to be made for it.
        """
        squares = sum(
            (dZ**2).sum(axis=0) * (1.0 + (A**2).sum(axis=0))
            for dZ, A in zip(self.back.dZ, self.passed.A, strict=False)
        )
        return np.sqrt(squares)

    @property
    def flat_shares(self) -> tuple[Array, ...]:
        """For each hidden layer, the share of examples (n_l,) on which a unit is saturated or dead."""
        return flat_shares(self.network, self.passed)


def flat_shares(network: Network, passed: Forward) -> tuple[Array, ...]:
    """Return for each hidden layer the share of examples (n_l,) on which a unit is saturated or dead.

    That is where its slope is below a hundredth of the steepest: |z| > 3 for tanh, |z| > 6 for the sigmoid,
    z <= 0 for ReLU. The leaky ReLU is never flat.
    """
    shares = []
    for name, Z, A in zip(network.hidden_activations, passed.Z, passed.A[1:], strict=False):
        g = ACTIVATIONS[name]
        flat = g.derivative(Z, A) < FLAT * g.steepest  # (n_l, m)
        shares.append(flat.sum(axis=1) / max(1, flat.shape[1]))
    return tuple(shares)


@cache
def flat_ends(activation: str) -> tuple[float, float]:
    """Return the z up to which, and the z from which on, an activation is flat; infinite where it never is."""
    g = ACTIVATIONS[activation]
    z = np.arange(-FAR, FAR + 1) / 100
    flat = g.derivative(z, g.f(z)) < FLAT * g.steepest
    sloping = z[~flat]
    low = float(sloping[0] - 0.01) if flat[0] else -np.inf
    high = float(sloping[-1] + 0.01) if flat[-1] else np.inf
    return low, high


def checked_gradient(
    network: Network, parameters: Parameters, X: Array, Y: Array, loss: str = "log"
) -> tuple[Parameters, Parameters, float]:
    """Return the gradient by backpropagation, by central differences, and their relative difference.

    In double precision whatever is given: small differences of large costs need it.
    """
    X, Y = X.astype(np.float64), Y.astype(np.float64)
    parameters = Parameters(network, parameters.vector.astype(np.float64))

    def J(changed: Parameters) -> float:
        return float(LOSSES[loss].f(logits(network, changed, X), Y).mean())

    exact = Parts.of(network, parameters, X, Y, loss).back.gradient
    checked = numerical_gradient(J, parameters)
    size = float(np.linalg.norm(exact.vector) + np.linalg.norm(checked.vector))
    apart = float(np.linalg.norm(exact.vector - checked.vector))
    return exact, checked, apart / size if size else 0.0
