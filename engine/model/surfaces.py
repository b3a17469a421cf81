"""What the network says everywhere on a plane, and what the cost is everywhere on another.

The first is the plane of the points: the numbers behind the heat map, the 0.5 line, and the maps of single units.
The second is a plane through the space of all parameters, on which the descent is a path.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.model.activations import Array
from engine.model.features import with_features
from engine.model.network import Layer, Network, Parameters, logits
from engine.model.papers import forward
from engine.model.projection import Projection
from engine.model.standardization import Standardization

Range = tuple[float, float]
PIECE = 4096  # places


class DecisionGrid(NamedTuple):
    """Logits over a rectangle of the plane; `Z[row, column]` belongs to the place `(x[column], y[row])`."""

    x: Array  # (columns,)
    y: Array  # (rows,)
    Z: Array  # (rows, columns)


class Rectangle(NamedTuple):
    """A part of the plane on which points are drawn, and how many places to look at; the edges are among them."""

    x_range: Range
    y_range: Range
    columns: int
    rows: int

    @property
    def x(self) -> Array:
        """The places across, shape (columns,)."""
        return np.linspace(*self.x_range, self.columns)

    @property
    def y(self) -> Array:
        """The places up, shape (rows,)."""
        return np.linspace(*self.y_range, self.rows)


class Plane(NamedTuple):
    """Two directions in the space of all parameters, and how much of a path they show, from 0 to 1."""

    across: Array  # (parameter_count,)
    up: Array  # (parameter_count,)
    share: float = float("nan")


def decision_grid(
    network: Network,
    parameters: Parameters,
    standardization: Standardization,
    projection: Projection,
    rectangle: Rectangle,
    features: Iterable[str] = (),
) -> DecisionGrid:
    """Return the logits of a network over a rectangle of the plane on which its points are drawn.

    Computed in single precision: a picture has 256 colours, and this takes a third of the time. What overflows
    there becomes the largest number, and what is no number 0.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        layers, X = _on_rectangle(parameters, standardization, projection, rectangle, features)
        # In pieces that stay in the processor's cache.
        pieces = [
            logits(network, layers, X[:, first : first + PIECE]) for first in range(0, X.shape[1], PIECE)
        ]
    Z = np.nan_to_num(np.concatenate(pieces, axis=1), copy=False)
    return DecisionGrid(rectangle.x, rectangle.y, Z.reshape(rectangle.rows, rectangle.columns))


def unit_grids(
    network: Network,
    parameters: Parameters,
    standardization: Standardization,
    projection: Projection,
    rectangle: Rectangle,
    features: Iterable[str] = (),
) -> list[Array]:
    """Return A of every unit at the places of `decision_grid`, for each layer an array (n_l, rows, columns)."""
    with np.errstate(over="ignore", invalid="ignore"):
        layers, X = _on_rectangle(parameters, standardization, projection, rectangle, features)
        passed = forward(replace(network, sizes=(len(X), *network.sizes[1:])), layers, X)
    return [np.nan_to_num(A, copy=False).reshape(-1, rectangle.rows, rectangle.columns) for A in passed.A[1:]]


def cost_surface(J: Callable[[Array], Array], origin: Array, plane: Plane, a: Array, b: Array) -> Array:
    """Return J(origin + a across + b up), shape (b.size, a.size).

    J gives the costs (k,) of k vectors of parameters (k, parameter_count). Exact, one evaluation for each place.
    Infinite where the cost overflows.
    """
    vectors = origin + a[:, None] * plane.across + b[:, None, None] * plane.up
    costs = J(vectors.reshape(-1, origin.size)).reshape(b.size, a.size)
    return np.where(np.isnan(costs), np.inf, costs)


def parameter_plane(network: Network, first: int, second: int) -> Plane:
    """Return the plane of two parameters, by their places in the vector. ValueError for the same one twice."""
    count = network.parameter_count
    for place in (first, second):
        if not 0 <= place < count:
            raise ValueError(f"parameter {place} is outside [0, {count - 1}]")
    if first == second:
        raise ValueError(f"parameter {first} alone makes no plane; name two different ones")
    across, up = np.eye(count)[[first, second]]
    return Plane(across, up)


def random_plane(parameters: Parameters, generator: np.random.Generator) -> Plane:
    """Return two random directions, each unit's part as long as that unit's own weights (Li et al. 2018).

    Without that, a network with larger weights would look flatter than it is. Biases stay.
    """
    network = parameters.network
    directions = []
    for _ in range(2):
        direction = generator.standard_normal(network.parameter_count)
        for part, (W, _b) in zip(network.joined(direction), parameters, strict=True):
            part[:, -1] = 0.0
            lengths = np.linalg.norm(part, axis=1, keepdims=True)
            part *= np.linalg.norm(W, axis=1, keepdims=True) / np.where(lengths > 0.0, lengths, 1.0)
        directions.append(direction)
    across, up = directions
    return Plane(across, up)


def path_plane(path: Array) -> Plane:
    """Return the two directions that show most of a path (n, parameter_count), seen from its last point.

    The first two principal components, of length 1, and their share of the path's spread. ValueError for a path
    that never moves.
    """
    moved = path - path[-1]
    if not moved.any():
        raise ValueError("a path that never moves has no direction; train first")
    _, lengths, directions = np.linalg.svd(moved, full_matrices=False)
    if len(directions) < 2:
        raise ValueError(f"a path of {len(path)} point has no plane; it needs at least 2")
    spread = lengths**2
    return Plane(directions[0], directions[1], float(spread[:2].sum() / spread.sum()))


def _on_rectangle(
    parameters: Parameters,
    standardization: Standardization,
    projection: Projection,
    rectangle: Rectangle,
    features: Iterable[str],
) -> tuple[list[Layer], Array]:
    """Return a network that takes places q of the rectangle, its edges at -1 and 1, and the places themselves.

    The point behind a place, its standardization and the first layer are one linear map after another, so the
    first layer of the new network is their product, made in double precision. Whatever the number of features,
    it has two inputs, and those made from others as they were; shape (2 + k, rows * columns).
    """
    halves = np.array([rectangle.x_range, rectangle.y_range]) / 2  # (2, 2), of which no sum overflows
    middle, half = halves.sum(axis=1, keepdims=True), halves[:, 1] - halves[:, 0]
    start = standardization.apply(projection.points(middle))  # (n_x, 1), as the network sees it
    along = projection.directions * half / standardization.scale  # (n_x, 2)
    places = np.empty((2, rectangle.rows, rectangle.columns), dtype=np.float32)
    places[0] = np.linspace(-1.0, 1.0, rectangle.columns)
    places[1] = np.linspace(-1.0, 1.0, rectangle.rows)[:, None]
    q = places.reshape(2, -1)
    chosen = list(features)
    X = q
    if chosen:
        seen = along[:2].astype(np.float32) @ q + start[:2].astype(np.float32)
        X = np.vstack([q, with_features(seen, chosen)[2:]])
    (W, b), *others = parameters
    measured, made = W[:, : projection.n_x].astype(np.float64), W[:, projection.n_x :]
    first = Layer(np.hstack([measured @ along, made]), measured @ start + b)
    return [Layer(W.astype(np.float32), b.astype(np.float32)) for W, b in (first, *others)], X
