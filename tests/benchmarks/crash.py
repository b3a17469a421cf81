"""The program is killed hard again and again while it paints and trains: what is lost, and whether a file is damaged."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from engine.files.atomic import FileError
from gui.sessions.autosave import AFTER_CHANGES, EVERY
from tests.benchmarks.report import Row, below, plain
from tests.gui.sessions.crashing import crash

KILLS = 50
LIVES = 1.5  # seconds in which it is killed, at most
LOST = 30  # seconds of work


def measure() -> list[Row]:
    """Return what fifty hard ends left, each time restored by the next start."""
    random, ages, saved = Random(0), [], 0
    damaged = lost = 0
    left = (400, 0)
    with TemporaryDirectory() as folder:
        for _ in range(KILLS):
            try:
                found = crash(Path(folder), random, EVERY, AFTER_CHANGES, LIVES)
            except FileError:
                damaged += 1
                continue
            lost += found.began != left
            for session in found.sessions[-1:]:
                left = (session.dataset.m, session.run.last)
                points, last = found.told[-1] if found.told else found.began
                lost += left[0] < points or left[1] < last
            saved += len(found.told)
            ages.append(found.age)
    return [
        plain(f"hard ends, {saved} times saved by itself before them", KILLS, ""),
        below("  damaged files", damaged, 0, ""),
        below("  sessions that did not come back as they were saved", lost, 0, ""),
        below("  the most work that was lost", max(ages), LOST, "s"),
        plain("  points painted in all, at the end", left[0] - 400, ""),
        plain("  iterations at the end", left[1], ""),
    ]
