"""What the network says everywhere on the plane, with the points it learns from."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QPen

from engine.data.dataset import Dataset
from engine.model.classification import logit, margin
from engine.model.network import logits
from engine.model.projection import Projection
from engine.model.surfaces import Range, Rectangle
from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import Theme
from gui.views.axes_choice import AxesChoice
from gui.views.boundary_axes import BoundaryAxes
from gui.views.boundary_earlier import CELLS, EarlierLines
from gui.views.boundary_field import BoundaryField
from gui.views.boundary_points import BoundaryPoints
from gui.views.boundary_show import ENTRIES
from gui.views.dots import Stamp
from gui.views.pace import Pace
from gui.views.show_menu import ShowMenu
from gui.views.view import Key, View, plain
from gui.views.words import Caption

COUNT_EVERY = 0.2  # seconds between two counts of the points inside the margin while training runs


class BoundaryView(View):
    """Heat map of the probability, the 0.5 line, and the points in the person's own units."""

    points_shown = Signal()

    name: ClassVar[str] = "boundary"
    title: ClassVar[str] = "Decision boundary"
    help: ClassVar[str] = (
        "The colour is the probability of each class; on the bold line both have 0.5, unless the threshold in "
        "“Confusion matrix” moves it. Left button paints one class, right the other; Shift-drag erases. "
        "Ctrl+click a point to follow it through all views."
    )

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self._frame: Frame | None = None
        self._points_to_come: Dataset | None = None  # painted points that no frame has brought back yet
        self._keyed: object = None  # what is written above the axes
        self.hint = self.short_hint = ""  # what the mouse does
        self.key = Key()
        self.grid.addItem(self.key, 0, 0)
        self.area = BoundaryAxes(self, 1)
        self.axes: pg.PlotItem = self.area.plot
        self.box: pg.ViewBox = self.area.box
        self.field = BoundaryField(self, self.axes, sharp)
        self.earlier = EarlierLines(sharp)
        self.earlier.setZValue(-3)
        self.axes.addItem(self.earlier, ignoreBounds=True)
        self.drawn = BoundaryPoints(self, self.axes, sharp)
        self.caption, self.findings = Caption(), Caption()
        self.grid.addItem(self.caption, 2, 0)
        self.grid.addItem(self.findings, 3, 0)
        self.grid.layout.setRowSpacing(2, 0)  # or it would take room without words
        self._counting = Pace(COUNT_EVERY)
        self._counted = ""
        self._counted_of: object = None
        self.axes_choice = AxesChoice()
        self.axes_choice.chosen.connect(self._choose_axes)
        self.header.add(self.axes_choice)
        button = self.header.add_button("Show ▾", "Choose what is shown.", "boundaryShowButton")
        self.show_menu = ShowMenu(button, self.name, ENTRIES)
        self.show_menu.changed.connect(self._show_others)
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self._draw_field)
        self.box.sigRangeChanged.connect(lambda: self._redraw.start())
        self.apply_theme(theme)

    @property
    def dataset(self) -> Dataset | None:
        """The data set whose points are drawn."""
        return self.drawn.dataset

    @property
    def projection(self) -> Projection:
        """The plane on which they are drawn."""
        return self.area.projection

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
        self.findings.set_colour(theme.text)
        self.field.apply_theme(theme)
        self.earlier.set_pen(self.pen(theme.text, 1.5))
        self.drawn.apply_theme()
        if self.dataset is not None:
            self._show_names(self.dataset)

    def fit(self, dataset: Dataset | None = None) -> None:
        """Show all points, or all of a data set that is to be drawn next, with some air around them."""
        dataset = dataset or self.dataset
        if dataset is not None:
            self.area.fit(dataset)

    def set_ranges(self, x_range: Range, y_range: Range) -> None:
        """Show exactly these parts of the axes, until other ones are chosen or all points are fitted in."""
        self.area.set_ranges(x_range, y_range)

    def holds(self, dataset: Dataset) -> bool:
        """Return whether all points of a data set are in sight, or the person chose what is."""
        return self.area.holds(dataset, dataset.feature_names == (self.dataset or dataset).feature_names)

    def look(self) -> dict[str, Any]:
        return super().look() | self.area.look()

    def take_look(self, look: dict[str, Any]) -> None:
        super().take_look(look)
        self.area.take_look(look)  # last, as other axes fit all points in

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, BoundaryView)
        self.area.look_like(other.area)
        self.show_menu.look_like(other.show_menu)

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
            if not self.area.is_fitted:
                self.fit()
        self._draw_field()
        self.drawn.mark_wrong(frame, self.threshold, "Rings" in self.show_menu.shown)
        row = self.followed_row(frame)
        self.drawn.mark_followed(problem.dataset.X[:, [] if row is None else [row]], self.projection)
        self._show_key(dataset)

    def plane_of(self, dataset: Dataset) -> tuple[Projection, Range, Range]:
        """Return the plane on which a data set is drawn, and the ranges of its axes that are seen."""
        return self.area.plane_of(dataset), *self.area.ranges

    def shows(self, dataset: Dataset) -> bool:
        """Return whether places on the plane that is drawn are places of this data set, which may not be drawn yet."""
        drawn = self.dataset
        if drawn is None or self.drawn.is_drawn(dataset):
            return drawn is not None
        # Where the axes are all features, a place is a point, whatever the others are.
        return drawn.X.shape[0] == dataset.X.shape[0] and not self.projection.note

    def show_painted(self, dataset: Dataset) -> None:
        """Show points at once that were painted or otherwise edited; the frames with them come later."""
        if self._frame is None or dataset is self.dataset or not self.drawn.is_drawn(dataset):
            return
        known = self._frame.experiment.problem
        size = max(dataset.next_id, known.dataset.next_id)
        test = np.zeros(size, dtype=bool)
        test[known.dataset.ids[known.test]] = True
        self._points_to_come = dataset
        self._show_points(dataset, test[dataset.ids] | dataset.held)

    def _choose_axes(self, columns: tuple[int, int] | None) -> None:
        """Draw on the plane of two features, or of the first two principal components."""
        if self.dataset is None or self._frame is None:
            return
        self.area.choose(self.dataset, columns)
        self._show_points(self.dataset, self.drawn.test)
        self.fit()
        self.draw(self._frame)

    def _show_others(self) -> None:
        """Show what the menu says."""
        if self._frame is not None:
            self.draw(self._frame)

    def _show_points(self, dataset: Dataset, test: np.ndarray) -> None:
        """Draw the points, of which `test` (m,) are held out."""
        if not self.drawn.is_drawn(dataset):
            self.area.show(dataset)
            self.axes_choice.offer(dataset.feature_names, self.projection.columns)
        self.drawn.show(dataset, test, self.projection)
        self._show_names(dataset)
        drawn = self.drawn.rows.size
        thinned = f"{drawn:,} of {dataset.m:,} points drawn." if drawn < dataset.m else ""
        units = "" if self._frame is None else self._units(self._frame)
        self.caption.show_text(" ".join(filter(None, (thinned, units))))
        self.show_note()
        self.points_shown.emit()

    def show_note(self) -> None:
        """Say what the mouse does."""
        self.header.note.short = self.short_hint
        self.header.note.setText(self.hint)
        self.header.note.setToolTip(plain(self.hint))

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
        self.area.name()
        self._show_key(dataset)

    def _show_key(self, dataset: Dataset) -> None:
        """Write above the axes what is drawn, where it is another than before."""
        follows = bool(self.drawn.followed.places[0][0].size)
        rings = "Rings" in self.show_menu.shown
        keyed = (dataset.class_names, self.drawn.has_test, rings, follows, self.theme, self.pen_scale)
        if keyed == self._keyed:
            return
        self._keyed = keyed
        entries: list[tuple[Stamp | QPen, str]] = [
            (self.drawn.stamp(label, False), name) for label, name in enumerate(dataset.class_names)
        ]
        if self.drawn.has_test:
            entries.append((self.drawn.hollow, "hollow: test"))
        for shown, ring, words in (
            (rings, self.drawn.ring, "ringed: wrong"),
            (follows, self.drawn.accent, "followed"),
        ):
            if shown:
                entries.append((replace(ring, size=tokens.SYMBOL * 1.3), words))
        self.key.show_entries(entries, self.theme.text)

    def _draw_field(self) -> None:
        """Draw the colours and the lines over the visible part of the plane."""
        frame = self._frame
        if frame is None:
            return
        shown = self.show_menu.shown
        if "Earlier" in shown:
            rectangle = Rectangle(*self.area.ranges, *self.field.cells(CELLS))
            self.earlier.draw(frame, self.projection, rectangle, logit(self.threshold))
            if not self.earlier.is_complete and not frame.is_moving:
                self._redraw.start()
        else:
            self.earlier.show_none()
        marks = np.hstack([self.drawn.places, *self.earlier.traces])
        self.field.draw(frame, self.projection, self.threshold, shown, marks)
        self._tell_findings(frame)

    def _tell_findings(self, frame: Frame) -> None:
        """Say below the plot what the lines beside the bold one are about."""
        problem, shown = frame.experiment.problem, self.show_menu.shown
        of = frame.state.parameters, problem
        if "Margin" not in shown:
            self._counted, self._counted_of = "", None
            self._counting.hurry()
        elif of != self._counted_of and self._counting.is_due(frame.is_moving):
            self._counted_of = of
            with self._counting.working(), np.errstate(over="ignore", invalid="ignore"):
                Z = logits(frame.experiment.network, frame.state.parameters, problem.X_train)
                found = margin(Z, problem.Y_train)
            self._counted = f"{found.inside:,} of {problem.m_train:,} training points inside the margin"
            if problem.m_train:
                self._counted += f", smallest (2y − 1) z {found.smallest:+.3g}".replace("-", "−")
        iterations = self.earlier.iterations
        earlier = f"faint: iterations {iterations[0]:,} to {iterations[-1]:,}" if iterations else ""
        self.findings.show_text("; ".join(filter(None, (self._counted, earlier))))
