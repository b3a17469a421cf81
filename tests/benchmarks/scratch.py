"""What a step takes of memory beside the points themselves, at a million of them."""

import tracemalloc
from typing import Any

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.benchmarks.report import Row, below

POINTS = 1_000_000
STEPS = 3
MOST = 2.0  # times the points as the network sees them, X and Y
CASES: tuple[dict[str, Any], ...] = (
    {"hidden": (8,)},
    {"hidden": (32,)},
    {"hidden": (16, 16)},
    {"hidden": (8,), "test_fraction": 0.2},
    {"hidden": (8,), "optimizer": "adam", "batch_size": 100},
    {"hidden": (8,), "loss": "squared", "activation": ("softplus",)},
)


def measure() -> list[Row]:
    """Return the most that a descent and its steps held at a time, in single and in double precision."""
    dataset = generate("moons", POINTS, 0.1, 0)
    return [_scratch(dataset, precision, case) for precision in ("single", "double") for case in CASES]


def _scratch(dataset: Dataset, precision: str, case: dict[str, Any]) -> Row:
    spec = Spec(**({"test_fraction": 0.0, "activation": ("tanh",), "precision": precision} | case))
    experiment = Experiment.of(spec, dataset)
    points = experiment.problem.X.nbytes + experiment.problem.Y.nbytes
    tracemalloc.start()  # from here on: the points are there already
    descent = Descent(experiment)
    state = descent.first_state()
    ready, made = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    for _ in range(STEPS):
        state = descent.step(state)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    descent.close()
    parts = (f"{name} {value}" for name, value in case.items() if name not in ("hidden", "activation"))
    what = ", ".join([f"{precision}, {experiment.network}", *parts])
    details = (
        f"points {_mib(points)}; kept between steps {_mib(ready)}, most while it is made {_mib(made)}, "
        f"most in a step {_mib(most)}"
    )
    return below(what, max(made, most) / points, MOST, "× data", details)


def _mib(size: float) -> str:
    return f"{size / 2**20:.1f} MiB"
