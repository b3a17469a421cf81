"""Painting points with the mouse: they are where it was, and each click or stroke is one step to undo."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from gui.views.painting.gestures import SPACING
from tests.gui.comparing import added, same_points
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, RIGHT, SHIFT, line


def gaps_in_pixels(lab: Lab, X: np.ndarray) -> np.ndarray:
    """Return how many pixels the points X (2, k) lie apart, one after the other."""
    return np.hypot(*(np.diff(X, axis=1) / np.array(lab.pixel_size)[:, None]))


def test_paint_20_points_left_for_one_class_and_right_for_the_other(lab: Lab) -> None:
    before = lab.dataset
    rng = np.random.default_rng(1)
    places = [lab.inside(*rng.uniform(0.05, 0.95, 2)) for _ in range(20)]
    buttons = [LEFT, RIGHT] * 10
    for place, button in zip(places, buttons, strict=True):
        lab.click(place, button)
    lab.settle()
    assert lab.dataset.m == before.m + 20
    X, labels = added(before, lab.dataset)
    assert labels.tolist() == [0.0, 1.0] * 10
    clicked = np.array([lab.point(place) for place in places]).T
    assert np.all(np.abs(X - clicked) <= np.array(lab.pixel_size)[:, None])
    assert np.array_equal(lab.dataset.X[:, : before.m], before.X)
    assert lab.frame.experiment.problem.dataset is lab.dataset, "training knows them"
    assert lab.action("Undo").text() == "Undo: Paint 1 point, class B"


def test_painted_points_are_where_the_mouse_was_on_the_penguins_too(lab: Lab, penguins: object) -> None:
    lab.drop(penguins, lab.window)  # type: ignore[arg-type]
    lab.settle()
    before = lab.dataset
    place = lab.inside(0.3, 0.8)
    lab.click(place, RIGHT)
    X, labels = added(before, lab.dataset)
    assert labels.tolist() == [1.0]
    assert np.all(np.abs(X[:, 0] - lab.point(place)) <= lab.pixel_size)
    assert lab.action("Undo").text() == "Undo: Paint 1 point, class Chinstrap"


def test_a_click_without_moving_adds_one_point(lab: Lab) -> None:
    m = lab.dataset.m
    lab.click(lab.inside(0.5, 0.5))
    assert lab.dataset.m == m + 1


def test_a_trembling_click_adds_one_point(lab: Lab) -> None:
    m = lab.dataset.m
    place = lab.inside(0.5, 0.5)
    lab.drag([place, place + QPoint(2, 1), place + QPoint(-1, 2), place])
    assert lab.dataset.m == m + 1


def test_a_double_click_adds_two_points(lab: Lab) -> None:
    m = lab.dataset.m
    place = lab.inside(0.5, 0.5)
    lab.click(place)
    lab.mouse(QEvent.Type.MouseButtonDblClick, place, LEFT, LEFT)
    lab.release(place)
    assert lab.dataset.m == m + 2


def test_a_drag_paints_along_evenly_however_fast_the_mouse_is(lab: Lab, subtests: pytest.Subtests) -> None:
    before = lab.dataset
    start = lab.inside(0.1, 0.2)
    end = start + QPoint(240, 0)
    for moves in (1, 7, 240):
        with subtests.test(moves=moves):
            lab.drag(line(start, end, moves))
            X, labels = added(before, lab.dataset)
            assert X.shape[1] == 1 + int(240 // SPACING)
            assert not labels.any()
            assert gaps_in_pixels(lab, X) == pytest.approx(SPACING, abs=1.01)
            assert np.all(np.abs(X[:, 0] - lab.point(start)) <= lab.pixel_size)
            assert np.all(np.abs(X[:, -1] - lab.point(end)) <= np.array(lab.pixel_size) * 1.01)
            lab.action("Undo").trigger()


def test_a_slanting_drag_keeps_its_distances_too(lab: Lab) -> None:
    before = lab.dataset
    start = lab.inside(0.2, 0.2)
    lab.drag(line(start, start + QPoint(150, -200), 90), RIGHT)
    X, labels = added(before, lab.dataset)
    assert abs(X.shape[1] - (1 + 250 // SPACING)) <= 1
    assert labels.all()
    assert gaps_in_pixels(lab, X) == pytest.approx(SPACING, abs=1.5)


def test_one_drag_is_one_step_to_undo_and_undo_names_it(lab: Lab) -> None:
    before = lab.dataset
    start = lab.inside(0.2, 0.3)
    lab.drag(line(start, start + QPoint(120, 0), 60))
    after = lab.dataset
    assert after.m == before.m + 11
    assert lab.action("Undo").text() == "Undo: Paint 11 points, class A"
    QTest.keySequence(lab.window, QKeySequence(QKeySequence.StandardKey.Undo))
    assert same_points(lab.dataset, before)
    assert not lab.action("Undo").isEnabled()
    assert lab.action("Redo").text() == "Redo: Paint 11 points, class A"
    QTest.keySequence(lab.window, QKeySequence(QKeySequence.StandardKey.Redo))
    assert same_points(lab.dataset, after)


def test_undo_in_the_middle_of_a_stroke_takes_back_what_is_painted_so_far(lab: Lab) -> None:
    before = lab.dataset
    start = lab.inside(0.3, 0.3)
    lab.hold(start)
    lab.move(start + QPoint(60, 0))
    assert lab.dataset.m == before.m + 6
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    lab.move(start + QPoint(120, 0))
    lab.release(start + QPoint(120, 0))
    assert lab.dataset.m == before.m + 5
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)


def test_two_clicks_are_two_steps_to_undo(lab: Lab) -> None:
    before = lab.dataset
    lab.click(lab.inside(0.2, 0.3))
    one = lab.dataset
    lab.click(lab.inside(0.4, 0.3))
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, one)
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)


def test_undo_and_redo_of_a_mixed_session_are_exact(lab: Lab) -> None:
    history = [lab.dataset]
    start = lab.inside(0.15, 0.15)
    lab.drag(line(start, start + QPoint(100, -60), 30))
    history.append(lab.dataset)
    lab.drag(line(start + QPoint(50, 0), start + QPoint(50, -100), 11), LEFT, SHIFT)
    history.append(lab.dataset)
    lab.click(lab.inside(0.9, 0.9), RIGHT)
    history.append(lab.dataset)
    lab.action("Clear").trigger()
    history.append(lab.dataset)
    lab.click(lab.inside(0.1, 0.9), RIGHT)
    history.append(lab.dataset)
    for dataset in reversed(history[:-1]):
        lab.action("Undo").trigger()
        assert same_points(lab.dataset, dataset)
    for dataset in history[1:]:
        lab.action("Redo").trigger()
        assert same_points(lab.dataset, dataset)
