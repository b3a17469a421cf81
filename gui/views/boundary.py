"""What the network says everywhere on the plane, with the points it learns from."""

import time
from dataclasses import replace
from typing import ClassVar
from weakref import WeakKeyDictionary

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QBrush

from engine.data.dataset import Dataset, Lineage, among, numbered_names
from engine.model.activations import Array, sigmoid
from engine.model.network import logits
from engine.model.projection import Projection
from engine.model.surfaces import Range, Rectangle, decision_grid
from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import Theme
from gui.views.axes_choice import AxesChoice
from gui.views.contour import zero_line
from gui.views.dots import Dots, Stamp
from gui.views.heat_map import HeatMap
from gui.views.scales import ends_around
from gui.views.view import Key, View, axis_words
from gui.views.words import Caption

FINEST, COARSEST = 112, 24  # cells along a side of the heat map
SLOW, QUICK = 0.006, 0.002  # seconds for a heat map, beyond which it gets coarser or finer
MARK_EVERY = 0.1  # seconds between two looks for misclassified points while training runs
MOST_DRAWN = 10_000  # points; of more a fixed sample is drawn, with all painted ones, and the note says so
SAMPLE = (0, 4)  # the stream of random numbers for it, which no generator of points uses


class BoundaryView(View):
    """Heat map of the probability, the 0.5 line, and the points in the person's own units."""

    points_shown = Signal()

    name: ClassVar[str] = "boundary"
    title: ClassVar[str] = "Decision boundary"
    help: ClassVar[str] = (
        "The colour is the probability of each class; on the bold line both have 0.5. "
        "Left button paints one class, right the other; Shift-drag erases."
    )

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self.dataset: Dataset | None = None  # whose points are drawn
        self.projection = Projection.of(np.empty((2, 0)), numbered_names(2))
        self._planes: WeakKeyDictionary[Lineage, Projection] = WeakKeyDictionary()
        self._fitted = False
        self.drawn_rows = np.empty(0, dtype=np.intp)  # of the data set: of many points only a sample is drawn
        self.drawn_places: Array = np.empty((2, 0))
        self._drawn_inputs: Array = np.empty((2, 0))  # as the network sees them
        self._inputs_of: tuple[object, object] = (
            None,
            None,
        )  # the problem and the points that these belong to
        self._has_own_ranges = False
        self.drawn_ids = np.empty(0, dtype=np.int64)
        self._drawn_group = np.empty(0, dtype=int)  # 2 * label + test
        self.test = np.empty(0, dtype=bool)  # which points of the data set are held out
        self._points_to_come: Dataset | None = None  # painted points that no frame has brought back yet
        self._lots = np.empty(0)
        self._named: object = None  # what is written at the axes and above them
        self.hint = ""  # what the mouse does, where there is nothing else to say
        self._cells = 96
        self._marked = 0.0
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self.axes = self.make_plot(1)
        self.box: pg.ViewBox = self.axes.getViewBox()
        self._heat = HeatMap()
        self._line = pg.PlotCurveItem(connect="finite", skipFiniteCheck=True, antialias=True)
        self._points = Dots(4, still=True, sharp=sharp)  # group 2 * label + test
        self._wrong = Dots(1, sharp=sharp, vanishes=True)
        self._followed = Dots(1, sharp=sharp, vanishes=True)
        for item in (self._heat, self._points, self._line, self._wrong, self._followed):
            self.axes.addItem(item, ignoreBounds=True)
        self.box.disableAutoRange()
        self.axes_choice = AxesChoice()
        self.axes_choice.chosen.connect(self._choose_axes)
        self.header.add(self.axes_choice)
        self.caption = Caption()
        self.grid.addItem(self.caption, 2, 0)
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self._draw_field)
        self.box.sigRangeChanged.connect(lambda: self._redraw.start())
        self.apply_theme(theme)

    @property
    def is_settled(self) -> bool:
        """Whether points are drawn."""
        return self.dataset is not None

    @property
    def pixel_size(self) -> tuple[float, float]:
        """The width and height of a pixel in the units of the axes."""
        width, height = self.box.viewPixelSize()
        return float(width), float(height)

    def to_plane(self, place: QPointF) -> tuple[float, float]:
        """Return the place on the plane that is drawn at a pixel of the plot."""
        point = self.box.mapSceneToView(self.plot.mapToScene(place.toPoint()))
        return point.x(), point.y()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.style_plot(self.axes)
        self.caption.set_colour(theme.muted)
        self._heat.set_colours(tokens.heat_colours(theme))
        self._line.setPen(self.pen(theme.text, 2.5))
        self._points.set_stamps(*(self._stamp(label, test) for label in (0, 1) for test in (False, True)))
        self._wrong.set_stamps(self._ring)
        self._followed.set_stamps(Stamp("o", 2.6 * tokens.SYMBOL, self.pen(theme.accent, 3.0), QBrush()))
        if self.dataset is not None:
            self._show_names(self.dataset)

    def fit(self, dataset: Dataset | None = None) -> None:
        """Show all points, or all of a data set that is to be drawn next, with some air around them."""
        self._fitted, self._has_own_ranges = True, False
        dataset = dataset or self.dataset
        if dataset is None:
            return
        plane = self._plane_of(dataset)
        self.box.setAspectLocked(dataset.same_units or plane.columns is None)
        (left, bottom), (right, top) = ends_around(plane.places(dataset.X))
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def set_ranges(self, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
        """Show exactly these parts of the axes, until other ones are chosen or all points are fitted in."""
        self._fitted = self._has_own_ranges = True
        self.box.setAspectLocked(False)
        self.box.setRange(xRange=x_range, yRange=y_range, padding=0)

    def holds(self, dataset: Dataset) -> bool:
        """Return whether all points of a data set are in sight, or the person chose what is."""
        if self._has_own_ranges and dataset.feature_names == (self.dataset or dataset).feature_names:
            return True
        low, high = np.array(self.box.viewRange()).T[:, :, None]  # each (2, 1)
        places = self._plane_of(dataset).places(dataset.X)
        return bool(((low <= places) & (high >= places)).all())

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, BoundaryView)
        self._fitted = True
        self._planes = WeakKeyDictionary(other._planes)
        self.box.setAspectLocked(False)
        x_range, y_range = other.box.viewRange()
        self.box.setRange(xRange=x_range, yRange=y_range, padding=0)

    def draw(self, frame: Frame) -> None:
        problem, before = frame.experiment.problem, self._frame
        self._frame = frame
        dataset, awaited = problem.dataset, self._points_to_come
        if (
            dataset is awaited
            or frame.looks_back
            or (awaited is not None and awaited.lineage is not dataset.lineage)
        ):
            self._points_to_come = None
        known = before is not None and before.experiment.problem is problem and dataset is self.dataset
        if self._points_to_come is None and not known:
            self._show_points(dataset, problem.test)
            if not self._fitted:
                self.fit()
        self._draw_field()
        self._mark_wrong(frame)
        row = self.followed_row(frame)
        X = problem.dataset.X[:, [] if row is None else [row]]
        self._followed.set_places(0, *self.projection.places(X))

    def plane_of(self, dataset: Dataset) -> tuple[Projection, Range, Range]:
        """Return the plane on which a data set is drawn, and the ranges of its axes that are seen."""
        x_range, y_range = self.box.viewRange()
        return self._plane_of(dataset), (x_range[0], x_range[1]), (y_range[0], y_range[1])

    def shows(self, dataset: Dataset) -> bool:
        """Return whether places on the plane that is drawn are places of this data set, which may not be drawn yet."""
        drawn = self.dataset
        if drawn is None or self._is_drawn(dataset):
            return drawn is not None
        # Where the axes are all features, a place is a point, whatever the others are.
        return drawn.X.shape[0] == dataset.X.shape[0] and not self.projection.note

    def _plane_of(self, dataset: Dataset) -> Projection:
        """Return the plane on which points are drawn. Painting does not move it; new points keep the axes' names."""
        lineage, names, before = dataset.lineage, dataset.feature_names, self.projection
        if lineage not in self._planes:
            was_image = self.dataset is not None and self.dataset.image_shape is not None
            chosen = before.columns is None and not was_image
            if dataset.image_shape is not None or (chosen and len(names) > 2):
                plane = _components(dataset)  # no two pixels say much about an image
            elif before.n_x > 2 and set(before.axes) <= set(names):
                plane = Projection.onto(lineage.X, names, *map(names.index, before.axes))
            else:
                plane = Projection.of(lineage.X, names)
            self._planes[lineage] = plane
        return self._planes[lineage]

    def show_painted(self, dataset: Dataset) -> None:
        """Show points at once that were painted or otherwise edited; the frames with them come later."""
        if self._frame is None or dataset is self.dataset or not self._is_drawn(dataset):
            return
        known = self._frame.experiment.problem
        size = max(dataset.next_id, known.dataset.next_id)
        test = np.zeros(size, dtype=bool)
        test[known.dataset.ids[known.test]] = True
        self._points_to_come = dataset
        self._show_points(dataset, test[dataset.ids] | dataset.held)

    def _is_drawn(self, dataset: Dataset) -> bool:
        """Return whether the points that are drawn are those of a set before or after painting."""
        return self.dataset is not None and self.dataset.lineage is dataset.lineage

    def _choose_axes(self, columns: tuple[int, int] | None) -> None:
        """Draw on the plane of two features, or of the first two principal components."""
        if self.dataset is None or self._frame is None:
            return
        dataset = self.dataset
        if columns is None:
            plane = _components(dataset)
        else:
            plane = Projection.onto(dataset.lineage.X, dataset.feature_names, *columns)
        self.projection = self._planes[dataset.lineage] = plane
        self._show_points(dataset, self.test)
        self.fit(dataset)
        self.draw(self._frame)

    def _show_points(self, dataset: Dataset, test: np.ndarray) -> None:
        """Draw the points, of which `test` (m,) are held out. Around those that stay nothing is drawn again."""
        before = (self.drawn_ids, self.drawn_places, self._drawn_group) if self._is_drawn(dataset) else None
        if self.dataset is None or self.dataset.lineage is not dataset.lineage:
            self.projection = self._plane_of(dataset)
            self.axes_choice.offer(dataset.feature_names, self.projection.columns)
        self.dataset, self.test = dataset, test
        share = MOST_DRAWN / max(1, dataset.loaded)
        if self._lots.size < dataset.next_id:
            self._lots = np.random.default_rng(SAMPLE).random(2 * dataset.next_id)
        lot = self._lots[dataset.ids]  # (m,), a point's own for good
        rows = self.drawn_rows = np.flatnonzero((lot < share) | (dataset.ids >= dataset.loaded))
        places = self.drawn_places = self.projection.places(dataset.X)[:, rows]
        group = self._drawn_group = (2 * dataset.Y[0, rows] + test[rows]).astype(int)
        self.drawn_ids = dataset.ids[rows]
        changed = None if before is None else _came_or_went(before, (self.drawn_ids, places, group))
        self._points.set_all_places([tuple(places[:, group == each]) for each in range(4)], changed)
        self._marked = 0.0
        self._show_names(dataset)
        thinned = f"{rows.size:,} of {dataset.m:,} points drawn." if rows.size < dataset.m else ""
        units = "" if self._frame is None else self._units(self._frame)
        self.caption.show_text(" ".join(filter(None, (thinned, units))))
        self.show_note()
        self.points_shown.emit()

    def show_note(self) -> None:
        """Say what the mouse does."""
        self.header.note.setText(self.hint)
        self.header.note.setToolTip(self.hint)

    def _units(self, frame: Frame) -> str:
        """Say what the network is trained on, and what the axes are measured in, where these are not the same."""
        problem = frame.experiment.problem
        axes = "axes in your own units"
        if self.projection.columns is None:
            axes = "components in deviations"
        if problem.standardization.changes_nothing:
            return f"{axes.capitalize()}." if self.projection.columns is None else ""
        one = ", one for all pixels" if problem.dataset.image_shape else ""
        return f"Trained on (x − mean) / deviation{one}; {axes}."

    def _show_names(self, dataset: Dataset) -> None:
        """Write at the axes and above them what is drawn, where it is another than before."""
        hollow_too = bool((self._drawn_group % 2).any())
        named = (
            self.projection.axes,
            self.projection.note,
            dataset.class_names,
            hollow_too,
            self.theme,
            self.pen_scale,
        )
        if named == self._named:
            return  # to lay out and draw the axes again takes longer than a stroke may
        self._named = named
        across, up = self.projection.axes
        note = self.projection.note  # on the axis, so that pictures say it as well
        for side, name, more in (("bottom", across, f" — {note}" if note else ""), ("left", up, "")):
            self.axes.getAxis(side).setLabel(axis_words(name) + more)
            self.axes.getAxis(side).resizeEvent()  # puts the words into the middle
        self.axes.getAxis("left").setStyle(showValues=bool(up))
        entries = [(self._stamp(label, False), name) for label, name in enumerate(dataset.class_names)]
        if hollow_too:
            hollow = Stamp(tokens.SHAPES[0], tokens.SYMBOL, self.pen(self.theme.muted, 1.75), QBrush())
            entries.append((hollow, "hollow: test"))
        ring = replace(self._ring, size=tokens.SYMBOL * 1.3)
        self.key.show_entries([*entries, (ring, "ringed: wrong")], self.theme.text)

    def _draw_field(self) -> None:
        """Draw the heat map and the line over the visible part of the plane."""
        frame = self._frame
        if frame is None:
            return
        began = time.perf_counter()
        (x_low, x_high), (y_low, y_high) = self.box.viewRange()
        width, height = max(1.0, self.box.width()), max(1.0, self.box.height())
        columns = max(8, round(self._cells * min(1.0, width / height)))
        rows = max(8, round(self._cells * min(1.0, height / width)))
        # One cell more on every side, so that neither the colours nor the line end before the frame.
        x_cell, y_cell = (x_high - x_low) / columns, (y_high - y_low) / rows
        grid = decision_grid(
            frame.experiment.network,
            frame.state.parameters,
            frame.experiment.problem.standardization,
            self.projection,
            Rectangle(
                (x_low - x_cell / 2, x_high + x_cell / 2),
                (y_low - y_cell / 2, y_high + y_cell / 2),
                columns + 2,
                rows + 2,
            ),
            frame.experiment.problem.features,
        )
        x_step, y_step = grid.x[1] - grid.x[0], grid.y[1] - grid.y[0]
        self._heat.set_shares(
            sigmoid(grid.Z),
            QRectF(
                grid.x[0] - x_step / 2, grid.y[0] - y_step / 2, x_step * grid.x.size, y_step * grid.y.size
            ),
        )
        self.draw_quickly(self._line, frame)
        self._line.setData(*zero_line(grid.x, grid.y, grid.Z))
        self._adapt(time.perf_counter() - began)

    def _adapt(self, seconds: float) -> None:
        """Make the next heat map coarser where this one was slow, and finer again where there is time."""
        if self._sharp:
            return  # the same picture whatever the machine is doing
        if seconds > SLOW:
            self._cells = max(COARSEST, int(self._cells / 1.25))
        elif seconds < QUICK:
            self._cells = min(FINEST, self._cells + 4)

    def _mark_wrong(self, frame: Frame) -> None:
        """Ring the drawn points that the network puts on the other side of the line."""
        now = time.perf_counter()
        if frame.running and now - self._marked < MARK_EVERY:
            return
        self._marked = now
        problem = frame.experiment.problem
        if self.dataset is None or self.dataset.X.shape[0] != problem.dataset.X.shape[0]:
            return  # other points come with the next frame
        if self._inputs_of != (problem, self.dataset):
            self._inputs_of = problem, self.dataset
            self._drawn_inputs = problem.inputs(self.dataset.X[:, self.drawn_rows])
        labels = self.dataset.Y[0, self.drawn_rows]
        Z = logits(frame.experiment.network, frame.state.parameters, self._drawn_inputs)
        wrong = (Z[0] >= 0.0) != (labels >= 0.5)
        self._wrong.set_places(0, *self.drawn_places[:, wrong])

    def _stamp(self, label: int, test: bool) -> Stamp:
        """Return how a point is drawn: full for training, hollow for the test."""
        theme = self.theme
        rim = self.pen(theme.class_lines[label], 1.75) if test else self.pen(theme.halo, 1.0)
        fill = theme.surface if test else theme.classes[label]
        size = tokens.SYMBOL * tokens.SHAPE_SIZES[label]
        return Stamp(tokens.SHAPES[label], size, rim, pg.mkBrush(fill))

    @property
    def _ring(self) -> Stamp:
        return Stamp("o", tokens.SYMBOL * 1.9, self.pen(self.theme.text, 1.5), QBrush())


Drawn = tuple[np.ndarray, Array, np.ndarray]  # ids (k,), places (2, k) and groups (k,)


def _came_or_went(before: Drawn, after: Drawn) -> Array:
    """Return where a point is drawn no more, or newly, or otherwise, shape (2, c)."""
    stays, stayed = among(before[0], after[0]), among(after[0], before[0])
    old, new = before[1][:, stays], after[1][:, stayed]
    other = (old != new).any(axis=0) | (before[2][stays] != after[2][stayed])
    return np.concatenate([before[1][:, ~stays], after[1][:, ~stayed], old[:, other], new[:, other]], axis=1)


def _components(dataset: Dataset) -> Projection:
    is_image = dataset.image_shape is not None
    return Projection.principal(dataset.lineage.X, dataset.feature_names, is_image)
