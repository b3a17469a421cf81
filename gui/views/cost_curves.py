"""The curves of the cost, each with its noisy self faintly behind it where it is smoothed."""

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen

from engine.training.commands import Frame
from gui.theme import THIN
from gui.views.cost_scale import Scale
from gui.views.decimation import decimate
from gui.views.dots import Dots, Stamp
from gui.views.smoothing import smooth
from gui.views.view import View

SMOOTHED_OVER = 1 / 10  # of the drawn width
FAINT = 0.3  # how much is seen of what is behind

Height = Callable[[np.ndarray], np.ndarray]


class Line:
    """One quantity over the iterations."""

    def __init__(self, axes: pg.PlotItem) -> None:
        self.item, self.raw = (pg.PlotCurveItem(skipFiniteCheck=True, antialias=True) for _ in range(2))
        self.raw.setVisible(False)
        for item, z in ((self.raw, 0.5), (self.item, 1)):
            item.setZValue(z)
            axes.addItem(item, ignoreBounds=True)

    def set_pens(self, pen: QPen, faint: QPen) -> None:
        """Take other pens."""
        self.item.setPen(pen)
        self.raw.setPen(faint)

    def show(self, shown: bool, smoothed: bool) -> None:
        """Show it or not, and what it was before smoothing."""
        self.item.setVisible(shown)
        self.raw.setVisible(shown and smoothed)

    def draw(
        self,
        iterations: np.ndarray,
        values: np.ndarray,
        height: Height,
        width: float,
        pixels: int,
        end: tuple[int, float] | None = None,
    ) -> None:
        """Draw values (n,), smoothed over a `width` where that is not 0, with gaps where they are no numbers."""
        known = np.isfinite(values)
        missing = iterations[:0]
        if not known.all():
            missing, iterations, values = iterations[~known], iterations[known], values[known]
        curves = [(self.item, decimate(iterations, values, pixels))]
        if width:
            curves = [(self.item, smooth(iterations, values, width, pixels)), (self.raw, curves[0][1])]
        for item, (x, y) in curves:
            if end is not None:
                x, y = np.append(x, end[0]), np.append(y, end[1])
            item.setData(x, height(y), connect=_unbroken(missing, x) if missing.size else "all")


class CostCurves:
    """Training, test and batch cost, the length of the gradient, and dots at the moment that is shown."""

    def __init__(self, axes: pg.PlotItem, sharp: bool) -> None:
        self.gradient, self.batch, self.test, self.train = (Line(axes) for _ in range(4))
        self._smoothed = False
        self.ends = Dots(2, sharp=sharp)
        self.ends.setZValue(1)
        axes.addItem(self.ends, ignoreBounds=True)

    def apply_theme(self, view: View) -> dict[str, QPen]:
        """Take the view's theme, and return the pens by the names of the curves."""
        theme = view.theme
        colours = {
            "train": theme.text,
            "test": theme.accent,
            "batch": theme.muted,
            "gradient": theme.gradient,
        }
        pens = {
            "train": view.pen(theme.text),
            "test": view.pen(theme.accent, style=Qt.PenStyle.DashLine),
            "batch": view.pen(theme.muted, 1.5) if self._smoothed else view.pen(theme.muted, THIN, alpha=0.5),
            "gradient": view.pen(theme.gradient, 1.5, Qt.PenStyle.DashDotLine),
        }
        for name, line in self._lines.items():
            line.set_pens(pens[name], view.pen(colours[name], THIN, alpha=FAINT))
        none = QPen(Qt.PenStyle.NoPen)
        self.ends.set_stamps(
            *(Stamp("o", 7.0, none, QBrush(pens[name].color())) for name in ("train", "test"))
        )
        return pens

    @property
    def _lines(self) -> dict[str, Line]:
        return {"train": self.train, "test": self.test, "batch": self.batch, "gradient": self.gradient}

    def show(self, batch: bool, gradient: bool, smoothed: bool) -> None:
        """Show these curves, smoothed or as they are."""
        shown = {"train": True, "test": True, "batch": batch, "gradient": gradient}
        for name, line in self._lines.items():
            line.show(shown[name], smoothed)
        self._smoothed = smoothed

    def draw(self, view: View, frame: Frame, scale: Scale, pixels: int) -> None:
        """Draw the curves of a run, and the dots at the costs that are shown: the ends, but where one looks back."""
        for line in (self.train, self.batch):  # dashes go along the whole path
            view.draw_quickly(line.item, frame)
        curve, scores, at = frame.curve, frame.state.scores, frame.state.scored_at
        width = SMOOTHED_OVER * scale.across if self._smoothed else 0.0
        k = curve.column("iteration")
        judged = np.isfinite(curve.column("train_cost"))  # not at every iteration of mini-batches
        rows = slice(None) if judged.all() else judged
        for group, (line, name) in enumerate(((self.train, "train_cost"), (self.test, "test_cost"))):
            now = getattr(scores, name)
            known = np.isfinite([now])
            end = (at, now) if known.all() and not frame.looks_back else None
            line.draw(k[rows], curve.column(name)[rows], scale.height, width, pixels, end)
            self.ends.set_places(group, np.array([float(at)])[known], scale.height(np.array([now])[known]))
        if self.batch.item.isVisible():
            self.batch.draw(k, curve.column("batch_cost"), scale.height, width, pixels)
        if self.gradient.item.isVisible():
            # Its dashes go up and down all the noise of mini-batches, which takes time.
            now = (frame.state.iteration, scores.gradient_norm)  # other points have another one at once
            end = now if np.isfinite(now[1]) and not frame.looks_back else None
            norms = curve.column("gradient_norm")
            self.gradient.draw(k, norms, scale.gradient_height, width, pixels // 2, end)


def _unbroken(missing: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return for each of the iterations x (n,) whether no missing one lies between it and the next."""
    before = np.searchsorted(missing, x)
    return np.append(before[1:] == before[:-1], False) if x.size else np.empty(0, dtype=bool)
