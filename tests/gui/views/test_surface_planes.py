"""One plane of a cost surface after the other, while a run goes on: path and costs always belong to the same one."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPointF, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.model.network import Parameters
from engine.training.commands import Frame
from engine.training.planes import PLANES
from engine.training.spec import Spec
from gui.export.pictures import delete
from gui.theme import DARK, LIGHT
from gui.views import surface
from gui.views.surface import SurfaceView
from tests.gui.export.frames import frame_for, frame_of

FRAME = replace(frame_for("surface"), running=True)


def moved(by: float, way: int = 0) -> Frame:
    """Return a moment of the run, which goes on, at parameters that lie so far away, in one direction or another."""
    vector = FRAME.state.parameters.vector
    direction = np.random.default_rng(way).normal(size=vector.size)
    parameters = Parameters(FRAME.experiment.network, vector + by * direction)
    return replace(FRAME, state=FRAME.state._replace(parameters=parameters))


FAR = moved(5.0)


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[SurfaceView]:
    """A view of a run that goes on, with all its costs, from which it has been long enough to the next surface."""
    made = SurfaceView(LIGHT)
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    made.draw(frame_for("surface"))
    finish(made, qtbot)
    yield made
    delete(made)


def finish(view: SurfaceView, qtbot: QtBot) -> None:
    """Let it have the time that it needs."""
    qtbot.waitUntil(lambda: view.is_complete, timeout=15_000)
    view.shown.renewed = 0.0


@pytest.fixture
def give_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A function that sets how many seconds costs get with each picture and between two."""

    def give(seconds: float) -> None:
        for name in ("SLICE", "LONG_SLICE"):
            monkeypatch.setattr(surface, name, seconds)

    return give


def is_whole(view: SurfaceView) -> bool:
    """Return whether the costs that are seen cover the plot, and are of the plane of its path."""
    (panel, *_), chart = view.panels, view.chart
    if chart is None or panel.landscape is None or panel.marks is None or view._frame is None:
        return False
    area, (x_range, y_range) = panel._heat.area, panel.box.viewRange()
    covers = area.left() <= x_range[0] < x_range[1] <= area.right()
    covers = covers and area.top() <= y_range[0] < y_range[1] <= area.bottom()
    here = chart.places(view._frame.state.parameters.vector)
    return covers and panel._heat.isVisible() and np.allclose(panel.marks.now, here)


def test_between_two_pictures_of_a_slow_run_the_surface_is_finished(view: SurfaceView, qtbot: QtBot) -> None:
    before = view.chart
    view.draw(FAR)
    finish(view, qtbot)
    assert view.chart is not before and is_whole(view), "no other picture came"


def test_where_pictures_follow_quickly_it_waits_for_the_next(view: SurfaceView, qtbot: QtBot) -> None:
    asked: list[bool] = []
    view.gives_way = lambda: not asked.append(True)  # type: ignore[func-returns-value]
    view.draw(FAR)
    panel = view.panels[0]
    assert panel.landscape is not None
    done, count = panel.landscape._done, len(asked)
    qtbot.waitUntil(lambda: len(asked) > count + 3)
    assert panel.landscape._done == done and not view.is_complete
    view.gives_way = lambda: False
    finish(view, qtbot)
    assert is_whole(view)


@pytest.mark.parametrize("both", [False, True])
def test_the_old_plane_is_shown_with_its_path_until_there_are_costs_of_the_new_one(
    view: SurfaceView, qtbot: QtBot, give_time: Callable[[float], None], both: bool
) -> None:
    view.compare_button.setChecked(both)
    finish(view, qtbot)
    give_time(0.0)
    before, shares = view.chart, [panel._heat._shares for panel in view.panels]
    view.draw(FAR)
    for frame in (FAR, moved(5.5), moved(6.0)):
        view.draw(frame)
        QCoreApplication.processEvents()
        assert view.chart is before and not view.is_complete
        for panel, seen in zip(view.panels, shares, strict=True):
            assert panel._heat._shares is seen
        assert before is not None and view.panels[0].marks is not None
        np.testing.assert_allclose(view.panels[0].marks.now, before.places(frame.state.parameters.vector))
    coming = view.shown.coming
    assert coming is not None
    for panel in view._drawn[:-1]:
        begun = panel.landscape
        assert begun is not None and begun.chart is coming[0]
        while begun.Z is None:
            begun.work(time.perf_counter() + 0.001)
        view.shown.renewed = 0.0
        view.draw(moved(6.0, way=1))
        view.apply_theme(DARK)
        assert panel._heat._shares is shares[0]
        assert view.chart is before, "not with the costs of one loss alone"
        assert panel.landscape is begun, "it stays while the other loss has nothing yet"
    give_time(0.004)
    finish(view, qtbot)
    assert view.chart is coming[0] and is_whole(view)


def test_the_mouse_reads_the_costs_that_are_seen_while_another_plane_is_coming(
    view: SurfaceView, give_time: Callable[[float], None]
) -> None:
    place = QPointF(*view.panels[0].start.pos())

    def read() -> str:
        view._reading._read(view.panels[0].box.mapViewToScene(place))
        return view._reading._tags[0][1].toPlainText()

    seen = read()
    give_time(0.0)
    view.draw(FAR)
    assert view.shown.coming is not None
    assert read() == seen != ""


def test_costs_of_another_network_are_not_seen_on_the_plane_of_this_one(
    view: SurfaceView, qtbot: QtBot, give_time: Callable[[float], None]
) -> None:
    give_time(0.0)
    view.draw(frame_of(Spec(samples=400, hidden=(3,)), 20))
    panel = view.panels[0]
    assert not panel._heat.isVisible() and not panel._lines.isVisible()
    assert not any(label.isVisible() for label in panel._labels)
    give_time(0.004)
    finish(view, qtbot)
    assert is_whole(view) and panel._lines.isVisible()
    assert any(label.isVisible() for label in panel._labels)


def test_what_was_seen_before_in_another_form_is_not_seen_again(
    view: SurfaceView, qtbot: QtBot, give_time: Callable[[float], None]
) -> None:
    panel = view.panels[0]
    view.relief_button.setChecked(True)
    assert panel.relief.heights is not None, "those that are known are"
    finish(view, qtbot)
    give_time(0.0)
    view.draw(FAR)
    view.relief_button.setChecked(False)
    assert view.shown.coming is not None and not panel._heat.isVisible()
    view.relief_button.setChecked(True)
    assert panel.relief.heights is None
    give_time(0.004)
    finish(view, qtbot)
    assert panel.relief.heights is not None


def test_a_loss_that_was_seen_before_is_not_seen_on_another_plane(
    view: SurfaceView, qtbot: QtBot, give_time: Callable[[float], None]
) -> None:
    other = view.panels[1]
    view.compare_button.setChecked(True)
    finish(view, qtbot)
    assert other._heat.isVisible()
    view.compare_button.setChecked(False)
    view.draw(FAR)
    finish(view, qtbot)
    give_time(0.0)
    view.compare_button.setChecked(True)
    assert not other._heat.isVisible()
    give_time(0.004)
    finish(view, qtbot)
    assert other._heat.isVisible()


def test_a_start_chosen_on_a_plane_keeps_it_though_another_one_was_coming(
    view: SurfaceView, give_time: Callable[[float], None]
) -> None:
    give_time(0.0)
    before = view.chart
    view.draw(FAR)
    assert view.shown.coming is not None
    view._chosen = True
    start = Parameters(FRAME.experiment.network, FRAME.state.parameters.vector.copy())
    view.draw(replace(FRAME, trail=(FRAME.trail[0]._replace(parameters=start), *FRAME.trail[1:])))
    assert view.chart is before and view.shown.kept and view.shown.coming is None


def test_while_a_run_goes_on_its_plane_stays_until_a_surface_is_seen(view: SurfaceView) -> None:
    shown = view.shown
    assert PLANES["path"].follows
    shown.lay(FAR, "path", view._sides, begun=True)
    assert shown.coming is None
    shown.lay(FAR, "path", view._sides)
    assert shown.coming is not None
    first, _ = shown.coming
    shown.renewed = 0.0
    shown.lay(moved(9.0), "path", view._sides, begun=True)
    assert shown.coming[0] is first


def test_a_plane_that_is_held_stays_also_where_the_room_is_another(view: SurfaceView) -> None:
    made = SurfaceView(LIGHT, sharp=True)
    made.resize(500, 400)
    made.look_like(view)  # which follows its path, and so another part is to be held
    made.hold_axes(moved(3.0))
    held = made.shown.ranges
    made.resize(QSize(300, 500))
    made.plot.grab()
    made.draw(moved(1.0))
    assert made.shown.ranges == held
    delete(made)
