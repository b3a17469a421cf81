"""Inputs made from the two that were measured, so that even a straight line in them is a curve on the plane.

Adding one is adding one record to `FEATURES`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.model.activations import Array
from engine.model.registry import named


@dataclass(frozen=True)
class Feature:
    """An input made from x₁ and x₂, and what a person reads about it."""

    name: str
    label: str
    help: str
    f: Callable[[Array, Array], Array]
    """The feature, shape (m,), from x₁ (m,) and x₂ (m,) as the network sees them."""
    source: str = ""
    """The same as an expression of NumPy, of x1 and x2, for the programs that people take away."""


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature(
            "x1_squared",
            "x₁²",
            "Lets a line in the inputs bend back along x₁.",
            lambda x1, x2: x1 * x1,
            "x1 * x1",
        ),
        Feature(
            "x2_squared",
            "x₂²",
            "Lets a line in the inputs bend back along x₂.",
            lambda x1, x2: x2 * x2,
            "x2 * x2",
        ),
        Feature(
            "x1_x2",
            "x₁x₂",
            "Tells opposite corners apart, as the XOR data needs.",
            lambda x1, x2: x1 * x2,
            "x1 * x2",
        ),
        Feature("sin_x1", "sin x₁", "A wave along x₁.", lambda x1, x2: np.sin(x1), "np.sin(x1)"),
        Feature("sin_x2", "sin x₂", "A wave along x₂.", lambda x1, x2: np.sin(x2), "np.sin(x2)"),
    )
}


def with_features(X: Array, names: Iterable[str]) -> Array:
    """Return X (n_x, m) with the named features below it, shape (n_x + k, m).

    They are made from the first two rows. ValueError for an unknown name, or for X with fewer rows.
    """
    chosen = list(names)
    made = [named(FEATURES, name, "feature") for name in chosen]
    if not chosen:
        return X
    if len(X) < 2:
        raise ValueError(f"features such as {chosen[0]} need two inputs, and there is {len(X)}")
    with np.errstate(over="ignore", invalid="ignore"):
        return np.vstack([X, *(feature.f(X[0], X[1]) for feature in made)])
