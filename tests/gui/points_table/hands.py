"""Hands and eyes on the table of the points."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QLineEdit

from gui.views.points import PointsView
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, PLAIN

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


def steps(lab: Lab) -> int:
    return lab.window.document.undo_stack.count()  # type: ignore[attr-defined]
