"""The window: puts the panel, the views and the controls together, and joins each action to what it does."""

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
    QFileDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from engine.command_line import weights_of
from engine.data.tables import READERS
from engine.files.atomic import FileError
from engine.files.weights import WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.training.runner import Frame
from gui import settings
from gui.actions import ACTIONS, make_actions
from gui.document import Document
from gui.export.pictures import PICTURE_ENDINGS, SCALES, VIEWS, draw_picture, save_picture
from gui.failures import Failures
from gui.help import ABOUT, KEYS
from gui.panels.controls import Controls
from gui.panels.form import Form
from gui.playback import Playback
from gui.theme import GRID, icon, palette, stylesheet, theme_named
from gui.views.boundary import BoundaryView
from gui.views.cost import CostView
from gui.views.painting import Painter
from gui.views.view import View

SHOWN_FOR = 12_000  # milliseconds that a message stays
THEME_ACTIONS = {"system": "ThemeSystem", "light": "ThemeLight", "dark": "ThemeDark"}


class MainWindow(QMainWindow):
    """Descent Lab's window."""

    def __init__(self, failures: Failures) -> None:
        super().__init__()
        self._failures = failures
        self.setWindowTitle("Descent Lab")
        self.setMinimumSize(1000, 620)
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.document = Document(parent=self)
        self.playback = Playback(self.document, self)
        self.theme = theme_named(settings.remembered_theme())
        self.views: dict[str, View] = {name: view(self.theme) for name, view in VIEWS.items()}
        self._used_last = "boundary"
        self._laid_out = False
        self._turn = 0
        self._actions = make_actions(self, {row.name: getattr(self, _slot(row.name)) for row in ACTIONS})
        self.controls = Controls(self._actions)
        self.addToolBar(self.controls)
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
        self._state = state
        self._tell("Ready. Space runs; paint with the left and the right mouse button.")
        self.playback.start()

    @property
    def _boundary(self) -> BoundaryView:
        view = self.views["boundary"]
        assert isinstance(view, BoundaryView)
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
            view.plot.viewport().setProperty("view", name)
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
                dock.setMinimumWidth(30 * GRID)
                self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
                self._docks[name] = dock

    def _fill_picture_menu(self, view: View) -> None:
        button = view.picture_button
        menu = QMenu(button)
        menu.addAction("Save picture…", lambda: self._export_picture(view))
        menu.addAction("Copy picture", lambda: self._copy_picture(view))
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
        self.playback.frame_changed.connect(self._draw)
        self.playback.running_changed.connect(self._show_running)
        self.playback.told.connect(self._tell)
        self.playback.warned.connect(self._warn)
        self.playback.failed.connect(self._failures.report)
        self.document.refused.connect(self._warn)
        self.document.reading.connect(lambda name: self._tell(f"Reading {name} …"))
        self.document.changed.connect(self._show_undo)
        self.document.undo_stack.indexChanged.connect(self._show_undo)
        self.controls.speed.chosen.connect(self.playback.set_speed)
        self.form.open_button.clicked.connect(self._actions["OpenData"].trigger)
        self.form.clear_button.clicked.connect(self._actions["Clear"].trigger)
        for name in ("OpenData", "Clear"):
            button = self.form.open_button if name == "OpenData" else self.form.clear_button
            button.setToolTip(self._actions[name].toolTip())
        cost = self.views["cost"]
        assert isinstance(cost, CostView)
        cost.log_button.toggled.connect(self._actions["LogCost"].setChecked)
        QApplication.instance().focusChanged.connect(self._notice_focus)  # type: ignore[union-attr]
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._show_undo()

    # What the actions do, in the order of the menus.

    def open_data(self) -> None:
        """Ask for a table and read it."""
        endings = " ".join(f"*{ending}" for ending in READERS)
        path, _ = QFileDialog.getOpenFileName(
            self, "Open data", settings.remembered_folder(), f"Tables ({endings});;All files (*)"
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Read a table."""
        settings.remember_folder(str(path.resolve().parent))
        self.document.open_file(path)

    def export_plot(self) -> None:
        """Save the plot that was used last."""
        self._export_picture(self.views[self._used_last])

    def copy_plot(self) -> None:
        """Copy the plot that was used last."""
        self._copy_picture(self.views[self._used_last])

    def export_weights(self) -> None:
        """Ask where, and save the weights."""
        filters = ";;".join(f"{each.label} (*{each.ending})" for each in WEIGHT_FORMATS.values())
        path = self._ask_where("Save weights", "weights.npz", filters, tuple(WEIGHT_FORMATS))
        if path is None:
            return
        try:
            save_weights(path, weights_of(self.playback.frame))
        except FileError as error:
            self._warn(str(error))
        else:
            self._tell(f"Weights of iteration {self.playback.frame.state.iteration:,} saved as {path.name}.")

    def import_weights(self) -> None:
        """Ask for a file and start from its weights."""
        endings = " ".join(f"*{ending}" for ending in WEIGHT_FORMATS)
        path, _ = QFileDialog.getOpenFileName(
            self, "Load weights", settings.remembered_folder(), f"Weights ({endings});;All files (*)"
        )
        if path:
            settings.remember_folder(str(Path(path).parent))
            try:
                self._use_weights(load_weights(Path(path)), Path(path).name)
            except FileError as error:
                self._warn(str(error))

    def quit(self) -> None:
        """Close the window."""
        self.close()

    def undo(self) -> None:
        """Take the last change back."""
        self.document.undo()

    def redo(self) -> None:
        """Make it once more."""
        self.document.redo()

    def clear(self) -> None:
        """Remove every point."""
        self.document.clear()

    def run(self, running: bool) -> None:
        """Run or pause."""
        self._finish_typing()
        self.playback.set_running(running)

    def step(self) -> None:
        """Make one iteration."""
        self._finish_typing()
        self.playback.step()

    def step_many(self) -> None:
        """Make ten iterations."""
        self._finish_typing()
        self.playback.step(10)

    def reset(self) -> None:
        """Go back to the first weights."""
        self._finish_typing()
        self.playback.reset()

    def faster(self) -> None:
        """More iterations a second."""
        self.controls.speed.move(+1)

    def slower(self) -> None:
        """Fewer iterations a second."""
        self.controls.speed.move(-1)

    def fit(self) -> None:
        """Show all points."""
        self._boundary.fit()

    def log_cost(self, log: bool) -> None:
        """Choose the cost axis."""
        cost = self.views["cost"]
        assert isinstance(cost, CostView)
        cost.set_log(log)

    def theme_system(self) -> None:
        """Follow the system's theme."""
        self._choose_theme("system")

    def theme_light(self) -> None:
        """Take the light theme."""
        self._choose_theme("light")

    def theme_dark(self) -> None:
        """Take the dark theme."""
        self._choose_theme("dark")

    def keys(self) -> None:
        """Show what the keys do."""
        QMessageBox.information(self, "Keys and mouse", KEYS)

    def about(self) -> None:
        """Show what this is."""
        QMessageBox.about(self, "About Descent Lab", ABOUT)

    # Showing

    def show_theme(self) -> None:
        """Give everything the theme's colours."""
        theme = self.theme
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(palette(theme))
        application.setStyleSheet(stylesheet(theme))
        for view in self.views.values():
            view.apply_theme(theme)
            view.picture_button.setIcon(icon("export-plot", theme.muted))
        for row in ACTIONS:
            if row.icon:
                self._actions[row.name].setIcon(icon(row.icon, theme.text))
        self._show_running(self.playback.is_running)

    def _draw(self, frame: Frame) -> None:
        """Show a moment. While training runs, the smaller views take turns: each moves 30 times a second."""
        self.controls.draw(frame)
        self._turn += 1
        for place, view in enumerate(self.views.values()):
            if view.isVisible() and (view is self._boundary or not frame.running or (self._turn + place) % 2):
                view.draw(frame)

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
        self._message.setStyleSheet("")
        self._message.setText(message)

    def _warn(self, message: str) -> None:
        self._message.setStyleSheet(f"color: {self.theme.warning}; font-weight: 600;")
        self._message.setText(message)

    def _notice_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        for name, view in self.views.items():
            if now is view.plot:
                self._used_last = name

    def _finish_typing(self) -> None:
        """Take over what stands in a field before a run starts."""
        field = QApplication.focusWidget()
        if field is not None and self.form.isAncestorOf(field):
            self._boundary.plot.setFocus()

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

    # Files

    def _use_weights(self, weights: Weights, name: str) -> None:
        n_x = self.document.dataset.X.shape[0]
        network = weights.network
        if network.sizes[0] != n_x:
            self._warn(f"{name} takes {network.sizes[0]} inputs, and the data has {n_x}.")
            return
        if network.hidden_activations:
            each = network.hidden_activations
            fits = self.document.change(
                model="network",
                hidden=network.sizes[1:-1],
                activation=each[:1] if len(set(each)) == 1 else each,
            )
        else:
            fits = self.document.change(model="logistic")
        if fits:
            self.playback.use_weights(weights)
            self._tell(f"Starting from the weights in {name}: a {network} network.")

    def _export_picture(self, view: View) -> None:
        path = self._ask_where("Save picture", f"{view.name}.png", "PNG picture (*.png)", PICTURE_ENDINGS)
        if path is None:
            return
        try:
            save_picture(self._picture(view), path)
        except FileError as error:
            self._warn(str(error))
        else:
            self._tell(f"{view.title} saved as {path.name}, {settings.remembered_picture_scale()}× its size.")

    def _copy_picture(self, view: View) -> None:
        QGuiApplication.clipboard().setImage(self._picture(view))
        self._tell(f"{view.title} copied as a picture.")

    def _picture(self, view: View):  # type: ignore[no-untyped-def]
        scale = settings.remembered_picture_scale()
        return draw_picture(view.name, self.playback.frame, self.theme, scale, like=view)

    def _ask_where(self, title: str, name: str, filters: str, endings: tuple[str, ...]) -> Path | None:
        start = str(Path(settings.remembered_folder()) / name)
        chosen, picked = QFileDialog.getSaveFileName(self, title, start, filters)
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in endings:
            wanted = next((ending for ending in endings if f"*{ending}" in picked), endings[0])
            path = path.with_name(path.name + wanted)
        settings.remember_folder(str(path.parent))
        return path

    # What Qt calls

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._laid_out = True
            if not (self._state and self.restoreState(self._state)):
                self._share_width()
            self._draw(self.playback.frame)
            self._boundary.plot.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            with self.playback.drawing():
                return super().event(event)
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        settings.remember_layout(self.saveGeometry(), QByteArray(self.saveState()))
        self.playback.stop()
        self._failures.uninstall()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_file(path)

    def _share_width(self) -> None:
        """Give the boundary the most of the width, and the docks equal heights."""
        docks = list(self._docks.values())
        width = max(40 * GRID, round(0.27 * self.width()))
        self.resizeDocks(docks, [width] * len(docks), Qt.Orientation.Horizontal)
        height = self._boundary.height()
        self.resizeDocks(docks, [round(0.42 * height), round(0.58 * height)], Qt.Orientation.Vertical)


def _slot(name: str) -> str:
    """Return the method's name for an action's, such as step_many for StepMany."""
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")


def _dropped_file(data: QMimeData) -> Path | None:
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
