"""Smooth pictures while a 2-8-1 tanh network trains on 400 moons as fast as it goes."""

import time
from typing import Any

from engine.training.history import History
from engine.training.runner import Frame
from engine.training.step import first_state, step
from tests.benchmarks.laboratory import Laboratory, Paints
from tests.benchmarks.report import Row, above, below, median, percentile, plain

MOONS: dict[str, Any] = {"data": "moons", "samples": 400, "hidden": (8,), "activation": ("tanh",)}
WARM_UP, WATCHED, ALONE = 1.0, 10.5, 1.0  # seconds


def measure() -> list[Row]:
    """Return the frames a second, their spread, and what is left for training."""
    with Laboratory(**MOONS) as lab:
        alone = [iterations_alone(lab.frame)]
        lab.run()
        lab.spend(WARM_UP)
        first, began, busy = lab.frame.state.iteration, time.perf_counter(), time.thread_time()
        with Paints(lab.boundary) as paints:
            lab.spend(WATCHED)
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
        below("  99th percentile", percentile(gaps, 99), 25, "ms", f"longest {gaps.max():.1f} ms"),
        plain("  the window's own work for a picture", busy / len(paints.times) * 1000, "ms"),
        plain("  iterations a second", rate, "/s"),
        plain(
            "  of what the engine alone makes",
            rate / median(alone) * 100,
            "%",
            f"alone {median(alone):,.0f} /s",
        ),
    ]


def iterations_alone(frame: Frame) -> float:
    """Return how many iterations a second the frame's experiment makes with nothing beside it."""
    experiment, history = frame.experiment, History()
    state = first_state(experiment)
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < ALONE:
        state = step(experiment, state)
        history.append(state)
        count += 1
    return count / (time.perf_counter() - began)
