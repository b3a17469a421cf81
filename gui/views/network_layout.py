"""Where the units and weights of a network are drawn: columns of nodes, and lines between them."""

import enum
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from engine.model.activations import Array
from engine.model.network import Network

MOST, FEWEST = (
    16,
    4,
)  # rows of a column; a layer of more units is drawn as its first ones, an ellipsis, its last
CLOSEST, WIDEST = 10.0, 92.0  # pixels between two nodes of a column
LARGEST = 56.0  # pixels, the side of a node
SHARE = 0.78  # of the way to the next node
BELOW = 30.0  # pixels for two numbers below a node
ENOUGH = 20.0  # pixels, the side of a node from which numbers may stand below it
BESIDE, HIGH = 40.0, 27.0  # pixels for a number to the right of a node, and for two, one above the other
MARK = 3.0  # pixels, the radius of the mark of a bias of 0
NEAR = 5.0  # pixels from a line or a mark at which it is meant
NO_UNIT = -1


class Numbers(enum.Enum):
    """Where the followed point's numbers stand at a node, as there is room."""

    BELOW = enum.auto()
    BESIDE = enum.auto()
    IN_LINE = enum.auto()
    """Beside the node, one after the other."""
    ALONE = enum.auto()
    """Beside the node, the activation only."""
    NONE = enum.auto()


class Kind(enum.Enum):
    """What can be pointed at."""

    EDGE = enum.auto()
    BIAS = enum.auto()
    NODE = enum.auto()


class Meant(NamedTuple):
    """What is pointed at: an edge by its number, a bias or a node by the node's."""

    kind: Kind
    which: int


@dataclass(frozen=True, eq=False)
class Column:
    """One layer as it is drawn."""

    x: float
    units: np.ndarray  # (k,) those drawn, from 0
    y: Array  # (k,)
    ellipsis: float | None
    """The height at which an ellipsis stands for the units that are not drawn."""
    left_out: int = 0
    """How many these are."""


@dataclass(frozen=True, eq=False)
class Layout:
    """A network on an area, in pixels. Nodes and edges are numbered; the inputs are the first column."""

    network: Network
    side: float
    numbers: Numbers
    columns: tuple[Column, ...]
    nodes: Array  # (k, 2) centres, column after column
    depths: np.ndarray  # (k,) the column of each node
    units: np.ndarray  # (k,) its unit, from 0
    biases: np.ndarray  # (k,) the place of its bias in the vector of all parameters; NO_UNIT for an input
    ends: Array  # (n, 4) each edge's x and y, on the left and on the right
    weights: np.ndarray  # (n,) the place of its weight
    sources: np.ndarray  # (n,) the node on its left
    targets: np.ndarray  # (n,) the node on its right

    @classmethod
    def of(cls, network: Network, area: QRectF, with_numbers: bool) -> Self:
        """Return the network on an area, with room for numbers where there is any."""
        sizes = network.sizes
        across = np.linspace(area.left(), area.right(), len(sizes))
        gap = float(across[1] - across[0])
        most = int(np.clip(area.height() // CLOSEST, FEWEST, MOST))
        pitch = min(min(WIDEST, area.height() / _rows(n, most)) for n in sizes)
        side = min(LARGEST, SHARE * pitch, 0.42 * gap)
        numbers = Numbers.NONE
        if with_numbers and pitch - BELOW >= ENOUGH:
            side, numbers = min(side, pitch - BELOW), Numbers.BELOW
        elif with_numbers and gap - side >= BESIDE and pitch >= HIGH / 2:
            one_line = Numbers.IN_LINE if gap - side >= 2 * BESIDE else Numbers.ALONE
            numbers = Numbers.BESIDE if pitch >= HIGH else one_line
        middle = area.center().y() - (BELOW / 2 if numbers is Numbers.BELOW else 0.0)
        columns = tuple(
            _column(float(x), n, most, area.height(), middle) for x, n in zip(across, sizes, strict=True)
        )
        firsts = np.cumsum([0, *(each.units.size for each in columns)])
        sources, targets, weights = [], [], []
        for depth, (left, right) in enumerate(pairwise(columns)):
            j, k = np.indices((right.units.size, left.units.size)).reshape(2, -1)
            start = network.place_of(depth + 1, 1, 1)
            weights.append(start + right.units[j] * (sizes[depth] + 1) + left.units[k])
            sources.append(firsts[depth] + k)
            targets.append(firsts[depth + 1] + j)
        biases = [np.full(columns[0].units.size, NO_UNIT)]
        for depth, column in enumerate(columns[1:]):
            bias = network.place_of(depth + 1, 1, sizes[depth] + 1)
            biases.append(bias + column.units * (sizes[depth] + 1))
        nodes = np.concatenate([np.column_stack([np.full(each.y.size, each.x), each.y]) for each in columns])
        source, target = np.concatenate(sources), np.concatenate(targets)
        half = np.array([side / 2, 0.0])
        return cls(
            network,
            side,
            numbers,
            columns,
            nodes,
            np.repeat(np.arange(len(columns)), np.diff(firsts)),
            np.concatenate([each.units for each in columns]),
            np.concatenate(biases),
            np.hstack([nodes[source] + half, nodes[target] - half]),
            np.concatenate(weights),
            source,
            target,
        )

    def square(self, node: int) -> QRectF:
        """Return the square of a node."""
        x, y = self.nodes[node]
        return QRectF(x - self.side / 2, y - self.side / 2, self.side, self.side)

    def mark(self, node: int) -> QPointF:
        """Return the place of a node's bias mark, at its lower left corner."""
        x, y = self.nodes[node]
        return QPointF(x - self.side / 2, y + self.side / 2)

    def lanes(self, apart: float) -> list[QLineF]:
        """Return the lines of all edges, each moved sideways by `apart` pixels."""
        way = self.ends[:, 2:] - self.ends[:, :2]  # (n, 2)
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        moved = self.ends + apart * np.tile(np.column_stack([-way[:, 1], way[:, 0]]) / length, 2)
        return [QLineF(*each) for each in moved.tolist()]

    def meant_at(self, place: QPointF) -> Meant | None:
        """Return what is at a place: a bias's mark before its node, and a node before the lines."""
        at = np.array([place.x(), place.y()])
        apart = np.hypot(*(self.nodes + self.side / 2 * np.array([-1.0, 1.0]) - at).T)
        apart[self.biases == NO_UNIT] = np.inf
        if apart.min() <= NEAR:
            return Meant(Kind.BIAS, int(apart.argmin()))
        apart = np.abs(self.nodes - at).max(axis=1)
        if apart.min() <= self.side / 2:
            return Meant(Kind.NODE, int(apart.argmin()))
        start, way = self.ends[:, :2], self.ends[:, 2:] - self.ends[:, :2]  # (n, 2)
        share = ((at - start) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-9)
        apart = np.hypot(*(at - start - np.clip(share, 0.0, 1.0)[:, None] * way).T)
        return Meant(Kind.EDGE, int(apart.argmin())) if apart.min() <= NEAR else None

    def parameter(self, meant: Meant) -> int | None:
        """Return the place of a parameter in the vector of all; None for a node."""
        if meant.kind is Kind.NODE:
            return None
        return int((self.weights if meant.kind is Kind.EDGE else self.biases)[meant.which])


def _rows(n: int, most: int) -> int:
    return min(n, most)


def _column(x: float, n: int, most: int, height: float, middle: float) -> Column:
    """Return a layer of n units, or its first ones, an ellipsis and its last."""
    rows = _rows(n, most)
    pitch = min(WIDEST, height / rows)
    y = middle + pitch * (np.arange(rows) - (rows - 1) / 2)
    if n <= most:
        return Column(x, np.arange(n), y, None)
    drawn = np.append(np.arange(most - 2), n - 1)
    return Column(x, drawn, np.delete(y, most - 2), float(y[most - 2]), n - drawn.size)
