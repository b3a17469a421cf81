"""A network as the papers draw it: layers of weights, their first values, and the forward pass.

Logistic regression is the network without a hidden layer, so there is one code path for both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.model.activations import ACTIVATIONS, Array


class Layer(NamedTuple):
    """The weights and biases of one layer, or their gradient."""

    W: Array  # (n_out, n_in)
    b: Array  # (n_out, 1)


Parameters = tuple[Layer, ...]
WIDE = 64  # units


class Forward(NamedTuple):
    """Every value of one forward pass. `A[0]` is X; `Z[l]` belongs to `A[l + 1]`."""

    Z: tuple[Array, ...]  # each (n_l, m)
    A: tuple[Array, ...]  # each (n_l, m)


@dataclass(frozen=True)
class Network:
    """The shape of a network: `sizes` n_0 (inputs) to n_L = 1, and one activation for each hidden layer.

    The output layer is always the sigmoid.
    """

    sizes: tuple[int, ...]
    hidden_activations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or min(self.sizes) < 1 or self.sizes[-1] != 1:
            raise ValueError(f"sizes {self.sizes} must hold at least two positive numbers and end in 1")
        if len(self.hidden_activations) != len(self.sizes) - 2:
            raise ValueError(
                f"{len(self.hidden_activations)} activations for {len(self.sizes) - 2} hidden layers"
            )
        unknown = set(self.hidden_activations) - set(ACTIVATIONS)
        if unknown:
            raise ValueError(f"activation {unknown.pop()!r} is not one of {', '.join(ACTIVATIONS)}")

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of every layer, the output's sigmoid included."""
        return (*self.hidden_activations, "sigmoid")

    @property
    def parameter_count(self) -> int:
        """How many numbers gradient descent changes."""
        return sum(n_out * (n_in + 1) for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False))

    @property
    def description(self) -> str:
        """The network in words, such as `a 2-4-1 network`."""
        return f"a {self} network" if self.hidden_activations else "logistic regression"

    def __str__(self) -> str:
        return "-".join(map(str, self.sizes))


@dataclass(frozen=True)
class Initialization:
    """How the first weights are drawn: normal, with a standard deviation that may depend on the layer's size."""

    name: str
    label: str
    help: str
    deviation: Callable[[int, int], float]
    """The standard deviation, given n_in and n_out."""


INITIALIZATIONS: dict[str, Initialization] = {
    scheme.name: scheme
    for scheme in (
        Initialization(
            "zeros",
            "Zeros",
            "All weights 0. Fine for logistic regression; in a hidden layer all units stay identical forever.",
            lambda n_in, n_out: 0.0,
        ),
        Initialization(
            "normal",
            "Normal",
            "Normal with standard deviation 0.1, whatever the layer's size. Breaks the symmetry, no more.",
            lambda n_in, n_out: 0.1,
        ),
        Initialization(
            "xavier",
            "Xavier",
            "Normal with variance 2 / (n_in + n_out), after Glorot and Bengio 2010. Made for sigmoid and tanh.",
            lambda n_in, n_out: (2.0 / (n_in + n_out)) ** 0.5,
        ),
        Initialization(
            "he",
            "He",
            "Normal with variance 2 / n_in, after He et al. 2015. Made for ReLU.",
            lambda n_in, n_out: (2.0 / n_in) ** 0.5,
        ),
    )
}


def initialize(network: Network, scheme: str, generator: np.random.Generator) -> Parameters:
    """Return the first weights, drawn from `generator`; biases start at 0.

    The draws do not depend on the scheme, so two schemes with one seed differ by a factor alone.
    """
    deviation = INITIALIZATIONS[scheme].deviation
    layers = []
    for n_in, n_out in zip(network.sizes, network.sizes[1:], strict=False):
        W = generator.standard_normal((n_out, n_in)) * deviation(n_in, n_out)  # (n_out, n_in)
        layers.append(Layer(W, np.zeros((n_out, 1))))
    return tuple(layers)


def forward(network: Network, parameters: Parameters, X: Array) -> Forward:
    """Return Z[l] = W[l] A[l-1] + b[l] and A[l] = g[l](Z[l]) for every layer (Khalil, equation 32).

    X has the shape (n_x, m), a column for each example.
    """
    Zs: list[Array] = []
    As: list[Array] = [X]
    for (W, b), name in zip(parameters, network.activations, strict=True):
        Zs.append(weigh(W, As[-1]) + b)  # (n_l, m)
        As.append(ACTIVATIONS[name].f(Zs[-1]))  # (n_l, m)
    return Forward(tuple(Zs), tuple(As))


def logits(network: Network, parameters: Parameters, X: Array) -> Array:
    """Return the output layer's z, shape (1, m), for X (n_x, m); it is positive where the class is 1."""
    A = X
    for (W, b), name in zip(parameters[:-1], network.hidden_activations, strict=True):
        A = ACTIVATIONS[name].f(weigh(W, A) + b)  # (n_l, m)
    W, b = parameters[-1]
    return weigh(W, A) + b


def weigh(W: Array, A: Array) -> Array:
    """Return W A, shape (n_out, m), for W (n_out, n_in) and A (n_in, m), each row computed in the same way.

    `W @ A` is the same up to rounding, but rounds the last rows differently. Units that start with equal
    weights would part by that alone, within some thousand iterations, where the mathematics says never.
    Layers of more than `WIDE` units are too slow that way, and take `@`.
    """
    return np.vecmat(W, A) if max(W.shape) <= WIDE else W @ A


def correlate(dZ: Array, A: Array) -> Array:
    """Return dZ A^T, shape (n_out, n_in), for dZ (n_out, m) and A (n_in, m), each entry as in `weigh`."""
    return np.vecdot(dZ[:, None, :], A) if max(len(dZ), len(A)) <= WIDE else dZ @ A.T
