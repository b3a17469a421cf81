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
from engine.training.planes import PLANES
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
        self.renewed = 0.0
        """When the plane or a surface was last begun."""

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

    def forget(self) -> None:
        """Lay another plane at the next moment."""
        self.chart, self.kept = None, False
        self.paths.forget_places()

    def may_keep(self, first: Array, chosen: bool) -> bool:
        """Return whether a run from `first` (parameter_count,) on can be seen on this plane, and then keep it.

        A start that was `chosen` on the plane is always seen there.
        """
        chart = self.chart
        self.kept = chart is not None and (chosen or chart.distance(chart.middle, first) <= self.may_stray)
        return self.kept

    def lay(self, frame: Frame, plane: str | tuple[int, int], sides: Array, begun: bool = False) -> Chart:
        """Return the plane of that name, or of two parameters; what is shown of it is as wide and high as `sides`.

        While training runs it is not laid anew as long as a surface on it is only `begun`, and not seen yet.
        """
        chart, vector = self.chart, frame.state.parameters.vector
        if (
            chart is not None
            and isinstance(plane, str)
            and PLANES[plane].follows
            and not (frame.looks_back or self.stays)
        ):
            early = not math.isfinite(chart.plane.share) and bool(frame.state.iteration)
            strays = chart.distance(chart.middle, vector) > self.may_stray
            waits = frame.is_moving and (begun or self.is_fresh)
            waits = waits or (self.kept and len(frame.trail) < ENOUGH)
            if (early or strays) and not waits:
                self.forget()
        if self.chart is None:
            self.renewed = time.perf_counter()
            moments = [*frame.trail] if frame.looks_back else moments_of(frame)
            if isinstance(plane, str):
                self.chart = PLANES[plane].lay(moments or moments_of(frame))
            else:
                self.chart = Chart.of_two(frame.experiment.network, *plane)
            self.fit(frame, sides)
        elif not self._shows(self.chart.places(vector)):
            self.fit(frame, sides)
        return self.chart

    @quiet
    def fit(self, frame: Frame, sides: Array) -> None:
        """Show the whole path, where it is followed, or all that was copied; one unit is as long across as up.

        So the gradient stands upright on the contours.
        """
        chart = self.chart
        if chart is None or not self.follows:
            if self._copied is not None:
                ranges, before = self._copied
                middle, half = ranges.mean(axis=1), np.ptp(ranges, axis=1) / 2
                half *= sides / before * (before / sides).max()
                self.show(*np.column_stack([middle - half, middle + half]).tolist())
            return
        places = np.hstack(
            [self.paths.places(chart, moments_of(frame)), *map(chart.places, self.paths.earlier)]
        )
        places = np.clip(np.nan_to_num(places), -FARTHEST, FARTHEST)
        low, high = places.min(axis=1), places.max(axis=1)
        unit = max(float((AIR * (high - low) / sides).max()), 2 * LEAST / float(sides.min()))
        middle, half = (low + high) / 2, sides * unit / 2
        self.show(*np.column_stack([middle - half, middle + half]).tolist())

    def show(self, x_range: Sequence[float], y_range: Sequence[float]) -> None:
        """Show another part."""
        self.ranges = (float(x_range[0]), float(x_range[1])), (float(y_range[0]), float(y_range[1]))

    def shows_any(self, places: Array) -> bool:
        """Return whether any of the places (2, n) is in the part that is shown."""
        low, high = np.array(self.ranges).T[:, :, None]
        return bool(((low < places) & (places < high)).all(axis=0).any())

    def _shows(self, place: Array) -> bool:
        low, high = np.array(self.ranges).T
        edge = EDGE * (high - low)
        return bool(((low + edge < place) & (place < high - edge)).all())
