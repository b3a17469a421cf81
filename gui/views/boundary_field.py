"""What the network says everywhere on the plane: colours, the line between the classes, and lines beside it."""

import time

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from engine.model.activations import Array, sigmoid
from engine.model.classification import logit
from engine.model.projection import Projection
from engine.model.surfaces import DecisionGrid, Range, Rectangle, decision_grid
from engine.training.commands import Frame
from gui import theme as tokens
from gui.colours import heat_colours
from gui.theme import Theme
from gui.views.class_areas import ClassAreas
from gui.views.contour import area_above, lines_at
from gui.views.heat_map import HeatMap
from gui.views.tags import Tags
from gui.views.view import View

FINEST, COARSEST = 112, 24  # cells along a side of the heat map
SLOW, QUICK = 0.006, 0.002  # seconds for a heat map, beyond which it gets coarser or finer
LEVELS = (0.1, 0.25, 0.75, 0.9)
MARGIN = (-1.0, 1.0)
GAP = np.full((2, 1), np.nan)


class BoundaryField:
    """Colours and lines on one plot, over the part of the plane that is seen."""

    def __init__(self, view: View, plot: pg.PlotItem, sharp: bool) -> None:
        self._view = view
        self._sharp = sharp
        self._box: pg.ViewBox = plot.getViewBox()
        self._cells = 96
        self.heat = HeatMap()
        self.areas = ClassAreas()
        self.line, self.levels, self.margin = (
            pg.PlotCurveItem(connect="finite", skipFiniteCheck=True, antialias=True) for _ in range(3)
        )
        self.tags = Tags()
        for item, height in (
            *((self.heat, -5), (self.areas, -5)),
            *((self.levels, -2), (self.margin, -2)),
            *((self.line, 0), (self.tags, 2)),  # words lie above points and rings, or they could not be read
        ):
            item.setZValue(height)
            plot.addItem(item, ignoreBounds=True)

    def apply_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        view, colours = self._view, heat_colours(theme)
        self.heat.set_colours(colours)
        self.areas.set_colours(colours[0], colours[-1])
        self.line.setPen(view.pen(theme.text, 2.5))
        self.levels.setPen(view.pen(theme.text, tokens.THIN, alpha=0.7))
        self.margin.setPen(view.pen(theme.text, tokens.THIN, Qt.PenStyle.DashLine))
        self.tags.set_colours(theme.text, theme.surface)

    def draw(
        self,
        frame: Frame,
        projection: Projection,
        threshold: float,
        shown: frozenset[str],
        marks: Array,
    ) -> None:
        """Draw what is `shown`; words keep off the `marks` (2, m)."""
        began = time.perf_counter()
        grid = self._grid(frame, projection)
        z = logit(threshold)
        self._colour(grid, z, "Class" in shown)
        self._adapt(time.perf_counter() - began)
        levels = [p for p in LEVELS if p != threshold] if "Levels" in shown else []
        margins = MARGIN if "Margin" in shown else ()
        line, *others = lines_at(grid.x, grid.y, grid.Z, [z, *map(logit, levels), *margins])
        for curve, drawn in ((self.levels, others[: len(levels)]), (self.margin, others[len(levels) :])):
            curve.setVisible(bool(drawn))
            if drawn:
                curve.setData(*np.hstack([part for each in drawn for part in (each, GAP)]))
        for curve in (self.line, self.levels):
            self._view.draw_quickly(curve, frame)
        self.line.setData(*line)
        labelled = self._view.theme.labels_line
        name = f"{threshold:g}" if labelled else f"{threshold:.2f} line"
        words = [name] if threshold != 0.5 or levels or labelled else []
        words += [f"{p:g}" for p in levels] + [f"margin z = {z:+g}".replace("-", "−") for z in margins]
        named = [line, *others] if len(words) > len(others) else others
        # The levels 0.25 and 0.75 are at z = −1.1 and +1.1, so that the margin's names could not but cover them.
        giving_way = frozenset(("0.25", "0.75") if margins else ())
        self.tags.show_on(dict(zip(words, named, strict=True)), marks, frame.is_moving, giving_way)

    def _colour(self, grid: DecisionGrid, z: float, flat: bool) -> None:
        """Show the probability everywhere, or the class."""
        x_step, y_step = grid.x[1] - grid.x[0], grid.y[1] - grid.y[0]
        area = QRectF(
            *(grid.x[0] - x_step / 2, grid.y[0] - y_step / 2), *(x_step * grid.x.size, y_step * grid.y.size)
        )
        self.heat.setVisible(not flat)
        self.areas.setVisible(flat)
        if flat:
            self.areas.set_rims(area_above(grid.x, grid.y, grid.Z, z), area)
        else:
            self.heat.set_shares(sigmoid(grid.Z), area)

    def _grid(self, frame: Frame, projection: Projection) -> DecisionGrid:
        (x_low, x_high), (y_low, y_high) = self._box.viewRange()
        columns, rows = self.cells(self._cells)
        # One cell more on every side, so that neither the colours nor the line end before the frame.
        x_cell, y_cell = (x_high - x_low) / columns, (y_high - y_low) / rows
        across: Range = x_low - x_cell / 2, x_high + x_cell / 2
        up: Range = y_low - y_cell / 2, y_high + y_cell / 2
        return decision_grid(
            frame.experiment.network,
            frame.state.parameters,
            frame.experiment.problem.standardization,
            projection,
            Rectangle(across, up, columns + 2, rows + 2),
            frame.experiment.problem.features,
        )

    def cells(self, longest: int) -> tuple[int, int]:
        """Return how many square cells go across and up, `longest` along the longer side."""
        width, height = max(1.0, self._box.width()), max(1.0, self._box.height())
        across, up = min(1.0, width / height), min(1.0, height / width)
        return max(8, round(longest * across)), max(8, round(longest * up))

    def _adapt(self, seconds: float) -> None:
        """Make the next heat map coarser where this one was slow, and finer again where there is time."""
        if self._sharp:
            return  # the same picture whatever the machine is doing
        if seconds > SLOW:
            self._cells = max(COARSEST, int(self._cells / 1.25))
        elif seconds < QUICK:
            self._cells = min(FINEST, self._cells + 4)
