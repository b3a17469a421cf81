"""One cost surface: its colours and contours, the path on it, and the arrows at the current point."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QFontMetricsF
from PySide6.QtWidgets import QGraphicsWidget

from engine.model.activations import Array
from engine.model.surfaces import Range
from engine.training.commands import Frame
from engine.training.experiment import Experiment
from engine.training.landscape import Cost, Landscape
from gui import theme as tokens
from gui.colours import cost_colours
from gui.theme import Theme
from gui.views.contour import lines_at
from gui.views.heat_map import HeatMap
from gui.views.relief import Relief
from gui.views.scales import said
from gui.views.surface_heights import Heights
from gui.views.surface_marks import (
    FLAT,
    Marks,
    arrow,
    earlier_pen,
    evenly,
    halo_pen,
    path_pen,
    solid,
    step_pen,
    uphill_pen,
)
from gui.views.view import View

LABELS = 8  # numbers on contours, at most
ROOM = np.array([10.0, 16.0])  # pixels that a number needs beside itself, and for itself upwards
PATH = 48  # places on the path where no number may stand
NOTHING = np.empty((2, 0))
UPHILL = 44.0  # pixels, the gradient's arrow: it tells the direction alone
SHORTEST = 24.0  # pixels, the next step's arrow: a shorter step is drawn so long, and the key says so
SHORT = 0.22  # the same on a relief, in halves of the shorter side of what is shown
DENSITY = 0.7  # of the numbers at the axes
LEFT = 56  # pixels for the left axis: its name stands beside its numbers


class SurfacePanel:
    """Draws one surface in one plot of a view, or as a relief in its place."""

    def __init__(self, view: View, column: int, sharp: bool) -> None:
        self._view = view
        self.plot = view.make_plot(1, column=column)
        self.box: pg.ViewBox = self.plot.getViewBox()
        self.box.disableAutoRange()
        self.plot.getAxis("left").setWidth(LEFT)
        for side in ("left", "bottom"):
            self.plot.getAxis(side).setTickDensity(DENSITY)
        self.relief = Relief(view, sharp)
        self.relief.setParentItem(view.grid)  # without an owner it goes whenever Python pleases
        self.relief.hide()
        self.experiment: Experiment | None = None
        """What the costs belong to; its points may be a sample."""
        self.landscape: Landscape | None = None
        """The surface that is being made, or the one that is shown."""
        self.seen: Landscape | None = None
        """The one that is shown, if any is."""
        self.marks: Marks | None = None
        self.lengthens = False
        """Whether the next step is drawn longer than it is."""
        self.cost: Cost
        """J at any parameters, once an experiment is used."""
        self._is_relief = False
        self._contours: tuple[tuple[float, Array], ...] = ()  # costs, and where they are, (2, n) each
        self._heat = HeatMap()
        curves = (pg.PlotCurveItem(connect="finite", skipFiniteCheck=True, antialias=True) for _ in range(8))
        self._lines, self._halo, self._path, self._earlier, self._rim, *arrows = curves
        self._uphill, self._head, self._step = arrows
        self.start = pg.TargetItem(pos=(0, 0), size=11, symbol="o", movable=True)
        self.target = pg.TargetItem(pos=(0, 0), size=13, symbol="o", movable=True)
        items = (
            *(self._heat, self._lines, self._earlier, self._halo, self._path),
            *(self._rim, *arrows, self.start, self.target),
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
        self.box.sigRangeChanged.connect(self._measure_anew)
        self.box.sigResized.connect(self._measure_anew)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        view = self._view
        view.style_plot(self.plot)
        self.relief.apply_theme(theme)
        self._heat.set_colours(cost_colours(theme))
        self._lines.setPen(view.pen(theme.text, 1.0, alpha=0.35))
        self._halo.setPen(halo_pen(view))
        self._rim.setPen(halo_pen(view))
        self._path.setPen(path_pen(view))
        self._earlier.setPen(earlier_pen(view))
        self._uphill.setPen(uphill_pen(view))
        self._head.setPen(solid(uphill_pen(view)))
        self._step.setPen(step_pen(view))
        for point, pen, fill in (
            (self.start, view.pen(theme.text, 1.75), theme.surface),
            (self.target, view.pen(theme.halo, 2.0), theme.text),
        ):
            point.setPen(pen)
            point.setBrush(pg.mkBrush(fill))
            point.setHoverPen(view.pen(theme.accent, 3.0))
            point.setHoverBrush(QBrush(pg.mkBrush(fill)))
        for label in self._labels:
            label.setColor(theme.text)
        if self.plot.titleLabel.text:
            self.plot.setTitle(self.plot.titleLabel.text, size=f"{tokens.SMALL}px", color=theme.text)

    def use(self, experiment: Experiment) -> None:
        """Take the costs of an experiment from now on."""
        if experiment is not self.experiment:
            self.experiment, self.landscape, self.seen = experiment, None, None
            self.cost = Cost(experiment)

    @property
    def shown(self) -> QGraphicsWidget:
        """What is seen of it: the relief or the plot."""
        return self.relief if self._is_relief else self.plot

    def show_as_relief(self, relief: bool) -> None:
        """Be seen as a relief, or flat."""
        self._is_relief = relief
        self._hide_costs()  # these may be as old as when it was last seen so

    def forget(self) -> None:
        """Have no costs, and show none."""
        self.landscape = None
        self._hide_costs()

    def _hide_costs(self) -> None:
        self._contours, self.seen = (), None
        for item in (self._heat, self._lines, *self._labels):
            item.setVisible(False)
        self.relief.show_heights(None)

    def show_part(self, x_range: Range, y_range: Range) -> None:
        """Show a part of the plane."""
        self.box.setRange(xRange=x_range, yRange=y_range, padding=0)

    def name(self, title: str, axes: tuple[str, str]) -> None:
        """Write a title above the plot, or none, and what its axes are."""
        if (title, axes) == (self.relief.title, self.relief.names):
            return
        self.relief.title, self.relief.names = title, axes
        self.relief.update()
        self.plot.setTitle(title or None, size=f"{tokens.SMALL}px", color=self._view.theme.text)
        for side, words in zip(("bottom", "left"), axes, strict=True):
            axis = self.plot.getAxis(side)
            axis.setLabel(words, **axis.labelStyle)

    def show_costs(self) -> None:
        """Draw the newest grid of the landscape, which is to be of the plane that is shown."""
        heights = Heights.of(self.landscape)
        if heights is None:
            return
        self.seen = self.landscape
        if self._is_relief:
            self.relief.show_heights(heights)
            self._contours = ()
            return
        x, y, shares = heights.x, heights.y, heights.shares
        x_half, y_half = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
        area = QRectF(x[0] - x_half, y[0] - y_half, x[-1] - x[0] + 2 * x_half, y[-1] - y[0] + 2 * y_half)
        self._heat.set_shares(shares, area)
        lines = lines_at(x, y, shares, heights.level_shares)
        gap = np.full((2, 1), np.nan)
        self._lines.setData(*np.hstack([part for line in lines for part in (line, gap)] or [gap]))
        self._heat.setVisible(True)
        self._lines.setVisible(True)
        self._contours = tuple(zip(heights.levels, lines, strict=True))
        self._label()

    def _label(self) -> None:
        """Write their values on some contours, where there is room."""
        pixel = np.array(self.box.viewPixelSize())
        if not (pixel > 0.0).all():
            return
        low, high = np.array(self.box.viewRange()).T
        middle, half = (low + high)[:, None] / 2, (high - low)[:, None] / 2
        advance = QFontMetricsF(tokens.font(tokens.SMALL)).horizontalAdvance
        wide = max((advance(said(level)) for level, _ in self._contours), default=0.0)
        room = ((ROOM + np.array([wide, 0.0])) * pixel)[:, None]
        taken = self._taken
        for label in self._labels:
            label.setVisible(False)
        free = iter(self._labels)
        for level, line in self._contours:
            places = line[:, (np.abs(line - middle) < half - room / 2).all(axis=0)]
            apart = np.abs(places[:, :, None] - taken[:, None, :]) / room[:, :, None]
            places = places[:, (apart > 1.0).any(axis=0).all(axis=1)]
            label = next(free, None) if places.size else None
            if label is not None:
                # The nearest to the diagonal, so that the numbers stand in a row.
                across, up = (places - middle) / half
                place = places[:, int(np.abs(across - up).argmin())]
                label.setText(said(level))
                label.setPos(*place)
                label.setVisible(True)
                taken = np.column_stack([taken, place])

    @property
    def _taken(self) -> Array:
        """Where no number may stand: on the path and on the arrows, (2, n)."""
        if self.marks is None:
            return NOTHING
        path = evenly(self.marks.path, PATH)
        arrows = [
            np.stack(item.getData())[:, :2] for item in (self._uphill, self._step) if item.xData is not None
        ]
        along = [each @ np.array([[0.3, 0.7, 1.0], [0.7, 0.3, 0.0]])[::-1] for each in arrows if each.size]
        return np.hstack([path, *along])

    def show_marks(self, marks: Marks, frame: Frame) -> None:
        """Draw the path and the point that is shown, with its arrows."""
        self.marks = marks
        if self._is_relief:
            reach = SHORT * float(np.ptp(self.box.viewRange(), axis=1).min()) / 2
            tip = self._seen_tip(marks, np.full(2, reach / SHORTEST))
            self.relief.show_marks(marks._replace(tip=tip), frame.is_moving)
            return
        self._view.draw_quickly(self._path, frame)
        self._halo.setData(*marks.path)
        self._path.setData(*marks.path)
        self._earlier.setData(*marks.earlier)
        # A path without a beginning breaks a PDF.
        self._earlier.setVisible(bool(np.isfinite(marks.earlier).any()))
        for point, place in ((self.start, marks.path[:, 0]), (self.target, marks.now)):
            if not point.moving:
                point.setPos(*place)
        self._draw_marks()

    def _measure_anew(self) -> None:
        """Draw what is measured in pixels, where the plot shows another part or is as large no more."""
        if not self._is_relief:
            self._draw_marks()
            self._label()

    def _draw_marks(self) -> None:
        """Draw the arrows, whose heads are measured in pixels."""
        marks = self.marks
        if marks is None:
            return
        pixel = np.array(self.box.viewPixelSize())
        if not (pixel > 0.0).all():
            return  # it has no place yet
        slope = marks.uphill / pixel if np.linalg.norm(marks.uphill) > FLAT else np.zeros(2)
        length = np.linalg.norm(slope)
        reach = min(UPHILL, 0.4 * self.box.height())
        away = marks.now + (slope / length * reach * pixel if length else 0.0)
        uphill, step = (
            arrow(marks.now, away, pixel),
            arrow(marks.now, self._seen_tip(marks, pixel), pixel),
        )
        self._uphill.setData(*uphill[:, :2])
        self._head.setData(*uphill[:, 3:])
        self._step.setData(*step)
        self._rim.setData(*np.hstack([uphill, np.full((2, 1), np.nan), step]))

    def _seen_tip(self, marks: Marks, pixel: Array) -> Array:
        """Return where the next step's arrow ends, long enough to be seen where a pixel is so wide and high (2,)."""
        way = marks.tip - marks.now
        length = float(np.linalg.norm(way / pixel))
        self.lengthens = 0.0 < length < SHORTEST
        return marks.now + way * (SHORTEST / length) if self.lengthens else marks.tip
