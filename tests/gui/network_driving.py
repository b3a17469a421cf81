"""Drives the network view: finds its nodes and lines on the screen, and works on them with the mouse."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.model.network import Parameters
from gui.panels.editors import NumberEditor
from gui.views.network import NetworkView
from gui.views.network_layout import Kind, Meant
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, PLAIN, line


def opened(lab: Lab) -> NetworkView:
    """Open the view from its menu, and return it."""
    menu = lab.find("menuView", QMenu)
    (entry,) = [action for action in menu.actions() if action.text() == "Network"]
    entry.trigger()
    lab.wait(lambda: lab.plot("network").isVisible())
    lab.window.grab()
    lab.settle()
    view = lab.window.views["network"]  # type: ignore[attr-defined]
    assert isinstance(view, NetworkView)
    return view


def layout_of(view: NetworkView):  # type: ignore[no-untyped-def]
    assert view.canvas.layout_shown is not None
    return view.canvas.layout_shown


def pixel(view: NetworkView, x: float, y: float) -> QPoint:
    return view.plot.mapFromScene(view.canvas.mapToScene(QPointF(x, y)))


def edge(view: NetworkView, layer: int, unit: int, source: int) -> QPoint:
    """Return a pixel at which the line of W[layer][unit, source] lies alone."""
    layout = layout_of(view)
    (which,) = np.flatnonzero(layout.weights == layout.network.place_of(layer, unit, source))
    start, end = layout.ends[which, :2], layout.ends[which, 2:]
    for share in np.linspace(0.1, 0.9, 33):
        place = pixel(view, *(start + share * (end - start)).tolist())
        there = view.canvas.mapFromScene(view.plot.mapToScene(place))
        if layout.meant_at(there) == Meant(Kind.EDGE, int(which)):
            return place
    raise AssertionError("the line lies nowhere alone")


def bias(view: NetworkView, layer: int, unit: int) -> QPoint:
    layout = layout_of(view)
    place = layout.network.place_of(layer, unit, layout.network.sizes[layer - 1] + 1)
    (node,) = np.flatnonzero(layout.biases == place)
    mark = layout.mark(int(node))
    return pixel(view, mark.x(), mark.y())


def node(view: NetworkView, column: int, unit: int) -> QPoint:
    layout = layout_of(view)
    (which,) = np.flatnonzero((layout.depths == column) & (layout.units == unit - 1))
    return pixel(view, *layout.nodes[which].tolist())


def point_at(lab: Lab, place: QPoint) -> None:
    lab.mouse(QEvent.Type.MouseMove, place, plot="network")


def click(lab: Lab, place: QPoint) -> None:
    lab.click(place, plot="network")


def drag(lab: Lab, place: QPoint, up: int, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Drag upwards from a place, in steps of 5 pixels."""
    lab.drag(line(place, place - QPoint(0, up), abs(up) // 5), LEFT, modifiers, "network")


def type_value(lab: Lab, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    field = lab.find("networkWeightSpin", NumberEditor)
    assert field.isVisible() and field.hasFocus()
    QTest.keyClicks(field, text)  # all of the old value is selected
    QTest.keyClick(field, key)
    lab.wait(lambda: not field.isVisible())


def undo_names(lab: Lab) -> list[str]:
    stack = lab.window.document.undo_stack  # type: ignore[attr-defined]
    return [stack.text(index) for index in range(stack.index())]


def with_one(parameters: Parameters, name: str, value: float) -> Parameters:
    network, vector = parameters.network, parameters.vector.copy()
    (place,) = [each for each in range(vector.size) if network.name_of(each) == name]
    vector[place] = value
    return Parameters(network, vector)
