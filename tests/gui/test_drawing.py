"""Which views are drawn of a frame: all of one that stays, and one after the other while frames follow quickly."""

import itertools
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from engine.training.commands import Frame
from gui import drawing
from gui.views.view import View
from tests.gui.driving import Lab

SMALLER = ("cost", "activation")  # those that are open from the start


@pytest.fixture
def drawn(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Frame, str]]:
    """The frames from now on, each with the name of a view that is drawn of it; the pictures follow quickly."""
    clock = itertools.count(time.perf_counter(), drawing.QUICKLY / 2)
    monkeypatch.setattr(drawing, "time", SimpleNamespace(perf_counter=lambda: next(clock)))
    found: list[tuple[Frame, str]] = []

    def noted(view: View, draw: Callable[[Frame], None]) -> Callable[[Frame], None]:
        def note(frame: Frame) -> None:
            found.append((frame, view.name))
            draw(frame)

        return note

    for name in SMALLER:
        view = lab.window.views[name]  # type: ignore[attr-defined]
        monkeypatch.setattr(view, "draw", noted(view, view.draw))
    return found


def views_of(drawn: list[tuple[Frame, str]]) -> list[tuple[Frame, list[str]]]:
    """Return each frame with the views that were drawn of it."""
    return [
        (next(iter(group))[0], [name for _, name in group])
        for group in ([*each] for _, each in itertools.groupby(drawn, key=lambda one: id(one[0])))
    ]


@pytest.mark.parametrize("runs", [True, False], ids=["a run", "many steps"])
def test_one_smaller_view_is_drawn_with_each_picture(
    lab: Lab, drawn: list[tuple[Frame, str]], runs: bool
) -> None:
    drawn.clear()
    lab.press(Qt.Key.Key_Space) if runs else lab.window.playback.step(10**9)  # type: ignore[attr-defined]
    lab.wait(lambda: len([frame for frame, _ in views_of(drawn) if frame.is_moving]) > 2 * len(SMALLER))
    _, *moving = (
        names for frame, names in views_of(drawn) if frame.is_moving
    )  # the first may be laid out anew
    assert [names for names in moving if len(names) > 1] == [], "all of them would leave no time for training"
    assert {name for names in moving for name in names} == {*SMALLER}, "each has its turn"
    lab.press(Qt.Key.Key_Space)
    lab.settle()
    frame, names = views_of(drawn)[-1]
    assert not frame.is_moving and {*names} >= {*SMALLER}, "what stays is shown by all"
