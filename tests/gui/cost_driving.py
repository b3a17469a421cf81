"""Hands and eyes on the view of the cost."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from gui.views.cost import CostView
from tests.gui.driving import Lab


def view_of(lab: Lab) -> CostView:
    view = lab.window.views["cost"]  # type: ignore[attr-defined]
    assert isinstance(view, CostView)
    return view


def pixel(lab: Lab, iteration: float, up: float = 0.5) -> QPoint:
    """Return the pixel of the cost plot at an iteration, and a share of its height."""
    view = view_of(lab)
    area = view.box.sceneBoundingRect()
    across = view.box.mapViewToScene(QPointF(iteration, 0.0)).x()
    return view.plot.mapFromScene(QPointF(across, area.bottom() - up * area.height()))


def hover(lab: Lab, iteration: float) -> str:
    """Move the mouse there, and return what is read."""
    lab.mouse(QEvent.Type.MouseMove, pixel(lab, iteration), plot="cost")
    return view_of(lab).key.reading


def click(lab: Lab, place: QPoint) -> None:
    lab.click(place, plot="cost")
    lab.settle()


def choose(lab: Lab, name: str) -> None:
    """Choose an entry of the menu above the cost."""
    lab.find(f"cost{name}", QAction).trigger()


def enlarged(lab: Lab) -> None:
    """Give the cost all the room, so that all words fit."""
    QTest.mouseDClick(view_of(lab).header, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    lab.qtbot.wait(50)
    lab.window.grab()
