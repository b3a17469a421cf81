"""Answers to the dialogs that ask for a session's file."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.sessions.asking import Answer
from tests.gui.driving import Lab


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A function that says what the save dialog will give; it returns the names the dialog proposed."""

    def give(path: object) -> list[str]:
        proposed: list[str] = []

        def ask(parent: object, title: str, start: str, filters: str) -> tuple[str, str]:
            proposed.append(start)
            return str(path or ""), filters.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return give


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """A function that says what the open dialog will give."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))


@pytest.fixture
def answer() -> Callable[[Lab, Answer], list[str]]:
    """A function that says what becomes of changes; it returns the names that were asked about."""

    def give(lab: Lab, chosen: Answer) -> list[str]:
        asked: list[str] = []

        def ask(name: str) -> Answer:
            asked.append(name)
            return chosen

        lab.window.sessions.ask = ask  # type: ignore[attr-defined]
        return asked

    return give
