"""The window: puts the panel, the views and the controls together, and joins each action to what it does."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, Qt
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from engine.training.runner import Frame
from gui import settings
from gui.actions import ACTIONS, make_actions
from gui.document import SOURCE_SETTINGS, Change, Document
from gui.exchange import Exchange
from gui.export.pictures import SCALES, VIEWS
from gui.failures import Failures
from gui.garbage import GarbageCollection
from gui.help import ABOUT, KEYS
from gui.panels.controls import Controls
from gui.panels.form import Form
from gui.panels.timeline import Timeline
from gui.playback import Playback
from gui.theme import GRID, icon, palette, stylesheet, theme_named
from gui.views.boundary import BoundaryView
from gui.views.cost import CostView
from gui.views.painting import Painter
from gui.views.step import StepView
from gui.views.view import View

QUICKLY = 0.03  # seconds between two pictures
SMALLER_EVERY = 0.045  # seconds between two pictures of a smaller part, where pictures follow quickly
THEME_ACTIONS = {"system": "ThemeSystem", "light": "ThemeLight", "dark": "ThemeDark"}

Part = Controls | Timeline | View  # what is drawn of a frame


class MainWindow(QMainWindow):
    """Descent Lab's window."""

    def __init__(self, failures: Failures) -> None:
        super().__init__()
        self._failures = failures
        self.setWindowTitle("Descent Lab")
        self.setMinimumSize(1100, 660)
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.document = Document(parent=self)
        self.playback = Playback(self.document, self)
        self.theme = theme_named(settings.remembered_theme())
        self.views: dict[str, View] = {name: view(self.theme) for name, view in VIEWS.items()}
        self._used_last = "boundary"
        self._laid_out = False
        self._drawn: dict[Part, float] = {}
        self._drawn_last = 0.0
        self._warning = ""
        self.exchange = Exchange(self, self.document, self.playback)
        self._actions = make_actions(self)
        self.controls = Controls(self._actions)
        self.addToolBar(self.controls)
        self.timeline = Timeline(self._actions)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.timeline)
        self.form = Form(self.document)
        self._place_views()
        self._message = QLabel()
        self._message.setObjectName("statusMessage")
        self._message.setContentsMargins(2 * GRID, 0, 0, GRID // 2)
        self.statusBar().addWidget(self._message, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.painter = Painter(self._boundary, self.document)
        self._connect()
        self._themes = QActionGroup(self)
        for name, action in THEME_ACTIONS.items():
            self._themes.addAction(self._actions[action])
            self._actions[action].setChecked(settings.remembered_theme() == name)
        self.show_theme()
        geometry, state = settings.remembered_layout()
        self.restoreGeometry(geometry)
        self._arranged = self.restoreState(state)
        self._tell("Ready. Space runs; paint with the left and the right mouse button.")
        self._garbage = GarbageCollection(self)
        self._garbage.start()
        self.playback.start()

    @property
    def _boundary(self) -> BoundaryView:
        view = self.views["boundary"]
        assert isinstance(view, BoundaryView)
        return view

    @property
    def _cost(self) -> CostView:
        view = self.views["cost"]
        assert isinstance(view, CostView)
        return view

    @property
    def _step(self) -> StepView:
        view = self.views["step"]
        assert isinstance(view, StepView)
        return view

    def _place_views(self) -> None:
        """The panel on the left, the boundary in the centre, the other views as docks on the right."""
        left = QDockWidget()
        left.setObjectName("panelDock")
        left.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        left.setTitleBarWidget(QWidget())
        left.setWidget(self.form)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, left)
        self._docks: dict[str, QDockWidget] = {}
        for name, view in self.views.items():
            self._fill_picture_menu(view)
            if view is self._boundary:
                centre = QWidget()
                column = QVBoxLayout(centre)
                column.setContentsMargins(0, 0, 0, 0)
                column.setSpacing(0)
                column.addWidget(view.header)
                column.addWidget(view, 1)
                self.setCentralWidget(centre)
            else:
                dock = QDockWidget(view.title)
                dock.setObjectName(f"{name}Dock")
                dock.setTitleBarWidget(view.header)
                dock.setWidget(view)
                dock.setMinimumSize(42 * GRID, 27 * GRID)
                self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
                self._docks[name] = dock
        for name, dock in self._docks.items():
            if not self.views[name].opens:
                self.tabifyDockWidget(self._docks["activation"], dock)
                dock.hide()
        shown = self.findChild(QMenu, "menuView")
        assert isinstance(shown, QMenu)
        shown.addSeparator()
        for dock in self._docks.values():
            shown.addAction(dock.toggleViewAction())
            dock.visibilityChanged.connect(self._draw_if_shown)

    def _fill_picture_menu(self, view: View) -> None:
        button = view.picture_button
        menu = QMenu(button)
        menu.addAction("Save picture…", lambda: self.exchange.save_picture(view))
        menu.addAction("Copy picture", lambda: self.exchange.copy_picture(view))
        menu.addSeparator()
        sizes = QActionGroup(menu)
        for scale in SCALES:
            action = menu.addAction(f"{scale}× the size on the screen")
            action.setCheckable(True)
            action.setData(scale)
            action.triggered.connect(lambda _=False, scale=scale: settings.remember_picture_scale(scale))
            sizes.addAction(action)
        menu.aboutToShow.connect(
            lambda: sizes.actions()[settings.remembered_picture_scale() - 1].setChecked(True)
        )
        button.setMenu(menu)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        for name, slot in self._slots.items():
            action = self._actions[name]
            (action.toggled if name == "LogCost" else action.triggered).connect(slot)
        self.exchange.told.connect(self._tell)
        self.exchange.warned.connect(self._warn)
        self.playback.frame_changed.connect(self._draw)
        self.playback.running_changed.connect(self._show_running)
        self.playback.told.connect(self._tell)
        self.playback.warned.connect(self._warn)
        self.playback.failed.connect(self._failures.report)
        self.document.refused.connect(self._warn)
        self.document.reading.connect(lambda name: self._tell(f"Reading {name} …"))
        self.document.changed.connect(self._notice_change)
        self.document.followed.connect(self._follow)
        self.document.undo_stack.indexChanged.connect(self._show_undo)
        self.controls.speed.chosen.connect(self.playback.set_speed)
        self.timeline.sought.connect(self.playback.seek)
        self._cost.sought.connect(self.playback.seek)
        self._step.paused.connect(lambda: self.playback.set_running(False))
        self._step.stepped.connect(self.playback.step)
        self._step.chosen.connect(self.document.follow)
        self.playback.running_changed.connect(self._step.notice_running)
        self.form.open_button.clicked.connect(self._actions["OpenData"].trigger)
        self.form.clear_button.clicked.connect(self._actions["Clear"].trigger)
        for name in ("OpenData", "Clear"):
            button = self.form.open_button if name == "OpenData" else self.form.clear_button
            button.setToolTip(self._actions[name].toolTip())
        self._cost.log_button.toggled.connect(self._actions["LogCost"].setChecked)
        QApplication.instance().focusChanged.connect(self._notice_focus)  # type: ignore[union-attr]
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._show_undo()

    @property
    def _slots(self) -> dict[str, Callable[..., object]]:
        """What each row of the table of actions does."""
        speed, stack = self.controls.speed.shift, self.document
        return {
            "OpenData": self.exchange.open_data,
            "ExportPlot": lambda: self.exchange.save_picture(self.views[self._used_last]),
            "CopyPlot": lambda: self.exchange.copy_picture(self.views[self._used_last]),
            "ExportWeights": self.exchange.save_weights,
            "ImportWeights": self.exchange.load_weights,
            "Quit": self.close,
            "Undo": stack.undo,
            "Redo": stack.redo,
            "Clear": stack.clear,
            "Run": lambda running: self._after_typing(lambda: self.playback.set_running(running)),
            "Step": lambda: self._after_typing(self.playback.step),
            "StepMany": lambda: self._after_typing(lambda: self.playback.step(10)),
            "StepBack": lambda: self._after_typing(lambda: self.playback.step(-1)),
            "StepManyBack": lambda: self._after_typing(lambda: self.playback.step(-10)),
            "First": lambda: self.playback.seek(0),
            "Last": self.playback.seek_last,
            "GoOnFromHere": self.playback.cut,
            "Reset": lambda: self._after_typing(self.playback.reset),
            "Faster": lambda: speed(+1),
            "Slower": lambda: speed(-1),
            "Fit": lambda: self._boundary.fit(),
            "LogCost": self._cost.set_log,
            "ThemeSystem": lambda: self._choose_theme("system"),
            "ThemeLight": lambda: self._choose_theme("light"),
            "ThemeDark": lambda: self._choose_theme("dark"),
            "Keys": lambda: QMessageBox.information(self, "Keys and mouse", KEYS),
            "About": lambda: QMessageBox.about(self, "About Descent Lab", ABOUT),
        }

    # Showing

    def show_theme(self) -> None:
        """Give everything the theme's colours."""
        theme = self.theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(theme))
        application.setStyleSheet(stylesheet(theme))
        for view in self.views.values():
            view.pen_scale = self.devicePixelRatioF()
            view.apply_theme(theme)
            view.picture_button.setIcon(icon("export-plot", theme.muted))
        for row in ACTIONS:
            if row.icon:
                self._actions[row.name].setIcon(icon(row.icon, theme.text))
        self._show_running(self.playback.is_running)
        if self._warning:
            self._warn(self._warning)

    def _draw(self, frame: Frame) -> None:
        """Show a moment. While pictures follow quickly, one of the smaller parts is drawn with each, in turn."""
        now = time.perf_counter()
        smaller: list[Part] = [self.controls, self.timeline]
        smaller += [view for view in self.views.values() if view is not self._boundary]
        if frame.running and now - self._drawn_last < QUICKLY:
            waiting = {part: now - self._drawn.get(part, 0.0) for part in smaller if part.isVisible()}
            longest = max(waiting, key=lambda part: waiting[part], default=None)
            smaller = [longest] if longest is not None and waiting[longest] >= SMALLER_EVERY else []
        if self._boundary.isVisible():
            self._boundary.draw(frame)
        for part in smaller:
            if part.isVisible() or not isinstance(part, View):
                part.draw(frame)
                self._drawn[part] = now
        self._drawn_last = now

    def _draw_if_shown(self, visible: bool) -> None:
        if visible:
            self._draw(self.playback.frame)

    def _show_running(self, running: bool) -> None:
        action = self._actions["Run"]
        action.setChecked(running)
        action.setText("Pause" if running else "Run")
        action.setIcon(icon("pause" if running else "run", self.theme.on_accent))

    def _show_undo(self, *_: object) -> None:
        stack = self.document.undo_stack
        for name, possible, text in (
            ("Undo", stack.canUndo(), stack.undoText()),
            ("Redo", stack.canRedo(), stack.redoText()),
        ):
            self._actions[name].setEnabled(possible)
            self._actions[name].setText(f"{name}: {text}" if text else name)
        self.form.clear_button.setEnabled(self.document.dataset.m > 0)

    def _tell(self, message: str) -> None:
        self._warning = ""
        self._message.setStyleSheet("")
        self._message.setText(message)

    def _warn(self, message: str) -> None:
        self._warning = message
        self._message.setStyleSheet(f"color: {self.theme.warning}; font-weight: 600;")
        self._message.setText(message)

    def _notice_change(self, change: Change) -> None:
        dataset = self.document.dataset
        if SOURCE_SETTINGS & change.settings or (change.replaced and not self._boundary.holds(dataset)):
            self._boundary.fit(dataset)
        self._show_undo()

    def _follow(self) -> None:
        """Let all views show the point that is followed."""
        for view in self.views.values():
            view.followed_id = self.document.followed_id
            if view.isVisible():
                view.draw(self.playback.frame)

    def _notice_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        for name, view in self.views.items():
            if now is view.plot:
                self._used_last = name

    def _after_typing(self, act: Callable[[], object]) -> None:
        """Act once what stands in a field has been taken over."""
        self._warning = ""
        field = QApplication.focusWidget()
        if field is not None and self.form.isAncestorOf(field):
            self._boundary.plot.setFocus()
        refused = self._warning
        act()
        if refused:
            self._warn(refused)

    # Themes

    def _choose_theme(self, name: str) -> None:
        settings.remember_theme(name)
        self.theme = theme_named(name)
        self.show_theme()
        frame = self.playback.frame
        self._draw(frame)

    def _follow_system(self) -> None:
        if settings.remembered_theme() == "system":
            self._choose_theme("system")

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._laid_out = True
            if not self._arranged:
                self._share_width()
            self._draw(self.playback.frame)
            self._boundary.plot.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            with self.playback.drawing():
                return super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._laid_out:
            self.show_theme()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.remember_layout(self.saveGeometry(), QByteArray(self.saveState()))
        self.playback.stop()
        self._garbage.stop()
        self.document.close()
        self._failures.uninstall()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.exchange.open_file(path)

    def _share_width(self) -> None:
        """Give the boundary the most of the width, and the docks equal heights."""
        docks = [dock for name, dock in self._docks.items() if self.views[name].opens]
        width = max(40 * GRID, round(0.27 * self.width()))
        self.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)
        height = self._boundary.height()
        self.resizeDocks(docks, [round(0.42 * height), round(0.58 * height)], Qt.Orientation.Vertical)


def _dropped_file(data: QMimeData) -> Path | None:
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
