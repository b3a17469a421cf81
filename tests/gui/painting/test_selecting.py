"""Selecting points by rectangle, lasso and click, moving them with the mouse, and what tells of them."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction

from tests.gui.comparing import same_points, undo_and_redo
from tests.gui.driving import Lab
from tests.gui.painting.selection import around, marked, moved, selected, spot
from tests.gui.plots import CONTROL, LEFT, MIDDLE, line

Key = Qt.Key


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
    way = moved(row, before)
    assert way[:, 2] == pytest.approx([30, 50], abs=1e-6)
    assert np.array_equal(np.delete(after.X, 2, axis=1), np.delete(before.X, 2, axis=1))
    assert (row.undo_text, row.steps) == ("Move 1 point", steps + 1)
    undo_and_redo(row, before)


def test_dragging_one_of_several_moves_them_all(row: Lab) -> None:
    row.drag(around(row, 1, 3))
    before = row.dataset
    row.drag(line(spot(row, 2), spot(row, 2) + QPoint(0, 60), 7))
    way = moved(row, before)
    assert way[0] == pytest.approx(0, abs=1e-6)
    assert way[1] == pytest.approx([0, -60, -60, -60, 0], abs=1e-6)
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


def test_ctrl_selects_and_drags_with_any_tool(row: Lab) -> None:
    row.press(Key.Key_S)
    before = row.dataset
    row.drag(line(spot(row, 4), spot(row, 4) + QPoint(0, 30), 5), LEFT, CONTROL)
    way = moved(row, before)
    assert way[:, 4] == pytest.approx([0, -30], abs=1e-6)
    assert row.undo_text == "Move 1 point"
    row.drag(around(row, 0, 2), LEFT, CONTROL)
    assert selected(row) == [0, 1, 2]
    row.click(spot(row, 2, 100))
    assert selected(row) == [], "painting lets go of them"
    assert row.undo_text == "Spray 1 point, class A"


def test_the_middle_button_pans_with_the_select_tool_too(row: Lab) -> None:
    before, ranges = row.dataset, np.array(row.box().viewRange())
    row.drag(line(spot(row, 2), spot(row, 2) + QPoint(60, 0), 6), MIDDLE)
    assert row.dataset is before
    assert (np.array(row.box().viewRange())[0] < ranges[0]).all()


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
