"""The plane that a run is drawn on, and the part of it that is shown."""

import math
import time
from collections.abc import Sequence

import numpy as np

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.network import Network, Parameters
from engine.model.surfaces import Range
from engine.training.commands import Frame
from engine.training.planes import PLANES, vectors_of
from gui.views.surface_paths import Paths, moments_of

RENEW_EVERY = 0.7  # seconds between two surfaces while training runs
MOVED = 0.03  # of the plane's half width, which parameters may leave it by before the surface is renewed
AIR = 1.4  # the shown part of the plane, in extents of the path
EDGE = 0.04  # of what is shown, which the path does not enter
LEAST = 2.0  # half of what is shown, at least
ENOUGH = 20  # moments of another run, that a plane of its own is laid through
FARTHEST = 1e100  # a plot cannot show more
quiet = np.errstate(over="ignore", invalid="ignore")
"""A run that diverges leads too far for squares of its numbers."""


class ShownPlane:
    """Lays the plane through the run, and anew where the run has left it; keeps the path in sight."""

    def __init__(self) -> None:
        self.network: Network | None = None
        self.first: Parameters | None = None
        """Where the run began."""
        self.chart: Chart | None = None
        """The plane that is shown; None before the first, and once it is out of date."""
        self.paths = Paths()
        self.ranges: tuple[Range, Range] = (-LEAST, LEAST), (-LEAST, LEAST)
        """What part of it is shown."""
        self.follows = True
        """Whether the part that is shown follows the path."""
        self.was_chosen = False
        """Whether it is the part that a person chose in the view that it was copied from."""
        self.kept = False
        """Whether it was there before this run, which began on it."""
        # The part of another view that it was copied from, and how wide and high that was.
        self._copied: tuple[Array, Array] | None = None
        self.stays = False
        """Whether the plane that is laid stays, also where the run leaves it."""
        self.coming: tuple[Chart, tuple[Range, Range]] | None = None
        """The plane that is shown next, once there are costs of it, and what part of it."""
        self._is_over = False  # whether another plane is to be laid wherever the run is
        self.renewed = 0.0
        """When the plane or a surface was last begun."""

    @property
    def newest(self) -> tuple[Chart, tuple[Range, Range]]:
        """The plane that costs are to be taken of, and what part: the one that is coming, or that is shown."""
        assert self.chart is not None
        return self.coming or (self.chart, self.ranges)

    @property
    def is_fresh(self) -> bool:
        """Whether it is too early for another surface, while training runs."""
        return time.perf_counter() - self.renewed < RENEW_EVERY

    @property
    def may_stray(self) -> float:
        """How far parameters may be from those of the surface."""
        return MOVED * float(np.ptp(self.ranges, axis=1).min()) / 2

    def copy(self, other: "ShownPlane", sides: Array) -> None:
        """Show what another one shows, where it is as wide and high as `sides`, and stay there."""
        self._copied = np.array(other.ranges), sides
        self.network, self.first, self.chart = other.network, other.first, other.chart
        self.paths.earlier = list(other.paths.earlier)
        self.ranges, self.follows, self.kept = other.ranges, False, other.kept
        self.was_chosen = not other.follows

    def hold(self) -> None:
        """Stay as it is from now on, whatever frames come and however large it becomes."""
        self.follows, self.stays, self._copied = False, True, None

    def forget(self) -> None:
        """Show nothing of this plane any more, and lay another at the next moment."""
        self.chart, self.coming, self.kept = None, None, False
        self.paths.forget_places()

    def replace(self) -> None:
        """Lay another plane at the next moment, and show this one until there are costs of the other."""
        self._is_over, self.kept = True, False

    def may_keep(self, first: Array, chosen: bool) -> bool:
        """Return whether a run from `first` (parameter_count,) on can be seen on this plane, and then keep it.

        A start that was `chosen` on the plane is always seen there.
        """
        chart = self.chart
        self.kept = chart is not None and (chosen or chart.distance(chart.middle, first) <= self.may_stray)
        if self.kept:
            self.coming = None
        return self.kept

    def lay(self, frame: Frame, plane: str | tuple[int, int], sides: Array, begun: bool = False) -> Chart:
        """Return the plane of that name, or of two parameters; what is shown of it is as wide and high as `sides`.

        Where the run has left it another one is laid, which is `coming`. While training runs that waits as long as a
        surface is only `begun`, and not seen yet.
        """
        if self.chart is None:
            self.chart = self._laid(frame, plane)
            self.fit(frame, sides)
            return self.chart
        if self._is_over or self._is_left(frame, plane, begun):
            chart = self._laid(frame, plane)
            self.coming = chart, self._part(chart, frame, sides)
        self._keep_in_sight(frame, sides)
        return self.chart

    def take(self, frame: Frame, sides: Array) -> None:
        """Show the plane that was coming."""
        assert self.coming is not None
        (self.chart, ranges), self.coming, self.kept = self.coming, None, False
        self.paths.forget_places()
        if self.follows:
            self.ranges = ranges
        self._keep_in_sight(frame, sides)

    def _is_left(self, frame: Frame, plane: str | tuple[int, int], begun: bool) -> bool:
        """Return whether the run has left the newest plane, and another may be laid now."""
        chart, _ = self.newest
        if not isinstance(plane, str) or not PLANES[plane].follows:
            return False
        if frame.looks_back or self.stays or (self.kept and len(frame.trail) < ENOUGH):
            return False
        early = not math.isfinite(chart.plane.share) and bool(frame.state.iteration)
        strays = chart.distance(chart.middle, frame.state.parameters.vector) > self.may_stray
        return (early or strays) and not (frame.is_moving and (begun or self.is_fresh))

    def _laid(self, frame: Frame, plane: str | tuple[int, int]) -> Chart:
        self.renewed, self._is_over = time.perf_counter(), False
        if not isinstance(plane, str):
            return Chart.of_two(frame.experiment.network, *plane)
        moments = [*frame.trail] if frame.looks_back else moments_of(frame)
        return PLANES[plane].lay(moments or moments_of(frame))

    def fit(self, frame: Frame, sides: Array) -> None:
        """Show the whole path, where it is followed, or all that was copied."""
        if self.chart is not None:
            self.ranges = self._part(self.chart, frame, sides)
        if self.coming is not None:
            chart, _ = self.coming
            self.coming = chart, self._part(chart, frame, sides)

    @quiet
    def _part(self, chart: Chart, frame: Frame, sides: Array) -> tuple[Range, Range]:
        """Return what part of a plane is to be shown; one unit is as long across as up.

        So the gradient stands upright on the contours.
        """
        if not self.follows:
            if self._copied is None:
                return self.ranges
            ranges, before = self._copied
            middle, half = ranges.mean(axis=1), np.ptp(ranges, axis=1) / 2
            half *= sides / before * (before / sides).max()
            return _ranges(middle - half, middle + half)
        moments = moments_of(frame)
        path = self.paths.places(chart, moments) if chart is self.chart else chart.places(vectors_of(moments))
        places = np.hstack([path, *map(chart.places, self.paths.earlier)])
        places = np.clip(np.nan_to_num(places), -FARTHEST, FARTHEST)
        low, high = places.min(axis=1), places.max(axis=1)
        unit = max(float((AIR * (high - low) / sides).max()), 2 * LEAST / float(sides.min()))
        middle, half = (low + high) / 2, sides * unit / 2
        return _ranges(middle - half, middle + half)

    def show(self, x_range: Sequence[float], y_range: Sequence[float]) -> None:
        """Show another part."""
        self.ranges = _ranges(*np.array([x_range, y_range]).T)

    def shows_any(self, places: Array) -> bool:
        """Return whether any of the places (2, n) is in the part that is shown."""
        low, high = np.array(self.ranges).T[:, :, None]
        return bool(((low < places) & (places < high)).all(axis=0).any())

    def _keep_in_sight(self, frame: Frame, sides: Array) -> None:
        """Show the whole path where its end is at the edge of what is shown, or beyond."""
        assert self.chart is not None
        place = self.chart.places(frame.state.parameters.vector)
        low, high = np.array(self.ranges).T
        edge = EDGE * (high - low)
        if not ((low + edge < place) & (place < high - edge)).all():
            self.ranges = self._part(self.chart, frame, sides)


def _ranges(low: Array, high: Array) -> tuple[Range, Range]:
    """Return what goes from one place (2,) to another."""
    return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))
