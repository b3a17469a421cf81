"""The planes through all parameters on which a run can be drawn. Adding one is adding a record to `PLANES`."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.surfaces import random_plane
from engine.training.trail import Moment

LOTS = 5  # the stream of random numbers, of all that a seed has, that draws directions
ALL_BUT_ALL = 0.99  # a share that is not rounded to all
LOOKED_AT = 64  # moments that decide the plane of a path, at most


@dataclass(frozen=True)
class RunPlane:
    """A way to lay a plane through a run, and what a person reads about it."""

    name: str
    label: str
    axes: tuple[str, str]
    words: Callable[[Chart], str]
    lay: Callable[[Sequence[Moment]], Chart]
    """Given the moments of a run, the one shown among them, return the plane."""
    follows: bool
    """Whether it is laid anew when the run has left it."""


def vectors_of(moments: Sequence[Moment]) -> Array:
    """Return the parameters of moments in double precision, shape (n, parameter_count)."""
    return np.stack([each.parameters.vector for each in moments]).astype(np.float64)


def _along_the_path(moments: Sequence[Moment]) -> Chart:
    path = vectors_of(moments[:: -(-len(moments) // LOOKED_AT)])
    path = np.vstack([path, vectors_of(moments[-1:])])
    return Chart.of_path(path) if (path != path[0]).any() else _first_step(moments)


def _at_random(moments: Sequence[Moment]) -> Chart:
    parameters = moments[0].parameters
    plane = random_plane(parameters, _lots(moments))
    if plane.across.any() and plane.up.any():
        return Chart(plane, parameters.vector.astype(np.float64))
    return _first_step(moments)  # weights of 0 have no size to go by


def _first_step(moments: Sequence[Moment]) -> Chart:
    return Chart.of_first_step(moments[0].parameters, moments[0].gradient, _lots(moments))


def _lots(moments: Sequence[Moment]) -> np.random.Generator:
    return np.random.default_rng((moments[0].parameters.vector.size, LOTS))


def _words_of_path(chart: Chart) -> str:
    share = chart.plane.share
    if ALL_BUT_ALL < share < 1.0:
        return "The plane shows over 99% of how the run moved."
    if math.isfinite(share):
        return f"The plane shows {share:.0%} of how the run moved."
    return "The plane of the first step and a random direction."


PLANES = {
    plane.name: plane
    for plane in (
        RunPlane(
            "path", "run's plane", ("along the run", "across it"), _words_of_path, _along_the_path, True
        ),
        RunPlane(
            "random",
            "random plane",
            ("random direction", "another"),
            lambda chart: "A random plane, each unit's direction as long as its first weights.",
            _at_random,
            False,
        ),
    )
}
