"""The network itself: its units with what each says of the plane, its weights, and one point's way through it."""

import time
from collections.abc import Callable
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPen

from engine.data.dataset import Dataset
from engine.model.activations import Array
from engine.model.parts import Parts
from engine.model.projection import Projection
from engine.model.surfaces import Range, Rectangle
from engine.training.commands import Frame
from gui import theme as tokens
from gui.colours import heat_colours
from gui.theme import Theme
from gui.views.dots import Stamp
from gui.views.heat_map import packed
from gui.views.network_canvas import NetworkCanvas
from gui.views.network_hand import NetworkHand
from gui.views.network_layout import LARGEST, MARK, NO_UNIT, Kind, Layout, Meant, Numbers
from gui.views.network_words import column_names, finding_of, input_names, short, told_of, words_of
from gui.views.unit_maps import CELLS, images, shares, unit_maps
from gui.views.view import Key, View

MAPS_EVERY, MAPS_SHARE = (
    0.1,
    0.05,
)  # seconds between two looks at all units while training runs; its part of the time
LEVELS = 8  # of width
NARROWEST, WIDEST = 0.75, 6.0  # pixels, of a line
PALEST = 0.35  # of a weak line's own colour
MOST_POWER = 1.8  # of a line's strength, where lines are crowded: so the weak ones step back
KEY_WIDTH = 1.75  # pixels; of wider dashes one would fill the sample
LEAST_FLOW = 0.03  # of the largest; what is less is not drawn
BIAS_GROWS = 3.0  # pixels

Plane = tuple[Projection, Range, Range]
Strokes = list[tuple[QPen, list[QLineF]]]


class NetworkView(View):
    """Nodes and lines; each node holds its unit's own map, and a line's width is its weight."""

    name: ClassVar[str] = "network"
    title: ClassVar[str] = "Network"
    help: ClassVar[str] = (
        "Each node shows what its unit says across the plane; each line is a weight, each diamond a bias. "
        "Click one to type its value, or drag it up and down."
    )
    opens: ClassVar[bool] = False

    weight_chosen = Signal(int, object)
    """The place of a parameter in the vector of all, and the value that it is to have."""
    gesture_ended = Signal()

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.plane_of: Callable[[Dataset], Plane] = _whole_plane
        """Tells on which plane, and on what part of it, the units are shown."""
        self.maps: list[Array] = []
        """The inputs, and what each unit of each layer says there: each (n_l, rows, columns)."""
        self.parts: Parts | None = None
        """The followed point's values; None while none is followed."""
        self._frame: Frame | None = None
        self._layout: Layout | None = None
        self._laid_for: tuple[object, ...] = ()
        self._mapped, self._maps_wait = 0.0, MAPS_EVERY
        self._mouse = QPointF(-1e6, -1e6)
        self._meant: Meant | None = None
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self.canvas = NetworkCanvas()
        self.grid.addItem(self.canvas, 1, 0)
        self.canvas.geometryChanged.connect(self._draw_again)
        self.flow_button = self.header.add_button(
            "flow", "Show how the followed point's values and gradient flow.", "networkFlowButton"
        )
        self.flow_button.setCheckable(True)
        self.flow_button.setChecked(True)
        self.flow_button.toggled.connect(self._draw_again)
        self.header.note.setText("click or drag a line to change it")
        self.hand = NetworkHand(self)
        self.hand.moved.connect(self._point)
        self.hand.weight_chosen.connect(self.weight_chosen)
        self.hand.gesture_ended.connect(self.gesture_ended)
        self.apply_theme(theme)

    @property
    def finding(self) -> str:
        """What stands out in the weights, in words; empty when nothing does."""
        return self.canvas.drawing.finding

    @property
    def told(self) -> str:
        """What is said of that at which the mouse is."""
        return self.canvas.drawing.told

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.canvas.set_theme(theme)
        self._colours = packed(heat_colours(theme))
        self._laid_for = ()
        self._draw_again()

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, NetworkView)
        self.plane_of = other.plane_of
        self.flow_button.setChecked(other.flow_button.isChecked())

    def draw(self, frame: Frame) -> None:
        before, self._frame = self._frame, frame
        if before is not None and before.experiment.network != frame.experiment.network:
            self.hand.forget()
        row = self.followed_row(frame)
        self.flow_button.setVisible(row is not None)
        self.parts = None if row is None or not self.flow_button.isChecked() else _parts(frame, row)
        drawing, laid_out = self.canvas.drawing, self._layout
        drawing.words = words_of(frame, self.parts, row, self.theme.names)
        looks = not frame.is_moving or time.perf_counter() - self._mapped >= self._maps_wait
        if looks:
            drawing.finding = finding_of(frame)
        layout = self._lay_out(frame)
        if looks or layout is not laid_out:
            self._draw_maps(frame, layout)
        vector = np.nan_to_num(frame.state.parameters.vector)
        weights = vector[layout.weights]
        if self.parts is None:
            drawing.strokes = self._strokes(weights, weights / (1.0 + np.abs(weights)), self._lines)
            drawing.numbers = []
        else:
            self._draw_flow(layout, weights, self.parts)
        drawing.marks = [None if place == NO_UNIT else self._mark(vector[place]) for place in layout.biases]
        self.plot.setAccessibleDescription(f"{drawing.finding} {drawing.words}".strip())
        self._tell(frame, layout)
        self.canvas.update()

    def _draw_again(self) -> None:
        if self._frame is not None:
            self.draw(self._frame)

    # What is drawn

    def _lay_out(self, frame: Frame) -> Layout:
        """Place the nodes, where anything is different that decides their places."""
        network, names = frame.experiment.network, input_names(frame)
        follows = self.parts is not None
        drawing = self.canvas.drawing
        drawing.names = names
        area = self.canvas.area
        wanted = (network, names, area.getRect(), follows)
        if self._layout is not None and wanted == self._laid_for:
            return self._layout
        self._laid_for = wanted
        layout = self._layout = self.canvas.layout_shown = Layout.of(network, area, follows)
        self._widest = min(WIDEST, max(2.0, 0.3 * float(layout.sides.min()))) / (2 if follows else 1)
        self._power = min(MOST_POWER, 1.0 + layout.crowding)
        self._lines = layout.lanes(0.0)
        self._meant = layout.meant_at(self._mouse)
        apart = self._widest / 2 + 1.0
        self._lanes = layout.lanes(-apart), layout.lanes(apart)
        colours = self.theme.class_lines
        self._pens = (
            self._make_pens(*colours, Qt.PenStyle.DashLine),
            self._make_pens(self.theme.accent, self.theme.accent, Qt.PenStyle.DashDotLine),
        )
        self._faint = self.pen(self.theme.line, tokens.THIN)
        drawing.output = "ŷ" if layout.columns[-1].numbers in (Numbers.BELOW, Numbers.NONE) else ""
        drawing.captions = column_names(network)
        self._show_key(follows)
        return layout

    def _make_pens(self, negative: str, positive: str, dashes: Qt.PenStyle) -> tuple[list[QPen], list[QPen]]:
        """Return pens for negative values, dashed, and for positive ones, from narrow and pale to wide and full.

        Pale is a mixture with the ground: what is half transparent takes four times as long to draw.
        """
        ground, palest = tokens.rgb(self.theme.window), PALEST / self._power
        pens = []
        for colour, style in ((negative, dashes), (positive, Qt.PenStyle.SolidLine)):
            steps = np.linspace(0.0, 1.0, LEVELS)
            mixed = [
                QColor(*map(int, ground + (palest + (1 - palest) * s) * (tokens.rgb(colour) - ground)))
                for s in steps
            ]
            widths = NARROWEST + steps * (self._widest - NARROWEST)
            pens.append([self.pen(each, float(w), style) for each, w in zip(mixed, widths, strict=True)])
        return pens[0], pens[1]

    def _strokes(
        self, values: Array, strengths: Array, lines: list[QLineF], backward: bool = False
    ) -> Strokes:
        """Return lines with their pens, the widest last, for values (n,) as strong as from -1 to 1."""
        levels = np.minimum((np.abs(strengths) ** self._power * LEVELS).astype(int), LEVELS - 1)
        levels[values == 0.0] = -1
        strokes = [(self._faint, [lines[i] for i in np.flatnonzero(levels == -1)])]
        for level in range(LEVELS):
            for sign, pens in enumerate(self._pens[backward]):
                chosen = np.flatnonzero((levels == level) & ((values > 0.0) == sign))
                strokes.append((pens[level], [lines[i] for i in chosen]))
        return [(pen, some) for pen, some in strokes if some]

    def _draw_flow(self, layout: Layout, weights: Array, parts: Parts) -> None:
        """Draw w·a on one side of each line, w·dz on the other, and write a and dz at the nodes."""
        a = np.nan_to_num(
            np.concatenate([A[c.units, 0] for A, c in zip(parts.passed.A, layout.columns, strict=True)])
        )
        inputs, *units = layout.columns
        slopes = [dZ[c.units, 0] for dZ, c in zip(parts.back.dZ, units, strict=True)]
        dz = np.nan_to_num(np.concatenate([np.zeros(inputs.units.size), *slopes]))
        strokes: Strokes = [(self._faint, self._lines)]
        for flow, backward in ((weights * a[layout.sources], False), (weights * dz[layout.targets], True)):
            most = float(np.abs(flow).max(initial=0.0))
            share = flow / most if most > 0.0 else flow
            kept = np.flatnonzero(np.abs(share) >= LEAST_FLOW)
            lane = self._lanes[backward]
            strokes += self._strokes(flow[kept], share[kept], [lane[i] for i in kept], backward)
        drawing = self.canvas.drawing
        drawing.strokes = strokes
        drawing.numbers = [
            (short(value), "" if place == NO_UNIT else short(slope))
            for value, slope, place in zip(a, dz, layout.biases, strict=True)
        ]

    def _draw_maps(self, frame: Frame, layout: Layout) -> None:
        """Draw each unit's map."""
        began = self._mapped = time.perf_counter()
        projection, x_range, y_range = self.plane_of(frame.experiment.problem.dataset)
        network = frame.experiment.network
        self.maps = unit_maps(frame, projection, Rectangle(x_range, y_range, CELLS, CELLS))
        shown = shares([A[c.units] for A, c in zip(self.maps, layout.columns, strict=True)], network)
        self.canvas.drawing.images = [image for values in shown for image in images(values, self._colours)]
        self._maps_wait = max(MAPS_EVERY, (time.perf_counter() - began) / MAPS_SHARE)

    def _mark(self, bias: float) -> Stamp:
        """Return a bias's mark: full when positive, hollow when negative, and the larger the bias."""
        theme = self.theme
        largest = float(self._layout.sides.min()) / 2 if self._layout is not None else LARGEST
        size = min(largest, 2 * (MARK + BIAS_GROWS * abs(bias) / (1.0 + abs(bias))))
        colour = theme.class_lines[int(bias > 0.0)] if bias else theme.muted
        return Stamp(
            "d", size, self.pen(colour, 1.5), QBrush(self.pen(colour if bias > 0.0 else theme.window).color())
        )

    def _show_key(self, follows: bool) -> None:
        colours, dashes = self.theme.class_lines, Qt.PenStyle.DashLine
        below, above = self.pen(colours[0], KEY_WIDTH, dashes), self.pen(colours[1], KEY_WIDTH)
        back = self.pen(self.theme.accent, KEY_WIDTH)
        entries: list[tuple[Stamp | QPen, str]]
        if follows:
            entries = [(above, "w·a > 0 →"), (below, "w·a < 0 →"), (back, "← w·dz")]
        else:
            entries = [(above, "w > 0"), (below, "w < 0")]
            entries += [(self._mark(0.5), "b > 0"), (self._mark(-0.5), "b < 0")]
        self.key.show_entries(entries, self.theme.text)

    # The mouse

    def _point(self, place: QPointF) -> None:
        """Look at what the mouse is at, unless something is held."""
        frame, layout = self._frame, self._layout
        if frame is None or layout is None:
            return
        if self.hand.holds is None:
            self._mouse = self.canvas.mapFromScene(self.plot.mapToScene(place.toPoint()))
            self._meant = layout.meant_at(self._mouse)
        self._tell(frame, layout)
        self.canvas.update()

    def _tell(self, frame: Frame, layout: Layout) -> None:
        """Say what is known of that at which the mouse is, and let the hand know which parameter it is."""
        drawing, meant = self.canvas.drawing, self._meant
        drawing.meant, drawing.told, self.hand.meant = None, "", None
        drawing.meant_at = self._mouse
        if meant is None:
            return
        drawing.meant = self._lines[meant.which] if meant.kind is Kind.EDGE else layout.square(meant.which)
        drawing.told = told_of(frame, layout, self.parts, meant)
        place = layout.parameter(meant)
        if place is not None:
            self.hand.meant = (place, float(frame.state.parameters.vector[place]))


def _parts(frame: Frame, row: int) -> Parts:
    """Return one point's values, of the data set's points by its place."""
    experiment = frame.experiment
    dataset, dtype = experiment.problem.dataset, experiment.problem.X.dtype
    X = experiment.problem.inputs(dataset.X[:, [row]]).astype(dtype)
    Y = dataset.Y[:, [row]].astype(dtype)
    return Parts.of(experiment.network, frame.state.parameters, X, Y, experiment.spec.loss)


def _whole_plane(dataset: Dataset) -> Plane:
    """Return the plane of the first two features, and the ranges that hold all points."""
    projection = Projection.of(dataset.lineage.X, dataset.feature_names)
    places = projection.places(dataset.X)
    low, high = (places.min(axis=1), places.max(axis=1)) if dataset.m else (-np.ones(2), np.ones(2))
    high = np.where(high > low, high, low + 1.0)
    return projection, (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))
