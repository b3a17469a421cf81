"""Points with any number of features: chosen, trained, drawn on a plane, and painted there."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from gui.export.pictures import draw_picture
from gui.views.axes_choice import COMPONENTS
from tests.gui.driving import Lab

RNG = np.random.default_rng(3)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A table of four measurements, of which the classes differ in the last two."""
    path = tmp_path / "wide.csv"
    classes = np.arange(60) % 2
    X = RNG.normal(0, 1, (60, 4)) + np.outer(classes, [0, 0, 3, 50]) + [0, 0, 0, 900]
    rows = [",".join(map(repr, map(float, x))) + f",{'ab'[k]}" for x, k in zip(X, classes, strict=True)]
    path.write_text("one,two,three,four,kind\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def wide_lab(lab: Lab, wide: Path) -> Lab:
    """The window with all four columns as inputs."""
    lab.window.exchange.open_file(wide)
    lab.answer()
    lab.fill("columnsEdit", "*")
    lab.settle()
    return lab


def axes(lab: Lab) -> tuple[str, str]:
    """Return what the boxes of the axes show."""
    across, up = (lab.find(f"boundary{axis}Combo", QComboBox).currentText() for axis in ("Across", "Up"))
    return across, up


def choose_axis(lab: Lab, axis: str, name: str) -> None:
    """Choose a feature for an axis, as a click in the list does."""
    box = lab.find(f"boundary{axis}Combo", QComboBox)
    box.setCurrentText(name)
    box.activated.emit(box.currentIndex())
    lab.settle()


def test_all_columns_train_and_one_can_be_taken_away_again(wide_lab: Lab) -> None:
    lab = wide_lab
    assert lab.frame.experiment.network.sizes[0] == 4
    assert lab.dataset.feature_names == ("one", "two", "three", "four")
    lab.fill("learningRateSpin", "1")
    lab.settle()
    lab.step(100)
    assert lab.value("trainAccuracy") == 1.0
    lab.fill("columnsEdit", "one, four, two")
    lab.settle()
    assert (lab.iteration, lab.dataset.feature_names) == (0, ("one", "four", "two"))
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.spec.columns == ("*",)
    lab.fill("columnsEdit", "")
    lab.settle()
    assert (lab.spec.columns, lab.dataset.feature_names) == (None, ("one", "two"))


def test_the_axes_are_offered_for_more_than_two_features(lab: Lab, wide: Path) -> None:
    assert not lab.find("boundaryAcrossCombo").isVisible()
    assert not lab.find("columnsEdit").isVisible(), "made-up points have no columns"
    lab.window.exchange.open_file(wide)
    lab.answer()
    assert not lab.find("boundaryAcrossCombo").isVisible()
    lab.fill("columnsEdit", "*")
    lab.settle()
    assert lab.find("boundaryAcrossCombo").isVisible()
    assert axes(lab) == ("one", "two")
    assert (lab.axis_label("bottom"), lab.axis_label("left")) == ("one", "two")


def test_other_axes_show_the_points_and_say_what_the_others_are(wide_lab: Lab) -> None:
    lab = wide_lab
    choose_axis(lab, "Across", "four")
    assert axes(lab) == ("four", "two")
    note = lab.window.views["boundary"].header.findChild(QLabel, "viewNote")
    assert "the other 2 at their mean" in note.text()
    (low, high), _ = lab.box().viewRange()
    assert low < 900 < 950 < high
    choose_axis(lab, "Up", "four")
    assert axes(lab) == ("two", "four"), "the same feature twice would be a line: they change places"
    choose_axis(lab, "Across", COMPONENTS)
    assert axes(lab) == (COMPONENTS, COMPONENTS)
    assert "principal component 1" in lab.axis_label("bottom")
    choose_axis(lab, "Up", "three")
    assert axes(lab) == ("one", "three")


def test_a_painted_point_has_the_others_at_their_mean_and_the_plane_stays(wide_lab: Lab) -> None:
    lab = wide_lab
    choose_axis(lab, "Across", "four")
    plane, before = lab.window.views["boundary"].projection, lab.dataset
    place = lab.inside(0.5, 0.25)
    lab.click(place)
    lab.settle()
    assert lab.dataset.m == 61
    x, y = lab.point(place)
    mean = before.X.mean(axis=1)
    np.testing.assert_allclose(lab.dataset.X[:, -1], [mean[0], y, mean[2], x], rtol=1e-9)
    assert lab.window.views["boundary"].projection is plane
    lab.action("Undo").trigger()
    lab.settle()
    assert np.array_equal(lab.dataset.X, before.X)


def test_a_column_that_is_not_there_leaves_all_as_it_was(wide_lab: Lab) -> None:
    before = wide_lab.dataset
    wide_lab.fill("columnsEdit", "one,seven")
    wide_lab.settle()
    assert wide_lab.dataset is before
    assert "there is no column seven; the columns are one, two, three, four, kind" in wide_lab.status
    assert wide_lab.text_of("columnsEdit") == "*"


def test_inputs_made_from_two_need_two(wide_lab: Lab) -> None:
    wide_lab.fill("columnsEdit", "four")
    wide_lab.settle()
    wide_lab.step(20)
    assert wide_lab.frame.experiment.network.sizes[0] == 1
    wide_lab.window.document.change(features=("x1_x2",))
    assert "need two columns, and the data has 1" in wide_lab.status
    assert wide_lab.spec.features == ()


def test_a_picture_shows_the_same_plane(wide_lab: Lab) -> None:
    choose_axis(wide_lab, "Across", COMPONENTS)
    view = wide_lab.window.views["boundary"]
    like = draw_picture("boundary", wide_lab.frame, view.theme, 1, like=view)
    alone = draw_picture("boundary", wide_lab.frame, view.theme, 1)
    assert like.size() != alone.size() or like != alone
