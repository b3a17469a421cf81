"""Smooth pictures while a 2-8-1 tanh network trains on 400 moons as fast as it goes."""

import time
from typing import Any

from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.history import MEMORY, History
from tests.benchmarks.laboratory import Laboratory, Paints
from tests.benchmarks.report import Row, above, below, median, percentile, plain, resident

MOONS: dict[str, Any] = {"data": "moons", "samples": 400, "hidden": (8,), "activation": ("tanh",)}
WARM_UP, WATCHED, ALONE = 1.0, 10.5, 1.0  # seconds
SMOOTH = 20.0  # ms between two pictures
SHARE = 60.0  # % of the iterations that `main.py train` makes


def measure() -> list[Row]:
    """Return the frames a second, their spread, and what is left for training."""
    with Laboratory(**MOONS) as lab:
        alone = [iterations_alone(lab.frame)]
        lab.run()
        lab.spend(WARM_UP)
        first, began, busy = lab.frame.state.iteration, time.perf_counter(), time.thread_time()
        held = resident()
        with Paints(lab.boundary) as paints:
            lab.spend(WATCHED)
        grown = resident() - held
        busy, seconds = time.thread_time() - busy, time.perf_counter() - began
        rate = (lab.frame.state.iteration - first) / seconds
        lab.run(False)
        lab.spend(0.3)
        alone.append(iterations_alone(lab.frame))
    gaps = paints.gaps
    return [
        above("2-8-1 on 400 moons: pictures a second", paints.rate, 59, "fps"),
        plain("  between two pictures, median", median(gaps), "ms"),
        plain("  95th percentile", percentile(gaps, 95), "ms"),
        below("  99th percentile", percentile(gaps, 99), SMOOTH, "ms", f"longest {gaps.max():.1f} ms"),
        plain("  the window's own work for a picture", busy / len(paints.times) * 1000, "ms"),
        plain("  iterations a second", rate, "/s"),
        above(
            "  of what `main.py train` makes",
            rate / median(alone) * 100,
            SHARE,
            "%",
            "alone, before and after: " + ", ".join(f"{each:,.0f} /s" for each in alone),
        ),
        below(
            f"  growth in {WATCHED:g} s, of which the history may take all",
            grown,
            MEMORY / 2**20,
            "MiB",
        ),
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
