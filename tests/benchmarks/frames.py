"""Smooth pictures while a 2-8-1 tanh network trains on 400 moons as fast as it goes."""

import time
from typing import Any, NamedTuple

import numpy as np

from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.history import MEMORY, History
from tests.benchmarks.laboratory import Laboratory, Paints
from tests.benchmarks.report import Row, above, below, median, percentile, plain, resident

MOONS: dict[str, Any] = {"data": "moons", "samples": 400, "hidden": (8,), "activation": ("tanh",)}
WARM_UP, WATCHED, ALONE = 1.0, 10.5, 1.0  # seconds
SMOOTH = 20.0  # ms between two pictures
SHARE = 60.0  # % of the iterations that `main.py train` makes


class Watched(NamedTuple):
    """What was seen of a run in the window."""

    pictures: float
    """A second."""
    gaps: np.ndarray
    """Milliseconds between two pictures."""
    work: float
    """Milliseconds of the window's own work for a picture."""
    iterations: float
    """A second."""
    alone: list[float]
    """Iterations a second without a window, before and after."""
    grown: float
    """MiB."""

    def rows(self, name: str, smooth: float, share: float) -> list[Row]:
        """Return what was seen as rows: at most `smooth` ms between pictures, and a `share` left for training."""
        return [
            above(f"{name}: pictures a second", self.pictures, 59, "fps"),
            plain("  between two pictures, median", median(self.gaps), "ms"),
            plain("  95th percentile", percentile(self.gaps, 95), "ms"),
            below(
                "  99th percentile",
                percentile(self.gaps, 99),
                smooth,
                "ms",
                f"longest {self.gaps.max():.1f} ms",
            ),
            plain("  the window's own work for a picture", self.work, "ms"),
            plain("  iterations a second", self.iterations, "/s"),
            above(
                "  of what `main.py train` makes",
                self.iterations / median(self.alone) * 100,
                share,
                "%",
                "alone, before and after: " + ", ".join(f"{each:,.0f} /s" for each in self.alone),
            ),
        ]


def watch(lab: Laboratory) -> Watched:
    """Let the window train as fast as it goes, and return what was seen of it."""
    alone = [iterations_alone(lab.frame)]
    lab.run()
    lab.spend(WARM_UP)
    first, began, busy = lab.frame.state.iteration, time.perf_counter(), time.thread_time()
    held = resident()
    with Paints(lab.boundary) as paints:
        lab.spend(WATCHED)
    grown = resident() - held
    busy, seconds = time.thread_time() - busy, time.perf_counter() - began
    iterations = (lab.frame.state.iteration - first) / seconds
    lab.run(False)
    lab.spend(0.5)
    alone.append(iterations_alone(lab.frame))
    return Watched(paints.rate, paints.gaps, busy / len(paints.times) * 1000, iterations, alone, grown)


def measure() -> list[Row]:
    """Return the frames a second, their spread, and what is left for training."""
    with Laboratory(**MOONS) as lab:
        watched = watch(lab)
    growth = f"  growth in {WATCHED:g} s, of which the history may take all"
    return [
        *watched.rows("2-8-1 on 400 moons", SMOOTH, SHARE),
        below(growth, watched.grown, MEMORY / 2**20, "MiB"),
    ]


def iterations_alone(frame: Frame) -> float:
    """Return how many iterations a second the frame's experiment makes with nothing beside it.

    That is the loop of `main.py train`: a step, and a row of the history.
    """
    experiment, history = frame.experiment, History()
    descent = Descent(experiment)
    state = descent.first_state()
    history.begin(experiment, state)
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < ALONE:
        state = descent.step(state)
        history.append(state)
        count += 1
    seconds = time.perf_counter() - began
    descent.close()
    return count / seconds
