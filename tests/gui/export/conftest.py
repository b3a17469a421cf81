"""A trained window, and answers to the dialogs that ask for a file."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.gui.driving import Lab


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


@pytest.fixture
def trained(lab: Lab) -> Lab:
    """The window after 400 iterations on the moons, paused."""
    for _ in range(40):
        lab.action("StepMany").trigger()
    lab.settle()
    assert lab.iteration == 400
    return lab
