"""Taking all points away, painting anew, and taking it back."""

import pytest
from PySide6.QtWidgets import QPushButton

from gui.views.dots import Dots
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.painting.sheet import empty_plane
from tests.gui.plots import LEFT, RIGHT


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
