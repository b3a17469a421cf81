"""The panel on the left, and the views around the boundary, which can be shown, hidden, floated and enlarged."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget

from engine.data.dataset import Dataset
from gui.theme import GRID
from gui.views.view import View
from gui.views.weights import WeightsView

WIDTH, HEIGHTS = (
    0.27,
    (0.42, 0.58),
)  # the docks' share of the window, and the share of each that is there at first


def dock_panel(window: QMainWindow, panel: QWidget) -> None:
    """Let the panel stand on the left of a window, always."""
    dock = QDockWidget()
    dock.setObjectName("panelDock")
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setTitleBarWidget(QWidget())
    dock.setWidget(panel)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)


class Dock(QDockWidget):
    """A dock whose title row is the view's own. While it floats it has an edge to be seen and taken by."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Docks(QObject):
    """The docks of a window, by the names of their views."""

    came_to_light = Signal()
    """A view is seen that was not."""

    def __init__(self, window: QMainWindow, views: Iterable[View | WeightsView], home: str) -> None:
        """Dock the views on the right. Those that do not open at first lie hidden behind the one named `home`."""
        super().__init__(window)
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._behind: set[QWidget] = set()  # behind another's tab, and hidden ones
        self._hidden_unseen = False  # whether the view that was hidden last was behind a tab
        self._has_images: bool | None = None
        self._before: QByteArray | None = None  # the layout, while one view is enlarged
        at_first = []
        for view in views:
            dock = self._docks[view.name] = Dock(view.title)
            dock.setObjectName(f"{view.name}Dock")
            dock.setTitleBarWidget(view.header)
            dock.setWidget(view)
            dock.setMinimumSize(42 * GRID, 27 * GRID)
            dock.visibilityChanged.connect(partial(self._notice, view))
            view.header.installEventFilter(self)
            dock.installEventFilter(self)
            if view.opens:
                at_first.append(dock)
        self._at_first = at_first
        self._home = self._docks[home]
        self._place()

    def __getitem__(self, name: str) -> QDockWidget:
        """Return the dock of a view."""
        return self._docks[name]

    def fill(self, menu: QMenu) -> None:
        """Put an entry for each view into a menu. A view opened there comes before those that share its place."""
        for number, dock in enumerate(self._docks.values(), start=1):
            shows = dock.toggleViewAction()
            if number < 10:
                shows.setShortcut(f"Ctrl+{number}")
            menu.addAction(shows)
            shows.triggered.connect(partial(self._come_forward, dock))

    def _come_forward(self, dock: QDockWidget) -> None:
        """Bring a view to the front that was asked for; also one behind another's tab, which Qt has just hidden."""
        if dock.isVisible() or self._hidden_unseen:
            dock.show()
            dock.raise_()

    def lay_out(self, height: int, dataset: Dataset) -> None:
        """Place the docks as at the first start, where the boundary is `height` high, and as a data set wants them."""
        self.restore()
        self._place()
        self.share_room(height)
        self._has_images = False
        self.show_images(dataset)

    def _place(self) -> None:
        """Stack the docks of the first start on the right, and hide the others behind the home's tab."""
        for dock in self._docks.values():
            dock.setFloating(False)
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        for dock in self._docks.values():
            dock.setVisible(dock in self._at_first)
            if dock not in self._at_first:
                self._window.tabifyDockWidget(self._home, dock)
        self._home.raise_()

    def sees(self, part: QWidget) -> bool:
        """Return whether a view is seen. One behind another's tab is not, though Qt calls it visible."""
        return part.isVisible() and part not in self._behind

    def show_images(self, dataset: Dataset) -> None:
        """Show the weights as images once the points are images, and hide them once they are none."""
        has_images = dataset.image_shape is not None
        if has_images != self._has_images:
            self._has_images = has_images
            self._docks["weightImage"].setVisible(has_images)
            if has_images:
                self._docks["weightImage"].raise_()

    def share_room(self, height: int) -> None:
        """Give the docks of the first start their parts of the window, where the boundary is `height` high."""
        width = max(40 * GRID, round(WIDTH * self._window.width()))
        docks = self._at_first
        self._window.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)
        heights = [round(share * height) for share in HEIGHTS]
        self._window.resizeDocks(docks, heights, Qt.Orientation.Vertical)

    def enlarge(self, header: QWidget) -> None:
        """Give a view all the room; or, where one has it, bring back what was there before.

        One that floats goes back into its place.
        """
        if self.restore():
            return
        alone = next((dock for dock in self._docks.values() if dock.titleBarWidget() is header), None)
        if alone is not None and alone.isFloating():
            alone.setFloating(False)
            return
        self._before = QByteArray(self._window.saveState())
        docks = self._window.findChildren(QDockWidget)
        alone = next((dock for dock in docks if dock.titleBarWidget() is header), None)
        for dock in docks:
            # The panel has no name in these docks and stays.
            if dock is not alone and dock.features() & dock.DockWidgetFeature.DockWidgetClosable:
                dock.hide()
        centre = self._window.centralWidget()
        if alone is not None and centre is not None:
            centre.hide()

    def restore(self) -> bool:
        """Bring back what was there before a view was enlarged; return whether one was."""
        before, self._before = self._before, None
        if before is None:
            return False
        centre = self._window.centralWidget()
        if centre is not None:
            centre.show()
        self._window.restoreState(before)
        return True

    def state(self) -> QByteArray:
        """Return where the docks stand; while one view is enlarged, where they stood before."""
        return QByteArray(self._window.saveState()) if self._before is None else self._before

    def take_state(self, state: QByteArray) -> None:
        """Let the docks stand so."""
        self.restore()
        self._window.restoreState(state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(watched, QWidget):
            self.enlarge(watched)
            return True
        if event.type() == QEvent.Type.Hide and isinstance(watched, Dock):
            self._hidden_unseen = watched.widget() in self._behind
        return False

    def _notice(self, view: QWidget, shown: bool) -> None:
        if shown:
            self._behind.discard(view)
            self.came_to_light.emit()
        else:
            self._behind.add(view)
