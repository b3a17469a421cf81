"""Hands and eyes on the view that opens one iteration."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QMenu, QSpinBox, QToolButton

from gui.views.step import StepView
from tests.gui.driving import Lab
from tests.gui.plots import LEFT

PHASES = ("Forward", "Cost", "Backward", "Update")


def open_step(lab: Lab) -> StepView:
    """Open the view from the menu."""
    menu = lab.find("menuView", QMenu)
    (entry,) = [action for action in menu.actions() if action.text() == "One step, opened"]
    entry.trigger()
    lab.find("stepDock", QDockWidget).raise_()
    view = lab.find("stepView", StepView)
    lab.wait(view.isVisible)
    lab.wait(lambda: view.lines)
    return view


def press(lab: Lab, name: str) -> None:
    """Click a button of the view with the mouse."""
    button = lab.find(name, QToolButton)
    QTest.mouseClick(button, LEFT)
    lab.settle()


def phase(lab: Lab, name: str) -> None:
    """Click the button of a phase."""
    press(lab, f"phase{name}Button")


def names(view: StepView) -> set[str]:
    """Return what the lines on the sheet are about."""
    return {line.name for line in view.lines}


def follow(lab: Lab, row: int) -> None:
    """Choose an example by typing its number."""
    spin = lab.focus("stepExampleSpin")
    assert isinstance(spin, QSpinBox)
    spin.selectAll()
    QTest.keyClicks(spin, str(row + 1))
    QTest.keyClick(spin, Qt.Key.Key_Return)
    lab.settle()


def wait_for(lab: Lab, view: StepView, name: str) -> None:
    """Wait until what is computed beside the window's thread stands on the sheet."""
    lab.wait(lambda: name in names(view))
