"""The functions g that bend a line into a curve, each with its derivative.

Adding one is adding one record to `ACTIVATIONS`; the window, the command line and the tests follow.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Activation:
    """An activation function g and what a person reads about it."""

    name: str
    label: str
    formula: str
    help: str
    f: Callable[[Array], Array]
    """A = g(Z), element by element."""
    derivative: Callable[[Array, Array], Array]
    """g'(Z), given Z and A = g(Z), as the papers write it in terms of whichever is shorter."""


def sigmoid(Z: Array) -> Array:
    """Return 1 / (1 + exp(-Z)), element by element, without overflow (Khalil, equation 3; its limits are in z)."""
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1.0, e) / (1.0 + e)


def sigmoid_derivative(Z: Array, A: Array) -> Array:
    """Return A (1 - A), at most 1/4."""
    return A * (1.0 - A)


def tanh_derivative(Z: Array, A: Array) -> Array:
    """Return 1 - A², at most 1."""
    return 1.0 - A * A


def relu(Z: Array) -> Array:
    """Return max(0, Z)."""
    return np.maximum(Z, 0.0)


def relu_derivative(Z: Array, A: Array) -> Array:
    """Return 0 for Z <= 0 and 1 for Z > 0; the value at 0 is a choice, the usual one."""
    return (Z > 0).astype(Z.dtype)


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
        ),
        Activation(
            "tanh",
            "Tanh",
            "(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
            "Squeezes any z into (−1, 1), centred on 0, which usually lets the next layer learn faster than sigmoid.",
            np.tanh,
            tanh_derivative,
        ),
        Activation(
            "relu",
            "ReLU",
            "max(0, z)",
            "Lets positive z pass with slope 1 and blocks the rest. Never saturates for z > 0, but a unit can die.",
            relu,
            relu_derivative,
        ),
    )
}
