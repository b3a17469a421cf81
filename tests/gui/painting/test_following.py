"""A single selected point is followed through the views, until another is or Esc lets go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from tests.gui.driving import Lab
from tests.gui.painting.selection import around, marked, selected, spot
from tests.gui.plots import CONTROL

Key = Qt.Key


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
