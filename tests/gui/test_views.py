"""What the three plots show, and that a plot nobody sees costs nothing."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QDockWidget

from engine.model.activations import ACTIVATIONS
from engine.model.network import logits
from engine.model.papers import forward
from gui.theme import DARK, LIGHT, heat_colours
from gui.views.activation import ActivationView
from gui.views.cost import CostView
from gui.views.dots import Dots
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, MIDDLE, RIGHT, SHIFT, line


def picture_of(lab: Lab, plot: str = "boundary") -> QImage:
    """Return what is on the screen, once it is drawn."""
    lab.settle()
    lab.qtbot.wait(30)
    return lab.plot(plot).grab().toImage()


def like(image: QImage, place: QPoint, colour: str) -> float:
    """Return how far the colour at a pixel is from another, 0 to 255."""
    wanted, found = QColor(colour), image.pixelColor(place)
    return max(abs(a - b) for a, b in zip(wanted.getRgb()[:3], found.getRgb()[:3], strict=True))


def dots(lab: Lab, plot: str, groups: int) -> list[Dots]:
    """Return the symbols on a plot that come in that many groups."""
    return [item for item in lab.items(plot, Dots) if len(item.places) == groups]


def curve_through(lab: Lab, plot: str) -> list[pg.PlotCurveItem]:
    """Return the curves on a plot that are shown."""
    return [curve for curve in lab.items(plot, pg.PlotCurveItem) if curve.isVisible()]


# The decision boundary


def test_the_heat_map_has_each_class_colour_on_its_side_of_the_line(lab: Lab) -> None:
    lab.choose("datasetCombo", "blobs")
    lab.action("Clear").trigger()
    lab.action("Undo").trigger()
    lab.run()
    lab.wait(lambda: lab.value("trainCost") < 0.05)
    lab.pause()
    lab.action("Clear").trigger()  # the weights stay, and no point hides the colours
    image = picture_of(lab)
    for theme in (LIGHT, DARK):
        lab.action(f"Theme{theme.name.title()}").trigger()
        image = picture_of(lab)
        ends = [QColor(*map(int, row)).name() for row in heat_colours(theme)[[0, 255]]]
        assert like(image, lab.inside(0.05, 0.05), ends[0]) < 16
        assert like(image, lab.inside(0.95, 0.95), ends[1]) < 16
        assert like(image, lab.inside(0.05, 0.05), ends[1]) > 40


def test_the_colours_fade_to_the_neutral_at_the_line(lab: Lab) -> None:
    lab.step(3)
    (line_item,) = [
        curve
        for curve in curve_through(lab, "boundary")
        if curve.getData()[0] is not None and len(curve.getData()[0])
    ]
    x, y = line_item.getData()
    frame = lab.frame
    X = frame.experiment.problem.standardization.apply(np.stack([x, y])[:, np.isfinite(x)])
    Z = logits(frame.experiment.network, frame.state.parameters, X)
    assert np.abs(Z).max() < 0.05, "the bold line is where both classes have 0.5"


def test_points_are_drawn_where_they_are_before_and_after_moving_the_plane(lab: Lab) -> None:
    lab.action("Clear").trigger()
    lab.click(lab.inside(0.4, 0.4), LEFT)
    lab.click(lab.inside(0.6, 0.6), RIGHT)
    theme = lab.window.theme  # type: ignore[attr-defined]

    def check() -> None:
        image = picture_of(lab)
        for label, colour in enumerate(theme.classes):
            place = lab.pixel(*lab.dataset.X[:, label])
            nearby = [like(image, place + QPoint(dx, dy), colour) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
            assert min(nearby) < 24, f"class {label} is not drawn at {place}"

    check()
    start = lab.inside(0.5, 0.5)
    lab.drag(line(start, start + QPoint(70, -45), 7), MIDDLE)
    check()
    lab.press(Qt.Key.Key_F)
    check()


def test_points_follow_when_the_window_grows(lab: Lab) -> None:
    lab.action("Clear").trigger()
    lab.click(lab.inside(0.4, 0.4), LEFT)
    lab.click(lab.inside(0.8, 0.6), RIGHT)  # alone, the first would be the mean, and lie under the 0.5 line
    lab.window.resize(1100, 800)
    image = picture_of(lab)
    place = lab.pixel(*lab.dataset.X[:, 0])
    assert like(image, place, lab.window.theme.classes[0]) < 24  # type: ignore[attr-defined]


def test_classes_differ_in_shape_and_test_points_are_hollow(lab: Lab) -> None:
    (points,) = dots(lab, "boundary", 4)
    counts = [len(x) for x, _ in points.places]
    test = lab.frame.experiment.problem.test
    labels = lab.dataset.Y[0].astype(int)
    assert counts == [
        int(((labels == label) & (test == held)).sum()) for label in (0, 1) for held in (False, True)
    ]
    assert sum(counts) == 400


def test_as_many_points_are_ringed_as_the_engine_counts_on_the_wrong_side(lab: Lab) -> None:
    rings = lab.window.views["boundary"]._wrong

    def wrong() -> int:
        problem = lab.frame.experiment.problem
        Z = logits(
            lab.frame.experiment.network, lab.weights, problem.standardization.apply(problem.dataset.X)
        )
        return int(((Z >= 0) != (problem.dataset.Y >= 0.5)).sum())

    def counted_by_the_readouts() -> float:
        problem = lab.frame.experiment.problem
        right = (
            lab.value("trainAccuracy") * problem.Y_train.size
            + lab.value("testAccuracy") * problem.Y_test.size
        )
        return problem.dataset.m - right

    assert len(rings.places[0][0]) == wrong() > 0
    lab.run()
    lab.wait_for_iterations(100)
    lab.pause()
    assert len(rings.places[0][0]) == wrong() == pytest.approx(counted_by_the_readouts())
    lab.click(lab.inside(0.05, 0.05), LEFT)
    lab.click(lab.inside(0.05, 0.05), RIGHT)
    lab.settle()
    assert len(rings.places[0][0]) == wrong()


def test_a_large_set_is_thinned_and_the_picture_says_so(lab: Lab) -> None:
    lab.fill("samplesSpin", "30000")
    lab.settle()
    (points,) = dots(lab, "boundary", 4)
    drawn = sum(len(x) for x, _ in points.places)
    assert drawn <= 10_000
    caption = lab.window.views["boundary"].caption  # in the picture, so that who sees it later knows as well
    assert caption.text.startswith(f"{drawn:,} of 30,000 points drawn. Trained on")


def test_the_drawn_part_of_a_large_set_is_spread_over_all_of_it(lab: Lab) -> None:
    lab.fill("samplesSpin", "40000")  # with seed 0, from which the points are drawn too
    lab.settle()
    view = lab.window.views["boundary"]
    rows = view.drawn_rows  # type: ignore[attr-defined]
    drawn = lab.dataset.X[:, rows]
    for axis in (0, 1):
        for quantile in (0.1, 0.25, 0.5, 0.75, 0.9):
            all_of_them = np.quantile(lab.dataset.X[axis], quantile)
            assert np.quantile(drawn[axis], quantile) == pytest.approx(all_of_them, abs=0.05)


def test_the_axes_keep_one_scale_for_made_up_points_and_two_for_measured_ones(lab: Lab) -> None:
    across, up = lab.pixel_size
    assert across == pytest.approx(up, rel=0.01)
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    across, up = lab.pixel_size
    assert across > 1.5 * up


# The cost


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


# The activations


def shown_dots(lab: Lab) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return z and height of all dots on the function's curve, then of those on its derivative's."""
    pairs = sorted(dots(lab, "activation", 2), key=lambda item: item.getViewBox().sceneBoundingRect().top())
    return [tuple(map(np.concatenate, zip(*item.places, strict=True))) for item in pairs]  # type: ignore[misc]


def test_the_test_curve_has_a_gap_where_there_were_no_test_points(lab: Lab) -> None:
    lab.step(5)
    lab.fill("testFractionSpin", "0")
    lab.settle()
    lab.step(5)
    view = lab.window.views["cost"]
    assert view._ends.places[1][0].size == 0, "no dot at the end"  # type: ignore[attr-defined]
    lab.fill("testFractionSpin", "0.2")
    lab.settle()
    lab.step(5)
    x, y = view._test.getData()  # type: ignore[attr-defined]
    assert np.isfinite(y).all()
    assert x.min() == 0 and x.max() == 15
    connect = view._test.opts["connect"]  # type: ignore[attr-defined]
    (gap,) = np.flatnonzero(np.diff(x) > 1)
    assert not connect[gap] and connect[gap - 1] and connect[gap + 1]


def test_the_dots_lie_on_the_curve_and_on_its_derivative(lab: Lab, subtests: pytest.Subtests) -> None:
    for name, activation in ACTIVATIONS.items():
        with subtests.test(name):
            lab.choose("activationCombo", name)
            lab.settle()
            lab.action("StepMany").trigger()
            lab.settle()
            (z, height), (z_below, slope) = shown_dots(lab)
            assert z.size > 50
            assert np.array_equal(z, z_below)
            assert height == pytest.approx(activation.f(z), abs=1e-12)
            assert slope == pytest.approx(activation.derivative(z, activation.f(z)), abs=1e-12)
            problem = lab.frame.experiment.problem
            Z = forward(lab.frame.experiment.network, lab.weights, problem.X_train).Z[0]
            assert np.abs(Z.ravel()[:, None] - z).min(axis=0).max() < 1e-9, "they are the network's own z"


def test_the_dots_move_while_training_runs(lab: Lab) -> None:
    before = shown_dots(lab)[0][0]
    lab.run()
    lab.wait_for_iterations(50)
    lab.pause()
    assert not np.array_equal(before, shown_dots(lab)[0][0])


def test_the_output_layer_can_be_looked_at(lab: Lab) -> None:
    layers = lab.find("activationLayerCombo", QComboBox)
    assert [layers.itemText(place) for place in range(layers.count())] == ["hidden layer", "output"]
    layers.setCurrentIndex(1)
    layers.activated.emit(1)
    (z, height), _ = shown_dots(lab)
    assert height == pytest.approx(ACTIVATIONS["sigmoid"].f(z))
    lab.fill("hiddenLayersEdit", "5,3,2")
    lab.settle()
    assert layers.count() == 4
    lab.choose("modelCombo", "logistic")
    lab.settle()
    assert layers.count() == 1 and layers.currentText() == "output"


def test_the_chosen_activation_is_strong_and_the_others_are_faint(lab: Lab) -> None:
    lab.choose("activationCombo", "relu")
    lab.settle()
    curves = curve_through(lab, "activation")
    assert len(curves) == 2 * 3, "the three that the papers compare, and no more"
    widths = sorted(curve.opts["pen"].widthF() for curve in curves)
    alphas = sorted(curve.opts["pen"].color().alphaF() for curve in curves)
    assert widths[-2] > widths[-3] and alphas[-2] > alphas[-3]
    strong = max(curves, key=lambda curve: curve.opts["pen"].widthF())
    z, y = strong.getData()
    assert np.allclose(y, np.maximum(z, 0)) or np.allclose(y, z > 0)


# What nobody sees is not drawn


def test_a_closed_dock_is_not_drawn_and_comes_back_up_to_date(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    for view in (CostView, ActivationView):
        draw = view.draw
        monkeypatch.setattr(
            view, "draw", lambda self, frame, draw=draw: (drawn.append(self.name), draw(self, frame))
        )
    dock = lab.find("costDock", QDockWidget)
    dock.close()
    lab.run()
    lab.wait(lambda: drawn.count("activation") > 5)
    lab.pause()
    assert "cost" not in drawn
    dock.show()
    lab.qtbot.wait(50)
    ends = [curve.getData()[1][-1] for curve in curve_through(lab, "cost")]
    assert lab.value("trainCost") in ends, "it still shows the moment at which it was closed"


def test_a_closed_dock_can_be_brought_back_from_the_view_menu(lab: Lab) -> None:
    dock = lab.find("activationDock", QDockWidget)
    dock.close()
    entries = [
        action
        for menu in lab.window.menuBar().actions()  # type: ignore[attr-defined]
        if menu.text().replace("&", "") == "View"
        for action in menu.menu().actions()
    ]
    (entry,) = [action for action in entries if action.text() == dock.windowTitle()]
    entry.trigger()
    assert dock.isVisible()


def test_a_minimized_window_goes_on_training(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(10)
    lab.window.showMinimized()
    lab.wait_for_iterations(100)
    lab.window.showNormal()
    lab.wait_for_iterations(10)
    assert lab.is_running


def test_the_point_that_is_followed_is_marked_wherever_it_is(lab: Lab) -> None:
    view = lab.window.views["boundary"]
    document = lab.window.document
    document.follow(7)
    (x, y), *_ = view._followed.places
    assert (x[0], y[0]) == tuple(lab.dataset.X[:, 7])
    lab.click(lab.pixel(*lab.dataset.X[:, 0]), modifiers=SHIFT)  # erases some, but not this one
    lab.settle()
    row = int(np.flatnonzero(lab.dataset.ids == 7)[0])
    (x, y), *_ = view._followed.places
    assert (x[0], y[0]) == tuple(lab.dataset.X[:, row])
    document.follow(None)
    assert view._followed.places[0][0].size == 0
    document.follow(123456)
    assert view._followed.places[0][0].size == 0


def test_symbols_that_are_none_are_not_drawn(lab: Lab) -> None:
    marks = lab.window.painter.marks
    assert not marks._selected.isVisible() and not marks._under.isVisible()
    lab.move(lab.pixel(*lab.dataset.X[:, 3]))
    lab.wait(marks._under.isVisible)
    lab.click(lab.pixel(*lab.dataset.X[:, 3]), modifiers=CONTROL)
    lab.wait(marks._selected.isVisible)
    lab.press(Qt.Key.Key_Escape)
    lab.wait(lambda: not marks._selected.isVisible())
