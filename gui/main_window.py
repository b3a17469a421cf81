"""The window: puts the panel, the views and the controls together, and joins each action to what it does."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QToolButton, QWidget

from gui import settings
from gui.actions import make_actions, show_icons, show_running, show_undo
from gui.change import Change
from gui.dialogs.import_options import ImportOptions
from gui.docks import Docks, dock_panel
from gui.document import SOURCE_SETTINGS, Document
from gui.drawing import Drawing, Part
from gui.exchange import Exchange, one_file
from gui.export.menu import add_picture_menu
from gui.export.pictures import VIEWS
from gui.export.takeaway import TakeAway
from gui.failures import Failures, show_unsaved
from gui.garbage import GarbageCollection
from gui.help import ABOUT, KEYS
from gui.panels.adding import AddingDialog
from gui.panels.axis_ranges import AxisClicks
from gui.panels.centre import Centre
from gui.panels.controls import Controls
from gui.panels.diagnosis_line import DiagnosisLine
from gui.panels.form import Form
from gui.panels.reading_bar import ReadingBar
from gui.panels.status_line import StatusLine
from gui.panels.timeline import Timeline
from gui.playback import Playback
from gui.reading import Opened
from gui.sessions.looks import Looks
from gui.sessions.recent import RecentFiles
from gui.sessions.sessions import Sessions
from gui.theme import Theme, icon, theme_named
from gui.themes import Themes, dress_application
from gui.views.boundary import BoundaryView
from gui.views.cost import CostView
from gui.views.hover import Hover
from gui.views.network import NetworkView
from gui.views.numbers import NumbersView
from gui.views.painting.counts import Counts
from gui.views.painting.painter import Painter
from gui.views.painting.strip import Strip
from gui.views.points import PointsView
from gui.views.points_dock import PointsDock
from gui.views.step import StepView
from gui.views.surface import SurfaceView
from gui.views.view import View
from gui.views.weights import WeightsView

Kind = TypeVar("Kind", bound=View)


class MainWindow(QMainWindow):
    """Descent Lab's window."""

    def __init__(self, failures: Failures) -> None:
        super().__init__()
        self._failures = failures
        self.setMinimumSize(1100, 660)
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.document = Document(parent=self)
        self.playback = Playback(self.document, self)
        self.theme = theme_named(settings.remembered_theme())
        self.views: dict[str, View] = {name: view(self.theme) for name, view in VIEWS.items()}
        self._boundary, self._cost = self._the(BoundaryView), self._the(CostView)
        self._network, self._surface = self._the(NetworkView), self._the(SurfaceView)
        self._step = self._the(StepView)
        self.weights = WeightsView(self.theme)
        self._used_last = "boundary"
        self._laid_out = False
        self.exchange = Exchange(self, self.document, self.playback, self.views)
        self._actions = make_actions(self)
        self.controls = Controls(self._actions)
        self.addToolBar(self.controls)
        self.timeline = Timeline(self._actions)
        self.diagnosis = DiagnosisLine()
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.timeline)
        self.addToolBarBreak(Qt.ToolBarArea.BottomToolBarArea)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.diagnosis)
        self.form = Form(self.document)
        self.painter = Painter(self._boundary, self.document, self.playback.drawing)
        self.strip = Strip(self.painter, self._boundary)
        self.counts = Counts(self._boundary, self.painter)
        self._place_views()
        self.adding = AddingDialog(self, self.document, self._boundary)
        self.status = StatusLine(self.theme)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.hover = Hover(self._boundary)
        self.axis_clicks = AxisClicks(self._boundary)
        self.reading_bar = ReadingBar(self.document.reader)
        self.statusBar().addPermanentWidget(self.reading_bar)
        self._looks = Looks(self.document, self.views, self._docks)
        self.sessions = Sessions(self, self.document, self.playback, self.exchange, self._looks)
        self.takeaway = TakeAway(self, self.document, self.playback, self.exchange, self.views)
        self._connect()
        self._themes = Themes(self._actions, self)
        self._themes.chosen.connect(self.take_theme)
        self.show_theme()
        geometry, state = settings.remembered_layout()
        self.restoreGeometry(geometry)
        self._arranged = self.restoreState(state)
        self._looks.take_switches(settings.remembered_switches())
        self._docks.show_images(self.document.dataset)
        self.status.tell("Ready. Space runs; paint with the left and the right mouse button.")
        self._garbage = GarbageCollection(self)
        self._garbage.start()
        self.playback.start()

    def _the(self, kind: type[Kind]) -> Kind:
        """Return the view of a kind."""
        return next(view for view in self.views.values() if isinstance(view, kind))

    def _place_views(self) -> None:
        """The panel on the left, the boundary in the centre, the other views as docks on the right."""
        dock_panel(self, self.form)
        for view in self.views.values():
            exchange = self.exchange
            add_picture_menu(view, exchange.save_picture, exchange.copy_picture, exchange.save_plot_data)
            view.gives_way = lambda: self.playback.is_waiting or self._drawing.hurries
        self.setCentralWidget(Centre(self._boundary, self.strip, self.counts))
        around = [view for view in self.views.values() if view is not self._boundary]
        self._docks = Docks(self, [*around, self.weights], home="activation")
        smaller: list[Part] = [self.controls, self.timeline, self.diagnosis, self.weights, *around]
        self._drawing = Drawing(self.playback, self._docks, self._boundary, smaller)
        self._boundary.header.installEventFilter(self._docks)
        paint = self.findChild(QMenu, "menuPaint")
        assert isinstance(paint, QMenu)
        self.strip.fill(paint)
        self.points = PointsView(self.document, self.theme)
        table = PointsDock(self, self.points, self.painter.canvas, beside=self._docks["activation"])
        self.points.header.installEventFilter(self._docks)
        shown = self.findChild(QMenu, "menuView")
        assert isinstance(shown, QMenu)
        shown.addSeparator()
        self._docks.fill(shown)
        shown.addAction(table.toggleViewAction())

    def _connect(self) -> None:
        for name, slot in self._slots.items():
            action = self._actions[name]
            (action.toggled if name == "LogCost" else action.triggered).connect(slot)
        file = self.findChild(QMenu, "menuFile")
        assert isinstance(file, QMenu)
        recent = RecentFiles(self, self._actions["PasteData"], file)
        recent.chosen.connect(self.exchange.open_file)
        for teller in (
            self.sessions,
            self.exchange,
            self.takeaway,
            self.playback,
            self.points,
            self.reading_bar,
            self._cost,
        ):
            teller.told.connect(self.status.tell)
        for warner in (
            self.sessions.warned,
            self.exchange.warned,
            self.takeaway.warned,
            self.playback.warned,
            self.document.refused,
        ):
            warner.connect(self.status.warn)
        for saver in (self.sessions, self.exchange, self.takeaway):
            saver.unsaved.connect(self.status.warn)
            saver.unsaved.connect(lambda sentence: show_unsaved(self, sentence))
        self.playback.frame_changed.connect(self.hover.draw)
        self.playback.running_changed.connect(self._show_running)
        self.playback.failed.connect(self._failures.report)
        self.document.undecided.connect(self._ask_options)
        self.document.changed.connect(self._notice_change)
        self.document.changed.connect(self.adding.notice_change)
        self.document.followed.connect(self._follow)
        self.document.threshold_changed.connect(self._follow)
        self._the(NumbersView).chosen.connect(self.document.set_threshold)
        self.document.undo_stack.indexChanged.connect(self._show_undo)
        self.controls.speed.chosen.connect(self.playback.set_speed)
        self.timeline.sought.connect(self.playback.seek)
        self._cost.sought.connect(self.playback.seek)
        self._step.paused.connect(lambda: self.playback.set_running(False))
        self._step.stepped.connect(self.playback.step)
        self._step.chosen.connect(self.document.follow)
        self.playback.running_changed.connect(self._step.notice_running)
        self._surface.started.connect(self.playback.start_from)
        self._network.weight_chosen.connect(self.playback.set_parameter)
        self._network.gesture_ended.connect(self.document.end_gesture)
        self._network.plane_of = self._boundary.plane_of
        self.form.use(self._actions)
        self.adding.addActions([self._actions["Undo"], self._actions["Redo"]])
        self._cost.keep_button.clicked.connect(self._actions["KeepRun"].trigger)
        self._cost.log_button.toggled.connect(self._actions["LogCost"].setChecked)
        QApplication.instance().focusChanged.connect(self._notice_focus)  # type: ignore[union-attr]
        self._show_undo()

    @property
    def _slots(self) -> dict[str, Callable[..., object]]:
        """What each row of the table of actions does."""
        speed, stack = self.controls.speed.shift, self.document
        return {
            "NewSession": self.sessions.new,
            "OpenSession": self.sessions.choose,
            "SaveSession": lambda: self._after_typing(self.sessions.save),
            "SaveSessionAs": lambda: self._after_typing(self.sessions.save_as),
            "OpenData": self.exchange.open_data,
            "PasteData": self.exchange.paste,
            "ImportOptions": self.document.choose_again,
            "SaveData": self.exchange.save_data,
            "ExportPlot": lambda: self.exchange.save_picture(self.views[self._used_last]),
            "CopyPlot": lambda: self.exchange.copy_picture(self.views[self._used_last]),
            "ExportWeights": self.exchange.save_weights,
            "ImportWeights": self.exchange.load_weights,
            "ExportAnimation": lambda: self.takeaway.choose_animation(self.views[self._used_last]),
            "ExportReport": self.takeaway.save_report,
            "CopyPython": self.takeaway.copy_python,
            "ExportScript": self.takeaway.save_script,
            "Quit": self.close,
            "Undo": stack.undo,
            "Redo": stack.redo,
            "Clear": stack.clear,
            "AddGenerated": self.adding.begin,
            "Run": lambda running: self._after_typing(lambda: self.playback.set_running(running)),
            "Step": lambda: self._after_typing(self.playback.step),
            "StepMany": lambda: self._after_typing(lambda: self.playback.step(10)),
            "StepBack": lambda: self._after_typing(lambda: self.playback.step(-1)),
            "StepManyBack": lambda: self._after_typing(lambda: self.playback.step(-10)),
            "First": lambda: self.playback.seek(0),
            "Last": self.playback.seek_last,
            "GoOnFromHere": self.playback.cut,
            "Reset": lambda: self._after_typing(self.playback.reset),
            "KeepRun": lambda: self._cost.keep_run(self.playback.frame),
            "ForgetRuns": self._cost.forget_runs,
            "Faster": lambda: speed(+1),
            "Slower": lambda: speed(-1),
            "Fit": lambda: self._boundary.fit(),
            "AxisRanges": lambda: self.axis_clicks.choose_ranges(),
            "LogCost": self._cost.set_log,
            "UsualViews": lambda: self._docks.lay_out(self._boundary.height(), self.document.dataset),
            "Keys": lambda: QMessageBox.information(self, "Keys and mouse", KEYS),
            "About": lambda: QMessageBox.about(self, "About Descent Lab", ABOUT),
        }

    # Showing

    def show_theme(self) -> None:
        """Give everything the theme's colours."""
        theme = self.theme
        dress_application(theme)
        for view in self.views.values():
            view.pen_scale = self.devicePixelRatioF()
            view.apply_theme(theme)
            view.picture_button.setIcon(icon("export-plot", theme.muted))
        for part in (
            self.diagnosis,
            self.weights,
            self.strip,
            self.counts,
            self.form,
            self.adding,
            self.takeaway.dialog,
            self.points,
            self.status,
        ):
            part.apply_theme(theme)
        self.painter.marks.apply_theme()
        show_icons(self._actions, theme)
        self._show_running(self.playback.is_running)

    def take_theme(self, theme: Theme) -> None:
        """Be of other colours."""
        self.theme = theme
        self.show_theme()
        self._drawing.again()

    def _show_running(self, running: bool) -> None:
        show_running(self._actions, running, self.theme)

    def _show_undo(self, *_: object) -> None:
        show_undo(self._actions, self.document.undo_stack)
        has_points = self.document.dataset.m > 0
        self.form.clear_button.setEnabled(has_points)
        self._actions["SaveData"].setEnabled(has_points)
        self._actions["ImportOptions"].setEnabled(not self.document.spec.is_generated)

    def _notice_change(self, change: Change) -> None:
        dataset = self.document.dataset
        if SOURCE_SETTINGS & change.settings or (change.replaced and not self._boundary.holds(dataset)):
            self._boundary.fit(dataset)
        self._docks.show_images(self.document.dataset)
        self._show_undo()

    def _follow(self) -> None:
        """Let all views show the point that is followed, and call points by the threshold."""
        for view in self.views.values():
            view.followed_id, view.threshold = self.document.followed_id, self.document.threshold
            if self._docks.sees(view):
                view.draw(self.playback.frame)

    def _ask_options(self, opened: Opened) -> None:
        dialog = ImportOptions(self, opened, self.theme)
        dialog.chosen.connect(self.document.take)
        dialog.open()

    def _notice_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and not before.isVisible() and isinstance(now, QToolButton):
            # Where a view goes, Qt hands its focus to any button, which would keep Space to itself.
            seen = (view for view in (self._boundary, *self.views.values()) if self._docks.sees(view))
            next((view.plot for view in seen), self).setFocus()
        for name, view in self.views.items():
            if now is view.plot:
                self._used_last = name

    def _after_typing(self, act: Callable[[], object]) -> None:
        """Act once what stands in a field has been taken over."""
        self.status.warning = ""
        field = QApplication.focusWidget()
        if field is not None and self.form.isAncestorOf(field):
            self._boundary.plot.setFocus()
        refused = self.status.warning
        act()
        if refused:
            self.status.warn(refused)

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the Esc that nothing in the window has used: let go of what is selected and followed."""
        if event.key() == Qt.Key.Key_Escape:
            self.painter.cancel()
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._laid_out:
            self._laid_out = True
            if not self._arranged:
                self._docks.share_room(self._boundary.height())
            self._drawing.again()
            self._boundary.plot.setFocus()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest:
            with self.playback.drawing():
                return super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange and self._laid_out:
            self.show_theme()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.sessions.may_close():
            event.ignore()
            return
        self._docks.restore()
        settings.remember_layout(self.saveGeometry(), QByteArray(self.saveState()))
        settings.remember_switches(self._looks.switches())
        self.end()
        super().closeEvent(event)

    def end(self) -> None:
        """End all that works for the window, which is of no use any more."""
        self.takeaway.close()
        self.playback.stop()
        self.sessions.close()
        self._garbage.stop()
        self.document.close()
        self._failures.uninstall()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if one_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = one_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.exchange.open_file(path)
