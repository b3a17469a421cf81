"""A network as the papers draw it: layers of weights, their first values, and the forward pass.

Logistic regression is the network without a hidden layer, so there is one code path for both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Self, overload

import numpy as np

from engine.model.activations import ACTIVATIONS, Array
from engine.model.registry import named


class Layer(NamedTuple):
    """The weights and biases of one layer, or their gradient."""

    W: Array  # (n_out, n_in)
    b: Array  # (n_out, 1)


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

    def joined(self, vector: Array) -> list[Array]:
        """Return views of a vector of all parameters: for each layer [W | b], shape (n_out, n_in + 1).

        Of many vectors (k, parameter_count) the layers are (k, n_out, n_in + 1).
        """
        first, layers = 0, []
        for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False):
            last = first + n_out * (n_in + 1)
            layers.append(vector[..., first:last].reshape(*vector.shape[:-1], n_out, n_in + 1))
            first = last
        return layers

    def place_of(self, layer: int, unit: int, source: int) -> int:
        """Return where W[layer][unit, source] stands in a vector of all parameters, all counted from 1.

        The bias of a unit follows its weights: its source is n_in + 1.
        """
        before = zip(self.sizes[: layer - 1], self.sizes[1:layer], strict=True)
        first = sum(n_out * (n_in + 1) for n_in, n_out in before)
        return first + (unit - 1) * (self.sizes[layer - 1] + 1) + source - 1

    def name_of(self, place: int) -> str:
        """Return what a person calls the parameter at a place of the vector: `W2[1,3]`, or `b1[4]`."""
        layer = 1
        for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False):
            unit, source = divmod(place, n_in + 1)
            if unit < n_out:
                break
            place, layer = place - n_out * (n_in + 1), layer + 1
        return f"b{layer}[{unit + 1}]" if source == n_in else f"W{layer}[{unit + 1},{source + 1}]"

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
    source: str = ""
    """The same as an expression of Python, for the scripts that people take away."""


INITIALIZATIONS: dict[str, Initialization] = {
    scheme.name: scheme
    for scheme in (
        Initialization(
            "zeros",
            "Zeros",
            "All weights 0. Fine for logistic regression; in a hidden layer all units stay identical forever.",
            lambda n_in, n_out: 0.0,
            "0.0",
        ),
        Initialization(
            "normal",
            "Normal",
            "Normal with standard deviation 0.1, whatever the layer's size. Breaks the symmetry, no more.",
            lambda n_in, n_out: 0.1,
            "0.1",
        ),
        Initialization(
            "xavier",
            "Xavier",
            "Normal with variance 2 / (n_in + n_out), after Glorot and Bengio 2010. Made for sigmoid and tanh.",
            lambda n_in, n_out: (2.0 / (n_in + n_out)) ** 0.5,
            "(2 / (n_in + n_out)) ** 0.5",
        ),
        Initialization(
            "he",
            "He",
            "Normal with variance 2 / n_in, after He et al. 2015. Made for ReLU.",
            lambda n_in, n_out: (2.0 / n_in) ** 0.5,
            "(2 / n_in) ** 0.5",
        ),
    )
}


class Parameters(Sequence[Layer]):
    """All weights and biases, or a gradient of them: a sequence of layers, which are views of one vector.

    The optimizers see the vector, the papers' formulas the layers. Read-only.
    """

    __slots__ = ("network", "vector")

    def __init__(self, network: Network, vector: Array) -> None:
        """Take the vector (parameter_count,) over; it must not be written any more."""
        self.network = network
        self.vector = vector
        vector.setflags(write=False)

    @classmethod
    def of(cls, network: Network, layers: Iterable[tuple[Array, Array]], dtype: Any = np.float64) -> Self:
        """Return copies of layers, each W (n_out, n_in) and b (n_out, 1). ValueError when one does not fit."""
        layers = list(layers)
        if len(layers) != len(network.sizes) - 1:
            raise ValueError(f"{len(layers)} layers of parameters for a {network} network")
        vector = np.empty(network.parameter_count, dtype)
        for number, (joined, (W, b)) in enumerate(zip(network.joined(vector), layers, strict=True), start=1):
            n_out, n_in = joined[:, :-1].shape
            if np.shape(W) != (n_out, n_in) or np.shape(b) != (n_out, 1):
                raise ValueError(
                    f"W{number} {np.shape(W)} and b{number} {np.shape(b)} must be {(n_out, n_in)} and {(n_out, 1)}"
                )
            with np.errstate(over="ignore"):
                joined[:, :-1], joined[:, -1:] = W, b
        return cls(network, vector)

    def __len__(self) -> int:
        return len(self.network.sizes) - 1

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Layer, ...]: ...
    def __getitem__(self, index: int | slice) -> Layer | tuple[Layer, ...]:
        layers = tuple(Layer(each[:, :-1], each[:, -1:]) for each in self.network.joined(self.vector))
        return layers[index]

    def __iter__(self) -> Iterator[Layer]:
        return iter(self[:])


def identical_units(parameters: Parameters) -> list[list[int]]:
    """Return for each hidden layer the sizes of its groups of identical units, the largest first.

    Units are identical when all weights into them and all weights out of them are equal. Then their gradients are
    equal too, so no step of gradient descent parts them (Gupta's claim on weights that start at zero).
    """
    joined = [each + 0.0 for each in parameters.network.joined(parameters.vector)]  # 0.0 and -0.0 are equal
    found = []
    for layer, above in pairwise(joined):
        into, out = np.ascontiguousarray(layer), np.ascontiguousarray(above[:, :-1].T)
        units = Counter((a.tobytes(), b.tobytes()) for a, b in zip(into, out, strict=True))
        found.append(sorted((count for count in units.values() if count > 1), reverse=True))
    return found


def initialize(network: Network, scheme: str, generator: np.random.Generator) -> Parameters:
    """Return the first weights, drawn from `generator`; biases start at 0.

    The draws do not depend on the scheme, so two schemes with one seed differ by a factor alone.
    """
    deviation = named(INITIALIZATIONS, scheme, "init").deviation
    layers = []
    for n_in, n_out in zip(network.sizes, network.sizes[1:], strict=False):
        W = generator.standard_normal((n_out, n_in)) * deviation(n_in, n_out)  # (n_out, n_in)
        layers.append((W, np.zeros((n_out, 1))))
    return Parameters.of(network, layers)


def logits(network: Network, parameters: Iterable[Layer], X: Array) -> Array:
    """Return the output layer's z, shape (1, m), for X (n_x, m); it is positive where the class is 1."""
    A, (*hidden, (W, b)) = X, parameters
    for (W_l, b_l), name in zip(hidden, network.hidden_activations, strict=True):
        Z = W_l @ A + b_l  # (n_l, m)
        A = ACTIVATIONS[name].f(Z)  # (n_l, m)
    return W @ A + b
