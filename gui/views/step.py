"""One step, opened: the four phases of an iteration as buttons, and every formula with its numbers in place."""

import time
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from engine.training.commands import Frame
from engine.training.experiment import Problem
from engine.training.opened import Checked, Opened
from engine.training.state import State
from gui.theme import Theme
from gui.views.beside import Beside, Job
from gui.views.pieces import shown
from gui.views.step_controls import StepControls
from gui.views.step_lines import backward_lines, cost_lines, forward_lines
from gui.views.step_notation import PHASES, Line, Notation, sentence, title
from gui.views.step_proofs import check_lines, race_lines, update_lines
from gui.views.step_sheet import Sheet
from gui.views.typesetting import Ink, typeset, unset
from gui.views.view import View

MOST_INPUTS = 4  # of an example, in the words on top
EVERY = 0.3  # seconds between two sheets while training runs: numbers that change faster cannot be read


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
    grows: ClassVar[bool] = True
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
        self.opened: Opened | None = None
        """The numbers of the iteration that is shown; None where there are no points."""
        self.after: State | None = None
        """What its update came to, where that is shown."""
        self.checked: Checked | None = None
        """Its gradient by differences, where that is shown."""
        self._frame: Frame | None = None
        self._before: Frame | None = None  # what the update started from, where one is shown
        self._asked: Frame | None = None  # from which a step is under way
        self._running = False
        self._waits = False  # whether a step is wanted once the run stands still
        self._top = ""  # the line with which the part of the sheet begins that moving pictures show
        self._aim = ""  # the phase to be scrolled to once it stands on the sheet
        self._drawn = 0.0
        self._ink: Ink | None = None
        self._known: dict[str, dict[object, Any]] = {"check": {}, "race": {}}  # by what it is about
        self._wanted: tuple[tuple[str, object], Job] | None = None  # to be done beside the window's thread
        self._beside = Beside(self)
        self._beside.done.connect(self._take)
        self._controls = StepControls()
        self._controls.entered.connect(self.enter)
        self._controls.switched.connect(self._switch)
        self._controls.chosen.connect(self._choose)
        if sharp:  # a picture shows what was chosen, and all of it
            self._controls.hide()
            self.plot.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.layout().insertWidget(0, self._controls)  # type: ignore[union-attr]
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

    def enter(self, phase: str) -> None:
        """Go to a phase of the iteration, through those before it; from the update on, of the next one."""
        self._before = None
        self.phase = "backward" if phase == "update" else phase
        self._waits = phase == "update"
        was_running = self._running
        self.paused.emit()
        self._redraw()
        self._scroll_to(self.phase)
        if not was_running:  # else the frame shown is not the last one of the run, and that is still to come
            self._step_if_wanted()

    def notice_running(self, running: bool) -> None:
        """Take notice that training runs, which the frame shown need not know yet."""
        self._running = running

    def _step_if_wanted(self) -> None:
        if self._waits and self._frame is not None and not self._frame.is_moving and self._asked is None:
            self._waits, self._asked = False, self._frame
            self.stepped.emit()

    def _notice_step(self, frame: Frame, before: Frame | None) -> None:
        """See whether a frame shows the update that was asked for, or something else that was done to the run."""
        asked = self._asked
        if asked is not None and not frame.is_moving and frame.obeyed > asked.obeyed:
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
        if frame.is_moving and now - self._drawn < EVERY:
            return
        self._drawn = now
        self._redraw()
        if self.phase != phase:
            self._scroll_to(self.phase)
        self._step_if_wanted()

    def _scroll_to(self, phase: str) -> None:
        """Show where a phase begins, at once or as soon as its formulas are set."""
        top = self._sheet.top_of(phase) if phase != PHASES[0] else 0.0
        self.plot.verticalScrollBar().setValue(int(top))
        self._aim = phase if len(self._sheet.lines) < len(self.lines) else ""

    def look(self) -> dict[str, Any]:
        phase = "backward" if self.phase == "update" else self.phase  # of an update, its frame is not kept
        return super().look() | {"phase": phase, "one": self._controls.one}

    def take_look(self, look: dict[str, Any]) -> None:
        super().take_look(look)
        if look.get("phase") in PHASES[:-1]:
            self.phase, self._before = look["phase"], None
        if isinstance(look.get("one"), bool):
            self._controls.one = look["one"]
        self._switch()

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, StepView)
        self.phase, self._before, self._frame = other.phase, other._before, other._frame
        self._controls.one = other._controls.one
        self._top = other._sheet.line_at(other.plot.verticalScrollBar().value())
        self._known = {kind: dict(known) for kind, known in other._known.items()}

    def hold_axes(self, final: Frame) -> None:
        """Show of the sheet what there is room for, in letters that can be read, where the window shows it."""
        self.axes_stay = True
        self.plot.grab()  # lays the room out
        self.draw(final)

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

    def _switch(self) -> None:
        self._redraw()
        self._scroll_to(self.phase)

    def _redraw(self) -> None:
        frame = self._frame
        if frame is None:
            return
        opened = self._before or frame
        row = self._row(opened)
        self.opened = self.after = self.checked = None
        self._controls.show_state(self.phase, row, opened.experiment.problem.dataset.m)
        if row is None:
            self.lines = [sentence("empty", "There are no points yet: paint some, or choose a data set.")]
        else:
            self.lines = self._lines(opened, row, frame.state if self._before is not None else None)
        if not frame.is_moving:
            self.plot.setAccessibleDescription("\n".join(line.text for line in self.lines))
        self._write()

    def _row(self, frame: Frame) -> int | None:
        """Return the row of the example shown: the one that is followed, or the first that is trained on."""
        followed = self.followed_row(frame)
        rows = frame.experiment.problem.rows
        return followed if followed is not None else int(rows[0]) if rows.size else None

    def _lines(self, frame: Frame, row: int, after: State | None) -> list[Line]:
        """Return what is said of the opened frame, up to the phase, and note what has to be computed for it."""
        experiment, state, one = frame.experiment, frame.state, self._controls.one
        opened = Opened.of_one(experiment, state, row) if one else Opened.of_all(experiment, state)
        self.opened, self.after = opened, after
        notation = Notation(opened, one)
        found = [title("iteration", f"Iteration {state.iteration:,}")]
        found.append(sentence("examples", _example(experiment.problem, row) if one else _examples(opened)))
        reached = PHASES.index(self.phase)
        for phase in (forward_lines, cost_lines, backward_lines)[: reached + 1]:
            found += phase(notation)
        if after is not None:
            found += update_lines(notation, after)
        if reached >= PHASES.index("backward") and opened.m:
            waiting = "Pause to see it." if frame.is_moving else "Being computed …"
            if not one:
                data = ("race", (experiment.problem, experiment.network))
                raced = self._result(data, opened.raced, frame.is_moving or self._sharp)
                found += race_lines(notation, raced, waiting)
            moment = ("check", (state.gradient, row if one else None))
            if not opened.is_checkable:
                waiting = (
                    f"{experiment.network.parameter_count:,} parameters are too many: each takes two costs."
                )
            checked = self.checked = self._result(
                moment, opened.checked, frame.is_moving or not opened.is_checkable
            )
            found += check_lines(notation, checked, waiting)
        return found

    def _result(self, about: tuple[str, object], job: Job, later: bool) -> Any:
        """Return what a job came to, or None as long as that is not known, and have it done unless `later`."""
        kind, moment = about
        if moment not in self._known[kind] and not later:
            if self._sharp:
                self._known[kind] = {moment: job()}
            else:
                self._wanted = about, job
        return self._known[kind].get(moment)

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
        if self.axes_stay:
            bar = self.plot.verticalScrollBar()
            bar.setValue(int(self._sheet.top_of(self._top)))  # of a row that is seen in part none is
            self._sheet.cut(bar.value(), bar.value() + self.plot.viewport().height())
        elif self._sharp:  # a picture shows the whole sheet
            self.resize(self.width(), round(area.height()))


def _example(problem: Problem, row: int) -> str:
    """Return a sentence on a point of the data set, in the person's own units."""
    x, y = problem.dataset.X[:, row], int(problem.dataset.Y[0, row])
    values = ", ".join(map(shown, x[:MOST_INPUTS])) + (", …" if x.size > MOST_INPUTS else "")
    held = ", held out: nothing is learned from it" if problem.test[row] else ""
    scaled = "" if problem.standardization.changes_nothing else " The network sees x standardized."
    return f"Example {row + 1:,}: x = ({values}), y = {y} ({problem.dataset.class_names[y]}){held}.{scaled}"


def _examples(opened: Opened) -> str:
    """Return a sentence on all examples."""
    whole = opened.m == opened.experiment.problem.m_train
    part = "all examples that are trained on" if whole else "this batch"
    return f"A column for each of m = {opened.m:,}: {part}."
