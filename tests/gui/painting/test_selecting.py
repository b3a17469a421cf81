"""Selecting points and what is done to them: dragged, nudged, flipped, copied, removed, kept for the test."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from engine.data.editing import Remove
from gui.views.axes_choice import COMPONENTS
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, MIDDLE, RIGHT, SHIFT, line

Key = Qt.Key


@pytest.fixture
def row(lab: Lab) -> Lab:
    """A window with five points in a row, 40 pixels apart, the second of them of class B; the select tool is taken."""
    lab.action("Clear").trigger()
    for i in range(5):
        lab.click(spot(lab, i), RIGHT if i == 1 else LEFT)
    lab.settle()
    lab.press(Key.Key_V)
    return lab


def spot(lab: Lab, i: float, down: int = 0) -> QPoint:
    """Return the pixel of a point of the row."""
    return lab.inside(0.3, 0.5) + QPoint(round(40 * i), down)


def selected(lab: Lab) -> list[int]:
    """Return the rows of the selected points."""
    return lab.window.painter.canvas.selected_rows.tolist()  # type: ignore[attr-defined]


def around(lab: Lab, first: int, last: int) -> list[QPoint]:
    """Return a drag from one corner around points of the row to the other."""
    return line(spot(lab, first) - QPoint(15, 15), spot(lab, last) + QPoint(15, 15), 6)


def marked(lab: Lab) -> int:
    """Return around how many points the mark of the selection is drawn."""
    marks = lab.window.painter.marks._selected  # type: ignore[attr-defined]
    return marks.places[0][0].size


def test_a_rectangle_selects_what_is_in_it_and_marks_it(row: Lab) -> None:
    steps = row.steps
    row.drag(around(row, 1, 3))
    assert selected(row) == [1, 2, 3]
    assert marked(row) == 3
    row.drag(list(reversed(around(row, 0, 1))))
    assert selected(row) == [0, 1]
    row.drag(around(row, 3, 4), LEFT, CONTROL)
    assert selected(row) == [0, 1, 3, 4], "Ctrl adds"
    row.click(spot(row, 2, 80))
    assert selected(row) == [] and marked(row) == 0
    assert row.steps == steps, "to select is no change"


def test_a_lasso_selects_what_it_goes_around(row: Lab) -> None:
    row.press(Key.Key_K)
    hollow = [spot(row, -0.5, -20), spot(row, 4.5, -20), spot(row, 4.5, 20), spot(row, 1.5, 20)]
    hollow += [spot(row, 1.5, -10), spot(row, 0.5, -10), spot(row, 0.5, 20), spot(row, -0.5, 20)]
    way = [place for one, other in pairwise(hollow) for place in line(one, other, 8)]
    row.drag(way)
    assert selected(row) == [0, 2, 3, 4]


def test_clicks_select_one_and_with_ctrl_more_or_fewer(row: Lab) -> None:
    row.click(spot(row, 1))
    assert selected(row) == [1]
    row.click(spot(row, 3))
    assert selected(row) == [3]
    row.click(spot(row, 0), LEFT, CONTROL)
    assert selected(row) == [0, 3]
    row.click(spot(row, 3), LEFT, CONTROL)
    assert selected(row) == [0]
    row.press(Key.Key_A, CONTROL)
    assert selected(row) == [0, 1, 2, 3, 4]
    row.click(spot(row, 4))
    assert selected(row) == [4]
    row.press(Key.Key_Escape)
    assert selected(row) == []


def test_dragging_one_point_moves_it_alone_as_one_step(row: Lab) -> None:
    before, steps = row.dataset, row.steps
    row.drag(line(spot(row, 2), spot(row, 2) + QPoint(30, -50), 10))
    after = row.dataset
    moved = (after.X - before.X) / np.array(row.pixel_size)[:, None]
    assert moved[:, 2] == pytest.approx([30, 50], abs=1e-6)
    assert np.array_equal(np.delete(after.X, 2, axis=1), np.delete(before.X, 2, axis=1))
    assert (row.undo_text, row.steps) == ("Move 1 point", steps + 1)
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)
    row.action("Redo").trigger()
    assert same_points(row.dataset, after)


def test_dragging_one_of_several_moves_them_all(row: Lab) -> None:
    row.drag(around(row, 1, 3))
    before = row.dataset
    row.drag(line(spot(row, 2), spot(row, 2) + QPoint(0, 60), 7))
    moved = (row.dataset.X - before.X) / np.array(row.pixel_size)[:, None]
    assert moved[0] == pytest.approx(0, abs=1e-6)
    assert moved[1] == pytest.approx([0, -60, -60, -60, 0], abs=1e-6)
    assert selected(row) == [1, 2, 3]
    assert row.undo_text == "Move 3 points"


def test_a_drag_there_and_back_and_a_trembling_click_are_no_change(row: Lab) -> None:
    before, steps = row.dataset, row.steps
    there = line(spot(row, 2), spot(row, 2) + QPoint(50, 0), 5)
    row.drag([*there, *reversed(there)])
    row.drag([spot(row, 3), spot(row, 3) + QPoint(1, 1), spot(row, 3)])
    assert same_points(row.dataset, before)
    assert row.steps == steps


def test_a_dragged_point_stays_in_sight(row: Lab) -> None:
    row.drag(line(spot(row, 0), spot(row, 0) - QPoint(900, 0), 9))
    (low, high), _ = row.box().viewRange()
    assert low <= row.dataset.X[0, 0] <= high


def test_arrows_nudge_and_make_no_iteration(row: Lab) -> None:
    row.drag(around(row, 0, 1))
    before, steps = row.dataset, row.steps
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        row.press(key)
    row.press(Key.Key_Down, SHIFT)
    row.settle()
    moved = (row.dataset.X - before.X) / np.array(row.pixel_size)[:, None]
    assert moved == pytest.approx(np.array([[1, 1, 0, 0, 0], [-9, -9, 0, 0, 0]]), abs=1e-6)
    assert row.iteration == 0
    assert row.steps == steps + 1
    row.press(Key.Key_Escape)
    assert row.undo_text == "Nudge 2 points"
    row.press(Key.Key_Right)
    row.settle()
    assert row.iteration == 1, "without a selection the arrow steps"
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)


def test_arrows_step_where_the_tool_does_not_select(row: Lab) -> None:
    row.press(Key.Key_P)
    row.click(spot(row, 0), LEFT, CONTROL)
    before = row.dataset
    assert row.window.document.followed_id == before.ids[0]  # type: ignore[attr-defined]
    assert "arrows" not in row.window.views["boundary"].header.note.text()  # type: ignore[attr-defined]
    row.press(Key.Key_Right)
    row.settle()
    assert row.iteration == 1
    assert row.dataset is before


def test_arrows_step_when_the_plot_has_not_the_focus(row: Lab) -> None:
    row.drag(around(row, 0, 1))
    before = row.dataset
    row.focus("buttonToolSelect")
    row.press(Key.Key_Right)
    row.settle()
    assert row.iteration == 1
    assert row.dataset is before


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_removes_the_selection(row: Lab, key: Qt.Key) -> None:
    row.drag(around(row, 2, 4))
    before = row.dataset
    row.press(key)
    assert row.dataset.ids.tolist() == before.ids[:2].tolist()
    assert row.undo_text == "Delete 3 points"
    assert selected(row) == []
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)


@pytest.mark.parametrize("tool", [Key.Key_V, Key.Key_P])
def test_delete_removes_the_point_under_the_mouse(row: Lab, tool: Qt.Key) -> None:
    row.press(tool)
    before = row.dataset
    row.mouse(QEvent.Type.MouseMove, spot(row, 3))
    row.press(Key.Key_Delete)
    assert row.dataset.ids.tolist() == np.delete(before.ids, 3).tolist()
    assert row.undo_text == "Delete 1 point"
    row.press(Key.Key_Delete)
    assert row.dataset.m == 4, "there is none any more"


@pytest.mark.parametrize(
    ("key", "labels", "text"),
    [
        (Key.Key_1, [0, 0, 0, 0, 0], "Relabel 1 point, class A"),
        (Key.Key_2, [1, 1, 1, 0, 0], "Relabel 2 points, class B"),
        (Key.Key_X, [1, 0, 1, 0, 0], "Flip 3 points"),
    ],
)
def test_the_keys_of_classes_act_on_the_selection(
    row: Lab, key: Qt.Key, labels: list[int], text: str
) -> None:
    row.drag(around(row, 0, 2))
    before = row.dataset
    row.press(key)
    assert row.dataset.Y[0].tolist() == labels
    assert row.undo_text == text
    assert selected(row) == [0, 1, 2]
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)


def test_selected_points_are_kept_for_the_test_and_given_back(row: Lab) -> None:
    row.drag(around(row, 0, 2))
    before = row.dataset
    row.press(Key.Key_T)
    assert row.dataset.held.tolist() == [True, True, True, False, False]
    assert row.undo_text == "Keep 3 points, for the test"
    assert not row.action("ForTest").isChecked(), "what is painted is as before"
    row.settle()
    assert row.frame.experiment.problem.test[:3].all()
    row.press(Key.Key_T)
    assert same_points(row.dataset, before)
    assert row.undo_text == "Keep 3 points, for the split"


def test_duplicates_lie_aside_and_are_selected(row: Lab) -> None:
    row.drag(around(row, 1, 2))
    before = row.dataset
    row.press(Key.Key_D, CONTROL)
    after = row.dataset
    assert after.m == 7
    assert after.Y[0, 5:].tolist() == before.Y[0, 1:3].tolist()
    away = (after.X[:, 5:] - before.X[:, 1:3]) / np.array(row.pixel_size)[:, None]
    assert away == pytest.approx(np.array([[8, 8], [-8, -8]]), abs=1e-6)
    assert selected(row) == [5, 6]
    assert row.undo_text == "Duplicate 2 points"
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)
    assert selected(row) == []


def test_a_double_click_flips_a_point_with_the_select_tool(row: Lab) -> None:
    before, steps = row.dataset, row.steps
    row.double_click(spot(row, 1))
    assert row.dataset.Y[0].tolist() == [0, 0, 0, 0, 0]
    assert (row.undo_text, row.steps) == ("Flip 1 point", steps + 1)
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)


def test_a_double_click_flips_a_point_with_the_point_tool_and_adds_none(row: Lab) -> None:
    row.press(Key.Key_P)
    before, steps = row.dataset, row.steps
    row.double_click(spot(row, 3))
    assert row.dataset.m == 5
    assert row.dataset.Y[0].tolist() == [0, 1, 0, 1, 0]
    assert (row.undo_text, row.steps) == ("Flip 1 point", steps + 1)
    assert not row.action("Redo").isEnabled()
    row.action("Undo").trigger()
    assert same_points(row.dataset, before)


def test_a_double_click_beside_the_points_adds_two(row: Lab) -> None:
    row.press(Key.Key_P)
    row.double_click(spot(row, 3, 60))
    assert row.dataset.counts == (6, 1)


def test_ctrl_selects_and_drags_with_any_tool(row: Lab) -> None:
    row.press(Key.Key_S)
    before = row.dataset
    row.drag(line(spot(row, 4), spot(row, 4) + QPoint(0, 30), 5), LEFT, CONTROL)
    moved = (row.dataset.X - before.X) / np.array(row.pixel_size)[:, None]
    assert moved[:, 4] == pytest.approx([0, -30], abs=1e-6)
    assert row.undo_text == "Move 1 point"
    row.drag(around(row, 0, 2), LEFT, CONTROL)
    assert selected(row) == [0, 1, 2]
    row.click(spot(row, 2, 100))
    assert selected(row) == [], "painting lets go of them"
    assert row.undo_text == "Spray 1 point, class A"


def test_a_selection_outlives_undo_and_an_erased_point_leaves_it(row: Lab) -> None:
    row.drag(around(row, 0, 3))
    row.window.document.make(Remove(np.array([1])), "Erase")  # type: ignore[attr-defined]
    assert selected(row) == [0, 1, 2] and row.dataset.m == 4
    row.drag(line(spot(row, 0), spot(row, 0) - QPoint(20, 0), 4))
    row.action("Undo").trigger()
    assert selected(row) == [0, 1, 2]


def test_the_middle_button_pans_with_the_select_tool_too(row: Lab) -> None:
    before, ranges = row.dataset, np.array(row.box().viewRange())
    row.drag(line(spot(row, 2), spot(row, 2) + QPoint(60, 0), 6), MIDDLE)
    assert row.dataset is before
    assert (np.array(row.box().viewRange())[0] < ranges[0]).all()


@pytest.fixture
def wide(lab: Lab, tmp_path: Path) -> Lab:
    """A window with a table of four columns, all of them inputs, and the select tool."""
    path = tmp_path / "wide.csv"
    X = np.random.default_rng(2).standard_normal((30, 4))
    rows = [",".join(map(repr, map(float, x))) + f",{'ab'[i % 2]}" for i, x in enumerate(X)]
    path.write_text("one,two,three,four,kind\n" + "\n".join(rows) + "\n")
    lab.window.document.change(data=str(path), columns=("*",))  # type: ignore[attr-defined]
    lab.settle()
    lab.plot().setFocus()
    lab.press(Key.Key_V)
    return lab


def test_a_point_moves_within_the_plane_and_keeps_its_other_features(wide: Lab) -> None:
    before = wide.dataset
    row = int(np.argmax(before.X[0]))
    place = wide.pixel(*before.X[:2, row])
    wide.drag(line(place, place + QPoint(-40, 30), 6))
    after = wide.dataset
    assert np.flatnonzero((after.X != before.X).any(axis=0)).tolist() == [row]
    assert np.array_equal(after.X[2:], before.X[2:])
    way = (after.X[:2, row] - before.X[:2, row]) / np.array(wide.pixel_size)
    assert way == pytest.approx([-40, -30], abs=1e-6)
    wide.action("Undo").trigger()
    assert same_points(wide.dataset, before)


def test_on_the_plane_of_components_a_point_goes_where_the_mouse_goes(wide: Lab) -> None:
    box = wide.find("boundaryAcrossCombo", QComboBox)
    box.setCurrentText(COMPONENTS)
    box.activated.emit(box.currentIndex())
    wide.settle()
    wide.plot().setFocus()
    projection = wide.window.views["boundary"].projection  # type: ignore[attr-defined]
    before = wide.dataset
    row = int(np.argmax(projection.places(before.X)[0]))
    place = wide.pixel(*projection.places(before.X)[:, row])
    wide.drag(line(place, place + QPoint(-40, 30), 6))
    way = (projection.places(wide.dataset.X) - projection.places(before.X))[:, row] / np.array(
        wide.pixel_size
    )
    assert way == pytest.approx([-40, -30], abs=1e-6)
    moved = wide.dataset.X[:, row] - before.X[:, row]
    assert np.linalg.matrix_rank(np.column_stack([projection.directions, moved])) == 2, "within the plane"


def test_a_single_selected_point_is_followed_through_the_views(lab: Lab) -> None:
    place = lab.pixel(*lab.dataset.X[:, 5])
    lab.click(place, modifiers=CONTROL)
    lab.settle()
    row = int(lab.window.painter.canvas.selected_rows[0])
    assert lab.window.document.followed_id == lab.dataset.ids[row]
    (x, y), *_ = lab.window.views["boundary"].drawn.followed.places
    assert (x[0], y[0]) == tuple(lab.dataset.X[:, row])


def test_where_another_point_is_followed_a_single_selected_one_is_let_go(row: Lab) -> None:
    document = row.window.document  # type: ignore[attr-defined]
    view = row.window.views["boundary"]  # type: ignore[attr-defined]
    ids = row.dataset.ids
    row.click(spot(row, 3))
    assert document.followed_id == ids[3]
    document.follow(int(ids[1]))  # as One step does where another example is chosen
    assert selected(row) == [] and marked(row) == 0
    assert "selected" not in view.header.note.text()
    row.press(Key.Key_P)
    assert view.header.note.text().endswith("Esc ends following")
    row.press(Key.Key_V)
    row.drag(around(row, 2, 4))
    document.follow(int(ids[0]))
    assert selected(row) == [2, 3, 4], "several are not the one that is followed"
    assert "followed" not in view.header.note.text()


@pytest.mark.parametrize(
    "name", ["noiseSpin", "datasetCombo", "timelineSlider", "costPlot", "hiddenLayersEdit"]
)
def test_escape_lets_go_wherever_the_focus_is(row: Lab, name: str) -> None:
    row.action("Step").trigger()
    row.settle()
    row.click(spot(row, 3))
    row.find(name).setFocus()
    row.wait(row.find(name).hasFocus)
    row.press(Key.Key_Escape)
    assert selected(row) == [] and row.window.document.followed_id is None  # type: ignore[attr-defined]
    row.drag(around(row, 2, 4))
    row.find(name).setFocus()
    row.press(Key.Key_Escape)
    assert selected(row) == []


def test_escape_in_a_field_that_uses_it_keeps_the_selection(row: Lab) -> None:
    row.click(spot(row, 3))
    row.find("datasetCombo", QComboBox).showPopup()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert selected(row) == [3]


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("flat", [False, True])
def test_the_mark_of_the_selection_stands_out_on_either_colour(lab: Lab, theme: str, flat: bool) -> None:
    lab.action(f"Theme{theme}").trigger()
    if flat:
        lab.find("boundaryClass", QAction).trigger()
    lab.step(200)
    corners = [lab.inside(0.1, 0.9), lab.inside(0.9, 0.1)]
    for corner in corners:
        lab.click(corner)
    lab.settle()
    lab.press(Key.Key_A, CONTROL)
    lab.settle()
    image = lab.plot().grab().toImage()
    for corner in corners:
        across = [image.pixelColor(corner - QPoint(d, 0)).lightnessF() for d in range(5, 14)]
        assert max(across) - min(across) > 0.5, "a dark line beside a light one"


def test_above_the_plot_stands_how_many_are_selected_and_what_can_be_done(row: Lab) -> None:
    view = row.window.views["boundary"]
    row.drag(around(row, 1, 3))
    assert view.header.note.text().startswith("3 selected: drag or arrows move, Delete removes")
    row.press(Key.Key_Escape)
    assert "selected" not in view.header.note.text()
    row.press(Key.Key_P)
    row.press(Key.Key_T)
    assert ", for the test;" in view.header.note.text()
