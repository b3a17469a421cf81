"""When a gesture ends, what Esc does, and painting while the network trains."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gui.views.painting.tools import TOOLS
from tests.gui.comparing import same_points, undo_and_redo
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, NONE, RIGHT, SHIFT, line

Key = Qt.Key


def take(lab: Lab, name: str) -> None:
    """Take a tool by its key."""
    lab.press(Qt.Key(ord(TOOLS[name].key)))


def on_a_point(lab: Lab, label: int) -> QPoint:
    """Return the pixel of a point of a class."""
    return lab.pixel(*lab.dataset.X[:, np.flatnonzero(lab.dataset.Y[0] == label)[7]])


def begin(lab: Lab, name: str) -> QPoint:
    """Begin a gesture on a point with a tool, and return where the mouse is."""
    take(lab, name)
    start = on_a_point(lab, 1)
    lab.hold(start)
    lab.move(start + QPoint(30, 20))
    lab.move(start + QPoint(60, 40))
    return start + QPoint(60, 40)


@pytest.mark.parametrize("name", TOOLS)
def test_esc_cancels_and_leaves_no_step(lab: Lab, name: str) -> None:
    lab.click(lab.inside(0.9, 0.9))
    before, steps, text = lab.dataset, lab.steps, lab.undo_text
    place = begin(lab, name)
    assert not same_points(lab.dataset, before)
    lab.press(Key.Key_Escape)
    assert same_points(lab.dataset, before)
    lab.move(place + QPoint(40, 0))
    lab.release(place + QPoint(40, 0))
    lab.settle()
    assert same_points(lab.dataset, before)
    assert (lab.steps, lab.undo_text) == (steps, text)
    assert not lab.action("Redo").isEnabled()
    assert same_points(lab.frame.experiment.problem.dataset, before)


@pytest.mark.parametrize("name", TOOLS)
def test_focus_loss_ends_a_gesture_as_one_exact_step(lab: Lab, name: str) -> None:
    before, steps = lab.dataset, lab.steps
    place = begin(lab, name)
    lab.focus("learningRateSpin")
    after = lab.dataset
    lab.move(place + QPoint(80, 0))
    lab.release(place + QPoint(80, 0))
    assert same_points(lab.dataset, after)
    assert not same_points(after, before)
    assert lab.steps == steps + 1
    undo_and_redo(lab, before)


def test_another_tool_ends_a_stroke(lab: Lab) -> None:
    before = lab.dataset
    place = begin(lab, "Point")
    m = lab.dataset.m
    take(lab, "Eraser")
    lab.move(place + QPoint(90, 0))
    lab.release(place + QPoint(90, 0))
    assert lab.dataset.m == m > before.m
    assert lab.undo_text == f"Paint {m - before.m} points, class A"


def test_a_setting_changed_in_the_middle_of_a_stroke_is_a_step_of_its_own(lab: Lab) -> None:
    before, steps = lab.dataset, lab.steps
    begin(lab, "Spray")
    painted = lab.dataset
    lab.window.document.change(learning_rate=0.25)  # type: ignore[attr-defined]
    assert lab.steps == steps + 2
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, painted) and lab.spec.learning_rate == 0.5
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)


def test_the_undo_entry_is_named_while_the_stroke_goes_on(lab: Lab) -> None:
    start = lab.inside(0.1, 0.9)
    lab.hold(start, RIGHT)
    assert lab.action("Undo").text() == "Undo: Paint 1 point, class B"
    lab.move(start + QPoint(48, 0), RIGHT)
    assert lab.action("Undo").text() == "Undo: Paint 5 points, class B"
    lab.release(start + QPoint(48, 0), RIGHT)


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_works_while_the_network_trains(lab: Lab, name: str) -> None:
    take(lab, name)
    before, steps = lab.dataset, lab.steps
    lab.run()
    lab.wait_for_iterations(5)
    start = on_a_point(lab, 0)
    lab.hold(start, RIGHT)
    for place in line(start, start + QPoint(60, 40), 6):
        lab.move(place, RIGHT)
        lab.wait_for_iterations(1)
    lab.wait(lambda: lab.frame.experiment.problem.dataset is not before)
    assert lab.is_running, "training has seen points of an unfinished stroke, and goes on"
    lab.release(start + QPoint(60, 40), RIGHT)
    lab.wait(lambda: lab.frame.experiment.problem.dataset is lab.dataset)
    lab.pause()
    after = lab.dataset
    assert lab.steps == steps + 1
    undo_and_redo(lab, before)
    lab.settle()
    assert same_points(lab.frame.experiment.problem.dataset, after)


def test_the_points_that_are_drawn_are_those_that_were_painted_before_training_knows_them(lab: Lab) -> None:
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    start = lab.inside(0.1, 0.9)
    lab.hold(start)
    assert view.dataset is lab.dataset
    assert view.drawn.ids[-1] == lab.dataset.ids[-1]
    assert view.drawn.places[:, -1] == pytest.approx(lab.point(start))
    assert not view.drawn.test[-1]
    lab.release(start)
    lab.settle()
    assert view.dataset is lab.dataset
    assert np.array_equal(view.drawn.test, lab.frame.experiment.problem.test)


def test_among_many_points_training_is_told_of_a_stroke_now_and_then_and_of_its_end(lab: Lab) -> None:
    lab.fill("samplesSpin", "30000")
    lab.settle()
    lab.plot().setFocus()
    told: list[int] = []
    lab.window.document.changed.connect(lambda _: told.append(lab.dataset.m))  # type: ignore[attr-defined]
    start = lab.inside(0.2, 0.9)
    lab.drag(line(start, start + QPoint(240, 0), 240))
    assert told[-1] == lab.dataset.m == 30_021
    assert len(told) < 21
    lab.settle()
    assert lab.frame.experiment.problem.dataset is lab.dataset
    lab.action("Undo").trigger()
    assert told[-1] == 30_000


def test_a_stroke_held_still_among_many_points_reaches_the_training(lab: Lab) -> None:
    lab.fill("samplesSpin", "30000")
    lab.settle()
    lab.plot().setFocus()
    start = lab.inside(0.2, 0.9)
    lab.hold(start)
    lab.wait(lambda: lab.frame.experiment.problem.dataset.m == 30_001)
    lab.release(start)


def test_points_painted_for_the_test_stay_there_whatever_the_split(lab: Lab) -> None:
    lab.press(Key.Key_T)
    assert lab.action("ForTest").isChecked()
    start = lab.inside(0.1, 0.9)
    lab.drag(line(start, start + QPoint(60, 0), 6), RIGHT)
    assert lab.undo_text == "Paint 6 points, class B, for the test"
    lab.press(Key.Key_T)
    lab.click(lab.inside(0.9, 0.1))
    assert lab.dataset.held[-7:].tolist() == [True] * 6 + [False]
    points = lab.dataset
    for fraction in ("0", "0.5", "0.9"):
        lab.fill("testFractionSpin", fraction)
        lab.settle()
        assert lab.frame.experiment.problem.test[-7:-1].all()
        assert same_points(lab.dataset, points)


def test_shift_erases_with_a_spray_in_hand(lab: Lab) -> None:
    take(lab, "Spray")
    before = lab.dataset
    lab.click(lab.pixel(*before.X[:, 7]), LEFT, SHIFT)
    assert before.ids[7] not in lab.dataset.ids
    assert lab.undo_text.startswith("Erase ")


def test_a_release_that_nobody_saw_ends_a_spray(lab: Lab, open_lab: Callable[..., Lab]) -> None:
    place = begin(lab, "Spray")
    m = lab.dataset.m
    lab.move(place + QPoint(100, 0), NONE)
    lab.move(place + QPoint(150, 0), NONE)
    assert lab.dataset.m == m
    assert lab.undo_text == f"Spray {m - 400} points, class A"


def test_more_points_than_can_be_used_are_refused_in_words_and_a_double_click_takes_nothing_back(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.click(lab.inside(0.9, 0.9))
    monkeypatch.setattr("engine.data.dataset.MAX_POINTS", 401)
    steps = lab.steps
    lab.click(lab.inside(0.1, 0.1))
    assert lab.dataset.m == 401
    assert "at most 401 can be used" in lab.status
    assert lab.steps == steps
    lab.double_click(lab.inside(0.9, 0.9))
    assert lab.dataset.m == 401
    assert lab.undo_text == "Flip 1 point"
    assert lab.steps == steps + 1


def test_esc_in_the_middle_of_a_rectangle_selects_nothing(lab: Lab) -> None:
    take(lab, "Select")
    lab.hold(lab.inside(0.01, 0.99))
    lab.move(lab.inside(0.9, 0.1))
    lab.press(Key.Key_Escape)
    lab.release(lab.inside(0.9, 0.1))
    assert not lab.window.painter.canvas.selected.size  # type: ignore[attr-defined]


@pytest.mark.parametrize("act", ["Clear", "Undo", "data"])
@pytest.mark.parametrize("name", TOOLS)
def test_points_that_go_in_the_middle_of_a_gesture_take_nothing_with_them(
    lab: Lab, name: str, act: str
) -> None:
    place = begin(lab, name)
    if act == "data":
        lab.window.document.change(data="xor")  # type: ignore[attr-defined]
    else:
        lab.action(act).trigger()
    before = lab.dataset
    lab.move(place + QPoint(20, 0))
    lab.release(place + QPoint(20, 0))
    lab.settle()
    assert lab.frame.experiment.problem.dataset is lab.dataset
    if act == "data":
        assert lab.dataset is before, "the gesture was about other points"


def test_another_set_has_no_selected_points(lab: Lab) -> None:
    lab.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    canvas = lab.window.painter.canvas  # type: ignore[attr-defined]
    assert canvas.selected.size == 400
    lab.window.document.change(data="xor")  # type: ignore[attr-defined]
    assert canvas.selected.size == 0
    lab.plot().setFocus()
    lab.press(Key.Key_Delete)
    assert lab.dataset.m == 400
