"""How long the numbers behind the pictures take: a fine decision grid, and the maps of all hidden units."""

import time
from collections.abc import Callable

from engine.data.generators import generate
from engine.model.projection import Projection
from engine.model.surfaces import Rectangle, decision_grid, unit_grids
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.report import Row, below, median, percentile

REPEATS = 101
FINE, COARSE = 200, 100  # places along each edge
RANGE = (-1.5, 1.5)


def measure() -> list[Row]:
    """Return the milliseconds of both, each with its goal."""
    one, two = _experiment((8,)), _experiment((8, 8))
    return [
        _row(
            f"decision grid of 2-8-1, {FINE} × {FINE}",
            2.0,
            lambda: decision_grid(
                one.network, one.start, one.problem.standardization, _plane(one), _square(FINE)
            ),
        ),
        _row(
            f"maps of all 16 hidden units of 2-8-8-1, {COARSE} × {COARSE}",
            5.0,
            lambda: unit_grids(
                two.network, two.start, two.problem.standardization, _plane(two), _square(COARSE)
            ),
        ),
    ]


def _plane(experiment: Experiment) -> Projection:
    dataset = experiment.problem.dataset
    return Projection.of(dataset.X, dataset.feature_names)


def _square(places: int) -> Rectangle:
    return Rectangle(RANGE, RANGE, places, places)


def _experiment(hidden: tuple[int, ...]) -> Experiment:
    return Experiment.of(Spec(hidden=hidden, activation=("tanh",)), generate("moons", 400, 0.1, 0))


def _row(what: str, goal: float, compute: Callable[[], object]) -> Row:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        compute()
        times.append((time.perf_counter() - began) * 1000.0)
    return below(what, median(times), goal, "ms", f"95th percentile {percentile(times, 95):.2f} ms")
