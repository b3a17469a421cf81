"""Points with any number of features: chosen, trained, drawn on a plane, and painted there."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

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
    assert (lab.axis_label("bottom"), lab.axis_label("left")) == ("one — the other 2 at their mean", "two")


def test_other_axes_show_the_points_and_say_what_the_others_are(wide_lab: Lab) -> None:
    lab = wide_lab
    choose_axis(lab, "Across", "four")
    assert axes(lab) == ("four", "two")
    assert lab.axis_label("bottom") == "four — the other 2 at their mean"
    (low, high), _ = lab.box().viewRange()
    assert low < 900 < 950 < high
    choose_axis(lab, "Up", "four")
    assert axes(lab) == ("two", "four"), "the same feature twice would be a line: they change places"
    choose_axis(lab, "Across", COMPONENTS)
    assert axes(lab) == (COMPONENTS, COMPONENTS)
    assert "principal component 1" in lab.axis_label("bottom")
    assert not lab.find("boundaryUpCombo").isVisible(), "the components come as a pair"
    choose_axis(lab, "Across", "three")
    assert axes(lab) == ("three", "two")


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
    view = wide_lab.window.views["boundary"]
    columns = draw_picture("boundary", wide_lab.frame, view.theme, 1, like=view)
    before = view.box.viewRange()
    choose_axis(wide_lab, "Across", COMPONENTS)
    view.box.setRange(xRange=before[0], yRange=before[1], padding=0)
    components = draw_picture("boundary", wide_lab.frame, view.theme, 1, like=view)
    assert columns.size() == components.size()
    assert columns != components
    assert components == draw_picture("boundary", wide_lab.frame, view.theme, 1, like=view)


def test_columns_change_while_it_runs_and_the_mouse_paints(wide_lab: Lab) -> None:
    lab = wide_lab
    lab.run()
    for text in ("two,three,four", "four", "*", "one,two", "*"):
        lab.fill("columnsEdit", text)
        lab.click(lab.inside(0.4, 0.4))  # some of these come before the new points are drawn, and are refused
        lab.settle()
        assert lab.dataset.X.shape[0] == lab.frame.experiment.problem.dataset.X.shape[0]
        lab.click(lab.inside(0.6, 0.4))
        lab.settle()
        painted = lab.dataset.m
        assert painted > 60
        lab.action("Undo").trigger()
        lab.settle()
        assert lab.dataset.m < painted
    assert lab.is_running


def test_points_of_another_number_of_features_are_refused(wide_lab: Lab) -> None:
    with pytest.raises(ValueError, match="2 features do not fit 4"):
        wide_lab.window.document.paint(np.zeros((2, 1)), 0)


def test_other_columns_are_in_sight(wide_lab: Lab) -> None:
    wide_lab.fill("columnsEdit", "four,three")
    wide_lab.settle()
    (low, high), _ = wide_lab.box().viewRange()
    assert 890 < low < 900 < 950 < high < 965
    assert not wide_lab.box().state["aspectLocked"]


def test_the_mean_is_that_of_the_points_as_they_were_opened(wide_lab: Lab) -> None:
    lab = wide_lab
    mean = lab.dataset.X.mean(axis=1)
    lab.action("Clear").trigger()
    lab.settle()
    choose_axis(lab, "Across", "three")
    np.testing.assert_allclose(lab.window.views["boundary"].projection.origin[:, 0], [mean[0], 0, 0, mean[3]])


def test_axes_outlive_other_columns_and_undo(wide_lab: Lab) -> None:
    lab = wide_lab
    choose_axis(lab, "Across", "four")
    choose_axis(lab, "Up", "three")
    lab.fill("columnsEdit", "four,two,three")
    lab.settle()
    assert axes(lab) == ("four", "three")
    lab.fill("columnsEdit", "two,three")
    lab.settle()
    for _ in range(2):
        lab.action("Undo").trigger()
        lab.settle()
    assert axes(lab) == ("four", "three")


def test_painted_points_that_other_columns_replace_are_told_of(wide_lab: Lab) -> None:
    wide_lab.click(wide_lab.inside(0.5, 0.5))
    wide_lab.settle()
    wide_lab.fill("columnsEdit", "one,two")
    wide_lab.settle()
    assert "Painted points were replaced" in wide_lab.status
    assert wide_lab.action("Undo").text() == "Undo: Change columns"


def test_one_column_has_no_numbers_on_the_other_axis(wide_lab: Lab) -> None:
    wide_lab.fill("columnsEdit", "four")
    wide_lab.settle()
    axis = wide_lab.window.views["boundary"].axes.getAxis("left")
    assert (axis.style["showValues"], axis.labelText) == (False, "")
    wide_lab.plot().grab()  # lays out the axis without its numbers
    place = wide_lab.inside(0.5, 0.8)
    expected, _ = wide_lab.point(place)
    wide_lab.click(place)
    wide_lab.settle()
    np.testing.assert_allclose(wide_lab.dataset.X[:, -1], expected)


def test_a_columns_name_is_words_and_no_html(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text('"dose <5 mg","p<0.05 & q",kind\n1,2,a\n2,4,b\n3,1,a\n')
    lab.window.document.change(data=str(path))
    lab.settle()
    assert lab.window.views["boundary"].axes.getAxis("bottom").label.toPlainText().strip() == "dose <5 mg"
    assert lab.window.views["boundary"].axes.getAxis("left").label.toPlainText().strip() == "p<0.05 & q"
