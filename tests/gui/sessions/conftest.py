"""Answers to the question what becomes of changes, and windows that save by themselves."""

from collections.abc import Callable

import pytest

from gui.sessions import autosave as autosave_module
from gui.sessions.asking import Answer
from gui.sessions.autosave import Autosave
from tests.gui.driving import Lab
from tests.gui.sessions.working import begin


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


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save by itself right after each change."""
    monkeypatch.setattr(autosave_module, "AFTER_CHANGES", 0)


@pytest.fixture
def saving(lab: Lab, quickly: None) -> tuple[Lab, Autosave]:
    """A window that saves by itself."""
    return lab, begin(lab)
