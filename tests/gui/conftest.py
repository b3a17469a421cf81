"""A window for each test, with settings of its own; a test fails for what its window leaves behind.

What the dialogs for files will answer, and what other tests begin with, stands below.
"""

import gc
import itertools
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from gui.app import create_application, create_window
from gui.sessions.asking import discard
from gui.views.surface import SurfaceView
from tests.gui.driving import PATIENCE, ROOT, Lab

WINDOWS = itertools.count(1)
COLLECT_EVERY = 8  # windows; closed ones would else fill the memory, as the open one puts collection off
DATASETS = ROOT / "assets" / "datasets"

# Qt's own screen without a display is 800 x 800, on which no window of a person's size fits.
if os.environ.get("QT_QPA_PLATFORM") == "offscreen" and sys.platform != "win32":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).with_name('screen.json')}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let NumPy's warnings fail a test: a person would find them on standard error."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("error::RuntimeWarning"))


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The program's own application, for pytest-qt too."""
    return create_application(["descent-lab"])


@pytest.fixture
def own_settings(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what the program remembers, empty at first."""
    folder = tmp_path / "settings"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture
def open_lab(
    own_settings: Path, qtbot: QtBot, qtlog: Any, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Lab]]:
    """A function that opens a window.

    Afterwards nothing may be left: no thread, no timer, no exception, and no word on standard error.
    """
    labs: list[Lab] = []
    threads = set(threading.enumerate())
    hooks = sys.excepthook, threading.excepthook

    def open_one(width: int = 1280, height: int = 720, shown: bool = True) -> Lab:
        lab = Lab(create_window(), qtbot)
        labs.append(lab)
        if shown:
            lab.show(width, height)
        return lab

    yield open_one
    for lab in labs:
        lab.window.sessions.ask = discard  # type: ignore[attr-defined]
        lab.close()
    late: list[str] = []  # what goes wrong once the window is gone, and has no dialog any more
    sys.excepthook = lambda kind, failure, trace: late.append(f"{kind.__name__}: {failure}")
    threading.excepthook = lambda hook: late.append(f"{hook.exc_type.__name__}: {hook.exc_value}")
    for thread in set(threading.enumerate()) - threads:
        thread.join(timeout=PATIENCE / 1000)
    left = [thread.name for thread in threading.enumerate() if thread not in threads]
    QCoreApplication.processEvents()
    timers = [timer for lab in labs for timer in lab.window.findChildren(QTimer)]
    ticking = [timer for timer in timers if timer.isActive() and not timer.isSingleShot()]
    for widget in QApplication.topLevelWidgets():
        widget.close()
    for lab in labs:
        lab.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    forgotten = [
        f"{type(widget).__name__} {widget.objectName()}" for widget in QApplication.topLevelWidgets()
    ]
    if next(WINDOWS) % COLLECT_EVERY == 0:
        gc.collect()
    sys.excepthook, threading.excepthook = hooks
    failures = [reason for lab in labs for reason in lab.failures] + late
    assert not failures, "exceptions that nobody caught:\n" + "\n".join(failures)
    assert not left, f"threads are left: {left}"
    assert not ticking, f"timers are left: {ticking}"
    assert not forgotten, f"widgets that no window owns are left to Python's garbage: {forgotten}"
    # pytest-qt judges what was said during the test; this is about the closing, too.
    complaints = [
        each.message for each in qtlog.records if not each.ignored and each.type != QtMsgType.QtDebugMsg
    ]
    assert not complaints, f"Qt complains: {complaints}"
    assert capfd.readouterr().err == ""


@pytest.fixture
def lab(open_lab: Callable[..., Lab]) -> Lab:
    """The window at its first start."""
    return open_lab()


@pytest.fixture
def penguins() -> Path:
    """A table of real measurements: two columns of numbers, and a species."""
    return DATASETS / "penguins.csv"


@pytest.fixture
def penguins_lab(lab: Lab) -> Lab:
    """The window with the penguins."""
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    lab.window.grab()
    return lab


@pytest.fixture
def surface(lab: Lab) -> SurfaceView:
    """The cost surface, opened from the menu."""
    view = lab.open_view("surface", SurfaceView)
    lab.window.grab()
    return view


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A function that says what the save dialog will give; it returns the names the dialog proposed."""

    def give(path: object, picked: str = "") -> list[str]:
        proposed: list[str] = []

        def ask(parent: object, title: str, start: str, filters: str) -> tuple[str, str]:
            proposed.append(start)
            return str(path or ""), picked or filters.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return give


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """A function that says what the open dialog will give."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))
