"""The points as a table: shown, sorted, edited, deleted and copied by mouse and keys, and undone."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDockWidget, QLineEdit, QWidget

from engine.data.dataset import held_out
from engine.data.editing import Remove
from gui.views.points import PointsView
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, PLAIN, SHIFT

NUMBER, X1, X2, CLASS, SET = range(5)


def table(lab: Lab) -> PointsView:
    return lab.find("pointsView", PointsView)


def show_table(lab: Lab) -> PointsView:
    """Show the table by its entry of the View menu."""
    entry = lab.find("pointsDock", QDockWidget).toggleViewAction()
    assert entry.text() == "Points table" and not entry.isChecked()
    entry.trigger()
    lab.wait(table(lab).isVisible)
    return table(lab)


def text(lab: Lab, row: int, column: int) -> str:
    """Return what a cell shows."""
    view = table(lab)
    return view.model().index(row, column).data()


def column(lab: Lab, column: int) -> list[str]:
    return [text(lab, row, column) for row in range(table(lab).model().rowCount())]


def cell(lab: Lab, row: int, column: int) -> QPoint:
    """Return the middle of a cell on the screen, scrolled to."""
    view = table(lab)
    index = view.model().index(row, column)
    view.scrollTo(index)
    return view.visualRect(index).center()


def click(lab: Lab, row: int, column: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(table(lab).viewport(), LEFT, modifiers, cell(lab, row, column))


def click_header(lab: Lab, section: int) -> None:
    header = table(lab).horizontalHeader()
    place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, PLAIN, place)


def double_click(lab: Lab, row: int, column: int) -> None:
    place = cell(lab, row, column)
    QTest.mouseClick(table(lab).viewport(), LEFT, PLAIN, place)
    QTest.mouseDClick(table(lab).viewport(), LEFT, PLAIN, place)


def editor(lab: Lab) -> QLineEdit:
    """Return the field in the cell that is being edited."""
    field = table(lab).viewport().findChild(QLineEdit)
    assert field is not None
    return field


def confirm(lab: Lab) -> None:
    """Press Return in the cell that is being edited, and let the field go."""
    QTest.keyClick(editor(lab), Qt.Key.Key_Return)
    lab.wait(lambda: table(lab).viewport().findChild(QLineEdit) is None)
    lab.settle()


def type_into(lab: Lab, row: int, column: int, typed: str) -> None:
    """Double-click a cell, type over what stands there, and confirm."""
    double_click(lab, row, column)
    editor(lab).selectAll()
    QTest.keyClick(editor(lab), Qt.Key.Key_Delete)
    QTest.keyClicks(editor(lab), typed)
    confirm(lab)


def undo_text(lab: Lab) -> str:
    return lab.window.document.undo_stack.undoText()  # type: ignore[attr-defined]


def steps(lab: Lab) -> int:
    return lab.window.document.undo_stack.count()  # type: ignore[attr-defined]


def test_it_is_hidden_at_first_and_shows_every_point_in_its_own_units(lab: Lab) -> None:
    assert not table(lab).isVisible()
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    view = show_table(lab)
    model, dataset = view.model(), lab.dataset
    headers = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert headers == ["point", "bill length (mm)", "bill depth (mm)", "class", "set"]
    assert model.rowCount() == dataset.m
    test = held_out(dataset, 0.2, 0)
    for row in (0, 100, dataset.m - 1):
        shown = [text(lab, row, column) for column in range(5)]
        x = [f"{value:g}" for value in dataset.X[:, row]]
        name = dataset.class_names[int(dataset.Y[0, row])]
        assert shown == [str(row + 1), *x, name, "test" if test[row] else "train"]


@pytest.mark.parametrize("section", [X1, X2, CLASS, SET, NUMBER])
def test_a_click_on_a_header_sorts_then_backwards_then_not_at_all(lab: Lab, section: int) -> None:
    show_table(lab)
    dataset = lab.dataset
    values = {
        NUMBER: np.arange(400),
        X1: dataset.X[0],
        X2: dataset.X[1],
        CLASS: dataset.Y[0],
        SET: held_out(dataset, 0.2, 0).astype(float),
    }[section]
    natural = [str(i + 1) for i in range(400)]
    click_header(lab, section)
    assert column(lab, NUMBER) == [str(i + 1) for i in np.argsort(values, kind="stable")]
    click_header(lab, section)
    assert column(lab, NUMBER) == [str(i + 1) for i in np.argsort(-values, kind="stable")]
    click_header(lab, section)
    assert column(lab, NUMBER) == natural
    assert steps(lab) == 0 and lab.dataset is dataset


def test_what_is_selected_stays_selected_when_the_table_is_sorted(lab: Lab) -> None:
    view = show_table(lab)
    click(lab, 3, X1)
    click_header(lab, X2)
    (row,) = view.rows
    assert text(lab, row, NUMBER) == "4"


def test_typing_a_number_moves_the_point_as_one_step(lab: Lab) -> None:
    show_table(lab)
    before = lab.dataset
    type_into(lab, 7, X2, "-2.5e-1")
    after = lab.dataset
    assert after.X[1, 7] == -0.25
    assert (after.X != before.X).sum() == 1 and np.array_equal(after.ids, before.ids)
    assert text(lab, 7, X2) == "-0.25"
    assert undo_text(lab) == "Move 1 point" and steps(lab) == 1
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
    assert undo_text(lab) == "Relabel 1 point, class B"
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)


def test_the_number_and_the_split_cannot_be_edited(lab: Lab) -> None:
    view = show_table(lab)
    for where in (NUMBER, SET):
        double_click(lab, 1, where)
        assert view.viewport().findChildren(QWidget) == []


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
    assert undo_text(lab) == "Delete 4 points" and steps(lab) == 1
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


def test_what_is_selected_in_the_table_is_marked_on_the_plot_and_the_other_way_round(lab: Lab) -> None:
    view = show_table(lab)
    canvas = lab.window.painter.canvas  # type: ignore[attr-defined]
    click_header(lab, X1)
    click(lab, 10, X1)
    click(lab, 12, CLASS, SHIFT)
    numbers = [int(text(lab, row, NUMBER)) for row in (10, 11, 12)]
    assert canvas.selected.tolist() == sorted(number - 1 for number in numbers)
    lab.plot().setFocus()
    lab.press(Qt.Key.Key_V)
    corner, other = lab.inside(0.02, 0.02), lab.inside(0.98, 0.98)
    lab.drag([corner, other])
    assert view.rows.size == 400
    lab.press(Qt.Key.Key_Escape)
    assert view.rows.size == 0


def test_a_selection_made_before_shows_in_the_table_once_it_is_open(lab: Lab) -> None:
    lab.window.painter.canvas.select(np.array([3, 5]))  # type: ignore[attr-defined]
    assert show_table(lab).rows.tolist() == [3, 5]


def test_an_open_table_is_open_again_at_the_next_start(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    show_table(first)
    first.close()
    second = open_lab()
    second.wait(lambda: table(second).isVisible())
    assert text(second, 0, NUMBER) == "1"


def test_painting_and_new_data_come_into_the_open_table(lab: Lab) -> None:
    view = show_table(lab)
    lab.click(lab.inside(0.5, 0.9))
    lab.wait(lambda: view.model().rowCount() == 401)
    click(lab, 5, X1)
    lab.action("Undo").trigger()
    lab.wait(lambda: view.model().rowCount() == 400)
    assert view.rows.tolist() == [5], "what was selected stays so"
    click_header(lab, X1)
    lab.choose("datasetCombo", "iris")
    lab.wait(lambda: view.model().rowCount() == 100)
    assert column(lab, NUMBER) == [str(i + 1) for i in range(100)]
    assert view.horizontalHeader().sortIndicatorSection() == -1


def test_another_split_shows_in_the_open_table(lab: Lab) -> None:
    show_table(lab)
    before = column(lab, SET)
    lab.fill("splitSeedSpin", "3")
    lab.wait(lambda: column(lab, SET) != before)
    assert column(lab, SET) == ["test" if test else "train" for test in held_out(lab.dataset, 0.2, 3)]


def test_a_hidden_table_does_nothing_until_it_is_shown(lab: Lab) -> None:
    view = table(lab)
    resets: list[None] = []
    view.model().modelReset.connect(lambda: resets.append(None))
    lab.click(lab.inside(0.5, 0.9))
    lab.choose("datasetCombo", "iris")
    lab.settle()
    assert resets == []
    show_table(lab)
    assert len(resets) == 1 and view.model().rowCount() == 100


def test_training_asks_nothing_of_the_open_table(lab: Lab) -> None:
    view = show_table(lab)
    lab.run()
    lab.wait_for_iterations(10)
    changes: list[object] = []
    view.model().modelReset.connect(lambda: changes.append("reset"))
    view.model().dataChanged.connect(lambda *_: changes.append("changed"))
    lab.wait_for_iterations(200)
    assert changes == []
    type_into(lab, 0, X1, "1")
    assert lab.is_running and lab.dataset.X[0, 0] == 1
    lab.wait(lambda: lab.frame.experiment.problem.dataset is lab.dataset)


def test_the_table_has_the_arrows_and_the_window_keeps_space(lab: Lab) -> None:
    view = show_table(lab)
    click(lab, 0, X1)
    lab.press(Qt.Key.Key_Right)
    assert view.currentIndex().column() == X2 and lab.iteration == 0
    lab.press(Qt.Key.Key_Space)
    assert lab.is_running
    lab.pause()


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
    assert lab.dataset.m == 0 and undo_text(lab) == "Delete 100,000 points"
    lab.action("Undo").trigger()
    assert lab.dataset.m == 100_000


def test_as_many_points_gone_as_come_keep_the_others_selected(lab: Lab) -> None:
    lab.find("pointsDock", QDockWidget).toggleViewAction().trigger()
    table = lab.window.points
    lab.wait(table.isVisible)
    canvas = lab.window.painter.canvas
    canvas.select(lab.dataset.ids[[3, 4, 9]])
    lab.wait(lambda: table.rows.size == 3)
    document = lab.window.document
    document.make(Remove(np.array([0])), "Erase")
    document.paint(np.zeros((2, 1)), 0)
    lab.settle()
    lab.wait(lambda: np.array_equal(table.points.dataset.ids, lab.dataset.ids))
    assert table.points.ids(table.rows).tolist() == canvas.selected.tolist() == [3, 4, 9]
