"""The bars of the gradient flow: mean |dZ| of each unit of one layer, as long as it is large."""

import numpy as np
import pyqtgraph as pg

from engine.model.activations import Array
from gui.views.scales import round_up, said

NUMBER = 13.0  # pixels for a unit's number, upwards
FEWEST = 4.2  # rows of bars that there is room for, so that a single one is no block


class UnitBars:
    """Draws them in a plot, the first unit on top."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self.plot = plot
        self.bars = pg.BarGraphItem(x0=[], y=[], width=[], height=0.7)
        self._count = 0
        self._numbered = (0, 0)
        self._top = 0.0
        """The end of the axis; 0 before the first bar and while all are 0."""
        plot.addItem(self.bars, ignoreBounds=True)
        plot.getViewBox().invertY()
        plot.getViewBox().sigResized.connect(self._number_units)

    def show(self, dZ: Array, words: str) -> None:
        """Draw the mean |dZ| of a layer's units (n_l,), with words at the axis."""
        finite = np.nan_to_num(dZ, posinf=0.0)
        self.bars.setOpts(x0=np.zeros(len(dZ)), y=np.arange(1, len(dZ) + 1), width=finite)
        highest = float(finite.max(initial=0.0))
        if len(dZ) != self._count or not self._top / 4 < highest <= self._top:
            self._rescale(len(dZ), highest)
        self._count = len(dZ)
        self._number_units()
        left = self.plot.getAxis("left")
        if left.labelText != words:
            left.setLabel(words, **left.labelStyle)

    def _rescale(self, count: int, highest: float) -> None:
        self._top = round_up(highest * 1.05) if highest else 0.0
        end = self._top or 1.0
        middle, rows = (count + 1) / 2, max(FEWEST, count + 0.2)
        self.plot.getViewBox().setRange(
            xRange=(0.0, end * 1.2), yRange=(middle - rows / 2, middle + rows / 2), padding=0
        )
        ticks = [(0.0, "0"), (self._top, said(self._top, 2))] if self._top else [(0.0, "0")]
        self.plot.getAxis("bottom").setTicks([ticks])

    def _number_units(self) -> None:
        """Write the numbers of as many units as there is room for."""
        room = int(self.plot.getViewBox().height() / NUMBER) or 1
        every = -(-self._count // room)
        if (self._count, every) != self._numbered:
            self._numbered = self._count, every
            shown = range(1, self._count + 1, every)
            self.plot.getAxis("left").setTicks([[(unit, f"{unit}") for unit in shown]])
