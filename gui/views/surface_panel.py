"""One cost surface: its colours and contours, the path on it, and the arrows at the current point."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush

from engine.model.activations import Array
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.landscape import Landscape
from gui import theme as tokens
from gui.theme import Theme
from gui.views.contour import lines_at
from gui.views.dots import Dots, Stamp
from gui.views.heat_map import HeatMap
from gui.views.scales import level_lines
from gui.views.view import View

SMALLEST = 1e-9  # what a cost of 0 is shown as
LABELS = 8  # numbers on contours, at most
ROOM = np.array([40.0, 16.0])  # pixels that a number needs for itself, across and up
FLAT = 1e-12  # the length of a gradient below which it has no direction to show
NOTHING = np.empty((2, 0))
HEAD = 7.0  # pixels, of an arrow
UPHILL = 44.0  # pixels, the gradient's arrow: it tells the direction alone


class Marks(NamedTuple):
    """What is drawn on a surface, as places on its plane."""

    path: Array  # (2, n)
    earlier: Array  # (2, k), paths of earlier runs with NaN between them
    now: Array  # (2,)
    uphill: Array  # (2,), the direction of the gradient
    tip: Array  # (2,), where the next step leads


class SurfacePanel:
    """Draws one surface in one plot of a view."""

    def __init__(self, view: View, column: int, sharp: bool) -> None:
        self._view = view
        self.plot = view.make_plot(1, column=column)
        self.box: pg.ViewBox = self.plot.getViewBox()
        self.box.disableAutoRange()
        self.plot.getAxis("left").setWidth(40)
        self.experiment: Experiment | None = None
        """What the costs belong to; its points may be a sample."""
        self.landscape: Landscape | None = None
        """The surface that is being made, or the one that is shown."""
        self.marks: Marks | None = None
        self.cost: Callable[[Array], float]
        """J at a vector of parameters (parameter_count,), once an experiment is used."""
        self._heat = HeatMap()
        self._lines, self._halo, self._path, self._earlier, self._uphill, self._step = (
            pg.PlotCurveItem(connect="finite", skipFiniteCheck=True, antialias=True) for _ in range(6)
        )
        self._start = Dots(1, sharp=sharp)
        self.target = pg.TargetItem(pos=(0, 0), size=13, symbol="o", movable=True)
        items = (
            *(self._heat, self._lines, self._earlier, self._halo, self._path),
            *(self._start, self._uphill, self._step, self.target),
        )
        for item in items:
            self.plot.addItem(item, ignoreBounds=True)
        self._labels = [pg.TextItem(anchor=(0.5, 0.5)) for _ in range(LABELS)]
        for label in self._labels:
            label.setVisible(False)
            label.setFont(tokens.font(tokens.SMALL))
            self.plot.addItem(label, ignoreBounds=True)
        for item in (self._heat, self._lines, *self._labels):  # what moves seldom
            item.setCacheMode(item.CacheMode.DeviceCoordinateCache)
        for place, item in enumerate(items):
            item.setZValue(place)
        self.box.sigRangeChanged.connect(self._draw_marks)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        view = self._view
        view.style_plot(self.plot)
        self._heat.set_colours(tokens.cost_colours(theme))
        self._lines.setPen(view.pen(theme.text, 1.0, alpha=0.35))
        self._halo.setPen(view.pen(theme.surface, 5.0, alpha=0.8))
        self._path.setPen(view.pen(theme.text, 2.0))
        self._earlier.setPen(view.pen(theme.text, 1.25, Qt.PenStyle.DashLine, 0.7))
        self._uphill.setPen(uphill_pen(view))
        self._step.setPen(step_pen(view))
        self._start.set_stamps(Stamp("o", 9.0, view.pen(theme.text, 1.75), pg.mkBrush(theme.surface)))
        self.target.setPen(view.pen(theme.halo, 2.0))
        self.target.setBrush(pg.mkBrush(theme.text))
        self.target.setHoverPen(view.pen(theme.accent, 3.0))
        self.target.setHoverBrush(QBrush(pg.mkBrush(theme.text)))
        for label in self._labels:
            label.setColor(theme.text)
        if self.plot.titleLabel.text:
            self.plot.setTitle(self.plot.titleLabel.text, size=f"{tokens.SMALL}px", color=theme.text)

    def use(self, experiment: Experiment) -> None:
        """Take the costs of an experiment from now on."""
        if experiment is not self.experiment:
            self.experiment, self.landscape = experiment, None
            self.cost = Descent(experiment, threaded=False).cost_at

    def name(self, title: str, axes: tuple[str, str]) -> None:
        """Write a title above the plot, or none, and what its axes are."""
        if self.plot.titleLabel.text != title:
            self.plot.setTitle(title or None, size=f"{tokens.SMALL}px", color=self._view.theme.text)
        for side, words in zip(("bottom", "left"), axes, strict=True):
            axis = self.plot.getAxis(side)
            if axis.labelText != words:
                axis.setLabel(words, **axis.labelStyle)

    def show_costs(self) -> None:
        """Draw the newest grid of the landscape."""
        landscape = self.landscape
        if landscape is None or landscape.Z is None:
            return
        x, y, Z = landscape.x, landscape.y, np.maximum(landscape.Z, SMALLEST)
        finite = Z[np.isfinite(Z)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (1.0, 1.0)
        Z = np.minimum(Z, high)
        spread = np.log(high / low)
        x_half, y_half = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
        area = QRectF(x[0] - x_half, y[0] - y_half, x[-1] - x[0] + 2 * x_half, y[-1] - y[0] + 2 * y_half)
        self._heat.set_shares(np.log(Z / low) / spread if spread else np.zeros_like(Z), area)
        levels = level_lines(low, high)
        lines = lines_at(x, y, Z, levels)
        gap = np.full((2, 1), np.nan)
        self._lines.setData(*np.hstack([part for line in lines for part in (line, gap)] or [gap]))
        self._label(levels, lines)

    def _label(self, levels: list[float], lines: list[Array]) -> None:
        """Write their values on some contours, where there is room."""
        pixel = np.array(self.box.viewPixelSize())
        if not (pixel > 0.0).all():
            return
        low, high = np.array(self.box.viewRange()).T
        middle, half = (low + high)[:, None] / 2, (high - low)[:, None] / 2
        room = (ROOM * pixel)[:, None]
        taken = self._taken
        for label in self._labels:
            label.setVisible(False)
        free = iter(self._labels)
        for level, line in zip(levels, lines, strict=True):
            places = line[:, (np.abs(line - middle) < half - room / 2).all(axis=0)]
            apart = np.abs(places[:, :, None] - taken[:, None, :]) / room[:, :, None]
            places = places[:, (apart > 1.0).any(axis=0).all(axis=1)]
            label = next(free, None) if places.size else None
            if label is not None:
                # The nearest to the diagonal, so that the numbers stand in a row.
                across, up = (places - middle) / half
                place = places[:, int(np.abs(across - up).argmin())]
                label.setText(f"{level:.3g}")
                label.setPos(*place)
                label.setVisible(True)
                taken = np.column_stack([taken, place])

    @property
    def _taken(self) -> Array:
        """Where no number may stand: on the path and on the arrows, (2, n)."""
        if self.marks is None:
            return NOTHING
        path = self.marks.path[:, :: -(-self.marks.path.shape[1] // 32)]
        arrows = [
            np.stack(item.getData())[:, :2] for item in (self._uphill, self._step) if item.xData is not None
        ]
        along = [each @ np.array([[0.3, 0.7, 1.0], [0.7, 0.3, 0.0]])[::-1] for each in arrows if each.size]
        return np.hstack([path, *along])

    def show_marks(self, marks: Marks, frame: Frame) -> None:
        """Draw the path and the point that is shown, with its arrows."""
        self.marks = marks
        self._view.draw_quickly(self._path, frame)
        self._halo.setData(*marks.path)
        self._path.setData(*marks.path)
        self._earlier.setData(*marks.earlier)
        self._start.set_places(0, marks.path[0, :1], marks.path[1, :1])
        if not self.target.moving:
            self.target.setPos(*marks.now)
        self._draw_marks()

    def _draw_marks(self) -> None:
        """Draw the arrows, whose heads are measured in pixels."""
        marks = self.marks
        if marks is None:
            return
        pixel = np.array(self.box.viewPixelSize())
        if not (pixel > 0.0).all():
            return  # it has no place yet
        uphill = marks.uphill / pixel if np.linalg.norm(marks.uphill) > FLAT else np.zeros(2)
        length = np.linalg.norm(uphill)
        away = marks.now + (uphill / length * UPHILL * pixel if length else 0.0)
        self._uphill.setData(*arrow(marks.now, away, pixel))
        self._step.setData(*arrow(marks.now, marks.tip, pixel))


def uphill_pen(view: View) -> pg.QtGui.QPen:
    """Return the pen of the gradient's arrow."""
    return view.pen(view.theme.warning, 2.0)


def step_pen(view: View) -> pg.QtGui.QPen:
    """Return the pen of the next step's arrow."""
    return view.pen(view.theme.accent, 3.5)


def arrow(tail: Array, tip: Array, pixel: Array) -> Array:
    """Return a line with a head at its tip, (2, n), where a pixel is so wide and high; nothing where not finite."""
    along = (tip - tail) / pixel
    length = float(np.linalg.norm(along))
    if not 0.0 < length < np.inf:
        return np.empty((2, 0))
    along *= min(HEAD, length) / length
    aside = 0.55 * np.array([-along[1], along[0]])
    heads = [tip + (-along + aside) * pixel, tip, tip + (-along - aside) * pixel]
    return np.column_stack([tail, tip, np.full(2, np.nan), *heads])
