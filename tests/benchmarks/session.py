"""Saving and opening a hundred thousand points, and how long the window stands still for it."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.files.session import load_session, save_session
from gui.sessions.writer import Job
from tests.benchmarks.frames import MOONS
from tests.benchmarks.laboratory import Laboratory, Turns
from tests.benchmarks.report import Row, below, median, plain

POINTS = 100_000
SAVED, OPENED = 300, 1000  # ms
STILL = 100  # ms that nobody notices
TURNS = 7


def measure() -> list[Row]:
    """Return the worker's time, the window's longest standstill meanwhile, and the time until it is open again."""
    with TemporaryDirectory() as folder, Laboratory(**MOONS) as lab:
        path = Path(folder, "work.descent")
        window = lab.window
        window.document.change(samples=POINTS)
        lab.spend(1.0)
        lab.run()
        lab.spend(2.0)
        standstills, waits = [], []
        for _ in range(TURNS):
            job = Job(path)
            began = time.perf_counter()
            with Turns() as turns:
                window.sessions.keep(job)
                while not job.finished.is_set():
                    lab.spend(0.02)
                waits.append((time.perf_counter() - began) * 1000)
            standstills.append(turns.longest)
            lab.spend(0.2)
        with Turns() as usual:
            lab.spend(1.0)
        lab.run(False)
        lab.spend(0.3)
        saved, opened = [], []
        for _ in range(TURNS):
            began = time.perf_counter()
            session = load_session(path)
            loaded = time.perf_counter()
            save_session(path, session)
            saved.append((time.perf_counter() - loaded) * 1000)
            window.document.clear()
            lab.spend(0.3)
            dataset = session.dataset.m
            opened.append((loaded - began) * 1000)
        window.document.clear()
        lab.spend(0.3)
        seen = lab.until_painted(
            lambda: window.sessions.open(path), lambda frame: frame.experiment.problem.dataset.m == dataset
        )
        size = path.stat().st_size / 1e6
    return [
        below(f"{POINTS:,} points: written, fsync included", median(saved), SAVED, "ms", f"{size:.1f} MB"),
        plain("  the file", size, "MB"),
        plain("  from the wish to the file, while training runs", median(waits), "ms"),
        below("  longest standstill of the window meanwhile", max(standstills), STILL, "ms"),
        plain("  longest standstill in training alone", usual.longest, "ms"),
        plain("  read and checked", median(opened), "ms"),
        below("  from opening it to the whole picture", seen * 1000, OPENED, "ms"),
    ]
