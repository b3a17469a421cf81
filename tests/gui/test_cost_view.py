"""The cost: its curves and axes, and the values under the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton

from engine.training import history
from gui.views.cost import CostView
from tests.gui.cost_driving import choose, enlarged, hover, view_of
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL

# Curves and axes


def test_it_begins_as_plain_as_it_was(lab: Lab) -> None:
    lab.step(5)
    view = view_of(lab)
    lines = (view.curves.batch, view.curves.gradient, *view.kept.lines)
    assert not any(line.item.isVisible() for line in lines)
    assert not any(line.raw.isVisible() for line in (view.curves.train, view.curves.test, *lines))
    assert not view.marks.isVisible() and not view._hair.isVisible()
    assert not view.axes.getAxis("right").isVisible()
    assert [name for _, name in view.key._entries] == ["training points", "test points"]


def test_smoothed_costs_stand_before_the_raw_ones(lab: Lab) -> None:
    lab.fill("batchSizeSpin", "4")
    lab.fill("stopAfterSpin", "600")
    lab.run()
    lab.wait(lambda: not lab.is_running)
    lab.settle()
    line = view_of(lab).curves.batch
    noisy = line.item.getData()[1].copy()
    choose(lab, "Smoothed")
    calm = line.item.getData()[1]
    assert np.abs(np.diff(calm)).mean() < np.abs(np.diff(noisy)).mean() / 3
    assert line.raw.isVisible()
    np.testing.assert_array_equal(line.raw.getData()[1], noisy)
    assert line.raw.opts["pen"].color().alphaF() < 0.5, "only faintly"
    costs = lab.frame.curve.column("batch_cost")
    k = int(line.item.getData()[0][len(calm) // 2])
    window = costs[k - 30 : k + 31]  # a tenth of 600 iterations
    assert calm[len(calm) // 2] == np.median(window)
    choose(lab, "Smoothed")
    np.testing.assert_array_equal(line.item.getData()[1], noisy)
    assert not line.raw.isVisible()


def test_smoothing_says_what_it_is_and_leaves_what_only_falls(lab: Lab) -> None:
    lab.step(40)
    line = view_of(lab).curves.train
    before = line.item.getData()[1].copy()
    assert (np.diff(before)[:-1] < 0).all(), "and the last is there twice"
    choose(lab, "Smoothed")
    np.testing.assert_array_equal(line.item.getData()[1], before)
    words = lab.find("costSmoothed", QAction).toolTip()
    assert "median" in words and "a tenth" in words


@pytest.mark.parametrize("log", [False, True])
def test_the_gradient_has_a_logarithmic_axis_of_its_own(lab: Lab, log: bool) -> None:
    lab.step(30)
    if log:
        lab.action("LogCost").trigger()
    choose(lab, "Gradient")
    view = view_of(lab)
    right = view.axes.getAxis("right")
    assert right.isVisible() and right.labelText == "gradient"
    line = view.curves.gradient.item
    assert line.opts["pen"].style() == Qt.PenStyle.DashDotLine
    assert ("gradient", True) in [(name, pen is not None) for pen, name in view.key._entries]
    ticks = {words: height for height, words in right._tickLevels[0]}
    assert {"0.1", "1"} <= set(ticks)
    x, y = line.getData()
    norms = lab.frame.curve.column("gradient_norm")[x.astype(int)]
    decade = ticks["1"] - ticks["0.1"]
    np.testing.assert_allclose(y, ticks["1"] + np.log10(norms) * decade, rtol=1e-12)
    low, high = view.box.viewRange()[1]
    assert low <= y.min() and y.max() <= high
    choose(lab, "Gradient")
    assert not right.isVisible() and not line.isVisible()


def test_the_curve_of_the_gradient_jumps_with_the_points_as_those_of_the_costs_do(lab: Lab) -> None:
    choose(lab, "Gradient")
    lab.step(20)
    lab.find("boundaryPlot").setFocus()
    lab.press(Qt.Key.Key_A, CONTROL)
    lab.press(Qt.Key.Key_X)
    lab.settle()
    view = view_of(lab)
    norm = lab.frame.state.scores.gradient_norm
    assert norm != lab.frame.curve.column("gradient_norm")[-1]
    x, y = view.curves.gradient.item.getData()
    assert (x[-1], y[-1]) == (20, view.scale.gradient_height(np.array([norm]))[0])


def test_everything_is_drawn_when_there_is_nothing(lab: Lab) -> None:
    for name in ("Smoothed", "Gradient"):
        choose(lab, name)
    lab.step(3)
    lab.action("Clear").trigger()
    lab.settle()
    view = view_of(lab)
    assert view.curves.train.item.getData()[0].tolist() == [0, 1, 2, 3]
    assert "train" in hover(lab, 1)
    lab.action("Reset").trigger()
    lab.settle()
    assert hover(lab, 1) == "", "there is no cost to read"


def test_the_header_explains_itself(lab: Lab) -> None:
    assert "click goes to that iteration" in CostView.help
    for name in ("costShowButton", "costKeepButton"):
        assert lab.find(name, QToolButton).toolTip().endswith(".") or "(Ctrl+K)" in name


# The mouse


def test_the_cross_hair_reads_the_curves(lab: Lab) -> None:
    lab.step(30)
    enlarged(lab)
    assert hover(lab, 12) == view_of(lab).key.reading
    view, row = view_of(lab), dict(zip(history.COLUMNS, lab.frame.curve.rows[12], strict=True))
    assert view._hair.isVisible() and view._hair.value() == 12
    assert view.key.reading == (
        f"iteration 12 · train {row['train_cost']:.4g} · test {row['test_cost']:.4g} · "
        f"accuracy {row['train_accuracy']:.1%}, test {row['test_accuracy']:.1%} · "
        f"gradient {row['gradient_norm']:.4g}"
    )
    assert "iteration 13" in hover(lab, 13.2)
    assert view.box.toolTip() == "", "it would hide the curves"
    QApplication.sendEvent(view.plot.viewport(), QEvent(QEvent.Type.Leave))
    assert view.key.reading == "" and not view._hair.isVisible()
    assert view.plot.accessibleDescription() == ""


def test_where_it_is_narrow_the_cross_hair_says_less_and_a_screen_reader_all(lab: Lab) -> None:
    lab.step(30)
    words = hover(lab, 12)
    assert words.startswith("12 · train ") and " · test " in words and "gradient" not in words
    assert "gradient" in view_of(lab).plot.accessibleDescription()


def test_iterations_are_written_as_elsewhere(lab: Lab) -> None:
    axis = view_of(lab).axes.getAxis("bottom")
    assert axis.tickStrings([0, 500, 20000, 1500000], 1, 500) == ["0", "500", "20,000", "1,500,000"]
    assert axis.tickStrings([2.5], 1, 0.5) == ["2.5"] and lab.axis_label("bottom", "cost") == "iteration"


def test_the_cross_hair_follows_the_run_below_a_mouse_that_rests(lab: Lab) -> None:
    lab.step(10)
    area = view_of(lab).box.sceneBoundingRect()
    place = view_of(lab).plot.mapFromScene(area.center())
    lab.mouse(QEvent.Type.MouseMove, place, plot="cost")
    before = view_of(lab).key.reading
    for _ in range(10):
        lab.press(Qt.Key.Key_Right)
    lab.settle()
    assert view_of(lab).key.reading != before, "the axis reaches farther now"


def test_on_a_thinned_curve_it_says_which_iteration_it_reads(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "CURVE_SHARE", 1e-9)
    lab.fill("stopAfterSpin", "1000")
    lab.action("Reset").trigger()
    lab.settle()
    lab.run()
    lab.wait(lambda: not lab.is_running)
    lab.settle()
    enlarged(lab)
    kept = lab.frame.curve.column("iteration")
    assert len(kept) < 130 and kept[1] > 1
    meant = float(kept[40]) + 1.0
    words = hover(lab, meant)
    assert f"iteration {int(kept[40])} (nearest kept)" in words
    row = lab.frame.curve.rows[40]
    assert f"train {row[1]:.4g}" in words
