"""What the plot of the cost shows: both curves, whole and to the last iteration."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from tests.gui.driving import Lab
from tests.gui.views.looking import curve_through


def test_the_cost_curve_ends_at_the_last_cost(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(3000)
    lab.pause()
    train, test = sorted(
        curve_through(lab, "cost"), key=lambda curve: curve.getData()[1][-1] != lab.value("trainCost")
    )
    assert (train.getData()[0][-1], train.getData()[1][-1]) == (lab.iteration, lab.value("trainCost"))
    assert (test.getData()[0][-1], test.getData()[1][-1]) == (lab.iteration, lab.value("testCost"))
    assert train.getData()[0][0] == 0
    assert len(train.getData()[0]) < 2000, "it is decimated for drawing"
    (low, high), (bottom, top) = lab.box("cost").viewRange()
    assert low <= 0 and high >= lab.iteration
    assert bottom <= train.getData()[1].min() and top >= train.getData()[1].max()


def test_each_step_adds_one_point_to_the_cost_curve(lab: Lab) -> None:
    costs = [lab.value("trainCost")]
    for _ in range(4):
        lab.step()
        costs.append(lab.value("trainCost"))
    drawn = [curve.getData()[1] for curve in curve_through(lab, "cost")]
    assert any(list(dict.fromkeys(y)) == list(dict.fromkeys(costs)) for y in drawn)


def test_reset_begins_the_cost_curve_anew(lab: Lab) -> None:
    lab.step(20)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert all(set(curve.getData()[0]) == {0} for curve in curve_through(lab, "cost"))


def test_l_makes_the_cost_axis_logarithmic_and_back(lab: Lab) -> None:
    lab.step(5)
    cost = lab.value("trainCost")
    lab.press(Qt.Key.Key_L)
    assert lab.action("LogCost").isChecked() and lab.find("costLogButton").isChecked()  # type: ignore[attr-defined]
    assert any(
        curve.getData()[1][-1] == pytest.approx(np.log10(cost)) for curve in curve_through(lab, "cost")
    )
    lab.find("costLogButton").click()  # type: ignore[attr-defined]
    assert not lab.action("LogCost").isChecked()
    assert any(curve.getData()[1][-1] == cost for curve in curve_through(lab, "cost"))


def test_without_test_points_there_is_no_test_curve(lab: Lab) -> None:
    lab.step(5)
    lab.fill("testFractionSpin", "0")
    lab.press(Qt.Key.Key_R)
    lab.action("Reset").trigger()
    lab.action("StepMany").trigger()
    lab.settle()
    lengths = sorted(len(curve.getData()[0]) for curve in curve_through(lab, "cost"))
    assert lengths[0] == 0 and lengths[1] >= 10


def test_the_test_curve_has_a_gap_where_there_were_no_test_points(lab: Lab) -> None:
    lab.step(5)
    lab.fill("testFractionSpin", "0")
    lab.settle()
    lab.step(5)
    view = lab.window.views["cost"]
    assert view.curves.ends.places[1][0].size == 0, "no dot at the end"  # type: ignore[attr-defined]
    lab.fill("testFractionSpin", "0.2")
    lab.settle()
    lab.step(5)
    x, y = view.curves.test.item.getData()  # type: ignore[attr-defined]
    assert np.isfinite(y).all()
    assert x.min() == 0 and x.max() == 15
    connect = view.curves.test.item.opts["connect"]  # type: ignore[attr-defined]
    (gap,) = np.flatnonzero(np.diff(x) > 1)
    assert not connect[gap] and connect[gap - 1] and connect[gap + 1]
