"""The cost over the iterations, for the training and the test points."""

import time
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPen

from engine.training.batches import batches_per_epoch
from engine.training.changes import Mark, told_then
from engine.training.commands import Frame
from engine.training.comparison import KeptRun
from engine.training.experiment import Experiment
from gui import theme as tokens
from gui.theme import Theme
from gui.views.axes import Iterations, Numbers
from gui.views.cost_curves import SMOOTHED_OVER, CostCurves
from gui.views.cost_legend import Legend, Said
from gui.views.cost_marks import MarkLines
from gui.views.cost_options import ENTRIES
from gui.views.cost_scale import Scale
from gui.views.cross_hair import CrossHair, Reading, read
from gui.views.dots import Stamp
from gui.views.kept_runs import MOST, KeptRuns
from gui.views.scales import log_ticks
from gui.views.show_menu import ShowMenu
from gui.views.view import View, plain

RESCALE_EVERY = 0.15  # seconds; axes that move less often are easier to read
WIDTH = 48  # pixels, of the numbers at an axis


class CostView(View):
    """Training and test cost, on a linear or a logarithmic axis."""

    name: ClassVar[str] = "cost"
    title: ClassVar[str] = "Cost"
    help: ClassVar[str] = (
        "J, the mean loss and the penalty. Training lowers the cost of the training points; "
        "when that of the test points rises meanwhile, the network learns by heart. "
        "Above the plot: the length of the gradient, and what changes with it. The mouse reads values; "
        "a click goes to that iteration, and near a line to that of the change."
    )

    sought = Signal(int)
    """An iteration that the person wants to see."""
    told = Signal(str)
    """A sentence for the status line."""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self._rescaled = 0.0
        self._has_batches = False
        self._compared: tuple[Experiment | None, Experiment | None, str] = (None, None, "")
        self._pens: dict[str, QPen] = {}
        self.scale = Scale()
        self.key = Legend()
        self.grid.addItem(self.key, 0, 0)
        self.axes = self.make_plot(1, left="cost")
        self.axes.setAxisItems({"bottom": Iterations("bottom"), "right": Numbers("right")})
        self.axes.setLabel("bottom", "iteration")
        self.box: pg.ViewBox = self.axes.getViewBox()
        self.box.setMouseEnabled(False, False)
        self.box.disableAutoRange()
        self._right = self.axes.getAxis("right")
        for axis in (self.axes.getAxis("left"), self._right):
            axis.setWidth(WIDTH)
        self.header.note.setToolTip(
            "Where you look back, what was different then; the length of the gradient, of the batch where there are "
            "batches; the learning rate α where a schedule changes it; and which batch of the epoch comes next."
        )
        self.curves = CostCurves(self.axes, sharp)
        self.kept = KeptRuns(self.axes)
        self.marks = MarkLines()
        self._here, self._hair = (pg.InfiniteLine(angle=90) for _ in range(2))
        for item, z in ((self.marks, 2), (self._here, 1), (self._hair, 1)):
            item.setZValue(z)
            self.axes.addItem(item, ignoreBounds=True)
        for line in (self._here, self._hair):
            line.setVisible(False)
        self.cross_hair = CrossHair(self.plot, self.box)
        self.cross_hair.moved.connect(self._read)
        self.plot.scene().sigMouseClicked.connect(self._seek)
        self.log_button = self.header.add_button(
            "log", "Logarithmic axis: equal heights are equal factors.", "costLogButton"
        )
        self.log_button.setCheckable(True)
        self.log_button.toggled.connect(self.set_log)
        self.keep_button = self.header.add_button(
            "keep",
            f"Keep this run's curve, to compare others with it (Ctrl+K); up to {MOST}.",
            "costKeepButton",
        )
        button = self.header.add_button("Show ▾", "Choose what is shown beside the costs.", "costShowButton")
        self.show_menu = ShowMenu(button, self.name, ENTRIES)
        self.show_menu.changed.connect(self._show_others)
        self._show_others()

    @property
    def is_log(self) -> bool:
        """Whether the cost axis is logarithmic."""
        return self.log_button.isChecked()

    def set_log(self, log: bool) -> None:
        """Choose the logarithmic or the linear axis."""
        self.log_button.setChecked(log)
        self._draw_again()

    def keep_run(self, frame: Frame) -> None:
        """Keep the curve of a run, to be compared with others."""
        if not frame.last:
            self.told.emit("There is nothing to keep yet: Space runs.")
            return
        gone = "" if self.kept.keep(frame) else " The oldest that was kept is gone."
        self.told.emit(f"Kept: {frame.last:,} iterations. Change a setting, or press R, and run.{gone}")
        self._draw_again()

    def forget_runs(self) -> None:
        """Forget all runs that were kept."""
        self.show_runs(())

    def show_runs(self, runs: tuple[KeptRun, ...]) -> None:
        """Show these runs beside the one under way."""
        self.kept.show(runs)
        self._draw_again()

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, CostView)
        self.kept.show(other.kept.runs)
        self.show_menu.look_like(other.show_menu)
        self.set_log(other.is_log)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.style_plot(self.axes)
        self._right.setPen(self.pen(theme.line, tokens.THIN))
        self._right.setTextPen(theme.gradient)
        self._right.setStyle(tickFont=tokens.font(tokens.SMALL), tickLength=-4, tickTextOffset=6)
        self._right.setLabel("gradient", color=theme.gradient, **{"font-size": f"{tokens.SMALL}px"})
        self._right.label.setFont(tokens.font(tokens.SMALL))
        self._pens = self.curves.apply_theme(self)
        self.kept.apply_theme(self)
        self.marks.set_look(self.pen(theme.muted, tokens.THIN, alpha=0.5), theme.muted, theme.window)
        for line, style in ((self._here, Qt.PenStyle.SolidLine), (self._hair, Qt.PenStyle.DotLine)):
            line.setPen(self.pen(theme.muted, tokens.THIN, style))
        self._show_key()
        if self._frame is not None:
            self._draw_curves(self._frame)

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        self._show_note(frame)
        now = time.perf_counter()
        if not frame.is_moving or now - self._rescaled > RESCALE_EVERY:
            self._rescale(frame)
            self._rescaled = now
            if self.kept.runs:
                self._show_key()  # what was different may be other than before
        self._draw_curves(frame)

    def _show_others(self) -> None:
        """Show what was chosen in the menu, and no more."""
        self.curves.show(
            self._has_batches, "Gradient" in self.show_menu.shown, "Smoothed" in self.show_menu.shown
        )
        self.axes.showAxis("right", "Gradient" in self.show_menu.shown)
        self.apply_theme(self.theme)
        self._draw_again()

    def _draw_again(self) -> None:
        self._rescaled = 0.0
        self._show_key()
        if self._frame is not None:
            self.draw(self._frame)

    def _show_key(self) -> None:
        """Name the curves."""
        more = [("batch", self._has_batches), ("gradient", "Gradient" in self.show_menu.shown)]
        points = "" if any(shown for _, shown in more) else " points"  # all in one row where it is narrow
        shown = {"train": f"training{points}", "test": f"test{points}"}
        shown |= {name: name for name, is_shown in more if is_shown}
        entries: list[tuple[Stamp | QPen, str]] = [(self._pens[name], words) for name, words in shown.items()]
        kept = self.kept.entries(self._frame) if self._frame is not None else []
        self.key.show_entries([*entries, *kept], self.theme.text, len(kept))
        lines = [f"{name}: {run.outcome}." for (_, name), run in zip(kept, self.kept.runs, strict=False)]
        self.key.setToolTip(plain("\n".join(lines)))

    def _show_note(self, frame: Frame) -> None:
        """Tell what the curves do not: the length of the gradient, and what changes by itself."""
        spec, problem = frame.experiment.spec, frame.experiment.problem
        k = frame.state.iteration
        words = [f"then {self._then(frame)}"] if self._then(frame) else []
        words += [f"gradient {frame.state.scores.gradient_norm:.2g}"] if problem.m_train else []
        if spec.schedule != "constant":
            words.append(f"α {spec.learning_rate_at(k):.3g}")
        batches = batches_per_epoch(problem.m_train, spec.batch_size)
        has_batches = batches > 1
        if has_batches:
            words.append(f"batch {k % batches + 1:,} of {batches:,}")
        self.header.note.setText(" · ".join(words))
        if has_batches != self._has_batches:
            self._has_batches = has_batches
            self._show_others()

    def _then(self, frame: Frame) -> str:
        """Return what was different at an earlier moment that is shown."""
        if frame.goes_on is None:
            return ""
        if self._compared[:2] != (
            frame.experiment,
            frame.goes_on,
        ):  # many points are not compared for each picture
            self._compared = frame.experiment, frame.goes_on, told_then(frame.experiment, frame.goes_on)
        return self._compared[2]

    def _draw_curves(self, frame: Frame) -> None:
        pixels = max(50, int(self.box.width()) // 3)  # a 2-pixel line costs by the point
        self.curves.draw(self, frame, self.scale, pixels)
        width = SMOOTHED_OVER * self.scale.across if "Smoothed" in self.show_menu.shown else 0.0
        self.kept.draw(self.scale, width, pixels)
        self.marks.show_marks(frame.marks if "Changes" in self.show_menu.shown else ())
        self._here.setVisible(frame.looks_back)
        self._here.setValue(frame.state.iteration)
        self._read()

    def _rescale(self, frame: Frame) -> None:
        """Let the axes reach to round numbers beyond the curves, so that they move seldom."""
        if self.axes_stay:
            return
        names = ["train_cost", "test_cost"] + ["batch_cost"] * self._has_batches
        costs = [np.array(frame.state.scores[:2]), self.kept.costs, *map(frame.curve.column, names)]
        gradients = frame.curve.column("gradient_norm") if "Gradient" in self.show_menu.shown else np.empty(0)
        last = max(frame.state.iteration, frame.last, self.kept.last)
        scale = Scale.of(last, np.concatenate(costs), gradients, self.is_log)
        if scale != self.scale or not self._rescaled:
            self.scale = scale
            low, high = scale.low, scale.high
            self.axes.getAxis("left").setTicks(log_ticks(low, high) if scale.is_log else None)
            ticks = log_ticks(*scale.gradient, most=5)[0]
            self._right.setTicks(
                [[(float(scale.gradient_height(np.array(10.0**at))), text) for at, text in ticks]]
            )
            self.box.setRange(xRange=(0, scale.across * 1.01), yRange=(low, high), padding=0)

    # The mouse

    def _seek(self, click: MouseClickEvent) -> None:
        """Ask for the iteration that was clicked on, or for that of a change beside it."""
        inside = self.box.sceneBoundingRect().contains(click.scenePos())
        if inside and click.button() == Qt.MouseButton.LeftButton and self._frame is not None:
            x = self.box.mapSceneToView(click.scenePos()).x()
            mark = self.marks.near(x)
            self.sought.emit(max(0, round(x)) if mark is None else mark.iteration)

    def _read(self) -> None:
        """Say what the curves are where the mouse is."""
        x, frame = self.cross_hair.place, self._frame
        mark = self.marks.near(x) if x is not None else None
        reading = None
        if x is not None and frame is not None:
            reading = read(frame, x if mark is None else mark.iteration)
        self._hair.setVisible(reading is not None)
        said, kept = [], []
        if reading is not None:
            self._hair.setValue(reading.iteration)
            said, kept = self._say(reading, mark), self.kept.readings(reading.iteration)
        self.key.read(said, kept)
        self.plot.setAccessibleDescription("\n".join([*(each.full for each in said), *kept]))

    def _say(self, reading: Reading, mark: Mark | None) -> list[Said]:
        theme, scores = self.theme, reading.scores
        nearest, about = (" (nearest kept)", "≈ ") if reading.is_nearest else ("", "")
        k = f"{reading.iteration:,}"
        said = [Said(f"iteration {k}{nearest}", f"{about}{k}", theme.text)]
        if mark is not None:
            said.append(Said(mark.words, mark.words, theme.text))
        values = [
            Said(f"{words} {value:.4g}", f"{words} {value:.3g}", colour)
            for words, value, colour in (
                ("train", scores.train_cost, theme.text),
                ("test", scores.test_cost, theme.accent),
                ("gradient", scores.gradient_norm, theme.gradient),
            )
            if np.isfinite(value)
        ]
        accuracy = f"accuracy {scores.train_accuracy:.1%}"
        both = (
            f"{accuracy}, test {scores.test_accuracy:.1%}" if np.isfinite(scores.test_accuracy) else accuracy
        )
        # Where room is scarce the last go first: what is drawn stays.
        values.insert(3 if "Gradient" in self.show_menu.shown else 2, Said(both, accuracy, theme.muted))
        return said + values
