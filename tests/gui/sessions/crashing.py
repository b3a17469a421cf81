"""A program of its own that paints and trains until it is killed, and then starts again and restores what was there."""

import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine.files.session import Session, load_session
from tests.gui.programs import start_program

PATIENCE = 30.0  # seconds

PROGRAM = """
import sys
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
import main
from gui import app
from gui.sessions import autosave

autosave.EVERY, autosave.AFTER_CHANGES = {every}, {after_changes}
create = app.create_window

def create_and_work():
    window = create()
    document, sessions, rng = window.document, window.sessions, np.random.default_rng({seed})

    def say(*words):
        print(*words, flush=True)

    keep = sessions.keep
    def note_and_keep(job):
        job.points = document.dataset.m
        keep(job)
    sessions.keep = note_and_keep
    sessions.writer.written.connect(lambda job: say("written", job.points, job.last, job.failure))

    def work():
        document.paint(rng.normal(size=(2, 3)), int(rng.integers(2)))
        if rng.random() < 0.3:
            document.end_gesture()
        if rng.random() < 0.05:
            document.change(learning_rate=float(rng.uniform(0.01, 0.5)))
    painting = QTimer(window, interval=15)
    painting.timeout.connect(work)

    def begin():
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible() and box.objectName() == "restoreQuestion":
                next(b for b in box.buttons() if b.objectName() == "restoreSessionButton").click()
                return QTimer.singleShot(300, begin)
        say("began", document.dataset.m, window.playback.frame.last)
        window.playback.set_running(True)
        painting.start()
    QTimer.singleShot(300, begin)
    return window

app.create_window = create_and_work
sys.exit(main.main([]))
"""


@dataclass
class Crash:
    """What was left by a program that was killed."""

    began: tuple[int, int]
    """The points and the iteration with which it began."""
    told: list[tuple[int, int]]
    """The points and the iteration of each time it said that it had saved."""
    files: list[Path]
    """The sessions that it left, the newest last."""
    sessions: list[Session]
    age: float
    """The seconds of work that no file has, at most."""


def crash(
    folder: Path, random: Random, every: int = 400, after_changes: int = 100, lives: float = 1.5
) -> Crash:
    """Start the program, let it work for a random part of `lives` seconds, and kill it hard."""
    script = PROGRAM.format(every=every, after_changes=after_changes, seed=random.randrange(2**31))
    process = start_program(script, folder, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    try:
        first = process.stdout.readline().split()
        while first[:1] == ["written"]:  # what was restored is saved before anything else
            first = process.stdout.readline().split()
        time.sleep(random.uniform(0, lives))
    finally:
        process.send_signal(signal.SIGKILL)
        killed = time.time()
        said = process.stdout.read()
        process.wait(PATIENCE)
        process.stdout.close()
    files = sorted((folder / "data").rglob("*.descent"), key=lambda each: each.stat().st_mtime_ns)
    told = [(int(m), int(last)) for m, last in re.findall(r"^written (\d+) (\d+) $", said, re.MULTILINE)]
    assert said.count("written") == len(told), f"not all could be written: {said}"
    age = killed - max((each.stat().st_mtime for each in files), default=killed)
    return Crash((int(first[1]), int(first[2])), told, files, [load_session(each) for each in files], age)
