"""From the start of the process until the window is of use, beside an empty window of pyqtgraph.

A window is of use once it has painted its first picture and its event loop has nothing left to do. Each start is
a process of its own, the two kinds in turn; `python -m tests.benchmarks.start_up lab` is one of them. Where the
time goes is said with `--verbose`.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.benchmarks.report import Row

ROOT = Path(__file__).parents[2]
STARTS = 9
RATIO = 1.5
BEGAN = "DESCENT_LAB_BEGAN"
"""The environment variable that holds when the process was started."""


def measure() -> "list[Row]":
    """Return the seconds both kinds of start take, and their ratio."""
    from tests.benchmarks.report import below, median, plain

    starts: dict[str, list[dict[str, float]]] = {"lab": [], "empty": []}
    for kind in starts:
        _start(kind)  # what is read for the first time comes from the disk
    for _ in range(STARTS):
        for kind, found in starts.items():
            found.append(_start(kind))
    seconds = {kind: median(marks["idle"] for marks in found) for kind, found in starts.items()}
    details = {kind: _phases(found) for kind, found in starts.items()}
    ratio = median(
        lab["idle"] / empty["idle"] for lab, empty in zip(starts["lab"], starts["empty"], strict=True)
    )
    return [
        plain("start until the window is of use", seconds["lab"], "s", details["lab"] + "\n" + _imports()),
        plain("  an empty window of pyqtgraph", seconds["empty"], "s", details["empty"]),
        below("  ratio", ratio, RATIO, ""),
    ]


def _start(kind: str) -> dict[str, float]:
    """Start a process and return the seconds to each mark it passed."""
    with TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.start_up", kind, folder],
            cwd=ROOT,
            env=os.environ | {BEGAN: repr(time.perf_counter())},
            capture_output=True,
            text=True,
            timeout=60,
        )
    if run.returncode:
        raise RuntimeError(f"a start ended with {run.returncode}: {run.stderr.strip()[-500:]}")
    found: dict[str, float] = json.loads(run.stdout)
    return found


def _phases(starts: list[dict[str, float]]) -> str:
    from tests.benchmarks.report import median

    before, lines = 0.0, []
    for name in starts[0]:
        until = median(marks[name] for marks in starts)
        lines.append(f"{name:<12} {(until - before) * 1000:5.0f} ms")
        before = until
    return "\n".join(lines)


def _imports() -> str:
    """Return where importing spends its time: by package, and by single modules of any."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import main, gui.app"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    modules: Counter[str] = Counter()
    packages: Counter[str] = Counter()
    for own, name in re.findall(r"^import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)", run.stderr, re.MULTILINE):
        top = name.partition(".")[0]
        kept = ("PySide6", "pyqtgraph", "numpy", "engine", "gui", "contourpy", "tqdm", "shiboken6")
        packages[top if top in kept else "other"] += int(own)
        modules[name] += int(own)
    return "\n".join(
        [
            "imports, ms: " + ", ".join(f"{name} {own / 1000:.0f}" for name, own in packages.most_common()),
            "dearest: " + ", ".join(f"{name} {own / 1000:.0f}" for name, own in modules.most_common(10)),
        ]
    )


# What runs in the processes that are started.


def _lab(marks: dict[str, float], folder: str) -> None:
    import main

    _mark(marks, "python")
    import gui.app
    from tests.benchmarks.settings import keep_settings_in

    _mark(marks, "imports")
    keep_settings_in(Path(folder))
    create_application, create_window = gui.app.create_application, gui.app.create_window

    def application(argv: list[str]) -> object:
        made = create_application(argv)
        _mark(marks, "application")
        return made

    def window() -> object:
        made = create_window()
        _mark(marks, "window")
        _watch(made.views["boundary"].plot.viewport(), marks, made)
        return made

    gui.app.create_application, gui.app.create_window = application, window  # type: ignore[assignment]
    main.main([])


def _empty(marks: dict[str, float], folder: str) -> None:
    _mark(marks, "python")
    import pyqtgraph as pg

    _mark(marks, "imports")
    application = pg.mkQApp()
    _mark(marks, "application")
    window = pg.PlotWidget()
    window.resize(1440, 900)
    _mark(marks, "window")
    _watch(window.viewport(), marks, window)
    window.show()
    application.exec()


def _mark(marks: dict[str, float], name: str) -> None:
    marks[name] = time.perf_counter() - float(os.environ[BEGAN])


def _watch(viewport: "QWidget", marks: dict[str, float], window: "QWidget") -> None:
    """Note when the viewport is painted for the first time and when nothing is left to do; then close."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and "painted" not in marks:
                _mark(marks, "painted")
                QTimer.singleShot(0, self.rest)
            return False

        def rest(self) -> None:
            if "rested" not in marks:
                _mark(marks, "rested")
                QTimer.singleShot(0, self.rest)  # a turn for what the first picture has caused
                return
            _mark(marks, "idle")
            window.close()

    viewport.installEventFilter(Watch(viewport))


if __name__ == "__main__":
    found: dict[str, float] = {}
    {"lab": _lab, "empty": _empty}[sys.argv[1]](found, sys.argv[2])
    print(json.dumps(found))
