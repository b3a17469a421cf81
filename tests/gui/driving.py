"""Drives the real window as a person does: keys, mouse, menus. Widgets are found by their object names alone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.data.dataset import Dataset
from engine.model.network import Parameters
from engine.training.commands import Frame
from engine.training.spec import Spec
from gui.failures import Failures
from gui.playback import SPEEDS
from tests.gui.plots import LEFT, PLAIN, Kind, Plots

ROOT = Path(__file__).parents[2]
PATIENCE = 15_000  # milliseconds: for a slow machine; nothing here waits as long as that


class Lab(Plots):
    """One window, and the hands and eyes of the person before it."""

    def __init__(self, window: QMainWindow, qtbot: QtBot) -> None:
        super().__init__(window)
        self.qtbot = qtbot
        self.failures: list[str] = []
        """The reasons of all exceptions that nobody caught; a test that wants one takes it out."""
        reporter = window.findChild(Failures)
        assert isinstance(reporter, Failures)
        reporter.happened.connect(lambda reason, details: self.failures.append(f"{reason}\n{details}"))

    def show(self, width: int = 1280, height: int = 720) -> None:
        """Show the window, laid out and drawn once, so that places on it mean something."""
        self.window.resize(width, height)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.window.grab()
        self.settle()

    def close(self) -> None:
        """Close the window as its button does, and forget it."""
        self.window.close()
        QCoreApplication.processEvents()

    # Eyes

    def action(self, name: str) -> QAction:
        """Return an action, such as `Run` for actionRun."""
        return self.find(f"action{name}", QAction)

    def value(self, readout: str) -> float:
        """Return a number of the toolbar, such as `trainCost`."""
        return self.find(f"{readout}Readout").property("value")

    @property
    def iteration(self) -> int:
        """The iteration that the toolbar shows."""
        return self.value("iteration")  # type: ignore[return-value]

    @property
    def is_running(self) -> bool:
        """Whether the run button is down."""
        return self.action("Run").isChecked()

    @property
    def status(self) -> str:
        """The sentence at the bottom."""
        return self.find("statusMessage").text()  # type: ignore[attr-defined]

    @property
    def spec(self) -> Spec:
        """What is chosen."""
        return self.window.document.spec  # type: ignore[attr-defined]

    @property
    def undo_text(self) -> str:
        """What Ctrl+Z would take back; empty for nothing."""
        return self.window.document.undo_stack.undoText()  # type: ignore[attr-defined]

    @property
    def steps(self) -> int:
        """How many steps can be undone."""
        return self.window.document.undo_stack.index()  # type: ignore[attr-defined]

    @property
    def dataset(self) -> Dataset:
        """The points that are worked on."""
        return self.window.document.dataset  # type: ignore[attr-defined]

    @property
    def frame(self) -> Frame:
        """The moment that is shown."""
        return self.window.playback.frame  # type: ignore[attr-defined]

    @property
    def weights(self) -> Parameters:
        """The weights of the moment that is shown."""
        return self.frame.state.parameters

    @property
    def sizes(self) -> str:
        """The network that is trained, such as 2-4-1."""
        return str(self.frame.experiment.network)

    # Waiting

    def wait(self, condition: Callable[[], object], patience: int = PATIENCE) -> None:
        """Let the window live until the condition holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=patience)

    def settle(self) -> None:
        """Let the window live until every command was obeyed and its outcome is shown."""
        self.wait(lambda: self._is_settled)

    @property
    def _is_settled(self) -> bool:
        playback = self.window.playback  # type: ignore[attr-defined]
        runner, frame = playback._runner, playback.frame
        waiting = (playback._pending, playback._sought, playback._weights)
        obeyed = all(each is None for each in waiting) and frame.obeyed == playback._posted
        # Steps that were asked for are made one by one, and may be shown on the way.
        return obeyed and (
            frame.running or (not getattr(runner, "_left", 0) and frame.state is runner._shown)
        )

    def wait_for_iterations(self, count: int) -> None:
        """Let it train until that many more iterations are shown."""
        reached = self.iteration + count
        self.wait(lambda: self.iteration >= reached)

    # Hands on the panel and the toolbar

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def run(self) -> None:
        """Start training by the Space key."""
        assert not self.is_running
        self.press(Qt.Key.Key_Space)
        assert self.is_running

    def pause(self) -> None:
        """Pause by the Space key, and let the last iterations be shown."""
        assert self.is_running
        self.press(Qt.Key.Key_Space)
        self.settle()
        assert not self.is_running

    def step(self, count: int = 1) -> None:
        """Step by the Right key."""
        for _ in range(count):
            self.press(Qt.Key.Key_Right)
        self.settle()

    def focus(self, name: str) -> QWidget:
        """Go to a control by the Tab key."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.wait(widget.hasFocus)
        return widget

    def fill(self, name: str, text: str, confirm: bool = True) -> None:
        """Type over what stands in a field, and confirm with Return."""
        field = self.focus(name)
        line = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else field
        assert isinstance(line, QLineEdit)
        line.selectAll()
        if text:
            QTest.keyClicks(field, text)
        else:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        assert line.text() == text
        if confirm:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def text_of(self, name: str) -> str:
        """Return what stands in a field."""
        field = self.find(name)
        return field.text()  # type: ignore[attr-defined]

    def choose(self, name: str, data: str) -> None:
        """Choose an item of a combo box by the name that it carries."""
        combo = self.find(name, QComboBox)
        assert combo.isEnabled() and combo.findData(data) >= 0, f"{name} offers no {data}"
        combo.setCurrentIndex(combo.findData(data))

    def open_view(self, name: str, kind: type[Kind]) -> Kind:
        """Open a view that waits in the menu, as a person does, and return it."""
        dock = self.find(f"{name}Dock", QDockWidget)
        assert not dock.isVisible(), "it waits in the menu"
        dock.toggleViewAction().trigger()
        view = self.find(f"{name}Plot").parent()
        assert isinstance(view, kind)
        self.wait(view.isVisible)
        return view

    def set_speed(self, rate: float | None) -> None:
        """Move the speed slider to that many iterations a second; None is as fast as it goes."""
        self.find("speedSlider", QSlider).setValue(SPEEDS.index(rate))

    def drop(self, path: Path, on: QWidget, *more: Path) -> bool:
        """Drag files over a widget and drop them there; return whether the window took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(each)) for each in (path, *more)])
        place = on.rect().center()
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(place, copy, data, LEFT, PLAIN)
        QApplication.sendEvent(on, enter)
        if not enter.isAccepted():
            return False
        QApplication.sendEvent(on, QDragMoveEvent(place, copy, data, LEFT, PLAIN))
        drop = QDropEvent(QPointF(place), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(on, drop)
        return drop.isAccepted()

    def options(self, name: str = "importOptions") -> QDialog:
        """Return the window that asks how a table is meant, or another that asks, once it is open."""
        self.wait(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog) and dialog.objectName() == name
        return dialog

    def load_weights(self) -> None:
        """Load the weights that the open dialog gives, and agree to what they will change."""
        self.action("ImportWeights").trigger()
        self.answer("weightsLoad", "weightsPreview")

    def answer(self, button: str = "importOk", name: str = "importOptions") -> None:
        """Press a button of the window that asks how a table is meant, or of another that asks."""
        dialog = self.options(name)
        found = dialog.findChild(QPushButton, button)
        assert isinstance(found, QPushButton) and found.isEnabled()
        QTest.mouseClick(found, LEFT)
        self.wait(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()  # as a desktop does
        self.wait(self.window.isActiveWindow)
        self.settle()

    def export_dialog(self, plot: str | None = None) -> QDialog:
        """Open the dialog that saves a plot, or the plot that was used last."""
        (self.picture_entry(plot, "Save picture") if plot else self.action("ExportPlot")).trigger()
        return self.find("exportDialog", QDialog)

    def save_picture(self, plot: str | None = None) -> None:
        """Save a plot, or the plot that was used last, as the dialog offers it."""
        self.export_dialog(plot)
        self.answer_export()

    def answer_export(self) -> None:
        """Save what the open dialog shows, and close it where it stays open, as nothing was saved."""
        dialog = self.find("exportDialog", QDialog)
        QTest.mouseClick(dialog.findChild(QPushButton, "exportSaveButton"), LEFT)
        self.close_export()

    def close_export(self) -> None:
        """Close the dialog that saves plots, where it is still open."""
        for dialog in self.window.findChildren(QDialog, "exportDialog"):
            if dialog.isVisible():
                QTest.mouseClick(dialog.findChild(QPushButton, "exportCloseButton"), LEFT)
            QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
        self.window.activateWindow()  # as a desktop does
        self.wait(self.window.isActiveWindow)

    def close_unsaved(self) -> str:
        """Close the box that says why something was not saved, and return what it says."""
        (box,) = self.dialogs()
        assert box.objectName() == "unsavedBox"
        told = box.text()
        QTest.mouseClick(box.button(QMessageBox.StandardButton.Ok), LEFT)
        QCoreApplication.sendPostedEvents(box, QEvent.Type.DeferredDelete)
        self.window.activateWindow()  # as a desktop does
        self.wait(self.window.isActiveWindow)
        return told

    def dialogs(self) -> list[QMessageBox]:
        """Return the message boxes that stand open."""
        return [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, QMessageBox) and each.isVisible()
        ]
