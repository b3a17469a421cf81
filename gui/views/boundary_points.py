"""The points on the plane of the decision boundary, and the marks on them."""

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush

from engine.data.dataset import Dataset, among
from engine.model.activations import Array
from engine.model.classification import logit
from engine.model.network import logits
from engine.model.projection import Projection
from engine.training.commands import Frame
from gui import theme as tokens
from gui.views.dots import Dots, Stamp
from gui.views.pace import Pace
from gui.views.view import View

MARK_EVERY = 0.1  # seconds between two looks for misclassified points while training runs
MOST_DRAWN = 10_000  # points; of more a fixed sample is drawn, with all painted ones, and the note says so
SAMPLE = (0, 4)  # the stream of random numbers for it, which no generator of points uses


class BoundaryPoints:
    """Circles and triangles, full for training and hollow for the test; rings around the misclassified ones."""

    def __init__(self, view: View, plot: pg.PlotItem, sharp: bool) -> None:
        self._view = view
        self.dataset: Dataset | None = None
        self.test = np.empty(0, dtype=bool)  # which points of the data set are held out
        self.rows = np.empty(0, dtype=np.intp)  # of the data set: of many points only a sample is drawn
        self.places: Array = np.empty((2, 0))
        self.ids = np.empty(0, dtype=np.int64)
        self._group = np.empty(0, dtype=int)  # 2 * label + test
        self._inputs: Array = np.empty((2, 0))  # as the network sees them
        self._inputs_of: tuple[object, object] = (None, None)  # the problem and the points they belong to
        self._lots = np.empty(0)
        self._pace = Pace(MARK_EVERY)
        self._symbols = Dots(4, still=True, sharp=sharp)  # group 2 * label + test
        self.wrong = Dots(1, sharp=sharp, vanishes=True)
        self.followed = Dots(2, sharp=sharp, vanishes=True)  # a ring, and what lifts it off any colour
        for item, height in ((self._symbols, -1), (self.wrong, 1), (self.followed, 1)):
            item.setZValue(height)
            plot.addItem(item, ignoreBounds=True)

    @property
    def has_test(self) -> bool:
        """Whether any point drawn is held out."""
        return bool((self._group % 2).any())

    def apply_theme(self) -> None:
        """Take the theme's colours."""
        self._symbols.set_stamps(*(self.stamp(label, test) for label in (0, 1) for test in (False, True)))
        self.wrong.set_stamps(self.ring)
        self.followed.set_stamps(
            replace(self.accent, pen=self._view.pen(self._view.theme.surface, 5.5)), self.accent
        )

    def is_drawn(self, dataset: Dataset) -> bool:
        """Return whether the points that are drawn are those of a set before or after painting."""
        return self.dataset is not None and self.dataset.lineage is dataset.lineage

    def show(self, dataset: Dataset, test: np.ndarray, projection: Projection) -> None:
        """Draw the points, of which `test` (m,) are held out. Around those that stay nothing is drawn again."""
        before = (self.ids, self.places, self._group) if self.is_drawn(dataset) else None
        self.dataset, self.test = dataset, test
        share = MOST_DRAWN / max(1, dataset.loaded)
        if self._lots.size < dataset.next_id:
            self._lots = np.random.default_rng(SAMPLE).random(2 * dataset.next_id)
        lot = self._lots[dataset.ids]  # (m,), a point's own for good
        rows = self.rows = np.flatnonzero((lot < share) | (dataset.ids >= dataset.loaded))
        places = self.places = projection.places(dataset.X[:, rows])
        group = self._group = (2 * dataset.Y[0, rows] + test[rows]).astype(int)
        self.ids = dataset.ids[rows]
        changed = None if before is None else _came_or_went(before, (self.ids, places, group))
        self._symbols.set_all_places([tuple(places[:, group == each]) for each in range(4)], changed)
        self._pace.hurry()

    def mark_wrong(self, frame: Frame, threshold: float, shown: bool) -> None:
        """Ring the drawn points that the network puts on the other side of the line, or none."""
        if not shown:
            self.wrong.set_places(0, *np.empty((2, 0)))
            self._pace.hurry()
            return
        problem = frame.experiment.problem
        if self.dataset is None or self.dataset.X.shape[0] != problem.dataset.X.shape[0]:
            return  # other points come with the next frame
        if not self._pace.is_due(frame.is_moving):
            return
        with self._pace.working(), np.errstate(over="ignore", invalid="ignore"):
            if self._inputs_of != (problem, self.dataset):
                self._inputs_of = problem, self.dataset
                self._inputs = problem.inputs(self.dataset.X[:, self.rows])
            labels = self.dataset.Y[0, self.rows]
            Z = logits(frame.experiment.network, frame.state.parameters, self._inputs)
            wrong = (Z[0] >= logit(threshold)) != (labels >= 0.5)
            self.wrong.set_places(0, *self.places[:, wrong])

    def mark_followed(self, X: Array, projection: Projection) -> None:
        """Ring the point X (n_x, 1) that is followed through all views; (n_x, 0) for none."""
        x, y = projection.places(X)
        self.followed.set_all_places([(x, y)] * 2)

    def stamp(self, label: int, test: bool) -> Stamp:
        """Return how a point is drawn: full for training, hollow for the test."""
        theme = self._view.theme
        rims = theme.rims or (theme.halo, theme.halo)
        rim = self._view.pen(theme.class_lines[label], 1.75) if test else self._view.pen(rims[label], 1.0)
        fill = theme.surface if test else theme.classes[label]
        size = tokens.SYMBOL * tokens.SHAPE_SIZES[label]
        return Stamp(tokens.SHAPES[label], size, rim, pg.mkBrush(fill))

    @property
    def hollow(self) -> Stamp:
        """What stands for test points of either class."""
        return Stamp(tokens.SHAPES[0], tokens.SYMBOL, self._view.pen(self._view.theme.muted, 1.75), QBrush())

    @property
    def ring(self) -> Stamp:
        """What is drawn around a misclassified point."""
        return Stamp("o", tokens.SYMBOL * 1.9, self._view.pen(self._view.theme.text, 1.5), QBrush())

    @property
    def accent(self) -> Stamp:
        """What is drawn around the point that is followed."""
        return Stamp("o", 2.6 * tokens.SYMBOL, self._view.pen(self._view.theme.accent, 3.0), QBrush())


Drawn = tuple[np.ndarray, Array, np.ndarray]  # ids (k,), places (2, k) and groups (k,)


def _came_or_went(before: Drawn, after: Drawn) -> Array:
    """Return where a point is drawn no more, or newly, or otherwise, shape (2, c)."""
    stays, stayed = among(before[0], after[0]), among(after[0], before[0])
    old, new = before[1][:, stays], after[1][:, stayed]
    other = (old != new).any(axis=0) | (before[2][stays] != after[2][stayed])
    return np.concatenate([before[1][:, ~stays], after[1][:, ~stayed], old[:, other], new[:, other]], axis=1)
