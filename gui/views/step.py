"""One step, opened: the four phases of an iteration as buttons, and every formula with its numbers in place."""

import time
from typing import Any, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGraphicsScene,
    QGraphicsView,
    QGridLayout,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from engine.model.race import race
from engine.training.opened import Opened
from engine.training.runner import Frame
from engine.training.state import State
from gui.panels.keys import keep_keys
from gui.theme import GRID, Theme
from gui.views.beside import Beside, Job
from gui.views.pieces import shown
from gui.views.step_lines import PHASES, Line, Pages, sentence
from gui.views.step_sheet import Sheet
from gui.views.typesetting import Ink, typeset, unset
from gui.views.view import View

MOST_INPUTS = 4  # of an example, in the words on top
TALLEST = 8000  # pixels of a picture: Qt draws none that is four times as tall
EVERY = 0.3  # seconds between two sheets while training runs: numbers that change faster cannot be read
HELP = {
    "forward": "Compute Z and A, layer after layer, from the inputs to the prediction.",
    "cost": "Compare the prediction with the label.",
    "backward": "Take the derivatives back through the layers: dA, dZ, dW, db.",
    "update": "Move the weights against the gradient: exactly one iteration.",
}


class Scroll(QGraphicsView):
    """The window on the sheet, which tells when its width changes."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class StepView(View):
    """The formulas of one iteration. It says which phase was asked for; the window moves the run."""

    name: ClassVar[str] = "step"
    title: ClassVar[str] = "One step, opened"
    help: ClassVar[str] = (
        "One iteration in its four phases, with the numbers of one example or of all at once. "
        "Forward, cost and backward look at this iteration; update makes the next."
    )
    opens: ClassVar[bool] = False

    paused = Signal()
    """The iteration shown is to stay."""
    stepped = Signal()
    """One iteration is to be made."""
    chosen = Signal(int)
    """The id of the example that is to be followed."""

    plot: Scroll

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.setObjectName("stepView")
        self.phase = "backward"
        """How far the iteration is shown."""
        self.lines: list[Line] = []
        """What stands on the sheet."""
        self._frame: Frame | None = None
        self._before: Frame | None = None  # what the update started from, where one is shown
        self._asked: Frame | None = None  # from which a step is under way
        self._waits = False  # whether a step is wanted once the run stands still
        self._aim = ""  # the phase to be scrolled to once it stands on the sheet
        self._drawn = 0.0
        self._ink: Ink | None = None
        self._known: dict[str, dict[object, Any]] = {
            "check": {},
            "race": {},
        }  # by the moment that it is about
        self._wanted: tuple[tuple[str, object], Job] | None = None  # to be done beside the window's thread
        self._beside = Beside(self)
        self._beside.done.connect(self._take)
        controls = self._make_controls()
        if sharp:  # a picture shows what they chose, and all of it
            controls.hide()
            self.plot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.layout().insertWidget(0, controls)  # type: ignore[union-attr]
        self.apply_theme(theme)

    def make_area(self) -> QGraphicsView:
        area = Scroll()
        area.setScene(QGraphicsScene(self))
        self._sheet = Sheet()
        area.scene().addItem(self._sheet)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.resized.connect(self._write)
        return area

    def _make_controls(self) -> QWidget:
        controls = QWidget()
        grid = QGridLayout(controls)
        grid.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        grid.setSpacing(GRID // 2)
        self._phase_buttons: dict[str, QToolButton] = {}
        for place, phase in enumerate(PHASES):
            button = self._chip(f"{place + 1} {phase.title()}", HELP[phase], f"phase{phase.title()}Button")
            button.clicked.connect(lambda _=False, phase=phase: self.enter(phase))
            grid.addWidget(button, 0, place)
            self._phase_buttons[phase] = button
        self.one_button = self._chip(
            "One example", "The numbers of one example, in small letters.", "stepOneButton"
        )
        self.all_button = self._chip(
            "All m examples", "All examples at once, as matrices with a column for each.", "stepAllButton"
        )
        self._modes = QButtonGroup(self)
        for button in (self.one_button, self.all_button):
            self._modes.addButton(button)
        self.one_button.setChecked(True)
        self._modes.buttonClicked.connect(self._change_mode)
        grid.addWidget(self.one_button, 1, 0)
        grid.addWidget(self.all_button, 1, 1)
        self.example_spin = QSpinBox()
        self.example_spin.setObjectName("stepExampleSpin")
        self.example_spin.setAccessibleName("Example")
        self.example_spin.setToolTip("Which point the numbers are of; it is marked in the other views too.")
        self.example_spin.setPrefix("example ")
        self.example_spin.setKeyboardTracking(False)
        self.example_spin.valueChanged.connect(self._choose)
        grid.addWidget(self.example_spin, 1, 2, 1, 2)
        return controls

    @staticmethod
    def _chip(text: str, help: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(f"{text}: {help}")
        button.setToolTip(help)
        button.setCheckable(True)
        button.setProperty("chip", True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep_keys(button, Qt.Key.Key_Space)
        return button

    # What is shown

    def enter(self, phase: str) -> None:
        """Go to a phase of the iteration, through those before it; from the update on, of the next one."""
        self._before = None
        self.phase = "backward" if phase == "update" else phase
        self._waits = phase == "update"
        self.paused.emit()
        self._redraw()
        self._scroll_to(self.phase)
        self._step_if_wanted()

    def _step_if_wanted(self) -> None:
        if self._waits and self._frame is not None and not self._frame.running and self._asked is None:
            self._waits, self._asked = False, self._frame
            self.stepped.emit()

    def _notice_step(self, frame: Frame, before: Frame | None) -> None:
        """See whether a frame shows the update that was asked for, or something else that was done to the run."""
        asked = self._asked
        if asked is not None and not frame.running and frame.obeyed > asked.obeyed:
            self._asked = None
            if frame.state.iteration == asked.state.iteration + 1:
                self.phase, self._before = "update", asked
                return
        if before is not None and frame.state is not before.state and self.phase == "update":
            self.phase, self._before = "backward", None

    def draw(self, frame: Frame) -> None:
        """Show a moment of the run; while training runs, not more often than can be read."""
        before, self._frame = self._frame, frame
        phase = self.phase
        self._notice_step(frame, before)
        now = time.perf_counter()
        if frame.running and now - self._drawn < EVERY:
            return
        self._drawn = now
        self._redraw()
        if self.phase != phase:
            self._scroll_to(self.phase)
        self._step_if_wanted()

    def _scroll_to(self, phase: str) -> None:
        """Show where a phase begins, at once or as soon as its formulas are set."""
        top = self._sheet.top_of(phase) if phase != PHASES[0] else 0.0
        self.plot.verticalScrollBar().setValue(round(top))
        self._aim = phase if len(self._sheet.lines) < len(self.lines) else ""

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, StepView)
        self.phase, self._before, self._frame = other.phase, other._before, other._frame
        self.all_button.setChecked(other.all_button.isChecked())
        self._known = {kind: dict(known) for kind, known in other._known.items()}

    def apply_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.plot.setBackgroundBrush(QColor(theme.window))
        self._ink = None  # is made where it is first needed
        self._write()

    def line(self, name: str) -> Line:
        """Return the line of that name. KeyError where it is not on the sheet."""
        found = {line.name: line for line in self.lines}
        return found[name]

    def _choose(self, number: int) -> None:
        if self._frame is not None:
            self.chosen.emit(int(self._frame.experiment.problem.dataset.ids[number - 1]))

    def _change_mode(self) -> None:
        self._redraw()
        self._scroll_to(self.phase)

    def _redraw(self) -> None:
        frame = self._frame
        if frame is None:
            return
        for place, (_, button) in enumerate(self._phase_buttons.items()):
            button.setChecked(place <= PHASES.index(self.phase))
        opened = self._before or frame
        problem = opened.experiment.problem
        row = self._row(opened)
        with QSignalBlocker(self.example_spin):
            self.example_spin.setEnabled(row is not None and self.one_button.isChecked())
            self.example_spin.setRange(min(1, problem.dataset.m), problem.dataset.m)
            self.example_spin.setValue(0 if row is None else row + 1)
        if row is None:
            self.lines = [sentence("empty", "There are no points yet: paint some, or choose a data set.")]
        else:
            self.lines = self._lines(opened, row, frame.state if self._before is not None else None)
        if not frame.running:
            self.plot.setAccessibleDescription("\n".join(line.text for line in self.lines))
        self._write()

    def _row(self, frame: Frame) -> int | None:
        """Return the row of the example shown: the one that is followed, or the first that is trained on."""
        followed = self.followed_row(frame)
        rows = frame.experiment.problem.rows
        return followed if followed is not None else int(rows[0]) if rows.size else None

    def _lines(self, frame: Frame, row: int, after: State | None) -> list[Line]:
        experiment, state = frame.experiment, frame.state
        problem = experiment.problem
        one = self.one_button.isChecked()
        if one:
            opened = Opened.of_one(experiment, state, row)
            label = problem.dataset.class_names[int(problem.dataset.Y[0, row])]
            held = ", held out: nothing is learned from it" if problem.test[row] else ""
            x = problem.dataset.X[:, row]
            values = ", ".join(map(shown, x[:MOST_INPUTS])) + (", …" if x.size > MOST_INPUTS else "")
            scaled = "" if problem.standardization.changes_nothing else " The network sees x standardized."
            named = f"Example {row + 1:,}: x = ({values}), y = {int(problem.dataset.Y[0, row])} ({label}){held}.{scaled}"
        else:
            opened = Opened.of_all(experiment, state)
            part = "this batch" if opened.m < problem.m_train else "all examples that are trained on"
            named = f"A column for each of m = {opened.m:,}: {part}."
        key = (state.gradient, row if one else None)
        runner = (problem, experiment.network)
        if not frame.running and "backward" in PHASES[: PHASES.index(self.phase) + 1] and opened.m:
            if self._sharp:
                self._known["check"].setdefault(key, opened.checked())
            elif key not in self._known["check"]:
                self._wanted = ("check", key), opened.checked
            elif not one and runner not in self._known["race"]:
                loss = experiment.spec.loss
                self._wanted = (
                    ("race", runner),
                    lambda: race(experiment.network, state.parameters, opened.X, opened.Y, loss),
                )
        waiting = "Pause to see it." if frame.running else "Being computed …"
        pages = Pages(opened, one, named)
        checked, raced = self._known["check"].get(key), self._known["race"].get(runner)
        return pages.lines(self.phase, after, checked, raced, waiting)

    def _take(self, key: tuple[str, object], outcome: object) -> None:
        kind, about = key
        if isinstance(outcome, Exception):
            raise outcome
        if kind in self._known:
            self._known[kind] = {about: outcome}  # what is known of other moments is not shown any more
        self._redraw()

    def _write(self) -> None:
        """Write the lines on the sheet, as far as their formulas are set; what takes long is done beside."""
        if not self.lines or not (self._sharp or self.isVisible()):
            return
        self._ink = self._ink or Ink(self.theme)
        lines = self.lines
        missing = () if self._sharp else tuple(unset(latex for line in lines for latex in line.formulas))
        if missing:
            self._wanted = ("formulas", missing), lambda: typeset(missing)
            lines = [line for line in lines if not unset(line.formulas)]
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._beside.ask(*wanted)
        self._sheet.show_lines(lines, self._ink, self.plot.viewport().width())
        area = self._sheet.boundingRect()
        self.plot.scene().setSceneRect(area)
        if self._aim and not missing:
            self._scroll_to(self._aim)
        if self._sharp:  # a picture shows the whole sheet
            self.resize(self.width(), min(round(area.height()), TALLEST))
