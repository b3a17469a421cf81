"""Where the table of points stands: in a tab of its own beside another view, hidden until it is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gui.theme import GRID
from gui.views.painting.canvas import Canvas
from gui.views.points import PointsView

WIDTH = 58 * GRID  # pixels that show the columns of two features
MOST = 0.4  # of the window's width


class PointsDock(QDockWidget):
    """The dock of the table."""

    def __init__(self, window: QMainWindow, view: PointsView, canvas: Canvas, beside: QDockWidget) -> None:
        super().__init__("Points table", window)
        self._window, self._view, self._canvas = window, view, canvas
        self.setObjectName("pointsDock")
        self.setTitleBarWidget(view.header)
        self.setWidget(view)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.tabifyDockWidget(beside, self)
        self.hide()
        self.toggleViewAction().setShortcut("Ctrl+T")
        self.toggleViewAction().triggered.connect(self._come_forward)
        self.visibilityChanged.connect(self._select)
        view.chosen.connect(canvas.select)
        canvas.changed.connect(self._select)

    def _select(self) -> None:
        """Select in the table what is selected on the plane."""
        self._view.select(self._canvas.selected)

    def _come_forward(self, shown: bool) -> None:
        """Once it is asked for, be the tab on top, and as wide as the columns."""
        if shown:
            self.raise_()
            width = min(WIDTH, round(MOST * self._window.width()))
            if self.width() < width:
                self._window.resizeDocks([self], [width], Qt.Orientation.Horizontal)
