"""The functions g that bend a line into a curve, each with its derivative.

Adding one is adding one record to `ACTIVATIONS`; the window, the command line and the tests follow. The functions
write into an array that they are given: training calls them again and again on arrays of one shape.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

LEAK = 0.01  # the slope of the leaky ReLU for negative z


@dataclass(frozen=True)
class Activation:
    """An activation function g and what a person reads about it."""

    name: str
    label: str
    formula: str
    help: str
    write: Callable[[Array, Array], object]
    """Put A = g(Z) into the second array; Z stays as it is."""
    write_derivative: Callable[[Array, Array, Array], object]
    """Put g'(Z) into the third array, given Z and A = g(Z); the papers use whichever of the two is shorter."""
    steepest: float = 1.0
    """The largest slope it has."""
    source: str = ""
    """A = g(Z) as an expression of NumPy, with the same bits, for the programs that people take away. Without it the
    activation trains as well, and cannot be written as Python or ONNX."""
    source_of_derivative: str = ""
    """g'(Z) likewise, of Z and A."""

    def f(self, Z: Array) -> Array:
        """Return A = g(Z), element by element."""
        A = np.empty_like(Z)
        self.write(Z, A)
        return A

    def derivative(self, Z: Array, A: Array) -> Array:
        """Return g'(Z), element by element, given Z and A = g(Z)."""
        slope = np.empty_like(Z)
        self.write_derivative(Z, A, slope)
        return slope


def sigmoid(Z: Array, out: Array | None = None) -> Array:
    """Return 1 / (1 + exp(-Z)), element by element (Khalil, equation 3; its limits are in z)."""
    A = np.negative(Z, out=out)
    with np.errstate(over="ignore"):  # exp(-Z) may be infinite, and A is 0 there
        np.exp(A, out=A)
    np.add(A, 1.0, out=A)
    return np.reciprocal(A, out=A)


def sigmoid_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write A (1 - A), at most 1/4."""
    np.subtract(1.0, A, out=out)
    np.multiply(A, out, out=out)


def tanh_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write 1 - A², at most 1."""
    np.multiply(A, A, out=out)
    np.subtract(1.0, out, out=out)


def relu(Z: Array, out: Array) -> None:
    """Write max(0, Z)."""
    np.maximum(Z, 0.0, out=out)


def relu_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write 0 for Z <= 0 and 1 for Z > 0; the value at 0 is a choice, the usual one."""
    np.greater(Z, 0.0, out=out)


def leaky_relu(Z: Array, out: Array) -> None:
    """Write Z for Z > 0, and a hundredth of it below (Maas, Hannun and Ng 2013)."""
    np.multiply(Z, LEAK, out=out)
    np.maximum(Z, out, out=out)


def leaky_relu_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write 1 for Z > 0 and a hundredth for Z <= 0."""
    np.greater(Z, 0.0, out=out)
    np.maximum(out, LEAK, out=out)


def softplus(Z: Array, out: Array) -> None:
    """Write log(1 + exp(Z)), as max(Z, 0) + log(1 + exp(-|Z|)), which never overflows."""
    np.add(np.maximum(Z, 0.0), np.log1p(np.exp(-np.abs(Z))), out=out)


def softplus_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write sigmoid(Z), which is 1 - exp(-A)."""
    np.negative(A, out=out)
    np.expm1(out, out=out)
    np.negative(out, out=out)


def identity(Z: Array, out: Array) -> None:
    """Write Z itself."""
    np.copyto(out, Z)


def identity_derivative(Z: Array, A: Array, out: Array) -> None:
    """Write 1."""
    out.fill(1.0)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "sigmoid",
            "Sigmoid",
            "1 / (1 + e⁻ᶻ)",
            "Squeezes any z into (0, 1). Its slope is at most ¼ and vanishes at both ends, so deep layers learn slowly.",
            sigmoid,
            sigmoid_derivative,
            steepest=0.25,
            source="1 / (1 + np.exp(-Z))",
            source_of_derivative="A * (1 - A)",
        ),
        Activation(
            "tanh",
            "Tanh",
            "(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
            "Squeezes any z into (−1, 1), centred on 0, which usually lets the next layer learn faster than sigmoid.",
            np.tanh,
            tanh_derivative,
            source="np.tanh(Z)",
            source_of_derivative="1 - A * A",
        ),
        Activation(
            "relu",
            "ReLU",
            "max(0, z)",
            "Lets positive z pass with slope 1 and blocks the rest. Never saturates for z > 0, but a unit can die.",
            relu,
            relu_derivative,
            source="np.maximum(Z, 0)",
            source_of_derivative="np.heaviside(Z, 0)",
        ),
        Activation(
            "leaky_relu",
            "Leaky ReLU",
            "max(z, 0.01 z)",
            "ReLU with a slope of 1/100 for negative z, so that a unit that is off still learns a little.",
            leaky_relu,
            leaky_relu_derivative,
            source="np.maximum(Z, 0.01 * Z)",
            source_of_derivative="np.maximum(np.heaviside(Z, 0), 0.01)",
        ),
        Activation(
            "softplus",
            "Softplus",
            "log(1 + eᶻ)",
            "ReLU with the corner rounded off. Its slope is the sigmoid, and never quite 0.",
            softplus,
            softplus_derivative,
            source="np.maximum(Z, 0) + np.log1p(np.exp(-np.abs(Z)))",
            source_of_derivative="-np.expm1(-A)",
        ),
        Activation(
            "identity",
            "Identity",
            "z",
            "No bend at all: however many layers, the network stays a straight line. Shows why activations are needed.",
            identity,
            identity_derivative,
            source="Z",
            source_of_derivative="np.ones_like(Z)",
        ),
    )
}
