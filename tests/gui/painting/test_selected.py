"""What is done to selected points: nudged, removed, flipped, copied, kept for the test."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt

from engine.data.editing import Remove
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.painting.selection import around, moved, selected, spot
from tests.gui.plots import CONTROL, LEFT, SHIFT, line

Key = Qt.Key


def test_arrows_nudge_and_make_no_iteration(row: Lab) -> None:
    row.drag(around(row, 0, 1))
    before, steps = row.dataset, row.steps
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up, Key.Key_Left):
        row.press(key)
    row.press(Key.Key_Down, SHIFT)
    row.settle()
    way = moved(row, before)
    assert way == pytest.approx(np.array([[1, 1, 0, 0, 0], [-9, -9, 0, 0, 0]]), abs=1e-6)
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


def test_a_selection_outlives_undo_and_an_erased_point_leaves_it(row: Lab) -> None:
    row.drag(around(row, 0, 3))
    row.window.document.make(Remove(np.array([1])), "Erase")  # type: ignore[attr-defined]
    assert selected(row) == [0, 1, 2] and row.dataset.m == 4
    row.drag(line(spot(row, 0), spot(row, 0) - QPoint(20, 0), 4))
    row.action("Undo").trigger()
    assert selected(row) == [0, 1, 2]
