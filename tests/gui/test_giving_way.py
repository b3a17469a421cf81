"""What views work out between pictures waits while a command is under way, or while training takes all time."""

import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from gui import drawing
from gui.drawing import QUICKLY
from gui.views import flow, surface
from gui.views.flow import FlowView
from gui.views.surface import SurfaceView
from gui.views.view import WAIT, View
from tests.gui.driving import Lab


def views_of(lab: Lab) -> list[View]:
    """Return all views of the window."""
    return [*lab.window.views.values()]  # type: ignore[attr-defined]


def test_it_waits_until_every_command_is_obeyed(lab: Lab) -> None:
    playback, views = lab.window.playback, views_of(lab)  # type: ignore[attr-defined]
    for act in (lambda: playback.step(2), lambda: playback.step(-1), playback.reset):
        act()
        assert playback.is_waiting and all(view.gives_way() for view in views)
        lab.settle()
        assert not playback.is_waiting and not any(view.gives_way() for view in views)


def test_it_waits_while_training_takes_all_time(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    run = SimpleNamespace(now=time.perf_counter() + 10.0, iteration=0)
    monkeypatch.setattr(drawing, "time", SimpleNamespace(perf_counter=lambda: run.now))
    views, draw = views_of(lab), lab.window._drawing._draw  # type: ignore[attr-defined]

    def waits_after(seconds: float, made: int = 1, running: bool = True) -> bool:
        run.now += seconds
        run.iteration += made
        state = lab.frame.state._replace(iteration=run.iteration)
        draw(replace(lab.frame, state=state, last=run.iteration, running=running))
        (answer,) = {view.gives_way() for view in views}
        return answer

    assert not waits_after(2 * QUICKLY), "a slow run"
    assert waits_after(QUICKLY / 2), "quick pictures"
    assert not waits_after(2 * QUICKLY), "slow again"
    assert waits_after(2 * QUICKLY, made=100), "a picture that comes late in a quick run"
    assert not waits_after(QUICKLY / 2, made=100, running=False), "it stands still"


@pytest.mark.parametrize(
    ("name", "kind", "module"), [("surface", SurfaceView, surface), ("flow", FlowView, flow)]
)
def test_a_view_that_gives_way_does_nothing_and_asks_again(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, name: str, kind: type[SurfaceView | FlowView], module: object
) -> None:
    view = lab.open_view(name, kind)
    lab.settle()
    lab.wait(lambda: view.is_complete)
    asked: list[bool] = []
    view.gives_way = lambda: not asked.append(view.is_complete)  # type: ignore[func-returns-value]
    for slice_ in ("SLICE", "LONG_SLICE"):
        monkeypatch.setattr(module, slice_, 0.0, raising=False)
    lab.step(3)
    count = len(asked)
    lab.wait(lambda: len(asked) > count + 3)
    assert not any(asked), "nothing is done meanwhile"
    assert view._more.interval() == WAIT
    monkeypatch.undo()
    view.gives_way = lambda: False
    lab.wait(lambda: view.is_complete)
