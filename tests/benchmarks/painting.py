"""What a stroke of the mouse costs, while training runs."""

import math
import time

from PySide6.QtCore import QPointF

from tests.benchmarks.frames import MOONS, SMOOTH  # a stroke must not make it less smooth
from tests.benchmarks.laboratory import Hand, Laboratory, Paints
from tests.benchmarks.report import Row, below, median, percentile, plain

WATCHED = 2.5  # seconds with a stroke, and as many without
MOVE_EVERY = 0.008  # seconds, as a mouse of 125 Hz


def measure() -> list[Row]:
    """Return the frames during a stroke at 400 and at 100,000 points."""
    return [row for samples in (400, 100_000) for row in _strokes(samples)]


def _strokes(samples: int) -> list[Row]:
    with Laboratory(**(MOONS | {"samples": samples})) as lab:
        hand = Hand(lab.boundary)
        middle = QPointF(lab.boundary.rect().center())
        reach = 0.3 * min(middle.x(), middle.y())

        def place(turn: float) -> QPointF:
            return middle + reach * QPointF(math.cos(turn), math.sin(turn))

        lab.run()
        lab.spend(0.7)
        busy = time.thread_time()
        with Paints(lab.boundary) as before:
            lab.spend(WATCHED)
        quiet_work = (time.thread_time() - busy) / len(before.times)
        busy = time.thread_time()
        hand.press(place(0.0))
        with Paints(lab.boundary) as during:
            began = time.perf_counter()
            while time.perf_counter() - began < WATCHED:
                hand.move(place(3.0 * (time.perf_counter() - began)))
                lab.spend(MOVE_EVERY)
        hand.release()
        work = (time.thread_time() - busy) / len(during.times)
        lab.spend(0.1)
        painted = lab.window.document.dataset.m - samples
    extra = median(during.gaps) - median(before.gaps)
    details = f"{painted} points painted; median {median(before.gaps):.1f} ms without, {median(during.gaps):.1f} with"
    return [
        plain(f"a stroke among {samples:,} points: longer between pictures by", extra, "ms", details),
        plain("  more of the window's own work for a picture", (work - quiet_work) * 1000, "ms"),
        below("  between two pictures, 99th percentile", percentile(during.gaps, 99), SMOOTH, "ms"),
    ]
