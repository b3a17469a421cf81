"""How long an iteration takes as the points, the units and the layers become more, as a plot.

`python -m tests.benchmarks.growth [FILE.png]` draws it alone.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.data.generators import generate
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.report import Row, installed, median, plain, table

PLOT = Path(__file__).parents[2] / "descent-out" / "growth.png"
TURNS, BUDGET = 7, 0.15  # turns, and seconds for all of them

POINTS = (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
UNITS = (2, 4, 8, 16, 32, 64, 128, 256)
LAYERS = (1, 2, 4, 8, 16)
SOME_POINTS = (200, 2000, 20_000)
SOME_UNITS = (4, 8, 32)
WIDTH = 8  # units in each of many layers

Cell = tuple[int, tuple[int, ...]]
"""The number of points, and the hidden layers."""
Curve = tuple[Sequence[int], list[float]]
"""What there is more and more of, and the microseconds an iteration takes."""


def measure(path: Path = PLOT) -> list[Row]:
    """Measure, draw the plot into a PNG file, and return how steep the curves are where they are steepest."""
    along_points = {f"2-{h}-1": [(m, (h,)) for m in POINTS] for h in SOME_UNITS}
    along_units = {f"{m:,} points": [(m, (h,)) for h in UNITS] for m in SOME_POINTS}
    along_layers = {f"{m:,} points": [(m, (WIDTH,) * depth) for depth in LAYERS] for m in SOME_POINTS}
    cells = [*along_points.values(), *along_units.values(), *along_layers.values()]
    times = _microseconds({cell for curve in cells for cell in curve})

    def curves(places: Sequence[int], found: dict[str, list[Cell]]) -> dict[str, Curve]:
        return {label: (places, [times[cell] for cell in along]) for label, along in found.items()}

    panels = {
        "points": curves(POINTS, along_points),
        "hidden units": curves(UNITS, along_units),
        f"hidden layers of {WIDTH}": curves(LAYERS, along_layers),
    }
    rows = [
        plain(f"{label}: an iteration grows with the {what} to the power", _power(curve), "", _points(curve))
        for what, curves in panels.items()
        for label, curve in curves.items()
    ]
    if installed("PySide6-Essentials"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from tests.benchmarks.chart import draw

        draw(path, panels, "Time for one iteration with all points, tanh, double precision")
        rows.append(Row("the plot", str(path)))
    else:
        rows.append(Row("the plot", "not drawn: PySide6 is not installed"))
    return rows


def _microseconds(cells: set[Cell]) -> dict[Cell, float]:
    """Return the median of each cell's turns. All take turns, so that a busy moment falls on none alone."""
    datasets = {m: generate("moons", m, 0.1, 0) for m in {m for m, _ in cells}}
    descents, counts = {}, {}
    for m, hidden in sorted(cells):
        spec = Spec(test_fraction=0.0, hidden=hidden, activation=("tanh",), learning_rate=0.01)
        descent = Descent(Experiment.of(spec, datasets[m]))
        state = descent.step(descent.first_state())
        began = time.perf_counter()
        state = descent.step(state)
        counts[m, hidden] = max(1, int(BUDGET / TURNS / (time.perf_counter() - began)))
        descents[m, hidden] = descent, state
    times: dict[Cell, list[float]] = {cell: [] for cell in descents}
    for _ in range(TURNS):
        for cell, (descent, state) in descents.items():
            descent.step(state)  # brings its arrays back into the cache
            began = time.perf_counter()
            for _ in range(counts[cell]):
                descent.step(state)
            times[cell].append((time.perf_counter() - began) / counts[cell] * 1e6)
    for descent, _ in descents.values():
        descent.close()
    return {cell: median(found) for cell, found in times.items()}


def _power(curve: Curve) -> float:
    """Return the slope between the last three points in logarithms: 1 is proportional."""
    x, y = (np.log(np.array(each[-3:], dtype=float)) for each in curve)
    return float(np.polyfit(x, y, 1)[0])


def _points(curve: Curve) -> str:
    return ", ".join(f"{x:,}: {y:,.0f} µs" for x, y in zip(*curve, strict=True))


if __name__ == "__main__":
    print(table(measure(*map(Path, sys.argv[1:2])), verbose=True))
