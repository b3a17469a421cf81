"""How long the numbers behind the pictures take: a fine decision grid, and the maps of all hidden units."""

import time
from collections.abc import Callable

from engine.data.generators import generate
from engine.model import surfaces
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.report import Row, below, median, percentile

REPEATS = 101
FINE, COARSE = 200, 100  # places along each edge
RANGE = (-1.5, 1.5)


def measure() -> list[Row]:
    """Return the milliseconds of both, each with its goal."""
    one = _experiment((8,))
    rows = [
        _row(
            f"decision grid of 2-8-1, {FINE} × {FINE}",
            2.0,
            lambda: surfaces.decision_grid(
                one.network, one.start, one.problem.standardization, RANGE, RANGE, FINE, FINE
            ),
        )
    ]
    what = f"maps of all 16 hidden units of 2-8-8-1, {COARSE} × {COARSE}"
    unit_grids = getattr(surfaces, "unit_grids", None)
    if unit_grids is None:
        return [*rows, Row(what, "not measured: there is no unit_grids yet")]
    two = _experiment((8, 8))
    return [
        *rows,
        _row(
            what,
            5.0,
            lambda: unit_grids(
                two.network, two.start, two.problem.standardization, RANGE, RANGE, COARSE, COARSE
            ),
        ),
    ]


def _experiment(hidden: tuple[int, ...]) -> Experiment:
    return Experiment.of(Spec(hidden=hidden, activation=("tanh",)), generate("moons", 400, 0.1, 0))


def _row(what: str, goal: float, compute: Callable[[], object]) -> Row:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        compute()
        times.append((time.perf_counter() - began) * 1000.0)
    return below(what, median(times), goal, "ms", f"95th percentile {percentile(times, 95):.2f} ms")
