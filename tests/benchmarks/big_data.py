"""A hundred thousand points, and a million, open and train without the window standing still."""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from engine.data.generators import generate
from engine.training.commands import Frame
from tests.benchmarks.frames import MOONS, iterations_alone
from tests.benchmarks.laboratory import Laboratory, Paints, Turns
from tests.benchmarks.report import Row, below, plain

MANY, MOST = 100_000, 1_000_000
STILL = 100  # ms that nobody notices
PATIENCE = 2  # s that a person waits for a table
WATCHED = 4.0  # seconds


def measure() -> list[Row]:
    """Return what opening and training do to the window, for a file and for generated points."""
    rows = []
    with TemporaryDirectory() as folder, Laboratory(**MOONS) as lab:
        path = Path(folder, "points.csv")
        _write(path)
        lab.run()
        lab.spend(0.5)
        size = path.stat().st_size / 1e6
        what = f"{MANY:,} rows of a CSV, {size:.1f} MB"
        rows += _open(lab, what, lambda: lab.window.document.open_file(path), MANY, PATIENCE)
        lab.window.document.change(data="moons")
        lab.spend(0.5)
        for samples in (MANY, MOST):
            rows += _open(
                lab,
                f"{samples:,} generated points",
                lambda samples=samples: lab.window.document.change(samples=samples),
                samples,
            )
    return rows


def _open(lab: Laboratory, what: str, act: Callable[[], object], m: int, patience: float = 0) -> list[Row]:
    """Bring m points in while training runs, at best within `patience`, and watch the window then and afterwards."""

    def shows(frame: Frame) -> bool:
        return frame.experiment.problem.dataset.m == m

    with Turns() as opening:
        seconds = lab.until_painted(act, shows)
        lab.spend(0.3)
    lab.run()
    lab.spend(0.5)
    first, began = lab.frame.state.iteration, time.perf_counter()
    with Turns() as training, Paints(lab.boundary) as paints:
        lab.spend(WATCHED)
    rate = (lab.frame.state.iteration - first) / (time.perf_counter() - began)
    lab.run(False)
    lab.spend(0.3)
    alone = iterations_alone(lab.frame)
    lab.run()
    goal = f"engine alone {alone:.0f} /s"
    return [
        below(f"{what}: until they are seen", seconds, patience, "s")
        if patience
        else plain(f"{what}: until they are seen", seconds, "s"),
        below("  longest standstill on opening", opening.longest, STILL, "ms"),
        below("  longest standstill in training", training.longest, STILL, "ms"),
        plain("  pictures a second", paints.rate, "fps"),
        plain("  iterations a second", rate, "/s", goal),
        plain("  of what the engine alone makes", rate / alone * 100, "%"),
    ]


def _write(path: Path) -> None:
    points = generate("moons", MANY, 0.1, 0)
    names = np.where(points.Y[0] > 0.5, "waxing", "waning")
    with path.open("w", encoding="utf-8") as file:
        file.write("length,depth,phase\n")
        file.writelines(
            f"{x!r},{y!r},{name} phase\n"
            for x, y, name in zip(*points.X.tolist(), names.tolist(), strict=True)
        )
