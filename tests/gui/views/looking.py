"""Looks at what is drawn on the plots of a window: colours, symbols and curves."""

import pyqtgraph as pg
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from gui.views.dots import Dots
from tests.gui.driving import Lab


def picture_of(lab: Lab, plot: str = "boundary") -> QImage:
    """Return what is on the screen, once it is drawn."""
    lab.settle()
    lab.qtbot.wait(30)
    return lab.plot(plot).grab().toImage()


def like(image: QImage, place: QPoint, colour: str) -> float:
    """Return how far the colour at a pixel is from another, 0 to 255."""
    wanted, found = QColor(colour), image.pixelColor(place)
    return max(abs(a - b) for a, b in zip(wanted.getRgb()[:3], found.getRgb()[:3], strict=True))


def dots(lab: Lab, plot: str, groups: int) -> list[Dots]:
    """Return the symbols on a plot that come in that many groups."""
    return [item for item in lab.items(plot, Dots) if len(item.places) == groups]


def curve_through(lab: Lab, plot: str) -> list[pg.PlotCurveItem]:
    """Return the curves on a plot that are shown."""
    return [curve for curve in lab.items(plot, pg.PlotCurveItem) if curve.isVisible()]
