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
CLOSEST, WIDEST = 8.0, 150.0  # pixels between two rows of a column
LARGEST = 96.0  # pixels, the side of a node
OF_WIDTH = 0.08  # of the width, the side of a node at most
SHARE = 0.78  # of the way to the next node
SMALL = 18.0  # pixels, a node's side below which a layer stands in two staggered columns
APART = 4.0  # pixels between these
LARGER = 2.0  # times the smallest node, that any may be
BELOW = 30.0  # pixels for two numbers below a node
ENOUGH, PLENTY = (
    20.0,
    44.0,
)  # pixels, the side of a node above numbers, at least, and where they may stand beside
BESIDE, HIGH = 48.0, 27.0  # pixels for a number to the right of a node, and for two, one above the other
MARK = 4.0  # pixels, the radius of the mark of a bias of 0
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
    """Its middle; its nodes stand there, or to the left and right of it in turn."""
    units: np.ndarray  # (k,) those drawn, from 0
    places: Array  # (k, 2) their centres
    side: float
    """Of each node."""
    numbers: Numbers
    ellipsis: float | None
    """The height at which an ellipsis stands for the units that are not drawn."""
    left_out: int = 0
    """How many these are."""

    @property
    def half(self) -> float:
        """From its middle to the rims of its nodes."""
        return float(np.ptp(self.places[:, 0]) + self.side) / 2


@dataclass(frozen=True, eq=False)
class Layout:
    """A network on an area, in pixels. Nodes and edges are numbered; the inputs are the first column."""

    network: Network
    columns: tuple[Column, ...]
    nodes: Array  # (k, 2) centres, column after column
    sides: Array  # (k,)
    depths: np.ndarray  # (k,) the column of each node
    units: np.ndarray  # (k,) its unit, from 0
    biases: np.ndarray  # (k,) the place of its bias in the vector of all parameters; NO_UNIT for an input
    ends: Array  # (n, 4) each edge's x and y, on the left and on the right
    weights: np.ndarray  # (n,) the place of its weight
    sources: np.ndarray  # (n,) the node on its left
    targets: np.ndarray  # (n,) the node on its right
    crowding: float
    """How many edges there are for each pixel of height, where there are most."""

    @classmethod
    def of(cls, network: Network, area: QRectF, with_numbers: bool) -> Self:
        """Return the network on an area, with room for numbers where there is any."""
        sizes = network.sizes
        across = np.linspace(area.left(), area.right(), len(sizes))
        gap = float(across[1] - across[0])
        columns = _columns(sizes, across, area, gap, with_numbers)
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
        nodes = np.concatenate([each.places for each in columns])
        sides = np.concatenate([np.full(each.units.size, each.side) for each in columns])
        source, target = np.concatenate(sources), np.concatenate(targets)
        rims = np.column_stack([sides / 2, np.zeros(sides.size)])
        return cls(
            network,
            columns,
            nodes,
            sides,
            np.repeat(np.arange(len(columns)), np.diff(firsts)),
            np.concatenate([each.units for each in columns]),
            np.concatenate(biases),
            np.hstack([nodes[source] + rims[source], nodes[target] - rims[target]]),
            np.concatenate(weights),
            source,
            target,
            max(each.size for each in weights) / area.height(),
        )

    def square(self, node: int) -> QRectF:
        """Return the square of a node."""
        (x, y), side = self.nodes[node], self.sides[node]
        return QRectF(x - side / 2, y - side / 2, side, side)

    def mark(self, node: int) -> QPointF:
        """Return the place of a node's bias mark, at its lower left corner."""
        return self.square(node).bottomLeft()

    def lanes(self, apart: float) -> list[QLineF]:
        """Return the lines of all edges, each moved sideways by `apart` pixels."""
        way = self.ends[:, 2:] - self.ends[:, :2]  # (n, 2)
        length = np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
        moved = self.ends + apart * np.tile(np.column_stack([-way[:, 1], way[:, 0]]) / length, 2)
        return [QLineF(*each) for each in moved.tolist()]

    def meant_at(self, place: QPointF) -> Meant | None:
        """Return what is at a place: a bias's mark before its node, and a node before the lines."""
        at = np.array([place.x(), place.y()])
        apart = np.hypot(*(self.nodes + self.sides[:, None] / 2 * np.array([-1.0, 1.0]) - at).T)
        apart[self.biases == NO_UNIT] = np.inf
        if apart.min() <= NEAR:
            return Meant(Kind.BIAS, int(apart.argmin()))
        apart = np.abs(self.nodes - at).max(axis=1) - self.sides / 2
        if apart.min() <= 0.0:
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


def _columns(
    sizes: tuple[int, ...], across: Array, area: QRectF, gap: float, with_numbers: bool
) -> tuple[Column, ...]:
    """Return all columns, their nodes as large as there is room, and not too different."""
    most = int(np.clip(area.height() // CLOSEST, FEWEST, MOST))
    rows = [min(n, most) for n in sizes]
    pitches = [min(WIDEST, area.height() / each) for each in rows]
    largest = min(LARGEST, OF_WIDTH * area.width(), 0.42 * gap)
    staggered = min(largest, 2 * SHARE * min(pitches), (0.55 * gap - APART) / 2)
    small = min(largest, SHARE * min(pitches))
    stagger = small < min(SMALL, staggered) and not (with_numbers and min(pitches) >= HIGH / 2)
    least = staggered if stagger else small
    columns = []
    for x, n, count, pitch in zip(across.tolist(), sizes, rows, pitches, strict=True):
        in_two = stagger and SHARE * pitch < least
        side = least if in_two else min(largest, SHARE * pitch, LARGER * least)
        numbers = _numbers(pitch, gap, side) if with_numbers and not in_two else Numbers.NONE
        middle = area.center().y()
        if numbers is Numbers.BELOW:
            side, middle = min(side, pitch - BELOW), middle - BELOW / 2
        if in_two:  # the nodes are higher than their rows
            pitch = (area.height() - side) / (count - 1)
        y = middle + pitch * (np.arange(count) - (count - 1) / 2)
        aside = (side + APART) / 2 * np.where(np.arange(count) % 2, 1.0, -1.0) if in_two else np.zeros(count)
        places, units = np.column_stack([x + aside, y]), np.arange(count)
        if n <= most:
            columns.append(Column(x, units, places, side, numbers, None))
            continue
        drawn = np.append(np.arange(most - 2), n - 1)
        left_out = n - drawn.size
        kept = np.delete(places, most - 2, axis=0)
        columns.append(Column(x, drawn, kept, side, numbers, float(y[most - 2]), left_out))
    return tuple(columns)


def _numbers(pitch: float, gap: float, side: float) -> Numbers:
    """Return where there is room for the numbers of a column's nodes."""
    beside = gap - side >= BESIDE and pitch >= HIGH / 2
    if pitch - BELOW >= (PLENTY if beside else ENOUGH):
        return Numbers.BELOW
    if not beside:
        return Numbers.NONE
    if pitch >= HIGH:
        return Numbers.BESIDE
    return Numbers.IN_LINE if gap - side >= 2 * BESIDE else Numbers.ALONE
