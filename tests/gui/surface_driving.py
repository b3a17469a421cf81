"""Drives the cost surface: waits for it, chooses what it is over, and drags its points."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QComboBox

from engine.training.descent import Descent
from gui.views.surface import SurfaceView
from gui.views.surface_panel import SurfacePanel
from tests.engine.training.driver import cost_at
from tests.gui.driving import Lab
from tests.gui.plots import line


def complete(lab: Lab, view: SurfaceView) -> SurfacePanel:
    """Return the run's own surface once all is computed."""
    lab.settle()
    lab.wait(lambda: view.is_complete)
    return view.panels[0]


def choose(lab: Lab, across: object, up: object = None) -> None:
    """Choose what the surface is over."""
    for name, data in (("surfaceAcrossCombo", across), ("surfaceUpCombo", up)):
        if data is not None:
            combo = lab.find(name, QComboBox)
            combo.setCurrentIndex(combo.findData(data))
            combo.activated.emit(combo.currentIndex())


def drag_to(lab: Lab, view: SurfaceView, x: float, y: float, first: bool = False) -> None:
    """Take the current point, or the first one of the path, and drop it at a place of the plane."""
    panel = view.panels[0]

    def pixel(place: QPointF) -> QPoint:
        return view.plot.mapFromScene(panel.box.mapViewToScene(place))

    point = panel.start if first else panel.target
    start, end = pixel(point.pos()), pixel(QPointF(x, y))
    lab.drag(line(start, end, 8), plot="surface")
    lab.settle()


def cost(lab: Lab, vector: np.ndarray) -> float:
    """Return the training cost at a vector of parameters."""
    descent = Descent(lab.frame.experiment, threaded=False)
    return cost_at(descent, vector)
