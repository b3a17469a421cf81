"""What a stroke of the mouse costs while training runs, and what undo costs."""

import math
import time

from PySide6.QtCore import QPointF

from tests.benchmarks.frames import MOONS, SMOOTH  # a stroke must not make it less smooth
from tests.benchmarks.laboratory import Hand, Laboratory, Paints
from tests.benchmarks.report import Row, below, median, percentile, plain

WATCHED = 2.5  # seconds with a stroke, and as many without
MOVE_EVERY = 0.008  # seconds, as a mouse of 125 Hz
ADDS = 16.0  # milliseconds that a stroke may add to a picture
UNDO = 50.0  # milliseconds
TOOLS = ("Point", "Spray", "Eraser", "Relabel", "Magnet")


def measure() -> list[Row]:
    """Return the frames during strokes at 400 and at 100,000 points, and the time of undo."""
    few = [row for tool in ("Point", "Eraser") for row in _strokes(400, tool)]
    return few + [row for tool in TOOLS for row in _strokes(100_000, tool)]


def _strokes(samples: int, tool: str) -> list[Row]:
    with Laboratory(**(MOONS | {"samples": samples})) as lab:
        hand = Hand(lab.boundary)
        middle = QPointF(lab.boundary.rect().center())
        reach = 0.3 * min(middle.x(), middle.y())
        lab.window.painter.take(tool)

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
            began, moves = time.perf_counter(), []
            while time.perf_counter() - began < WATCHED:
                worked = time.thread_time()
                hand.move(place(3.0 * (time.perf_counter() - began)))
                moves.append((time.thread_time() - worked) * 1000)
                lab.spend(MOVE_EVERY)
        work = (time.thread_time() - busy) / len(during.times)
        began = time.perf_counter()
        hand.release()
        released = time.perf_counter() - began
        lab.spend(0.3)
        what = lab.window.document.undo_stack.undoText()
        began = time.perf_counter()
        lab.window.document.undo()
        undone = time.perf_counter() - began
        shown = lab.until_painted(lab.window.document.redo, lambda frame: True)
    late = {share: [percentile(gaps, share) for gaps in (before.gaps, during.gaps)] for share in (99, 100)}
    (quiet, slow), (quietest, slowest) = late[99], late[100]
    details = f"{what}; median {median(before.gaps):.1f} ms without, {median(during.gaps):.1f} with"
    return [
        below(
            f"{tool} among {samples:,} points: adds to the 99th percentile", slow - quiet, ADDS, "ms", details
        ),
        below(
            "  adds to the longest",
            slowest - quietest,
            ADDS,
            "ms",
            f"{quietest:.1f} ms without, {slowest:.1f} with",
        ),
        below("  the window's own work for a move, 95th percentile", percentile(moves, 95), ADDS, "ms"),
        plain("  more of the window's own work for a picture", (work - quiet_work) * 1000, "ms"),
        below("  between two pictures, 99th percentile", percentile(during.gaps, 99), SMOOTH, "ms"),
        below("  letting go", released * 1000, ADDS, "ms"),
        below("  undo", undone * 1000, UNDO, "ms", f"redo until it was seen {shown * 1000:.1f} ms"),
    ]
