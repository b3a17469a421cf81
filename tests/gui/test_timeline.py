"""Looking back by keys, by the slider and by a click on the cost: what is shown is what was."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider, QToolButton

from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, SHIFT


@pytest.fixture
def walked(lab: Lab) -> tuple[Lab, list]:
    """The window after 30 iterations, and the weights of each."""
    seen = [lab.weights]
    for _ in range(30):
        lab.step()
        seen.append(lab.weights)
    return lab, seen


def shown(lab: Lab) -> tuple[int, int]:
    """Return the iteration that is shown, and the newest."""
    return lab.iteration, lab.frame.last


def test_left_goes_back_and_right_forward_again(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    for key, modifiers, iteration in (
        (Qt.Key.Key_Left, None, 29),
        (Qt.Key.Key_Left, SHIFT, 19),
        (Qt.Key.Key_Right, None, 20),
        (Qt.Key.Key_Home, None, 0),
        (Qt.Key.Key_Left, None, 0),
        (Qt.Key.Key_Right, SHIFT, 10),
        (Qt.Key.Key_End, None, 30),
    ):
        lab.press(key, modifiers) if modifiers else lab.press(key)
        lab.settle()
        assert shown(lab) == (iteration, 30)
        assert same_weights(lab.weights, seen[iteration])
        assert lab.find("timelineSlider", QSlider).value() == iteration
    assert lab.frame.curve.column("iteration").tolist() == list(range(31))


def test_the_slider_goes_to_any_iteration(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    slider = lab.find("timelineSlider", QSlider)
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 30, 30)
    slider.setSliderDown(True)
    for iteration in (25, 14, 3):
        slider.setValue(iteration)
    lab.settle()
    assert shown(lab) == (3, 30)
    assert same_weights(lab.weights, seen[3])
    slider.setSliderDown(False)
    assert "Iteration 3 of 30, as it was." in lab.status


def test_a_click_on_the_cost_shows_that_iteration(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    view, box = lab.plot("cost"), lab.box("cost")
    height = sum(box.viewRange()[1]) / 2
    pixel = view.mapFromScene(box.mapViewToScene(box.mapSceneToView(box.sceneBoundingRect().center())))
    iteration = round(box.mapSceneToView(view.mapToScene(pixel)).x())
    assert 0 < iteration < 30 and height > 0
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    lab.settle()
    assert shown(lab) == (iteration, 30)
    assert same_weights(lab.weights, seen[iteration])


def test_looking_back_pauses_the_run_and_space_goes_on_over_its_end(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(200)
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    assert not lab.is_running
    last = lab.frame.last
    assert lab.iteration == 0 < 200 <= last
    lab.run()
    lab.wait(lambda: lab.frame.last > last + 50)
    lab.pause()
    assert not lab.frame.looks_back
    assert np.array_equal(np.diff(lab.frame.curve.column("iteration")), np.ones(lab.frame.last))


def test_what_came_after_goes_only_when_told(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    button = lab.find("goOnFromHereButton", QToolButton)
    assert not button.isEnabled(), "at the newest iteration there is nothing to drop"
    lab.press(Qt.Key.Key_Left, SHIFT)
    lab.settle()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    lab.settle()
    assert shown(lab) == (20, 20)
    assert "21 to 30 are dropped" in lab.status
    lab.fill("learningRateSpin", "0.01")
    lab.settle()
    lab.step()
    assert same_weights(lab.weights, seen[21]) is False
    lab.press(Qt.Key.Key_Left)
    lab.settle()
    assert same_weights(lab.weights, seen[20])


def test_a_change_while_looking_back_is_made_at_the_end(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    lab.fill("learningRateSpin", "0.01")
    lab.settle()
    assert shown(lab) == (30, 30)
    assert same_weights(lab.weights, seen[30])
    assert "30" in lab.status


def test_the_cost_plot_keeps_the_whole_curve_and_marks_the_place(walked: tuple[Lab, list]) -> None:
    lab, _ = walked
    view = lab.window.views["cost"]
    whole = view.curves.train.item.getData()
    lab.press(Qt.Key.Key_Left, SHIFT)
    lab.settle()
    x, _ = view.curves.train.item.getData()
    assert x[-1] == whole[0][-1] == 30
    assert view._here.isVisible() and view._here.value() == 20
    (place, cost), _ = view.curves.ends.places
    assert (place[0], cost[0]) == (20, lab.value("trainCost"))


def test_ctrl_right_does_nothing_at_the_newest(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    lab.press(Qt.Key.Key_Right, CONTROL)
    lab.settle()
    assert shown(lab) == (30, 30)
    assert same_weights(lab.weights, seen[30])


def test_after_a_cut_training_goes_on_with_what_the_panel_and_the_plot_say(lab: Lab) -> None:
    lab.step(5)
    lab.fill("learningRateSpin", "0.123")
    lab.settle()
    lab.click(lab.inside(0.2, 0.2))
    lab.settle()
    lab.step(5)
    lab.window.playback.seek(2)
    lab.settle()
    lab.action("GoOnFromHere").trigger()
    lab.settle()
    experiment = lab.frame.experiment
    assert experiment.spec.learning_rate == 0.123
    assert experiment.problem.dataset is lab.dataset and lab.dataset.m == 401
    drawn = lab.window.views["boundary"].dataset
    assert drawn is lab.dataset
    assert shown(lab) == (2, 2)


def test_what_is_asked_for_quickly_is_done_in_its_order(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    playback = lab.window.playback
    playback.seek(3)
    playback.seek(10)  # waits until the first is shown
    playback.step(-1)
    lab.settle()
    assert shown(lab) == (9, 30)
    playback.seek(3)
    playback.seek(5)
    playback.step(1)
    lab.settle()
    assert shown(lab) == (6, 30)
    assert same_weights(lab.weights, seen[6])
    playback.seek(3)
    playback.seek(20)
    playback.cut()
    lab.settle()
    assert shown(lab) == (20, 20)


def test_a_point_taken_back_at_once_leaves_the_drawing_free(lab: Lab) -> None:
    view = lab.window.views["boundary"]
    lab.step(2)
    lab.click(lab.inside(0.2, 0.2))
    lab.settle()
    lab.step(2)
    lab.click(lab.inside(0.3, 0.2))
    lab.action("Undo").trigger()  # before any frame with it came
    lab.settle()
    lab.window.playback.seek(1)
    lab.settle()
    assert view.dataset is lab.frame.experiment.problem.dataset
    assert view.dataset.m == 400
    lab.press(Qt.Key.Key_End)
    lab.settle()
    assert view.dataset is lab.dataset and lab.dataset.m == 401


def test_the_status_line_tells_of_the_way_back_to_the_newest(walked: tuple[Lab, list]) -> None:
    lab, _ = walked
    for go_on in (lambda: lab.press(Qt.Key.Key_End), lambda: lab.click(lab.inside(0.2, 0.2))):
        lab.press(Qt.Key.Key_Home)
        lab.settle()
        assert "Iteration 0 of 30, as it was." in lab.status
        go_on()
        lab.settle()
        assert "newest" in lab.status and "as it was" not in lab.status


def on_the_line(slider: QSlider, share: float) -> QPoint:
    """Return the pixel at a share of the way that the handle has."""
    return QPoint(round(6 + share * (slider.width() - 12)), slider.height() // 2)


def test_after_a_drag_one_may_go_on_from_there(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    slider = lab.find("timelineSlider", QSlider)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=on_the_line(slider, 1.0))
    for share in (0.9, 0.7, 0.5):
        QTest.mouseMove(slider, on_the_line(slider, share))
    lab.wait(lambda: lab.iteration == slider.value() < 30)
    lab.settle()  # the frame is there before the hand lets go
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=on_the_line(slider, 0.5))
    k = lab.iteration
    assert 13 <= k <= 17
    assert lab.find("goOnFromHereButton", QToolButton).isEnabled()
    label = next(each for each in lab.window.timeline.findChildren(QLabel) if "iteration" in each.text())
    assert label.text() == f"iteration {k} of 30"
    lab.press(Qt.Key.Key_Right, CONTROL)
    lab.settle()
    assert shown(lab) == (k, k)
    assert same_weights(lab.weights, seen[k])


def test_a_click_on_the_line_goes_there(walked: tuple[Lab, list]) -> None:
    lab, seen = walked
    slider = lab.find("timelineSlider", QSlider)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=on_the_line(slider, 0.5))
    lab.settle()
    assert 14 <= lab.iteration <= 16
    assert same_weights(lab.weights, seen[lab.iteration])
