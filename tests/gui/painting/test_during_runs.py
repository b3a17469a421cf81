"""Painting and taking it back while the network trains, or has trained."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, line


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
