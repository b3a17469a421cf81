"""A surface as a solid block, seen from above at an angle: what is seen of it in each pixel, and what is hidden.

The block stands on a rectangle whose longer side goes from -1 to 1, and rises from 0 to `HEIGHT`. It is seen in
parallel, without perspective. Of an upright column of pixels the block is looked at along one straight line, from the
front to the back: what does not rise above all before it is hidden.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from engine.model.activations import Array

HEIGHT = 0.75  # of the block, where half of its longer side is 1
STEEPEST, FLATTEST = 85.0, 5.0  # degrees that the eye may be above the ground
STEPS = 0.8  # of a line of sight for a pixel, along its longest way through the block
BEHIND = 0.05  # that a place must lie behind what is seen, to be hidden: a line on the surface is not
SIDES = 0.75, 0.95  # the light on a side of the block, by the way that it faces
WALL = -1.0  # the share of a pixel that shows a side of the block


class Angle(NamedTuple):
    """From where a block is seen, in degrees."""

    turn: float
    """That the block is turned, seen from above against the clock."""
    tilt: float
    """That the eye is above the ground."""

    def moved(self, turn: float, tilt: float) -> "Angle":
        """Return another angle, never from straight above or from below."""
        return Angle(
            (self.turn + turn + 180.0) % 360.0 - 180.0, min(STEEPEST, max(FLATTEST, self.tilt + tilt))
        )


class Seen(NamedTuple):
    """What each pixel shows, (height, width), the first row at the top."""

    share: Array
    """How high the surface is there, from 0 to 1; `WALL` at the block's sides, NaN beside it."""
    light: Array
    """How much light falls on it, from 0 to 1."""
    depth: Array
    """How far back it is; infinite beside the block."""


@dataclass(frozen=True)
class Sight:
    """A block of a shape, (half of its width, half of its breadth), seen at an angle in a picture of some pixels."""

    halves: tuple[float, float]
    angle: Angle
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels for a length of 1: the block fits, however it is turned."""
        wide, high = self._extent
        return min(self.width / wide, self.height / high)

    def tight(self) -> Self:
        """Return the same in a picture of whole pixels, without room that the block never needs."""
        wide, high = self._extent
        return replace(self, width=math.ceil(self.scale * wide), height=math.ceil(self.scale * high))

    def enlarged(self, factor: float) -> Self:
        """Return the same in a picture of so many times the pixels on each side."""
        return replace(self, width=max(1.0, factor * self.width), height=max(1.0, factor * self.height))

    @property
    def _extent(self) -> tuple[float, float]:
        radius, (up, high) = math.hypot(*self.halves), self._rises
        return 2 * radius, 2 * radius * up + HEIGHT * high

    @property
    def _turned(self) -> tuple[float, float]:
        turn = math.radians(self.angle.turn)
        return math.cos(turn), math.sin(turn)

    @property
    def _rises(self) -> tuple[float, float]:
        """How much a place rises in the picture by being farther back, and by being higher."""
        tilt = math.radians(self.angle.tilt)
        return math.sin(tilt), math.cos(tilt)

    def on_screen(self, places: Array, shares: Array) -> tuple[Array, Array]:
        """Return where places (2, n) at heights (n,) are seen, in pixels from the upper left (2, n), and how far back.

        Places go from -1 to 1 along both sides, heights from 0 to 1.
        """
        (cosine, sine), (up, high) = self._turned, self._rises
        x, y = places * np.array(self.halves)[:, None]
        across, away = cosine * x - sine * y, sine * x + cosine * y
        right = self.width / 2 + self.scale * across
        risen = self.scale * (up * away + high * HEIGHT * (shares - 0.5))
        return np.stack([right, self.height / 2 - risen]), away

    def look(self, shares: Array) -> Seen:
        """Return what is seen of heights (rows, columns) from 0 to 1, the first row at the near side."""
        (cosine, sine), (up, high) = self._turned, self._rises
        scale, columns, rows = self.scale, round(self.width), round(self.height)
        across = ((np.arange(columns) + 0.5 - self.width / 2) / scale).astype(np.float32)
        front, back = self._crossings(across)
        depths = max(2, round(STEPS * scale * math.hypot(*self.halves)))
        steps = np.linspace(0.0, 1.0, depths, dtype=np.float32)[:, None]
        away = front + steps * (back - front)  # (depths, columns)
        x, y = cosine * across + sine * away, cosine * away - sine * across
        places = np.stack([x / self.halves[0], y / self.halves[1]])
        share, light = sampled(np.stack([shares, lit(shares, self.halves)]).astype(np.float32), places)
        risen = self.height / 2 + scale * (up * away + high * HEIGHT * (share - 0.5))
        # The rows from below that each step covers, with all before it.
        covered = np.ceil(np.maximum.accumulate(risen, axis=0) - 0.5).clip(0, rows).astype(np.intp)
        covered[:, ~(front < back)] = 0
        # Of each row, the first step that covers it: how many do not.
        column = np.arange(columns)
        counts = np.bincount((covered + column * (rows + 1)).ravel(), minlength=columns * (rows + 1))
        first = counts.reshape(columns, rows + 1).cumsum(axis=1)[:, :rows].T  # (rows, columns)
        after = np.clip(first, 1, depths - 1)
        before = (after - 1) * columns + column
        after = after * columns + column
        middle = (np.arange(rows, dtype=np.float32) + 0.5)[:, None]
        rise = risen.ravel()
        low = rise[before]
        part = np.clip((middle - low) / np.maximum(rise[after] - low, 1e-6), 0.0, 1.0)

        def between(values: Array) -> Array:
            flat = values.ravel()
            near = flat[before]
            return near + part * (flat[after] - near)

        seen, shine, depth = between(share), between(light), between(away)
        ground = self.height / 2 + scale * (up * front - high * HEIGHT / 2)
        wall = (first == 0) & (middle > ground)
        faces_left = np.abs(x[0] + self.halves[0]) < np.abs(y[0] + self.halves[1])
        seen[wall] = WALL
        shine[wall] = np.broadcast_to(np.where(faces_left, *SIDES), wall.shape)[wall]
        depth[wall] = np.broadcast_to(front, wall.shape)[wall]
        beside = (first == depths) | ((first == 0) & ~wall)
        seen[beside], shine[beside], depth[beside] = np.nan, 0.0, np.inf
        return Seen(seen[::-1], shine[::-1], depth[::-1])

    def _crossings(self, across: Array) -> tuple[Array, Array]:
        """Return how far back lines of sight enter the block's rectangle and leave it, (n,) each.

        A line that misses it leaves it before it enters.
        """
        cosine, sine = self._turned
        front, back = np.full_like(across, -np.inf), np.full_like(across, np.inf)
        # Along a line x = cosine across + sine away, and y = cosine away - sine across.
        for start, slope, half in (
            (cosine * across, sine, self.halves[0]),
            (-sine * across, cosine, self.halves[1]),
        ):
            if abs(slope) < 1e-6:
                back = np.where(np.abs(start) <= half, back, -np.inf)
                continue
            ends = np.stack([(-half - start) / slope, (half - start) / slope])
            front, back = np.maximum(front, ends.min(axis=0)), np.minimum(back, ends.max(axis=0))
        missed = ~(front < back)
        front[missed], back[missed] = 0.0, 0.0
        return front, back


def is_hidden(seen: Seen, pixels: Array, away: Array, sight: Sight) -> Array:
    """Return whether places of a sight at its pixels (2, n), so far back (n,), lie behind what is seen there, (n,)."""
    rows, columns = seen.depth.shape
    there = np.isfinite(pixels).all(axis=0)
    x, y = np.where(there, pixels, 0.0)
    row = np.clip(y * rows / sight.height, 0, rows - 1).astype(np.intp)
    column = np.clip(x * columns / sight.width, 0, columns - 1).astype(np.intp)
    hidden: Array = there & (away > seen.depth[row, column] + BEHIND)
    return hidden


def lit(shares: Array, halves: tuple[float, float]) -> Array:
    """Return how much light from the left and the near side falls on each place, (rows, columns), from 0 to 1."""
    rows, columns = shares.shape
    up, across = np.gradient(HEIGHT * shares, 2 * halves[1] / (rows - 1), 2 * halves[0] / (columns - 1))
    facing = (0.5 * across + 0.3 * up + 0.75) / np.sqrt(1.0 + across**2 + up**2)
    return np.clip(facing, 0.0, 1.0)


def sampled(grids: Array, places: Array) -> Array:
    """Return the values of grids (k, rows, columns) at places (2, …) from -1 to 1, linear between the grid's: (k, …)."""
    rows, columns = grids.shape[1:]
    across = np.clip((places[0] + 1) * ((columns - 1) / 2), 0, columns - 1)
    up = np.clip((places[1] + 1) * ((rows - 1) / 2), 0, rows - 1)
    column = np.minimum(across.astype(np.intp), columns - 2)
    row = np.minimum(up.astype(np.intp), rows - 2)
    across, up = across - column, up - row
    first = row * columns + column
    made = []
    for flat in grids.reshape(len(grids), -1):
        near = flat[first] + across * (flat[first + 1] - flat[first])
        far = flat[first + columns] + across * (flat[first + columns + 1] - flat[first + columns])
        made.append(near + up * (far - near))
    return np.stack(made)
