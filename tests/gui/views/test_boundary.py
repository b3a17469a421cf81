"""What the plot of the decision boundary shows: the heat map and its line, the points, and their marks."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from engine.model.network import logits
from gui.colours import heat_colours
from gui.theme import DARK, LIGHT
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, MIDDLE, RIGHT, SHIFT, line
from tests.gui.views.looking import curve_through, dots, like, picture_of


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
    rings = lab.window.views["boundary"].drawn.wrong

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
    rows = view.drawn.rows  # type: ignore[attr-defined]
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


def test_the_point_that_is_followed_is_marked_wherever_it_is(lab: Lab) -> None:
    view = lab.window.views["boundary"]
    document = lab.window.document
    document.follow(7)
    (x, y), *_ = view.drawn.followed.places
    assert (x[0], y[0]) == tuple(lab.dataset.X[:, 7])
    lab.click(lab.pixel(*lab.dataset.X[:, 0]), modifiers=SHIFT)  # erases some, but not this one
    lab.settle()
    row = int(np.flatnonzero(lab.dataset.ids == 7)[0])
    (x, y), *_ = view.drawn.followed.places
    assert (x[0], y[0]) == tuple(lab.dataset.X[:, row])
    document.follow(None)
    assert view.drawn.followed.places[0][0].size == 0
    document.follow(123456)
    assert view.drawn.followed.places[0][0].size == 0


def test_symbols_that_are_none_are_not_drawn(lab: Lab) -> None:
    marks = lab.window.painter.marks
    assert not marks._selected.isVisible() and not marks._under.isVisible()
    lab.move(lab.pixel(*lab.dataset.X[:, 3]))
    lab.wait(marks._under.isVisible)
    lab.click(lab.pixel(*lab.dataset.X[:, 3]), modifiers=CONTROL)
    lab.wait(marks._selected.isVisible)
    lab.press(Qt.Key.Key_Escape)
    lab.wait(lambda: not marks._selected.isVisible())
