"""Made-up data sets, each a picture that asks something else of a network.

A generator draws the points first and their noise after, from one seed: another noise moves the same points,
and so do another rotation, another share of a class, and labels that are flipped.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset

Points = NDArray[np.float64]  # (2, m)
Labels = NDArray[np.float64]  # (m,)

REACH = 1.25  # of the axes: how far the points of every generator are from the middle, but for much noise
FLIPS = 5  # the stream of random numbers, of all that a seed has, that flips labels


@dataclass(frozen=True)
class Generator:
    """A made-up data set: `place` puts a point of each label, without noise, on a canvas of about ±1."""

    name: str
    label: str
    help: str
    spread: float
    """The standard deviation, in the units of the axes, that noise 1 stands for; noise 0.1 suits every set."""
    place: Callable[[Labels, np.random.Generator], Points]


def _polar(radius: NDArray[np.float64] | float, angle: NDArray[np.float64]) -> Points:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)])


def _blobs(y: Labels, rng: np.random.Generator) -> Points:
    return np.where(y == 1, 0.55, -0.55) + 0.2 * rng.standard_normal((2, y.size))


def _moons(y: Labels, rng: np.random.Generator) -> Points:
    x = _polar(0.75, np.pi * rng.random(y.size)) - np.array([[0.375], [0.1875]])
    return np.where(y == 1, -x, x)


def _circles(y: Labels, rng: np.random.Generator) -> Points:
    return _polar(np.where(y == 1, 0.45, 1.0), 2 * np.pi * rng.random(y.size))


def _xor(y: Labels, rng: np.random.Generator) -> Points:
    x = 0.08 + 0.92 * rng.random((2, y.size))
    side = np.where(rng.random(y.size) < 0.5, -1.0, 1.0)
    return x * side * np.stack([np.ones(y.size), np.where(y == 1, 1.0, -1.0)])


def _spiral(y: Labels, rng: np.random.Generator) -> Points:
    turn = np.sqrt(0.01 + 0.99 * rng.random(y.size))
    return _polar(turn, 3.0 * np.pi * turn + np.pi * y)


def _flower(y: Labels, rng: np.random.Generator) -> Points:
    petal = 2 * rng.integers(0, 3, y.size) + y  # six petals, the classes in turn
    across = rng.random(y.size) - 0.5
    radius = np.cos(np.pi * across) * (0.25 + 0.75 * np.sqrt(rng.random(y.size)))
    return _polar(radius, np.pi / 3 * (petal + 0.92 * across))


GENERATORS: dict[str, Generator] = {
    generator.name: generator
    for generator in (
        Generator("blobs", "Blobs", "Two round clouds: a straight line is enough.", 1.0, _blobs),
        Generator(
            "moons", "Moons", "Two half moons, hooked into each other: the line has to bend.", 1.0, _moons
        ),
        Generator("circles", "Circles", "One class around the other: no line can part them.", 0.8, _circles),
        Generator(
            "xor", "XOR", "Opposite corners belong together: the puzzle that needs a hidden layer.", 0.4, _xor
        ),
        Generator(
            "spiral", "Spiral", "Two arms wound around each other: hard, and worth the wait.", 0.25, _spiral
        ),
        Generator(
            "flower", "Flower", "Six petals in turn: the boundary has to fold several times.", 0.3, _flower
        ),
    )
}


def generate(
    name: str,
    samples: int,
    noise: float,
    seed: int,
    class_balance: float = 0.5,
    label_noise: float = 0.0,
    rotation: float = 0.0,
) -> Dataset:
    """Return `samples` points of the generator `name`, the share `class_balance` of them of class 1.

    `noise` times the generator's spread is the standard deviation of what is added to both coordinates. The
    points are turned by `rotation` degrees to the left. Last, the share `label_noise` of each class changes its
    label and stays where it is; a larger share flips the same points and more.
    """
    generator = GENERATORS[name]
    rng = np.random.default_rng(seed)
    y = _labels(samples, class_balance)
    x = generator.place(y, rng)
    x = x + noise * generator.spread * rng.standard_normal(x.shape)
    if rotation:
        x = _turned(x, math.radians(rotation))
    if label_noise:
        y = _flipped(y, label_noise, np.random.default_rng((seed, FLIPS)))
    return Dataset.of(x, y, generator.label, same_units=True)


def _labels(samples: int, share: float) -> Labels:
    """Return labels in turn, the last of the more frequent class changed until `share` of them are 1.

    So at another share most points stay what and where they are, and a point that changes its class takes the
    same part of the other class's shape. Each class has at least one point; half a point is none.
    """
    y = (np.arange(samples) % 2).astype(np.float64)
    ones = min(max(math.ceil(share * samples - 0.5), 1), samples - 1)
    half = samples // 2
    if ones < half:
        y[np.flatnonzero(y == 1)[ones:]] = 0.0
    else:
        y[np.flatnonzero(y == 0)[samples - ones :]] = 1.0
    return y


def _turned(x: Points, angle: float) -> Points:
    across, up = x
    return np.stack(
        [across * np.cos(angle) - up * np.sin(angle), across * np.sin(angle) + up * np.cos(angle)]
    )


def _flipped(y: Labels, share: float, rng: np.random.Generator) -> Labels:
    order = rng.permutation(y.size)  # the points that are flipped first come first
    flipped = y.copy()
    for label in (0.0, 1.0):
        members = order[y[order] == label]
        flipped[members[: round(share * members.size)]] = 1.0 - label
    return flipped
