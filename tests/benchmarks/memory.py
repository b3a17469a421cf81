"""Nothing grows during a run: the history thins itself, and no frame stays behind."""

import os
from functools import partial
from pathlib import Path

from engine.data.sources import load_data
from engine.training import runner
from engine.training.experiment import Experiment
from engine.training.history import CAPACITY, History
from engine.training.spec import Spec
from engine.training.step import first_state
from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, below, median

MILLIONS = 3
SMALL = 4096  # rows of a history that is full, and thinned, several times while somebody watches
NOISE = 2.0  # MiB
"""What an allocator that works well may still move."""
WARM_UP, WATCHED, LOOKS = 6.0, 16.0, 40


def measure() -> list[Row]:
    """Return the growth of a long history, and of a window in which training runs."""
    if not Path("/proc/self/statm").exists():
        return [Row("growth during a run", "not measured: there is no /proc here")]
    return [*_history(), _window()]


def _history() -> list[Row]:
    spec = Spec(**MOONS)
    data = load_data(spec.data, spec.samples, spec.noise, spec.data_seed)
    state = first_state(Experiment.of(spec, data))
    history = History()
    sizes = []
    for million in range(MILLIONS):
        for iteration in range(million * 1_000_000, (million + 1) * 1_000_000):
            # A new state each time would take longer than all the rest, and its iteration alone counts here.
            object.__setattr__(state, "iteration", iteration)
            history.append(state)
        sizes.append(_resident())
    rows = len(history.curve().rows)
    return [
        below(f"history of {MILLIONS} million iterations: rows kept", rows, CAPACITY, ""),
        below("  memory, last million", sizes[-1] - sizes[-2], NOISE, "MiB"),
    ]


def _window() -> Row:
    runner.History = partial(History, SMALL)  # type: ignore[misc, assignment]
    with Laboratory(**MOONS) as lab:
        lab.run()
        lab.spend(WARM_UP)
        sizes = []
        first = lab.frame.state.iteration
        for _ in range(LOOKS):
            lab.spend(WATCHED / LOOKS)
            sizes.append(_resident())
        made = lab.frame.state.iteration - first
    quarter = LOOKS // 4
    growth = median(sizes[-quarter:]) - median(sizes[:quarter])
    details = f"{made:,} iterations, {sizes[0]:.1f} MiB at first, {sizes[-1]:.1f} MiB at last"
    return below(f"window, {WATCHED:.0f} s of training: growth", growth, NOISE, "MiB", details)


def _resident() -> float:
    """Return the memory that the process holds, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
