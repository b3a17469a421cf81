"""Cells of the table are edited exactly, as one step to undo, and what is no number is refused."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL
from tests.gui.points_table.hands import (
    CLASS,
    NUMBER,
    SET,
    X1,
    X2,
    click,
    click_header,
    confirm,
    double_click,
    editor,
    show_table,
    steps,
    text,
    type_into,
)


def test_typing_a_number_moves_the_point_as_one_step(lab: Lab) -> None:
    show_table(lab)
    before = lab.dataset
    type_into(lab, 7, X2, "-2.5e-1")
    after = lab.dataset
    assert after.X[1, 7] == -0.25
    assert (after.X != before.X).sum() == 1 and np.array_equal(after.ids, before.ids)
    assert text(lab, 7, X2) == "-0.25"
    assert lab.undo_text == "Move 1 point" and steps(lab) == 1
    assert lab.frame.experiment.problem.dataset is after
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    lab.wait(lambda: text(lab, 7, X2) == f"{before.X[1, 7]:.6g}")
    lab.action("Redo").trigger()
    assert same_points(lab.dataset, after)


def test_in_a_sorted_table_the_right_point_moves_and_its_row_stays_in_sight(lab: Lab) -> None:
    show_table(lab)
    click_header(lab, X1)
    number = int(text(lab, 0, NUMBER))
    type_into(lab, 0, X1, "5")
    assert lab.dataset.X[0, number - 1] == 5
    assert text(lab, 0, NUMBER) == str(number) and text(lab, 0, X1) == "5"
    click_header(lab, X1)
    click_header(lab, X1)
    click_header(lab, X1)
    assert text(lab, 399, NUMBER) == str(number)


def test_a_cell_is_edited_in_full_precision_and_confirming_it_changes_nothing(lab: Lab) -> None:
    show_table(lab)
    before = lab.dataset
    double_click(lab, 2, X1)
    assert editor(lab).text() == repr(float(before.X[0, 2])) != text(lab, 2, X1)
    confirm(lab)
    assert lab.dataset is before and steps(lab) == 0


@pytest.mark.parametrize("typed", ["abc", "nan", "1e999", "1_000", "", "1,5"])
def test_a_bad_number_is_refused_by_one_sentence_and_the_old_one_stays(lab: Lab, typed: str) -> None:
    show_table(lab)
    before = lab.dataset
    type_into(lab, 2, X1, typed)
    assert lab.status == f"point 3, x₁: {typed!r} is not a number, such as 39.1 or -2e3."
    assert lab.dataset is before and steps(lab) == 0
    assert text(lab, 2, X1) == f"{before.X[0, 2]:.6g}"


def test_a_class_is_chosen_from_the_two_names(lab: Lab) -> None:
    view = show_table(lab)
    before = lab.dataset
    assert text(lab, 0, CLASS) == "A"
    double_click(lab, 0, CLASS)
    combo = view.viewport().findChild(QComboBox)
    assert [combo.itemText(i) for i in range(combo.count())] == ["A", "B"]
    popup = combo.view()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    lab.settle()
    assert text(lab, 0, CLASS) == "B"
    assert lab.dataset.Y[0, 0] == 1 and np.array_equal(lab.dataset.X, before.X)
    assert lab.undo_text == "Relabel 1 point, class B"
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)


def test_the_number_and_the_split_cannot_be_edited(lab: Lab) -> None:
    view = show_table(lab)
    for where in (NUMBER, SET):
        double_click(lab, 1, where)
        assert view.viewport().findChildren(QWidget) == []


def test_typing_a_digit_begins_to_edit(lab: Lab) -> None:
    show_table(lab)
    click(lab, 4, X1)
    lab.press(Qt.Key.Key_Minus)
    QTest.keyClicks(editor(lab), "3")
    confirm(lab)
    assert lab.dataset.X[0, 4] == -3


def test_a_hundred_thousand_points_are_sorted_edited_and_deleted_exactly(lab: Lab) -> None:
    lab.fill("samplesSpin", "100000")
    lab.settle()
    view = show_table(lab)
    assert view.model().rowCount() == 100_000
    click_header(lab, X1)
    order = np.argsort(lab.dataset.X[0], kind="stable")
    assert text(lab, 99_999, NUMBER) == str(order[-1] + 1)
    type_into(lab, 99_999, X2, "0.5")
    assert lab.dataset.X[1, order[-1]] == 0.5
    lab.press(Qt.Key.Key_A, CONTROL)
    lab.press(Qt.Key.Key_Delete)
    assert lab.dataset.m == 0 and lab.undo_text == "Delete 100,000 points"
    lab.action("Undo").trigger()
    assert lab.dataset.m == 100_000
