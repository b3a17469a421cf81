"""What is selected in the table is selected on the plot, and stays so."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from engine.data.editing import Remove
from tests.gui.driving import Lab
from tests.gui.plots import SHIFT
from tests.gui.points_table.hands import CLASS, NUMBER, X1, X2, click, click_header, show_table, text


def test_what_is_selected_stays_selected_when_the_table_is_sorted(lab: Lab) -> None:
    view = show_table(lab)
    click(lab, 3, X1)
    click_header(lab, X2)
    (row,) = view.rows
    assert text(lab, row, NUMBER) == "4"


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
