"""The gradient flow view: each layer's gradient over the run and now, and its words (claim 11)."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDockWidget

from engine.training.flow import VANISHING
from gui.views.flow import FlowView
from tests.gui.driving import Lab


@pytest.fixture
def flow(lab: Lab) -> FlowView:
    """The view, opened from the menu."""
    return lab.open_view("flow", FlowView)


def complete(lab: Lab, view: FlowView) -> tuple[np.ndarray, np.ndarray]:
    """Return the curves once every moment is on them."""
    lab.settle()
    lab.wait(lambda: view.is_complete)
    return view.curves()


def drawn(lab: Lab) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the curves that can be seen, as x and y."""
    curves = [item.getData() for item in lab.items("flow", pg.PlotCurveItem) if item.isVisible()]
    return [(x, y) for x, y in curves if x is not None]


def test_sigmoids_in_four_layers_let_the_gradient_vanish_and_relu_does_not(lab: Lab, flow: FlowView) -> None:
    lab.fill("hiddenLayersEdit", "8,8,8,8")
    shares = {}
    for name in ("sigmoid", "relu"):
        lab.choose("activationCombo", name)
        lab.settle()
        assert flow.now is not None
        shares[name] = flow.now.dA[0] / flow.now.dZ[-1].mean()
        vanishes = flow.caption.text.endswith(": vanishing.")
        assert vanishes == (name == "sigmoid"), flow.caption.text
    assert shares["sigmoid"] < VANISHING < 5 * VANISHING < shares["relu"]


@pytest.mark.parametrize("init", ["normal", "xavier"])
def test_the_words_are_about_what_is_seen_at_the_start_and_on_the_plateau(
    lab: Lab, flow: FlowView, init: str
) -> None:
    lab.fill("hiddenLayersEdit", "4,4,4,4")
    lab.choose("activationCombo", "sigmoid")
    lab.choose("initCombo", init)
    lab.fill("learningRateSpin", "0.3")
    lab.plot().setFocus()
    lab.settle()
    for _ in range(2):
        for quantity in ("dW", "dA"):
            lab.choose("flowQuantityCombo", quantity)
            _, values = complete(lab, flow)
            apart = values[-1, -1] / values[0, -1]
            text = flow.caption.text
            assert text.endswith(": vanishing.") and "flows" not in text
            assert text.startswith(f"Layer 1's {quantity} is 1/")
            share = text.split(" is 1/")[1].split(" of ")[0]
            assert float(share.replace(",", "")) == pytest.approx(apart, rel=0.06)
        assert apart > (1e5 if init == "normal" else 400)
        lab.plot().setFocus()
        for _ in range(30):
            lab.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        lab.settle()
    assert lab.iteration == 600


def test_the_curves_are_the_mean_sizes_of_the_gradient_at_each_iteration(lab: Lab, flow: FlowView) -> None:
    lab.fill("hiddenLayersEdit", "4,3")
    lab.plot().setFocus()
    lab.settle()
    seen = []
    for _ in range(12):
        seen.append([np.abs(dW).mean() for dW, _ in lab.frame.state.gradient])
        lab.step()
    iterations, values = complete(lab, flow)
    assert list(iterations) == list(range(13))
    np.testing.assert_allclose(values[:, :12].T, seen)
    for layer, (x, y) in enumerate(drawn(lab)):
        np.testing.assert_array_equal(x, iterations)
        np.testing.assert_allclose(10**y, values[layer])


def test_the_curves_do_not_depend_on_how_the_run_was_made(lab: Lab, flow: FlowView) -> None:
    lab.find("initSeedSpin").setProperty("value", 3)
    lab.settle()
    for _ in range(4):
        lab.press(Qt.Key.Key_Right)
        lab.settle()
    for _ in range(30):
        lab.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    iterations, stepped = complete(lab, flow)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    lab.run()
    lab.wait_for_iterations(int(iterations[-1]))
    lab.pause()
    again, run = complete(lab, flow)
    common = np.isin(again, iterations)
    assert common.sum() > 20
    np.testing.assert_array_equal(run[:, common], stepped[:, np.isin(iterations, again)])


def test_looking_back_shows_the_same_curves_with_a_line_at_the_moment(lab: Lab, flow: FlowView) -> None:
    lab.run()
    lab.wait_for_iterations(500)
    lab.pause()
    before = complete(lab, flow)
    now = flow.now
    lab.press(Qt.Key.Key_Home)
    after = complete(lab, flow)
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, other)
    (line,) = [item for item in lab.items("flow", pg.InfiniteLine) if item.isVisible()]
    assert line.value() == 0
    assert flow.now is not None and now is not None
    np.testing.assert_array_equal(flow.now.dW, after[1][:, 0])
    assert not np.array_equal(flow.now.dW, now.dW)


def test_the_other_quantity_and_the_units_of_another_layer(lab: Lab, flow: FlowView) -> None:
    lab.fill("hiddenLayersEdit", "5,3")
    lab.plot().setFocus()
    lab.step(3)
    _, weights = complete(lab, flow)
    lab.choose("flowQuantityCombo", "dA")
    _, activations = complete(lab, flow)
    assert not np.array_equal(weights, activations)
    assert flow.now is not None
    np.testing.assert_allclose(activations[:, -1], flow.now.dA)
    assert flow.axes.getAxis("left").labelText == "mean |dA|"
    (bars,) = lab.items("flow", pg.BarGraphItem)
    combo = lab.find("flowLayerCombo", QComboBox)
    for layer, units in enumerate((5, 3, 1)):
        combo.setCurrentIndex(layer)
        combo.activated.emit(layer)
        np.testing.assert_allclose(bars.opts["width"], flow.now.dZ[layer])
        assert len(bars.opts["width"]) == units


def test_each_layer_has_its_colour_and_its_number_at_the_end_of_its_curve(lab: Lab, flow: FlowView) -> None:
    lab.fill("hiddenLayersEdit", "4,4,4,4")
    complete(lab, flow)
    curves = [item for item in lab.items("flow", pg.PlotCurveItem) if item.isVisible()]
    assert len({curve.opts["pen"].color().name() for curve in curves}) == 5
    tags = [item for item in lab.items("flow", pg.TextItem) if item.isVisible()]
    assert [tag.toPlainText() for tag in tags] == ["1", "2", "3", "4", "5"]
    heights = [tag.mapToScene(tag.boundingRect().center()).y() for tag in tags]
    assert min(np.diff(sorted(heights))) > 11, "none stands on another"
    ends = [curve.getData()[1][-1] for curve in curves]
    assert np.argsort(ends).tolist() == np.argsort(heights)[::-1].tolist()


def test_a_layer_without_a_gradient_has_no_bars_and_no_scale(lab: Lab, flow: FlowView) -> None:
    lab.choose("initCombo", "zeros")
    lab.settle()
    assert flow.now is not None and not flow.now.dZ[0].any()
    bottom = flow._units.plot.getAxis("bottom")
    assert bottom._tickLevels == [[(0.0, "0")]]
    lab.choose("initCombo", "xavier")
    lab.settle()
    (ticks,) = bottom._tickLevels
    assert ticks[1][0] >= flow.now.dZ[0].max()


def test_painting_logistic_regression_batches_and_no_points(lab: Lab, flow: FlowView) -> None:
    lab.fill("batchSizeSpin", "32")
    lab.plot().setFocus()
    lab.step(2)
    lab.click(lab.inside(0.5, 0.5))
    lab.step(2)
    assert complete(lab, flow)[1].shape == (2, 5)
    lab.choose("modelCombo", "logistic")
    lab.settle()
    lab.step(2)
    assert complete(lab, flow)[1].shape == (1, 3)
    assert flow.caption.text == "One layer: the gradient has no way to go."
    lab.action("Clear").trigger()
    lab.settle()
    assert flow.caption.text == "There are no points, so there is no gradient."


def test_a_view_that_nobody_sees_is_not_drawn(lab: Lab, flow: FlowView) -> None:
    lab.step()
    lab.find("flowDock", QDockWidget).close()
    shown = flow.now
    lab.step(3)
    assert flow.now is shown
    lab.find("flowDock", QDockWidget).toggleViewAction().trigger()
    lab.wait(lambda: flow.now is not shown)
