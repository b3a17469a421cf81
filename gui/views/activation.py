"""The activations and their derivatives, with the network's own z riding on them."""

import time
from typing import ClassVar, NamedTuple

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QComboBox

from engine.model.activations import ACTIVATIONS, Array
from engine.model.papers import forward
from engine.model.parts import flat_shares
from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import Theme
from gui.views.bars import Bars
from gui.views.dots import Dots, Stamp
from gui.views.flatness import MOST, flat_words
from gui.views.view import Key, View
from gui.views.words import Lines

REACH = 6.0  # z from -6 to 6; beyond, sigmoid and tanh are flat
TALL, FLAT = 4.0, 1.6  # how far the function's axis goes where the function does, and where it does not
RING = 13.0  # pixels
TURNS = (0, 1, 1, 0)  # the classes whose dots are drawn, half of them each time: neither lies over the other
MOST_DOTS = 240  # dots on a curve, over all units of the layer
JUST_ABOVE = 1e-9  # 0
BINS = 48
EDGES = np.linspace(-REACH, REACH, BINS + 1)  # of the bars
TALLEST = 0.6  # on the slope's axis, the tallest bar
COUNTED = 2000  # points, at most, whose z are counted
COUNT_WIDTH = 48  # pixels for the axis of the counts
COUNT_EVERY = 0.1  # seconds between two counts while training runs
STYLES = {  # of the three that the papers compare, where they are not chosen; the others are not drawn then
    "sigmoid": Qt.PenStyle.DotLine,
    "tanh": Qt.PenStyle.DashDotLine,
    "relu": Qt.PenStyle.DashLine,
}


class Points(NamedTuple):
    """What one layer makes of some points."""

    part: str
    """Why they are drawn: `point`, or `followed`."""
    activation: str
    columns: NDArray[np.intp]  # (k,), of the problem's X
    Z: Array  # (units, k)
    A: Array
    slopes: Array


class ActivationView(View):
    """g and g' of every activation, the chosen one strong, and the z of one layer as dots on both."""

    name: ClassVar[str] = "activation"
    title: ClassVar[str] = "Activations"
    help: ClassVar[str] = (
        "g(z) above, its slope g′(z) below. Each dot is one training point in one unit of the layer, and the bars "
        "count them all; rings are around the followed point. Where the slope is near 0, that unit learns nothing from "
        "that point."
    )

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self._layer = -1
        self._chosen = ""
        self._follows = False
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self._flat = Lines()
        self.grid.addItem(self._flat, 1, 0)
        self.words: list[str] = []
        """How flat each hidden layer is, the first one first."""
        self.counts = np.zeros(BINS, dtype=int)
        """How many z of the layer are in each bin from -REACH to REACH, of those looked at."""
        self.drawn: list[Points] = []
        """What the dots and the rings show, with those that are off the plot."""
        self._counted = 0.0
        self._functions = self.make_plot(2, left="g(z)")
        self._derivatives = self.make_plot(3, left="g′(z)", bottom="z")
        self._bars = Bars(EDGES)
        self._derivatives.addItem(self._bars, ignoreBounds=True)
        z = np.insert(np.linspace(-REACH, REACH, 241), 121, JUST_ABOVE)  # a jump at 0 stands upright
        self._curves: dict[str, tuple[pg.PlotCurveItem, pg.PlotCurveItem]] = {}
        for name, activation in ACTIVATIONS.items():
            A = activation.f(z)
            self._curves[name] = (
                self._add_curve(self._functions, z, A),
                self._add_curve(self._derivatives, z, activation.derivative(z, A)),
            )
        plots = (self._functions, self._derivatives)
        self._dots = [Dots(len(TURNS), sharp=sharp) for _ in plots]
        self._rings = [Dots(1, sharp=sharp, vanishes=True) for _ in plots]  # around the followed point's
        for plot, dots, rings in zip(plots, self._dots, self._rings, strict=True):
            dots.setZValue(2)
            rings.setZValue(3)
            plot.addItem(dots, ignoreBounds=True)
            plot.addItem(rings, ignoreBounds=True)
            plot.showAxis("right")
            right = plot.getAxis("right")
            right.setWidth(COUNT_WIDTH)
            right.setStyle(showValues=plot is self._derivatives)
            box = plot.getViewBox()
            box.setMouseEnabled(False, False)
            box.disableAutoRange()
            box.setRange(xRange=(-REACH * 1.02, REACH * 1.02), padding=0)
            plot.getAxis("left").setWidth(44)
        self._functions.getAxis("bottom").setStyle(showValues=False)
        self._derivatives.getViewBox().setRange(yRange=(-0.1, 1.1), padding=0)
        self._derivatives.setLabel("right", "count")
        self.layer_combo = QComboBox()
        self.layer_combo.setObjectName("activationLayerCombo")
        self.layer_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.layer_combo.setToolTip("Which layer's units ride on the curves.")
        self.layer_combo.setAccessibleName("Layer shown")
        self.layer_combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.layer_combo.activated.connect(self.show_layer)
        self.header.add(self.layer_combo)
        self.apply_theme(theme)

    @staticmethod
    def _add_curve(plot: pg.PlotItem, z: np.ndarray, y: np.ndarray) -> pg.PlotCurveItem:
        curve = pg.PlotCurveItem(z, y, antialias=True, skipFiniteCheck=True)
        curve.setCacheMode(curve.CacheMode.DeviceCoordinateCache)
        plot.addItem(curve, ignoreBounds=True)
        return curve

    def show_layer(self, layer: int) -> None:
        """Show the z of another layer, from 0; the last is the output."""
        self._layer = layer
        self._counted = 0.0
        if self._frame is not None:
            self.draw(self._frame)

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, ActivationView)
        self._layer = other._layer

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for plot in (self._functions, self._derivatives):
            self.style_plot(plot, ("left", "bottom", "right"))
        self._functions.getAxis("right").setPen(pg.mkPen(None))  # it only keeps both plots as wide
        self._stamps = [
            Stamp(shape, tokens.SYMBOL * 0.72, self.pen(theme.window, 0.75), pg.mkBrush(colour))
            for shape, colour in zip(tokens.SHAPES, theme.class_lines, strict=True)
        ]
        self._ring = Stamp("o", RING, self.pen(theme.accent, 2.5), QBrush(Qt.BrushStyle.NoBrush))
        for dots, rings in zip(self._dots, self._rings, strict=True):
            dots.set_stamps(*(self._stamps[label] for label in TURNS))
            rings.set_stamps(self._ring)
        self._bars.set_brush(QBrush(self._bar_colour))
        self._flat.set_colours(theme.text, theme.muted)
        self._show_chosen(self._chosen)

    @property
    def _bar_colour(self) -> QColor:
        colour = QColor(self.theme.muted)
        colour.setAlphaF(0.4)
        return colour

    def draw(self, frame: Frame) -> None:
        self._frame = frame
        network, problem = frame.experiment.network, frame.experiment.problem
        self._offer_layers(len(network.activations))
        if self._chosen != network.activations[self._layer]:
            self._show_chosen(network.activations[self._layer])
        units = network.sizes[self._layer + 1]
        m = problem.X_train.shape[1]
        shown = max(1, MOST_DOTS // units)
        sample = np.arange(m) if m <= shown else np.random.default_rng(0).integers(0, m, shown)
        X, Y = problem.X_train[:, sample], problem.Y_train[:, sample]
        passed = forward(network, frame.state.parameters, X)
        Z = passed.Z[self._layer]  # (units, shown)
        activation = ACTIVATIONS[self._chosen]
        A = passed.A[self._layer + 1]
        slope = activation.derivative(Z, A)
        inside = np.abs(Z) <= REACH
        later = np.arange(sample.size) % 2
        chosen = [inside & (label == Y) & (place // 2 == later) for place, label in enumerate(TURNS)]
        for dots, heights in zip(self._dots, (A, slope), strict=True):
            dots.set_all_places([(Z[each], heights[each]) for each in chosen])
        self.drawn = [Points("point", self._chosen, sample, Z, A, slope)]
        self._follow(frame)
        beyond = 1.0 - inside.mean() if inside.size else 0.0
        self.header.note.setToolTip(f"The share of z below −{REACH:g} or above {REACH:g}.")
        self.header.note.setText(f"{beyond:.0%} of z off the plot" if beyond >= 0.005 else "")
        now = time.perf_counter()
        if not frame.is_moving or now - self._counted >= COUNT_EVERY:
            self._counted = now
            self._count(frame)

    def _follow(self, frame: Frame) -> None:
        """Mark the followed point's z and a in each unit of the layer, and its slopes."""
        row = self.followed_row(frame)
        if (row is not None) != self._follows:
            self._follows = row is not None
            self._show_chosen(self._chosen)
        Z: Array = np.empty((0, 1))
        A = slope = Z
        if row is not None:
            problem = frame.experiment.problem
            X = problem.inputs(problem.dataset.X[:, [row]]).astype(problem.X.dtype)
            passed = forward(frame.experiment.network, frame.state.parameters, X)
            Z, A = passed.Z[self._layer], passed.A[self._layer + 1]
            slope = ACTIVATIONS[self._chosen].derivative(Z, A)
            self.drawn.append(Points("followed", self._chosen, np.array([problem.column(row)]), Z, A, slope))
        seen = np.abs(Z) <= REACH
        for rings, heights in zip(self._rings, (A, slope), strict=True):
            rings.set_places(0, Z[seen], heights[seen])

    def _count(self, frame: Frame) -> None:
        """Count the z of the layer, and say how flat each layer is, for all training points or a fair part of them."""
        network, problem = frame.experiment.network, frame.experiment.problem
        m = problem.m_train
        sample = slice(None) if m <= COUNTED else np.random.default_rng(0).choice(m, COUNTED, replace=False)
        with np.errstate(over="ignore", invalid="ignore"):
            passed = forward(network, frame.state.parameters, problem.X_train[:, sample])
        self.counts, _ = np.histogram(passed.Z[self._layer], EDGES)
        highest = int(self.counts.max())
        self._bars.set_heights(self.counts * (TALLEST / max(1, highest)))
        ticks = [(0.0, "0"), (TALLEST, f"{highest:,}")] if highest else []
        self._derivatives.getAxis("right").setTicks([ticks])
        self.words = flat_words(network, flat_shares(network, passed)) if m else []
        named = list(range(len(self.words)))
        if len(self.words) > MOST:
            flattest = sorted(named, key=lambda l: -float(flat_shares(network, passed)[l].mean()))
            named = sorted(flattest[:MOST])
        chosen = self._layer % len(network.activations)
        self._flat.show_lines([self.words[l] for l in named], named.index(chosen) if chosen in named else -1)
        self.plot.setAccessibleDescription(". ".join(self.words))

    def _offer_layers(self, count: int) -> None:
        if self.layer_combo.count() != count:
            self.layer_combo.blockSignals(True)
            self.layer_combo.clear()
            for layer in range(count - 1):
                self.layer_combo.addItem(f"hidden layer {layer + 1}" if count > 2 else "hidden layer", layer)
            self.layer_combo.addItem("output", count - 1)
            self.layer_combo.setEnabled(count > 1)
            self.layer_combo.blockSignals(False)
        self._layer = min(max(self._layer, 0), count - 1)
        self.layer_combo.setCurrentIndex(self._layer)

    def _show_chosen(self, chosen: str) -> None:
        """Draw the chosen activation strong, and those that the papers compare faint."""
        self._chosen = chosen
        ends = ACTIVATIONS[chosen].f(np.array([-REACH, REACH])) if chosen else np.zeros(2)
        low, high = (TALL if abs(end) > FLAT else flat for end, flat in zip(ends, (1.2, FLAT), strict=True))
        self._functions.getViewBox().setRange(yRange=(-low, high), padding=0)
        entries: list[tuple[Stamp | QPen, str]] = []
        for name, pair in self._curves.items():
            strong = name == chosen
            shown = strong or name in STYLES
            pen = self.pen(
                self.theme.text,
                2.5 if strong else 1.25,
                Qt.PenStyle.SolidLine if strong else STYLES.get(name, Qt.PenStyle.DotLine),
                1.0 if strong else 0.5,
            )
            for item in pair:
                item.setVisible(shown)
                item.setPen(pen)
                item.setZValue(1 if strong else 0)
            if shown:
                entries.append((pen, ACTIVATIONS[name].label))
        entries.append((self._ring, "followed") if self._follows else (self._stamps[0], "points"))
        self.key.show_entries(entries, self.theme.text)
