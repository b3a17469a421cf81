"""Painting and erasing points with the mouse, and taking it back."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem, QPushButton

from gui.views.dots import Dots
from gui.views.painting.gestures import SPACING
from gui.views.painting.tools import ERASER
from tests.gui.driving import (
    CONTROL,
    LEFT,
    MIDDLE,
    NONE,
    PLAIN,
    RIGHT,
    SHIFT,
    Lab,
    added,
    line,
    same_points,
    same_weights,
)


def gaps_in_pixels(lab: Lab, X: np.ndarray) -> np.ndarray:
    """Return how many pixels the points X (2, k) lie apart, one after the other."""
    return np.hypot(*(np.diff(X, axis=1) / np.array(lab.pixel_size)[:, None]))


def empty_plane(lab: Lab) -> None:
    """Take all points away, for a clean sheet."""
    lab.action("Clear").trigger()
    lab.settle()
    assert lab.dataset.m == 0


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


def test_shift_drag_erases_exactly_what_the_brush_went_over(lab: Lab) -> None:
    empty_plane(lab)
    y = lab.inside(0.5, 0.5).y()
    x = lab.inside(0.2, 0.5).x()
    length = 15 * int(SPACING)
    near, far = int(ERASER) - 4, int(ERASER) + 3
    under = [(0, 0), (-near, 0), (30, near), (70, -near), (length, 0), (length + near, 0), (length // 2, 0)]
    beside = [(-far, 0), (30, far), (70, -far), (length + far, 0), (length // 2, 3 * far)]
    for right, down in under + beside:
        lab.click(QPoint(x + right, y + down))
    painted = lab.dataset
    assert painted.m == len(under) + len(beside)
    lab.drag(line(QPoint(x, y), QPoint(x + length, y), 50), LEFT, SHIFT)
    assert np.array_equal(lab.dataset.ids, painted.ids[len(under) :])
    assert lab.action("Undo").text() == f"Undo: Erase {len(under)} points"
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, painted)


def test_the_eraser_reaches_where_it_is_let_go(lab: Lab) -> None:
    """The brush stops between two of its steps; the ring that is seen there must hold no point."""
    empty_plane(lab)
    start = lab.inside(0.3, 0.5)
    end = start + QPoint(2 * int(SPACING) + 10, 0)
    lab.click(end + QPoint(int(ERASER) - 3, 0))
    lab.drag(line(start, end, 17), LEFT, SHIFT)
    assert lab.dataset.m == 0


def test_shift_click_erases_only_under_the_mouse(lab: Lab) -> None:
    empty_plane(lab)
    one, other = lab.inside(0.3, 0.5), lab.inside(0.6, 0.5)
    lab.click(one)
    lab.click(other, RIGHT)
    lab.click(one, LEFT, SHIFT)
    assert lab.dataset.counts == (0, 1)


def test_erasing_nothing_is_no_step_to_undo(lab: Lab) -> None:
    empty_plane(lab)
    lab.click(lab.inside(0.3, 0.5))
    lab.click(lab.inside(0.7, 0.5), LEFT, SHIFT)
    assert lab.action("Undo").text() == "Undo: Paint 1 point, class A"


def test_the_eraser_is_seen_as_a_ring_only_while_it_erases(lab: Lab) -> None:
    place = lab.inside(0.4, 0.4)

    def rings() -> int:
        scene = lab.plot().scene()
        return sum(
            item.isVisible() and abs(item.rect().width() - 2 * ERASER) < 1
            for item in scene.items()
            if isinstance(item, QGraphicsEllipseItem)
        )

    assert rings() == 0
    lab.hold(place, LEFT, SHIFT)
    assert rings() == 1
    lab.release(place, LEFT, SHIFT)
    assert rings() == 0


def test_clear_by_menu_and_by_button_and_undo(lab: Lab) -> None:
    before = lab.dataset
    empty_plane(lab)
    assert lab.action("Undo").text() == f"Undo: Clear {before.m} points"
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    (button,) = [each for each in lab.window.findChildren(QPushButton) if each.text() == "Clear"]
    button.click()
    assert lab.dataset.m == 0
    assert not button.isEnabled()
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    assert button.isEnabled()


def test_paint_on_a_cleared_plane_and_train_on_it(lab: Lab) -> None:
    empty_plane(lab)
    for height in (0.2, 0.4, 0.6, 0.8):
        lab.click(lab.inside(0.25, height), LEFT)
        lab.click(lab.inside(0.75, height), RIGHT)
    lab.run()
    lab.wait(lambda: lab.value("trainAccuracy") == 1.0)
    assert lab.dataset.counts == (4, 4)


def test_points_painted_before_any_training_are_standardized_as_a_whole(lab: Lab, penguins: object) -> None:
    lab.window.exchange.open_file(penguins)
    lab.settle()
    lab.action("Clear").trigger()
    for across, button in ((0.2, LEFT), (0.8, RIGHT), (0.3, LEFT), (0.7, RIGHT)):
        lab.click(lab.inside(across, across), button)
        lab.settle()
    problem = lab.frame.experiment.problem
    assert problem.X_train.mean(axis=1) == pytest.approx([0, 0])
    assert problem.X_train.std(axis=1) == pytest.approx([1, 1])


def test_every_point_painted_after_clearing_a_large_set_is_drawn(lab: Lab) -> None:
    lab.fill("samplesSpin", "100000")
    lab.settle()
    lab.action("Clear").trigger()
    for stroke in range(12):
        lab.click(lab.inside(0.1 + 0.06 * stroke, 0.4))
    lab.settle()
    drawn = [x.size for dots in lab.items("boundary", Dots) for x, _ in dots.places]
    assert lab.dataset.m == 12 and lab.dataset.painted
    assert sum(drawn) >= 12
    assert "points drawn" not in lab.window.views["boundary"].caption.text  # type: ignore[attr-defined]


def test_clear_and_undo_bring_the_cost_back(lab: Lab) -> None:
    lab.step(3)
    lab.click(lab.inside(0.3, 0.3))
    lab.settle()
    cost = lab.value("trainCost")
    lab.action("Clear").trigger()
    lab.settle()
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.value("trainCost") == cost


def test_each_try_to_train_on_nothing_says_so(lab: Lab) -> None:
    lab.action("Clear").trigger()
    lab.settle()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space):
        lab.press(key)
        lab.settle()
        assert "no points to train on" in lab.status
        assert not lab.is_running and lab.iteration == 0


def test_points_painted_after_training_leave_the_scale_of_the_weights_alone(lab: Lab) -> None:
    lab.step(3)
    before = lab.frame.experiment.problem.standardization
    lab.action("Clear").trigger()
    lab.settle()
    lab.click(lab.inside(0.2, 0.2))
    lab.settle()
    assert lab.frame.experiment.problem.standardization is before


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


def test_painting_during_a_run_keeps_the_run_and_its_iterations(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(100)
    reached = lab.iteration
    start = lab.inside(0.2, 0.3)
    lab.hold(start)
    for place in line(start, start + QPoint(120, 0), 12)[1:]:
        lab.move(place)
        QApplication.processEvents()
        assert lab.is_running
        assert lab.iteration >= reached
    lab.release(start + QPoint(120, 0))
    lab.settle()
    assert lab.is_running
    assert lab.frame.experiment.problem.dataset.m == 411
    lab.wait_for_iterations(100)


def test_painting_while_paused_changes_the_cost_but_not_the_weights(lab: Lab) -> None:
    lab.step(5)
    weights, cost = lab.weights, lab.value("trainCost")
    for across in (0.1, 0.2, 0.3):
        lab.click(lab.inside(across, 0.05), LEFT)
    lab.settle()
    assert lab.iteration == 5
    assert same_weights(lab.weights, weights)
    assert lab.value("trainCost") != cost
    for _ in range(3):
        lab.action("Undo").trigger()
    lab.settle()
    assert lab.value("trainCost") == cost


def test_undo_during_a_run_keeps_the_run(lab: Lab) -> None:
    lab.click(lab.inside(0.2, 0.2))
    lab.run()
    lab.wait_for_iterations(20)
    reached = lab.iteration
    QTest.keyClick(lab.plot(), Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert lab.is_running and lab.iteration >= reached
    assert lab.frame.experiment.problem.dataset.m == 400


def test_taking_all_points_away_during_a_run_pauses_and_says_why(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(10)
    lab.action("Clear").trigger()
    lab.wait(lambda: not lab.is_running)
    assert "no points" in lab.status
    lab.click(lab.inside(0.3, 0.3))
    lab.step()
    lab.run()
    lab.wait_for_iterations(5)


def test_clicks_outside_the_axes_do_nothing(lab: Lab) -> None:
    before, area = lab.dataset, lab.box().sceneBoundingRect()
    corners = [
        lab.plot().mapFromScene(QPointF(area.left() - 12, area.center().y())),
        lab.plot().mapFromScene(QPointF(area.center().x(), area.bottom() + 12)),
        lab.plot().mapFromScene(QPointF(area.center().x(), area.top() - 8)),
    ]
    for place in corners:
        for button in (LEFT, RIGHT):
            lab.click(place, button)
            lab.drag(line(place, lab.inside(0.5, 0.5), 5), button)
    lab.drag(line(corners[0], lab.inside(0.5, 0.5), 5), LEFT, SHIFT)
    assert lab.dataset is before
    assert not lab.action("Undo").isEnabled()


def test_a_drag_that_leaves_the_axes_paints_only_inside(lab: Lab) -> None:
    before = lab.dataset
    start = lab.inside(0.02, 0.5)
    lab.drag(line(start, start - QPoint(400, 0), 20))
    X, _ = added(before, lab.dataset)
    (low, _), _ = lab.box().viewRange()
    assert X.shape[1] >= 1
    assert X[0].min() >= low


def test_the_middle_button_moves_the_plane_and_paints_nothing(lab: Lab) -> None:
    before, ranges = lab.dataset, np.array(lab.box().viewRange())
    start = lab.inside(0.5, 0.5)
    lab.drag(line(start, start + QPoint(80, 40), 8), MIDDLE)
    assert lab.dataset is before
    moved = np.array(lab.box().viewRange()) - ranges
    across, up = lab.pixel_size
    assert moved[0] == pytest.approx(-80 * across, abs=16 * across)
    assert moved[1] == pytest.approx(40 * up, abs=16 * up)
    lab.press(Qt.Key.Key_F)
    assert np.array(lab.box().viewRange()) == pytest.approx(ranges)


def test_the_wheel_zooms_and_painting_hits_the_point_all_the_same(lab: Lab) -> None:
    before, place = lab.dataset, lab.inside(0.6, 0.6)
    width = lab.pixel_size[0]
    viewport, there = lab.plot().viewport(), QPointF(place)
    turn = QWheelEvent(
        there,
        viewport.mapToGlobal(there),
        QPoint(0, 0),
        QPoint(0, 240),
        NONE,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, turn)
    assert lab.pixel_size[0] < width
    QApplication.processEvents()
    clicked = lab.point(place)
    lab.click(place)
    X, _ = added(before, lab.dataset)
    assert np.all(np.abs(X[:, 0] - clicked) <= lab.pixel_size)


def test_a_stroke_ends_when_the_focus_goes_elsewhere(lab: Lab) -> None:
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.focus("learningRateSpin")
    m = lab.dataset.m
    for place in line(start, start + QPoint(100, 0), 10):
        lab.move(place)
    assert lab.dataset.m == m
    lab.release(start + QPoint(100, 0))
    assert lab.dataset.m == m


def test_a_stroke_ends_when_the_button_was_let_go_outside_the_window(lab: Lab) -> None:
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.move(start + QPoint(24, 0))
    m = lab.dataset.m
    lab.move(start + QPoint(120, 0), NONE)  # back again, without the button
    lab.move(start + QPoint(200, 0), NONE)
    assert lab.dataset.m == m == 403


def test_the_other_button_does_not_end_a_stroke(lab: Lab) -> None:
    both = LEFT | RIGHT
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.mouse(QEvent.Type.MouseButtonPress, start, RIGHT, both)
    lab.mouse(QEvent.Type.MouseButtonRelease, start, RIGHT, LEFT)
    lab.move(start + QPoint(24, 0))
    lab.release(start + QPoint(24, 0))
    assert lab.dataset.m == 403
    assert lab.dataset.counts == (203, 200)


def test_hovering_paints_nothing(lab: Lab) -> None:
    before = lab.dataset
    for place in line(lab.inside(0.1, 0.1), lab.inside(0.9, 0.9), 20):
        lab.move(place, NONE)
        lab.move(place, NONE, SHIFT)
    assert lab.dataset is before
