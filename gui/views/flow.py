"""How much of the gradient reaches each layer, over the run and now."""

import time
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QComboBox

from engine.model.activations import Array
from engine.training.commands import Frame
from engine.training.flow import VANISHING, Flow, examples_shown, verdict
from engine.training.trail import Moment
from gui import theme as tokens
from gui.theme import Theme
from gui.views.dots import Dots, Stamp
from gui.views.flow_units import UnitBars
from gui.views.scales import apart, log_ticks, round_up
from gui.views.view import WAIT, Key, View
from gui.views.words import Paragraph

QUANTITIES = {
    "dW": "The gradient of the weights, by which descent moves them.",
    "dA": "The gradient of the activations, which travels back through the layers. At the output it is that of the "
    "loss itself: with log loss never below 1.",
}
BETWEEN = (Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine)
SLICE = 0.0004  # seconds in one picture for moments that are not measured yet
RESCALE_EVERY = 0.25  # seconds; axes that move less often are easier to read
SHARES = (8, 5)  # of the width, for the curves and the bars
TAG = 12.0  # pixels upwards for a layer's number beside its curve
SMALLEST = 1e-30  # what a mean of 0 is drawn as


class FlowView(View):
    """Mean |dW| or |dA| of each layer on a logarithmic axis, and mean |dZ| of each unit of one layer."""

    name: ClassVar[str] = "flow"
    title: ClassVar[str] = "Gradient flow"
    help: ClassVar[str] = (
        "How much of the gradient reaches each layer: the mean size of its dW or dA over the run. It vanishes when "
        f"the dA of layer 1 is below 1/{1 / VANISHING:g} of the dZ that the output hands down. "
        "The bars are the units of one layer now."
    )
    opens: ClassVar[bool] = False

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self.now: Flow | None = None
        """The sizes at the moment that is shown."""
        self._measured: dict[int, tuple[Moment, Array]] = {}  # by iteration; (2, L), dW and dA
        self._layer = 0
        self._layers = 0
        self._rescaled = 0.0
        self._reach = (0.0, 0.0, 0.0)
        self.key = Key()
        self.grid.addItem(self.key, 0, 0, 1, 2)
        self.axes = self.make_plot(1, left="mean |dW|", bottom="iteration")
        self._units = UnitBars(self.make_plot(1, left="unit", bottom="mean |dZ|", column=1))
        self.caption = Paragraph()
        self.grid.addItem(self.caption, 2, 0, 1, 2)
        for column, share in enumerate(SHARES):
            self.grid.layout.setColumnStretchFactor(column, share)
            self.grid.layout.setColumnPreferredWidth(column, share)
        for plot, width in ((self.axes, 52), (self._units.plot, 36)):
            plot.getViewBox().setMouseEnabled(False, False)
            plot.getViewBox().disableAutoRange()
            plot.getAxis("left").setWidth(width)
            plot.getAxis("bottom").setStyle(hideOverlappingLabels=False)
        self._curves: list[pg.PlotCurveItem] = []
        self._ends = Dots(1, sharp=sharp)
        self._here = pg.InfiniteLine(angle=90)
        self._ends.setZValue(1)
        self._tags: list[pg.TextItem] = []
        for item in (self._here, self._ends):
            self.axes.addItem(item, ignoreBounds=True)
        self.layer_combo = self._add_combo("flowLayerCombo", "Which layer's units are the bars.", "Layer")
        self.layer_combo.activated.connect(self.show_layer)
        self.quantity_combo = self._add_combo(
            "flowQuantityCombo", "Which gradient the curves show: of weights or activations.", "Gradient"
        )
        for name, meaning in QUANTITIES.items():
            self.quantity_combo.addItem(name, name)
            self.quantity_combo.setItemData(
                self.quantity_combo.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole
            )
        self.quantity_combo.currentIndexChanged.connect(self._show_quantity)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on_measuring)
        self.apply_theme(theme)

    def _add_combo(self, name: str, tooltip: str, spoken: str) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        combo.setToolTip(tooltip)
        combo.setAccessibleName(spoken)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.header.add(combo)
        return combo

    @property
    def quantity(self) -> str:
        """What the curves show, a name of `QUANTITIES`."""
        return str(self.quantity_combo.currentData())

    @property
    def is_complete(self) -> bool:
        """Whether every kept moment of the run is on the curves."""
        return self._frame is not None and not self._unmeasured(self._frame)

    def curves(self) -> tuple[Array, Array]:
        """Return the iterations (n,) and what the curves show there, a row for each layer (L, n)."""
        place = list(QUANTITIES).index(self.quantity)
        iterations = sorted(self._measured)
        values = [self._measured[k][1][place] for k in iterations]
        return np.array(iterations, dtype=float), np.array(values).reshape(len(iterations), self._layers).T

    def show_layer(self, layer: int) -> None:
        """Show the units of another layer, from 0; the last is the output."""
        self._layer = layer
        if self._frame is not None:
            self.draw(self._frame)

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, FlowView)
        self._layer = other._layer
        self.quantity_combo.setCurrentIndex(other.quantity_combo.currentIndex())

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for plot in (self.axes, self._units.plot):
            self.style_plot(plot)
        self._here.setPen(self.pen(theme.muted, tokens.THIN))
        self._units.bars.setOpts(brush=pg.mkBrush(theme.accent), pen=pg.mkPen(None))
        self._ends.set_stamps(Stamp("o", 6.0, QPen(Qt.PenStyle.NoPen), pg.mkBrush(theme.text)))
        pens = [self._pen_of(layer) for layer in range(self._layers)]
        for curve, pen in zip(self._curves, pens, strict=False):
            curve.setPen(pen)
        for tag, pen in zip(self._tags, pens, strict=False):
            tag.setColor(pen.color())
        self.key.show_entries(
            [
                (pen, self._name_of(layer).removeprefix("layer " if layer else ""))
                for layer, pen in enumerate(pens)
            ],
            theme.text,
        )
        if self._frame is not None:
            self.draw(self._frame)

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        self._offer_layers(len(frame.experiment.network.activations))
        self.now = Flow.of(frame.experiment, frame.state.parameters, frame.state.gradient)
        self._measure(frame)
        now = time.perf_counter()
        if not frame.is_moving or now - self._rescaled > RESCALE_EVERY:
            self._rescaled = now
            self._rescale(frame)
        self._draw_curves(frame)
        self._units.show(self.now.dZ[self._layer], f"unit of {self._name_of(self._layer)}")
        problem = frame.experiment.problem
        words = "There are no points, so there is no gradient."
        if problem.m_train:
            words = verdict(self.now, self.quantity)
        alarming = words.endswith((": vanishing.", ": exploding."))
        self.caption.say(words, self.theme.warning if alarming else self.theme.muted)
        step = examples_shown(problem.m_train).step
        self.header.note.setText(f"dA, dZ: one point in {step:,}" if step > 1 else "")

    def _show_quantity(self) -> None:
        self.axes.setLabel("left", f"mean |{self.quantity}|", **self.axes.getAxis("left").labelStyle)
        self._rescaled = 0.0
        if self._frame is not None:
            self.draw(self._frame)

    def _offer_layers(self, count: int) -> None:
        if self._layers == count:
            return
        self._layers = count
        self._layer = min(self._layer, count - 1)
        self._measured.clear()
        while len(self._curves) < count:
            curve = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True, antialias=True)
            self.axes.addItem(curve, ignoreBounds=True)
            tag = pg.TextItem(f"{len(self._tags) + 1}", anchor=(0.0, 0.5))
            tag.setFont(tokens.font(tokens.SMALL))
            self.axes.addItem(tag, ignoreBounds=True)
            self._curves.append(curve)
            self._tags.append(tag)
        for layer, curve in enumerate(self._curves):
            curve.setVisible(layer < count)
        self.layer_combo.clear()
        for layer in range(count):
            self.layer_combo.addItem(self._name_of(layer), layer)
        self.layer_combo.setEnabled(count > 1)
        self.layer_combo.setCurrentIndex(self._layer)
        frame, self._frame = self._frame, None
        self.apply_theme(self.theme)
        self._frame = frame

    def _name_of(self, layer: int) -> str:
        return f"layer {layer + 1}" + (", output" if layer == self._layers - 1 else "")

    def _pen_of(self, layer: int) -> QPen:
        """The first layer, which the gradient reaches last, is the strongest; those between are dashed.

        Their colours go from its own to another one, so that their order is seen.
        """
        if layer == self._layers - 1:
            return self.pen(self.theme.text, 1.5)
        if layer == 0:
            return self.pen(self.theme.accent, 2.5)
        share = layer / max(1, self._layers - 2)
        colour = tokens.mixed(self.theme.accent, self.theme.gradient, share)
        return self.pen(colour, 1.75, BETWEEN[(layer - 1) % len(BETWEEN)])

    def _unmeasured(self, frame: Frame) -> list[Moment]:
        """Return the kept moments that are not measured yet, such that any first few of them are spread out."""
        moments = frame.trail
        missing = [place for place, each in enumerate(moments) if not self._has(each) and each.experiment]
        return [moments[place] for place in sorted(missing, key=lambda place: -(place & -place))]

    def _has(self, moment: Moment) -> bool:
        known = self._measured.get(moment.iteration)
        return known is not None and known[0].parameters is moment.parameters

    def _measure(self, frame: Frame) -> None:
        """Measure moments of the trail as long as there is time, and forget those that are not in it any more."""
        kept = {each.iteration: each for each in frame.trail}
        self._measured = {
            k: known
            for k, known in self._measured.items()
            if k in kept and kept[k].parameters is known[0].parameters
        }
        until = time.perf_counter() + SLICE
        waiting = self._unmeasured(frame)
        for moment in waiting:
            if time.perf_counter() > until and not self._sharp:
                break
            assert moment.experiment is not None
            flow = Flow.of(moment.experiment, moment.parameters, moment.gradient)
            self._measured[moment.iteration] = (moment, np.stack([flow.dW, flow.dA]))
        else:
            return
        if not frame.is_moving:
            self._more.start(0)

    def _go_on_measuring(self) -> None:
        if self.gives_way():
            self._more.start(WAIT)
        elif self._frame is not None and self.isVisible() and not self._frame.is_moving:
            self._measure(self._frame)
            self._rescale(self._frame)
            self._draw_curves(self._frame)

    def _draw_curves(self, frame: Frame) -> None:
        iterations, values = self.curves()
        assert self.now is not None
        now = self.now.dW if self.quantity == "dW" else self.now.dA
        k = float(frame.state.iteration)
        if not frame.looks_back:
            later = iterations < k
            iterations, values = np.append(iterations[later], k), np.column_stack([values[:, later], now])
        for curve, each in zip(self._curves, values, strict=False):
            self.draw_quickly(curve, frame)
            curve.setData(iterations, _height(each))
        known = np.isfinite(now)
        self._ends.set_places(0, np.full(known.sum(), k), _height(now[known]))
        self._place_tags(k, now)
        self._here.setVisible(frame.looks_back)
        self._here.setValue(k)

    def _place_tags(self, k: float, now: Array) -> None:
        """Write the layers' numbers beside their curves' ends, `now` (L,), below one another where these are close."""
        _, low, high = self._reach
        least = TAG * (high - low) / max(1.0, self.axes.getViewBox().height())
        heights = _height(np.nan_to_num(now, posinf=0.0))
        seen = {int(layer) for layer in np.flatnonzero((heights >= low) & (heights <= high))}
        if len(seen) * least > high - low or len(seen) < 2:
            seen.clear()  # there is no room, or nothing to tell apart
        places = apart(heights[sorted(seen)], least, low, high)
        for layer, place in zip(sorted(seen), places.tolist(), strict=True):
            self._tags[layer].setPos(k, place)
        for layer, tag in enumerate(self._tags):
            tag.setVisible(layer in seen)

    def _rescale(self, frame: Frame) -> None:
        if self.axes_stay:
            return
        _, values = self.curves()
        assert self.now is not None
        shown = np.append(values, self.now.dW if self.quantity == "dW" else self.now.dA)
        heights = _height(shown[np.isfinite(shown) & (shown > 0.0)])
        low, high = np.floor(heights.min(initial=0.0)), np.ceil(heights.max(initial=-30.0))
        if not heights.size:
            low, high = -1.0, 0.0
        reach = (
            round_up(max(10.0, frame.state.iteration, frame.last)),
            float(low),
            float(max(low + 1, high)),
        )
        if reach != self._reach:
            self._reach = reach
            self.axes.getAxis("left").setTicks(log_ticks(*reach[1:], most=5))
            middle, end = reach[0] / 2, reach[0]
            self.axes.getAxis("bottom").setTicks([[(0.0, "0"), (middle, f"{middle:,g}"), (end, f"{end:,g}")]])
            self.axes.getViewBox().setRange(xRange=(0, reach[0] * 1.08), yRange=reach[1:], padding=0)


def _height(sizes: Array) -> Array:
    """Return where sizes stand on the logarithmic axis; NaN stays."""
    return np.log10(np.maximum(sizes, SMALLEST))
