"""Inputs brought to mean 0 and deviation 1 for training, and the way back to the person's own units."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.model.activations import Array


@dataclass(frozen=True, eq=False)
class Standardization:
    """x is trained on as (x - mean) / scale, feature by feature."""

    mean: Array  # (n_x, 1)
    scale: Array  # (n_x, 1), positive

    @classmethod
    def of(cls, X: Array, one_unit: bool = False) -> Self:
        """Return the mean and standard deviation of X (n_x, m); a feature that never varies keeps scale 1.

        With `one_unit`, as the pixels of an image have, all features get one scale, the root of their mean
        variance: a pixel that hardly ever has ink would else weigh as much as one in the middle.
        """
        # Measured in units of the largest value, so that the squares of very large ones do not overflow.
        largest = np.abs(X).max(axis=1, keepdims=True)
        unit = np.where(largest > 0.0, largest, 1.0)
        mean = (X / unit).mean(axis=1, keepdims=True) * unit
        scale = (X / unit).std(axis=1, keepdims=True) * unit
        if one_unit:
            largest = np.full_like(scale, scale.max(initial=0.0))
            scale = largest * np.sqrt(np.mean((scale / np.where(largest > 0.0, largest, 1.0)) ** 2))
            return cls(mean, np.where(scale > 0.0, scale, 1.0))
        varies = X.max(axis=1, keepdims=True) > X.min(axis=1, keepdims=True)
        return cls(mean, np.where(varies & (scale > 0.0), scale, 1.0))

    @classmethod
    def none(cls, n_x: int) -> Self:
        """Return the one that changes nothing."""
        return cls(np.zeros((n_x, 1)), np.ones((n_x, 1)))

    @property
    def changes_nothing(self) -> bool:
        """Whether the network sees the person's own units."""
        return not self.mean.any() and bool((self.scale == 1.0).all())

    def apply(self, X: Array) -> Array:
        """Return X (n_x, m) as the network sees it."""
        # In halves, so that the difference of two huge numbers does not overflow; halving is exact.
        return X if self.changes_nothing else (X / 2 - self.mean / 2) / (self.scale / 2)

    def fold(self, W: Array, b: Array) -> tuple[Array, Array]:
        """Return W (n_1, n_0) and b (n_1, 1) of a first layer for inputs in the person's own units.

        W (x - mean) / scale + b is (W / scale) x + (b - W mean / scale). Inputs made from the standardized ones
        are the columns beyond n_x; only the measured inputs fold, and those columns stay as they are. In double
        precision; infinite where that is not enough.
        """
        own, n_x = W.astype(np.float64), len(self.mean)
        with np.errstate(over="ignore", invalid="ignore"):
            own[:, :n_x] /= self.scale.T
            return own, b - own[:, :n_x] @ self.mean
