"""The cost over the iterations, for the training and the test points."""

import time
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QPen

from engine.training.batches import batches_per_epoch
from engine.training.commands import Frame
from gui.theme import Theme
from gui.views.decimation import decimate
from gui.views.dots import Dots, Stamp
from gui.views.scales import log_ticks, round_up
from gui.views.view import Key, View

RESCALE_EVERY = 0.15  # seconds; axes that move less often are easier to read
SMALLEST = 1e-12  # what a cost of 0 is drawn as on a logarithmic axis


class CostView(View):
    """Training and test cost, on a linear or a logarithmic axis."""

    name: ClassVar[str] = "cost"
    title: ClassVar[str] = "Cost"
    help: ClassVar[str] = (
        "J, the mean loss and the penalty. Training lowers the cost of the training points; "
        "when that of the test points rises meanwhile, the network learns by heart. "
        "Above the plot: the length of the gradient, and what changes with it. Click to look back."
    )

    sought = Signal(int)
    """An iteration that the person wants to see."""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self._rescaled = 0.0
        self._reach = (0.0, 0.0, 0.0)
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self.axes = self.make_plot(1, left="cost", bottom="iteration")
        self.box: pg.ViewBox = self.axes.getViewBox()
        self.box.setMouseEnabled(False, False)
        self.box.disableAutoRange()
        self.axes.getAxis("left").setWidth(44)
        self._train, self._test, self._batch = (
            pg.PlotCurveItem(skipFiniteCheck=True, antialias=True) for _ in range(3)
        )
        self._has_batches = False
        self._batch.setVisible(False)
        self.header.note.setToolTip(
            "The length of the gradient, of the batch where there are batches; the learning rate α where a schedule "
            "changes it; and which batch of the epoch comes next."
        )
        self._ends = Dots(2, sharp=sharp)
        self._here = pg.InfiniteLine(angle=90)
        self._here.setVisible(False)
        self.plot.scene().sigMouseClicked.connect(self._seek)
        for item in (self._here, self._batch, self._test, self._train, self._ends):
            item.setZValue(1)
            self.axes.addItem(item, ignoreBounds=True)
        self.log_button = self.header.add_button(
            "log", "Logarithmic axis: equal heights are equal factors.", "costLogButton"
        )
        self.log_button.setCheckable(True)
        self.log_button.toggled.connect(self.set_log)
        self.apply_theme(theme)

    @property
    def is_log(self) -> bool:
        """Whether the cost axis is logarithmic."""
        return self.log_button.isChecked()

    def set_log(self, log: bool) -> None:
        """Choose the logarithmic or the linear axis."""
        self.log_button.setChecked(log)
        self._rescaled, self._reach = 0.0, (0.0, 0.0, 0.0)
        if self._frame is not None:
            self.draw(self._frame)

    def _seek(self, click: MouseClickEvent) -> None:
        """Ask for the iteration that was clicked on."""
        inside = self.box.sceneBoundingRect().contains(click.scenePos())
        if inside and click.button() == Qt.MouseButton.LeftButton and self._frame is not None:
            self.sought.emit(max(0, round(self.box.mapSceneToView(click.scenePos()).x())))

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, CostView)
        self.set_log(other.is_log)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.style_plot(self.axes)
        train, test = self.pen(theme.text), self.pen(theme.accent, style=Qt.PenStyle.DashLine)
        self._train.setPen(train)
        self._test.setPen(test)
        self._here.setPen(self.pen(theme.muted, 1.0))
        none = QPen(Qt.PenStyle.NoPen)
        self._ends.set_stamps(*(Stamp("o", 7.0, none, QBrush(pen.color())) for pen in (train, test)))
        batch = self.pen(theme.muted, 1.0, alpha=0.5)
        self._batch.setPen(batch)
        entries: list[tuple[Stamp | QPen, str]] = [(train, "training points"), (test, "test points")]
        self.key.show_entries([*entries, (batch, "batch")] if self._has_batches else entries, theme.text)
        if self._frame is not None:
            self._draw_curves(self._frame)

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        self._show_note(frame)
        now = time.perf_counter()
        if not frame.running or now - self._rescaled > RESCALE_EVERY:
            self._rescaled = now
            self._rescale(frame)
        self._draw_curves(frame)

    def _show_note(self, frame: Frame) -> None:
        """Tell what the curves do not: the length of the gradient, and what changes by itself."""
        spec, problem = frame.experiment.spec, frame.experiment.problem
        k = frame.state.iteration
        words = [f"gradient {frame.state.scores.gradient_norm:.2g}"] if problem.m_train else []
        if spec.schedule != "constant":
            words.append(f"α {spec.learning_rate_at(k):.3g}")
        batches = batches_per_epoch(problem.m_train, spec.batch_size)
        has_batches = batches > 1
        if has_batches:
            words.append(f"batch {k % batches + 1:,} of {batches:,}")
        self.header.note.setText(" · ".join(words))
        if has_batches != self._has_batches:
            self._has_batches = has_batches
            self._batch.setVisible(has_batches)
            self.apply_theme(self.theme)

    def _draw_curves(self, frame: Frame) -> None:
        for item in (self._train, self._batch):  # the test curve's dashes go along the whole path
            self.draw_quickly(item, frame)
        scores, at = frame.state.scores, frame.state.scored_at
        iterations, train, test = (
            frame.curve.column(name) for name in ("iteration", "train_cost", "test_cost")
        )
        judged = np.isfinite(train)  # not at every iteration of mini-batches
        if not judged.all():
            iterations, train, test = iterations[judged], train[judged], test[judged]
        self._draw_curve(0, self._train, iterations, train, at, scores.train_cost, frame.looks_back)
        self._draw_curve(1, self._test, iterations, test, at, scores.test_cost, frame.looks_back)
        self._here.setVisible(frame.looks_back)
        self._here.setValue(frame.state.iteration)
        if self._has_batches:
            x, y = decimate(frame.curve.column("iteration"), frame.curve.column("batch_cost"), self._pixels)
            self._batch.setData(x, self._height(y))

    @property
    def _pixels(self) -> int:
        return max(50, int(self.box.width()) // 3)  # a 2-pixel line costs by the point

    def _draw_curve(
        self,
        group: int,
        item: pg.PlotCurveItem,
        iterations: np.ndarray,
        cost: np.ndarray,
        at: int,
        shown: float,
        looks_back: bool,
    ) -> None:
        """Draw a curve, and a dot at the cost that is shown: the end of the curve, but where one looks back."""
        known = np.isfinite(cost)
        broken = not (known.all() and np.isfinite(shown))
        missing = iterations[~known] if broken else iterations[:0]
        if broken:
            iterations, cost = iterations[known], cost[known]
        x, y = decimate(iterations, cost, self._pixels)
        dot = np.isfinite([shown])
        if dot.all() and not looks_back:
            x, y = np.append(x, at), np.append(y, shown)
        item.setData(x, self._height(y), connect=_unbroken(missing, x) if missing.size else "all")
        self._ends.set_places(group, np.array([float(at)])[dot], self._height(np.array([shown])[dot]))

    def _height(self, cost: np.ndarray) -> np.ndarray:
        return np.log10(np.maximum(cost, SMALLEST)) if self.is_log else cost

    def _rescale(self, frame: Frame) -> None:
        """Let the axes reach to round numbers beyond the curves, so that they move seldom."""
        shown = (
            ("train_cost", "test_cost", "batch_cost") if self._has_batches else ("train_cost", "test_cost")
        )
        costs = np.concatenate([frame.state.scores[:2], *(frame.curve.column(name) for name in shown)])
        costs = costs[np.isfinite(costs)]
        highest = float(costs.max()) if costs.size else 1.0
        lowest = float(costs.min()) if costs.size else 0.1
        across = round_up(max(10.0, frame.state.iteration, frame.last))
        if self.is_log:
            low = np.floor(np.log10(max(lowest, SMALLEST)))
            reach = (across, float(low), float(max(low + 1, np.ceil(np.log10(max(highest, SMALLEST))))))
        else:
            reach = (across, 0.0, round_up(max(highest, 1e-9) * 1.05))
        if reach != self._reach:
            self._reach = reach
            across, low, high = reach
            self.axes.getAxis("left").setTicks(log_ticks(low, high) if self.is_log else None)
            self.box.setRange(xRange=(0, across * 1.01), yRange=(low, high), padding=0)


def _unbroken(missing: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return for each of the iterations x (n,) whether no missing one lies between it and the next."""
    before = np.searchsorted(missing, x)
    return np.append(before[1:] == before[:-1], False) if x.size else np.empty(0, dtype=bool)
