"""Where parameters lie on a plane through the space of all of them, so that a descent can be drawn as a path."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from engine.model.activations import Array
from engine.model.network import Network, Parameters
from engine.model.surfaces import Plane, parameter_plane, path_plane


@dataclass(frozen=True, eq=False)
class Chart:
    """A plane, and what lies at its place (0, 0)."""

    plane: Plane
    middle: Array  # (parameter_count,)

    @classmethod
    def of_two(cls, network: Network, first: int, second: int) -> Self:
        """Return the plane of two parameters, whose places are their values. ValueError for the same one twice."""
        return cls(parameter_plane(network, first, second), np.zeros(network.parameter_count))

    @classmethod
    def of_path(cls, path: Array) -> Self:
        """Return the plane that shows most of a path (n, parameter_count), which begins at its upper left.

        ValueError for a path that never moves.
        """
        plane = path_plane(path)
        across, up = cls(plane, path[-1]).places(path[0])
        turned = plane._replace(
            across=-plane.across if across > 0 else plane.across, up=-plane.up if up < 0 else plane.up
        )
        return cls(turned, path[-1])

    @classmethod
    def of_first_step(
        cls, parameters: Parameters, gradient: Parameters, generator: np.random.Generator
    ) -> Self:
        """Return the plane of a first step, downhill to the right, and of a random direction, both of length 1."""
        across, up = generator.standard_normal((2, parameters.vector.size))
        downhill = -gradient.vector.astype(np.float64)
        if np.isfinite(downhill).all() and downhill.any():
            across = downhill / np.abs(downhill).max()
        across /= np.linalg.norm(across)
        up -= across * (across @ up)
        return cls(Plane(across, up / np.linalg.norm(up)), parameters.vector.astype(np.float64))

    def places(self, vectors: Array) -> Array:
        """Return where parameters (n, parameter_count), or one vector, lie when seen from above: (2, n) or (2,)."""
        return self._onto @ (vectors - self.middle).T

    def moved(self, vector: Array, place: Array) -> Array:
        """Return parameters (parameter_count,) moved along the plane until they lie at a place (2,)."""
        across, up = place - self.places(vector)
        return vector + across * self.plane.across + up * self.plane.up

    def distance(self, one: Array, other: Array) -> float:
        """Return how far apart two vectors lie in all directions in which the plane does not go."""
        apart = one - other
        across, up = self._onto @ apart
        return float(np.linalg.norm(apart - across * self.plane.across - up * self.plane.up))

    @cached_property
    def _onto(self) -> Array:
        """The least squares of the directions, which need not be at right angles: (2, parameter_count)."""
        directions = np.stack(self.plane[:2])
        return np.linalg.solve(directions @ directions.T, directions)


def parameter_names(network: Network) -> list[str]:
    """Return the name of each parameter in the order of the vector, such as W1[2,1] and b1[2]: row, then column."""
    names = []
    for layer, (n_in, n_out) in enumerate(zip(network.sizes, network.sizes[1:], strict=False), start=1):
        for row in range(1, n_out + 1):
            names += [f"W{layer}[{row},{column}]" for column in range(1, n_in + 1)] + [f"b{layer}[{row}]"]
    return names
