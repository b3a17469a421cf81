"""Smooth pictures with every view open at once, while a 2-8-8-1 network trains on 400 points as fast as it goes."""

import itertools
import random
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from tests.benchmarks.frames import watch
from tests.benchmarks.laboratory import Laboratory
from tests.benchmarks.report import Row, below, median

DEEP: dict[str, Any] = {"data": "moons", "samples": 400, "hidden": (8, 8), "activation": ("tanh",)}
SMOOTH = 25.0  # ms between two pictures
SHARE = 40.0  # % of the iterations that `main.py train` makes
LONG = 1_000_000  # iterations
LOOKS = 40
JUMP = 100.0  # ms from the wish to see an iteration until it is seen
COLUMNS = 3


def measure() -> list[Row]:
    """Return the frames a second and what is left for training, and how long a jump in a long run takes."""
    with Laboratory(**DEEP) as lab:
        count = _open_every_view(lab)
        watched = watch(lab)
        jumps = _jumps(lab)
        last = lab.frame.last
    return [
        *watched.rows(f"2-8-8-1 on 400 moons, {count} views seen", SMOOTH, SHARE),
        below(
            f"{last:,} iterations: the longest of {len(jumps)} jumps until every view shows one",
            max(jumps),
            JUMP,
            "ms",
            f"median {median(jumps):.1f} ms",
        ),
    ]


def _open_every_view(lab: Laboratory) -> int:
    """Show all views beside each other and return how many are seen, the boundary among them."""
    lab.window.resize(1920, 1080)
    docks = [
        dock
        for dock in lab.window.findChildren(QDockWidget)
        if dock.objectName() not in ("panelDock", "weightImageDock")  # that one is for images alone
    ]
    columns = [docks[start::COLUMNS] for start in range(COLUMNS)]
    for dock in docks:
        dock.show()
    for left, right in itertools.pairwise(columns):
        lab.window.splitDockWidget(left[0], right[0], Qt.Orientation.Horizontal)
    for column in columns:
        for above_it, dock in itertools.pairwise(column):
            lab.window.splitDockWidget(above_it, dock, Qt.Orientation.Vertical)
    lab.spend(0.5)
    return 1 + sum(not dock.visibleRegion().isEmpty() for dock in docks)


def _jumps(lab: Laboratory) -> list[float]:
    """Train a long run to its end, and return the milliseconds of jumps to iterations anywhere in it."""
    lab.window.playback.step(max(0, LONG - lab.frame.last))
    while lab.frame.last < LONG:
        lab.spend(1.0)
    lab.spend(0.5)
    places = random.Random(1)
    found = []
    for _ in range(LOOKS):
        iteration = places.randrange(LONG)
        seek = lab.window.playback.seek
        seconds = lab.until_painted(
            lambda iteration=iteration, seek=seek: seek(iteration),  # type: ignore[misc]
            lambda frame, iteration=iteration: frame.state.iteration == iteration,  # type: ignore[misc]
        )
        found.append(seconds * 1000)
    return found
