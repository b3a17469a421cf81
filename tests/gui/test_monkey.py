"""A monkey at the window: whatever is done in whatever order, window, document and training agree."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QDockWidget, QFileDialog

from gui.playback import SPEEDS
from gui.views.painting.strip import DEEDS
from gui.views.painting.tools import TOOLS
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, MIDDLE, NONE, PLAIN, RIGHT, SHIFT, line

WORDS = {
    "samplesSpin": ("4", "50", "400", "20000", "3"),
    "noiseSpin": ("0", "0.1", "1.5", "-1"),
    "dataSeedSpin": ("0", "7"),
    "testFractionSpin": ("0", "0.2", "0.9", "1"),
    "hiddenLayersEdit": ("4", "8,4", "3,3,3", "1", "", "x,", "0"),
    "initSeedSpin": ("0", "3"),
    "learningRateSpin": ("0.5", "0.01", "10", "1e9", "abc"),
}


class Monkey:
    """Does one thing after the other, drawn from a seed."""

    def __init__(self, lab: Lab, rng: np.random.Generator, folder: Path, penguins: Path) -> None:
        self.lab, self.rng, self.folder = lab, rng, folder
        wrong = folder / "wrong.csv"
        wrong.write_text("1,2\n")
        self.files = [penguins, penguins.with_name("iris.csv"), wrong, folder / "missing.csv"]
        self.done: list[str] = []
        self.deeds: list[Callable[[], object]] = [
            self.click,
            self.stroke,
            self.stroke,
            self.tool,
            self.interrupt,
            self.pan,
            self.zoom,
            self.type,
            self.type,
            self.choose,
            self.choose,
            self.act,
            self.act,
            self.act,
            self.drop,
            self.take_away,
            self.bring_back,
            self.rearrange,
            self.wait,
        ]

    def one(self, things: object) -> object:
        things = list(things)  # type: ignore[call-overload]
        return things[self.rng.integers(len(things))]

    def place(self) -> QPoint:
        return self.lab.inside(*self.rng.uniform(-0.1, 1.1, 2))

    def do(self) -> None:
        deed = self.one(self.deeds)
        self.done.append(deed.__name__)  # type: ignore[attr-defined]
        deed()  # type: ignore[operator]

    def note(self, *words: object) -> None:
        self.done[-1] += f" {' '.join(map(str, words))}"

    def click(self) -> None:
        button = self.one((LEFT, RIGHT))
        place = self.place()
        self.lab.click(place, button)  # type: ignore[arg-type]
        if self.rng.random() < 0.2:
            self.lab.mouse(QEvent.Type.MouseButtonDblClick, place, button, button)  # type: ignore[arg-type]
            self.lab.release(place, button)  # type: ignore[arg-type]
        for dialog in self.lab.window.findChildren(
            QDialog, "axisRangesDialog"
        ):  # by a double click on an axis
            dialog.reject()
            self.lab.window.activateWindow()
            self.lab.wait(self.lab.window.isActiveWindow)

    def stroke(self) -> None:
        modifiers = self.one((SHIFT, CONTROL, PLAIN, PLAIN))
        button = self.one((LEFT, RIGHT))
        self.lab.drag(line(self.place(), self.place(), int(self.rng.integers(1, 20))), button, modifiers)  # type: ignore[arg-type]

    def tool(self) -> None:
        """Take another tool, or do something to the selected points."""
        name = self.one([*(f"Tool{tool}" for tool in TOOLS), *(deed.name for deed in DEEDS)])
        self.note(name)
        self.lab.action(name).trigger()  # type: ignore[arg-type]

    def interrupt(self) -> None:
        """Do something else in the middle of a stroke."""
        start, button = self.place(), self.one((LEFT, RIGHT))
        modifiers = SHIFT if self.rng.random() < 0.4 else PLAIN
        self.lab.hold(start, button, modifiers)  # type: ignore[arg-type]
        self.lab.move(self.place(), button, modifiers)  # type: ignore[arg-type]
        deed = self.one(
            (self.act, self.tool, self.type, self.choose, self.drop, self.zoom, self.bring_back, self.wait)
        )
        deed()  # type: ignore[operator]
        self.lab.move(self.place(), button, modifiers)  # type: ignore[arg-type]
        self.lab.release(self.place(), button, modifiers)  # type: ignore[arg-type]

    def pan(self) -> None:
        self.lab.drag(line(self.place(), self.place(), 5), MIDDLE)

    def zoom(self) -> None:
        place = QPointF(self.place())
        viewport = self.lab.plot().viewport()
        turn = QPoint(0, int(self.one((-240, -120, 120, 240))))  # type: ignore[call-overload]
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(place, viewport.mapToGlobal(place), QPoint(), turn, NONE, PLAIN, phase, False)
        QApplication.sendEvent(viewport, event)

    def type(self) -> None:
        name = self.one(WORDS)
        text = self.one(WORDS[name])  # type: ignore[index]
        self.note(name, text)
        if self.lab.find(name).isEnabled():  # type: ignore[arg-type]
            self.lab.fill(name, text, confirm=self.rng.random() < 0.7)  # type: ignore[arg-type]

    def choose(self) -> None:
        combos = [
            each for each in self.lab.window.findChildren(QComboBox) if each.isVisible() and each.isEnabled()
        ]
        combo = self.one(combos)
        place = int(self.rng.integers(combo.count()))  # type: ignore[attr-defined]
        self.note(combo.objectName(), combo.itemText(place))  # type: ignore[attr-defined]
        combo.setCurrentIndex(place)  # type: ignore[attr-defined]
        combo.activated.emit(place)  # type: ignore[attr-defined]

    def act(self) -> None:
        names = "Run Step StepMany Reset Undo Undo Redo Clear Faster Slower Fit LogCost ThemeDark ThemeLight CopyPlot"
        name = self.one(names.split())
        self.note(name)
        self.lab.action(name).trigger()  # type: ignore[arg-type]
        if self.rng.random() < 0.2:
            self.lab.find("standardizeCheck").click()  # type: ignore[attr-defined]

    def drop(self) -> None:
        path = self.one(self.files)
        self.note(path.name)  # type: ignore[attr-defined]
        self.lab.drop(path, self.lab.window)  # type: ignore[arg-type]

    def take_away(self) -> None:
        self.one((self.lab.save_picture, self.lab.action("ExportWeights").trigger))()  # type: ignore[operator]

    def bring_back(self) -> None:
        self.lab.action("ImportWeights").trigger()
        if QApplication.activeModalWidget() is not None:  # there are weights, and they fit
            self.lab.answer(self.one(("weightsLoad", "weightsCancel")), "weightsPreview")  # type: ignore[arg-type]

    def rearrange(self) -> None:
        match self.rng.integers(3):
            case 0:
                self.lab.window.resize(*map(int, self.rng.integers(1000, 1500, 2)))
            case 1:
                dock = self.lab.find(self.one(("costDock", "activationDock")), QDockWidget)  # type: ignore[arg-type]
                dock.setVisible(not dock.isVisible())
            case 2:
                self.lab.set_speed(self.one(SPEEDS))  # type: ignore[arg-type]

    def wait(self) -> None:
        self.lab.qtbot.wait(int(self.rng.integers(1, 40)))


@pytest.mark.parametrize("seed", range(1))
def test_a_monkey_breaks_nothing(
    lab: Lab, tmp_path: Path, penguins: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    monkey = Monkey(lab, rng, tmp_path, penguins)

    def save(parent: object, title: str, start: str, filters: str) -> tuple[str, str]:
        return str(tmp_path / Path(start).name), filters.split(";;")[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "weights.npz"), ""))
    for count in range(120):
        monkey.do()
        if lab.failures or count % 10 == 9:
            lab.settle()
            story = f"seed {seed}: " + ", ".join(monkey.done)
            assert not lab.failures, story
            experiment, spec = lab.frame.experiment, lab.spec
            assert experiment.problem.dataset is lab.dataset, story
            assert experiment.network == spec.network(lab.dataset.X.shape[0]), story
            assert experiment.spec.learning_rate == spec.learning_rate, story
            assert (
                lab.text_of("hiddenLayersEdit").replace(" ", "") == ",".join(map(str, spec.hidden))
                or lab.find("hiddenLayersEdit").hasFocus()
            ), story
            assert lab.is_running == lab.frame.running, story
            assert all(np.isfinite(W).all() and np.isfinite(b).all() for W, b in lab.weights), story
            assert np.unique(lab.dataset.ids).size == lab.dataset.m, story
    stack = lab.window.document.undo_stack  # type: ignore[attr-defined]
    while stack.canUndo():
        lab.action("Undo").trigger()
    lab.settle()
    assert (lab.dataset.title, lab.dataset.m, lab.spec.hidden) == ("Moons", 400, (4,))
