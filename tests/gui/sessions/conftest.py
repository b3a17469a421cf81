"""Answers to the question what becomes of changes."""

from collections.abc import Callable

import pytest

from gui.sessions.asking import Answer
from tests.gui.driving import Lab


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
