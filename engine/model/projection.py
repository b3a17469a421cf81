"""The plane on which points with any number of features are drawn, in the person's own units.

A point is drawn at its place on the plane; a place stands for the one point on the plane that is drawn there.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.model.activations import Array
from engine.model.standardization import Standardization


@dataclass(frozen=True, eq=False)
class Projection:
    """The plane `origin + directions @ p`, and where on it the points are drawn."""

    axes: tuple[str, str]
    """What is written at the two axes."""
    origin: Array  # (n_x, 1)
    directions: Array  # (n_x, 2)
    readings: Array  # (2, n_x), with readings @ directions = 1
    columns: tuple[int, int] | None
    """The two features that are the axes; None for principal components."""

    @classmethod
    def of(cls, X: Array, names: tuple[str, ...]) -> Self:
        """Return the plane of the first two features of X (n_x, m), named `names`."""
        return cls.onto(X, names, 0, min(1, len(names) - 1))

    @classmethod
    def onto(cls, X: Array, names: tuple[str, ...], across: int, up: int) -> Self:
        """Return the plane of two features of X (n_x, m), on which the others have their mean.

        The same feature twice is a line: it goes across, and up there is nothing.
        """
        n_x = len(names)
        readings = np.zeros((2, n_x))
        readings[0, across] = 1.0
        if up != across:
            readings[1, up] = 1.0
        others = readings.sum(axis=0) == 0.0  # (n_x,)
        origin = np.zeros((n_x, 1))
        if X.shape[1]:
            origin[others] = Standardization.of(X[others]).mean
        axes = (names[across], names[up] if up != across else "")
        return cls(axes, origin, readings.T.copy(), readings, (across, up))

    @classmethod
    def principal(cls, X: Array, names: tuple[str, ...], one_unit: bool = False) -> Self:
        """Return the plane of the first two principal components of the standardized X (n_x, m), 2 features or more.

        It goes through the mean, and no other plane shows more of the points' spread. `one_unit` is for pixels,
        as in `Standardization.of`.
        """
        measured = Standardization.of(X, one_unit) if X.shape[1] else Standardization.none(len(names))
        standard = measured.apply(X)  # (n_x, m)
        spread, vectors = np.linalg.eigh(standard @ standard.T / max(1, X.shape[1]))
        V = vectors[:, [-1, -2]]  # (n_x, 2), eigenvalues ascend
        V = V * np.sign(V[np.abs(V).argmax(axis=0), [0, 1]])  # a vector and its opposite are one direction
        shares = spread[[-1, -2]] / (spread.sum() or 1.0)
        axes = tuple(f"principal component {i} ({share:.0%})" for i, share in enumerate(shares, 1))
        return cls(axes, measured.mean, measured.scale * V, (V / measured.scale).T, None)  # type: ignore[arg-type]

    @property
    def n_x(self) -> int:
        """The number of features."""
        return len(self.origin)

    @property
    def note(self) -> str:
        """What a person must know of the features that are no axes; empty when there are none."""
        if self.columns is None:
            return "through the mean of all features"
        others = self.n_x - len(set(self.columns))
        if not others:
            return ""
        return f"the other {others} at their mean" if others > 1 else "the other at its mean"

    def places(self, X: Array) -> Array:
        """Return where the points X (n_x, m) are drawn, shape (2, m)."""
        if self.columns is not None and self.columns[0] != self.columns[1]:
            return X[list(self.columns)]
        return self.readings @ (X - self.origin)

    def points(self, places: Array) -> Array:
        """Return the points (n_x, k) that the places (2, k) stand for."""
        return self.origin + self.directions @ places

    def stretched(self, canvas: Array, X: Array) -> Array:
        """Return points (n_x, k) on the plane, for places (2, k) on a canvas of ±1.

        The canvas is stretched over where the points X (n_x, m) are drawn, m at least 1. Along an axis on which
        they are all at one place it is moved there and not stretched.
        """
        places = self.places(X)  # (2, m)
        low, high = places.min(axis=1, keepdims=True), places.max(axis=1, keepdims=True)
        half = high / 2 - low / 2
        return self.points(low / 2 + high / 2 + np.where(half > 0, half, 1.0) * canvas)
