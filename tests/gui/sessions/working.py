"""Works with sessions in a window, and looks at all that a session brings back."""

import threading
from pathlib import Path
from typing import Any

import pytest

from engine.files.session import Session, save_session
from gui.app import start_autosave
from gui.sessions import writer
from gui.sessions.autosave import Autosave
from gui.sessions.recovery import usual_folder
from tests.engine.files.session.living import moment
from tests.gui.driving import PATIENCE, Lab
from tests.gui.plots import LEFT, RIGHT, line

READOUTS = ("iteration", "trainCost", "testCost", "trainAccuracy", "testAccuracy")


def save(lab: Lab) -> None:
    """Save by the menu, and wait until it is written."""
    lab.action("SaveSession").trigger()
    lab.wait(lambda: "saved as" in lab.status)


def open_session(lab: Lab, path: Path) -> None:
    """Drop a session on the window."""
    assert lab.drop(path, lab.window)
    lab.settle()


def act(lab: Lab, *names: str) -> None:
    """Choose entries of the menus: unlike keys, they reach a window that is not in front."""
    for name in names:
        lab.action(name).trigger()
        lab.settle()


def live(lab: Lab) -> None:
    """Train, paint, change settings, and look back."""
    lab.choose("optimizerCombo", "adam")
    lab.fill("batchSizeSpin", "32")
    lab.settle()
    for _ in range(3):
        lab.action("StepMany").trigger()
    lab.settle()
    lab.drag(line(lab.inside(0.2, 0.2), lab.inside(0.5, 0.4), 6), LEFT)
    lab.settle()
    lab.step(7)
    lab.fill("learningRateSpin", "0.03")
    lab.settle()
    lab.step(5)
    lab.click(lab.inside(0.7, 0.3), RIGHT)
    lab.settle()
    lab.step(4)
    for _ in range(6):
        lab.action("StepBack").trigger()
    lab.settle()


def seen(lab: Lab) -> tuple[Any, ...]:
    """Return all that is trained and shown, to the last bit."""
    return (
        moment(lab.frame),
        tuple(lab.value(name) for name in READOUTS),
        lab.spec,
        {name: view.look() for name, view in lab.window.views.items()},  # type: ignore[attr-defined]
    )


def slowly(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Let sessions be written only once they may; return what tells that one began, and what lets it go on."""
    begun, may = threading.Event(), threading.Event()

    def write(path: Path, session: Session) -> None:
        begun.set()
        may.wait(PATIENCE / 1000)
        save_session(path, session)

    monkeypatch.setattr(writer, "save_session", write)
    return begun, may


def begin(lab: Lab) -> Autosave:
    """Let a window save by itself, as the program does."""
    autosave = start_autosave(lab.window)  # type: ignore[arg-type]
    assert autosave is not None
    return autosave


def files() -> list[Path]:
    """Return the recovery files that there are."""
    return sorted(usual_folder().glob("*.descent"))
