"""Keys in the table: rows are deleted, cells copied, and the arrows move in it."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, SHIFT
from tests.gui.points_table.hands import (
    CLASS,
    NUMBER,
    X1,
    X2,
    click,
    click_header,
    show_table,
    steps,
    text,
)


def test_delete_removes_the_rows_as_one_step(lab: Lab) -> None:
    view = show_table(lab)
    before = lab.dataset
    click_header(lab, X1)
    gone = [int(text(lab, row, NUMBER)) - 1 for row in (2, 3, 4, 9)]
    click(lab, 2, X1)
    click(lab, 4, X1, SHIFT)
    click(lab, 9, CLASS, CONTROL)
    assert view.rows.tolist() == [2, 3, 4, 9]
    lab.press(Qt.Key.Key_Delete)
    lab.settle()
    assert np.array_equal(lab.dataset.ids, np.delete(before.ids, gone))
    assert view.model().rowCount() == 396
    assert lab.undo_text == "Delete 4 points" and steps(lab) == 1
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    lab.wait(lambda: view.model().rowCount() == 400)


def test_delete_again_and_again_ends_with_an_empty_table(lab: Lab) -> None:
    lab.fill("samplesSpin", "4")
    view = show_table(lab)
    click(lab, 3, X1)
    for left in (3, 2, 1, 0):
        lab.press(Qt.Key.Key_Delete)
        assert lab.dataset.m == view.model().rowCount() == left
    lab.press(Qt.Key.Key_Delete)
    lab.action("Undo").trigger()
    assert lab.dataset.m == 1


def test_copied_cells_are_separated_by_tabs_in_full_precision(lab: Lab) -> None:
    show_table(lab)
    click(lab, 1, X1)
    click(lab, 2, CLASS, SHIFT)
    lab.press(Qt.Key.Key_C, CONTROL)
    X = lab.dataset.X.tolist()
    expected = f"{X[0][1]!r}\t{X[1][1]!r}\tB\n{X[0][2]!r}\t{X[1][2]!r}\tA"
    assert QGuiApplication.clipboard().text() == expected
    assert lab.status == "Cells of 2 points copied."
    click(lab, 0, NUMBER)
    click(lab, 1, CLASS, CONTROL)
    lab.press(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "1\t\n\tB"


def test_the_table_has_the_arrows_and_the_window_keeps_space(lab: Lab) -> None:
    view = show_table(lab)
    click(lab, 0, X1)
    lab.press(Qt.Key.Key_Right)
    assert view.currentIndex().column() == X2 and lab.iteration == 0
    lab.press(Qt.Key.Key_Space)
    assert lab.is_running
    lab.pause()
