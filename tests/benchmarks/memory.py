"""Nothing grows during a run: the history thins itself, and no frame stays behind."""

from functools import partial
from pathlib import Path

from engine.data.sources import load_data
from engine.training import runner
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import MEMORY, History
from engine.training.spec import Spec
from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, below, median, resident

MILLIONS = 3
SMALL = 2**20  # bytes of a history that is full, and thinned, several times while somebody watches
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
    experiment = Experiment.of(spec, data)
    descent = Descent(experiment)
    state = descent.first_state()
    descent.close()
    before = resident()
    history = History()
    history.begin(experiment, state)
    sizes = []
    for million in range(MILLIONS):
        for iteration in range(million * 1_000_000, (million + 1) * 1_000_000):
            # Steps would take longer than all the rest, and the iteration alone counts here.
            history.append(state._replace(iteration=iteration, scored_at=iteration))
        sizes.append(resident())
    rows = history.curve().rows
    most = MEMORY / 2**20
    return [
        below(
            f"history of {MILLIONS} million iterations: memory",
            sizes[-1] - before,
            most + NOISE,
            "MiB",
            f"{len(rows):,} rows, {rows.nbytes / 2**20:.1f} MiB",
        ),
        below("  last million", sizes[-1] - sizes[-2], NOISE, "MiB"),
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
            sizes.append(resident())
        made = lab.frame.state.iteration - first
    quarter = LOOKS // 4
    growth = median(sizes[-quarter:]) - median(sizes[:quarter])
    details = f"{made:,} iterations, {sizes[0]:.1f} MiB at first, {sizes[-1]:.1f} MiB at last"
    return below(f"window, {WATCHED:.0f} s of training: growth", growth, NOISE, "MiB", details)
