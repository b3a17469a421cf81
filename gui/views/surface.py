"""The cost as a surface over a plane through the parameters, with the descent as a path on it."""

import math
import time
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPen

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.losses import LOSSES
from engine.model.network import Network, Parameters
from engine.training.commands import Frame
from engine.training.experiment import Experiment, Start
from engine.training.landscape import Landscape, Rival, next_vector, small
from engine.training.planes import PLANES, vectors_of
from engine.training.trail import Moment
from gui.theme import Theme
from gui.views.plane_choice import PlaneChoice
from gui.views.surface_panel import Marks, SurfacePanel, step_pen, uphill_pen
from gui.views.surface_paths import Paths, moments_of
from gui.views.surface_words import axes_of, words_about
from gui.views.view import Key, View
from gui.views.words import Paragraph

SLICE, LONG_SLICE = (
    0.001,
    0.006,
)  # seconds for a surface in one picture, while training runs and while it pauses
RENEW_EVERY = 0.7  # seconds between two surfaces while training runs
MOVED = 0.03  # of the plane's half width, which parameters may leave it by before the surface is renewed
AIR = 1.4  # the shown part of the plane, in extents of the path
EDGE = 0.04  # of what is shown, which the path does not enter
LEAST = 2.0  # half of what is shown, at least
FARTHEST = 1e100  # a plot cannot show more
quiet = np.errstate(over="ignore", invalid="ignore")
"""A run that diverges leads too far for squares of its numbers."""


class SurfaceView(View):
    """Contours of the cost over two parameters or a plane, the path, the gradient and the next step."""

    name: ClassVar[str] = "surface"
    title: ClassVar[str] = "Cost surface"
    help: ClassVar[str] = (
        "The cost over two parameters, the others as they are now, or over a plane through all of them; "
        "colour is height. Drag the round point and descend from there; the wheel zooms, dragging moves."
    )
    opens: ClassVar[bool] = False

    started = Signal(Start)
    """Weights from which the person wants to descend."""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.plot.setAntialiasing(True)
        self._frame: Frame | None = None
        self._network: Network | None = None
        self._first: Parameters | None = None  # where the run began
        self.chart: Chart | None = None
        """The plane that is shown."""
        self.paths = Paths()
        self._renewed = 0.0  # when the plane or a surface was last begun
        self._small: dict[str, tuple[Experiment, Experiment]] = {}  # by loss: what it is of, and it
        self._rival: Rival | None = None
        self._entries: list[tuple[QPen, str]] = []
        self._follows = True  # whether the axes follow the path
        self.key = Key()
        self.grid.addItem(self.key, 0, 0, 1, 2)
        self.panels = [SurfacePanel(self, column, sharp) for column in (0, 1)]
        self.caption = Paragraph(3)
        self.grid.addItem(self.caption, 2, 0, 1, 2)
        own, other = self.panels
        own.box.sigResized.connect(lambda: self._fit())
        own.target.sigPositionChangeFinished.connect(self._start_here)
        own.box.sigRangeChangedManually.connect(lambda: self._take_range(own))
        other.box.sigRangeChangedManually.connect(lambda: self._take_range(other))
        other.target.movable = False
        self._compare(False)
        self.choice = PlaneChoice()
        self.choice.chosen.connect(self._choose_plane)
        self.header.add(self.choice)
        self.compare_button = self.header.add_button(
            "compare", "Both losses side by side, descended from the same start.", "surfaceCompareButton"
        )
        self.compare_button.setCheckable(True)
        self.compare_button.toggled.connect(self._compare)
        self.fit_button = self.header.add_button("fit", "Show the whole path.", "surfaceFitButton")
        self.fit_button.clicked.connect(self.fit)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)
        self.apply_theme(theme)

    @property
    def losses(self) -> list[str]:
        """The loss of each surface that is shown, that of the run first."""
        own = self._frame.experiment.spec.loss if self._frame is not None else ""
        return [own, *(name for name in LOSSES if name != own)][: 1 + self.compare_button.isChecked()]

    @property
    def is_complete(self) -> bool:
        """Whether all that is to be computed is there."""
        if self._frame is None:
            return False
        surfaces = [panel.landscape for panel, _ in zip(self.panels, self.losses, strict=False)]
        done = all(surface is not None and surface.is_finished for surface in surfaces)
        return done and (self._rival is None or self._rival.is_at(self._frame.state.iteration))

    def fit(self) -> None:
        """Show the whole path, and follow it."""
        self._follows = True
        self._fit()
        self._draw_again()

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, SurfaceView)
        if other._network is not None:
            self._network = other._network
            self.choice.offer(other._network)
            self.choice.show_as(other.choice)
            self.compare_button.setChecked(other.compare_button.isChecked())
            self.chart, self._first, self.paths.earlier = other.chart, other._first, list(other.paths.earlier)
            self._follows = False
            self._set_range(*other.panels[0].box.viewRange())

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for panel in self.panels:
            panel.apply_theme(theme)
        self._draw_again()

    @quiet
    def draw(self, frame: Frame) -> None:
        before, self._frame = self._frame, frame
        experiment = frame.experiment
        if experiment.network != self._network:
            self._lay_anew()  # before the boxes change their widths, and with them the plot its size
            self._network, self._first = experiment.network, None
            self.choice.offer(experiment.network)
        if experiment.start is not self._first:
            self.paths.begin(frame, before if self._first is not None else None)
            self._first = experiment.start
            self._lay_anew()
        chart = self._lay_plane(frame)
        self._work(frame, chart)

    def _lay_anew(self) -> None:
        """Forget the plane, and what is drawn on it."""
        self.chart = None
        self.paths.forget_places()
        for panel in self.panels:
            panel.landscape = None

    def _choose_plane(self) -> None:
        self._lay_anew()
        self.fit()

    def _compare(self, both: bool) -> None:
        """Show the surface of the other loss, or give its place to that of the run."""
        other = self.panels[1].plot
        other.setVisible(both)
        if both:
            self.grid.layout.addItem(other, 1, 1)
        else:
            self.grid.layout.removeItem(other)
            self._rival = None
        self._draw_again()

    def _draw_again(self) -> None:
        if self._frame is not None:
            self.draw(self._frame)
            for panel in self.panels:
                panel.show_costs()

    # The plane, and the part of it that is shown

    def _lay_plane(self, frame: Frame) -> Chart:
        """Return the plane, laid anew where the run has left it."""
        plane, chart, vector = self.choice.plane, self.chart, frame.state.parameters.vector
        if chart is not None and isinstance(plane, str) and PLANES[plane].follows and not frame.looks_back:
            early = not math.isfinite(chart.plane.share) and bool(frame.state.iteration)
            strays = chart.distance(chart.middle, vector) > MOVED * self._half
            if (early or strays) and not (frame.running and self._is_fresh):
                self._lay_anew()
        if self.chart is None:
            self._renewed = time.perf_counter()
            moments = [*frame.trail] if frame.looks_back else moments_of(frame)
            if isinstance(plane, str):
                self.chart = PLANES[plane].lay(moments or moments_of(frame))
            else:
                self.chart = Chart.of_two(frame.experiment.network, *plane)
            self._fit()
        elif not self._shows(self.chart.places(vector)):
            self._fit()
        return self.chart

    @property
    def _is_fresh(self) -> bool:
        return time.perf_counter() - self._renewed < RENEW_EVERY

    @property
    def _half(self) -> float:
        """Half of the shorter side of what is shown."""
        return float(np.ptp(self.panels[0].box.viewRange(), axis=1).min()) / 2

    def _shows(self, place: Array) -> bool:
        low, high = np.array(self.panels[0].box.viewRange()).T
        edge = EDGE * (high - low)
        return bool(((low + edge < place) & (place < high - edge)).all())

    @quiet
    def _fit(self) -> None:
        """Show the whole path, where the axes follow it; one unit is as long across as up.

        So the gradient stands upright on the contours.
        """
        frame, chart = self._frame, self.chart
        if frame is None or chart is None or not self._follows:
            return
        places = np.hstack(
            [self.paths.places(chart, moments_of(frame)), *map(chart.places, self.paths.earlier)]
        )
        places = np.clip(np.nan_to_num(places), -FARTHEST, FARTHEST)
        low, high = places.min(axis=1), places.max(axis=1)
        box = self.panels[0].box
        sides = np.array([max(1.0, box.width()), max(1.0, box.height())])
        unit = max(float((AIR * (high - low) / sides).max()), 2 * LEAST / float(sides.min()))
        middle, half = (low + high) / 2, sides * unit / 2
        self._set_range(*np.column_stack([middle - half, middle + half]))

    def _set_range(self, x_range: Sequence[float], y_range: Sequence[float]) -> None:
        for panel in self.panels:
            panel.box.setRange(xRange=tuple(x_range), yRange=tuple(y_range), padding=0)

    def _take_range(self, panel: SurfacePanel) -> None:
        """Show in both plots what the person has moved one of them to."""
        self._follows = False
        self._set_range(*panel.box.viewRange())
        self._draw_again()

    # Surfaces and paths

    def _work(self, frame: Frame, chart: Chart) -> None:
        """Draw the marks, and renew the surfaces as far as the time for one picture goes."""
        until = time.perf_counter() + (SLICE if frame.running else LONG_SLICE)
        if self._sharp:
            until = math.inf
        for panel, loss in zip(self.panels, self.losses, strict=False):
            experiment = self._small_of(frame.experiment, loss)
            panel.use(experiment)
            if loss == frame.experiment.spec.loss:
                moments = [each for each in moments_of(frame) if each.iteration <= frame.state.iteration]
                places, tip = self.paths.places(chart, moments), next_vector(frame.experiment, frame.state)
            else:
                moments = self._rival_path(experiment, frame.state.iteration, until)
                places, tip = chart.places(vectors_of(moments)), None
            self._renew(panel, chart, moments[-1].parameters.vector, frame.running)
            assert panel.landscape is not None
            panel.show_marks(self._marks(chart, places, moments[-1], tip), frame)
            if panel.landscape.work(until) or self._sharp:  # a picture is laid out after its first drawing
                panel.show_costs()
        self._show_words(frame, chart)
        if not self.is_complete and not frame.running:
            self._more.start()

    @quiet
    def _go_on(self) -> None:
        frame, chart = self._frame, self.chart
        if frame is not None and chart is not None and self.isVisible() and not frame.running:
            self._work(frame, chart)

    def _renew(self, panel: SurfacePanel, chart: Chart, vector: Array, running: bool) -> None:
        """Begin another surface where the one that is there is out of date."""
        (x_low, x_high), (y_low, y_high) = panel.box.viewRange()
        ranges = (float(x_low), float(x_high)), (float(y_low), float(y_high))
        landscape = panel.landscape
        if landscape is not None:
            allowed = MOVED * self._half if running else 1e-9 * self._half
            same = (landscape.x_range, landscape.y_range) == ranges
            if same and chart.distance(landscape.vector, vector) <= allowed:
                return
            if running and (landscape.Z is None or self._is_fresh):
                return
        self._renewed = time.perf_counter()
        panel.landscape = Landscape(panel.cost, chart, vector, *ranges)

    def _rival_path(self, experiment: Experiment, iteration: int, until: float) -> list[Moment]:
        """Return the path of the other loss, which descends here beside the run."""
        if self._rival is None or self._rival.experiment is not experiment:
            self._rival = Rival(experiment)
        self._rival.go_to(iteration, until)
        return list(self._rival.moments(iteration))

    def _marks(self, chart: Chart, places: Array, last: Moment, tip: Array | None) -> Marks:
        """Return what is drawn of a path; without the `tip` of its next step, that of plain descent."""
        now = places[:, -1]
        uphill = chart.places(chart.middle + last.gradient.vector)
        if tip is None:
            assert last.experiment is not None
            ahead = now - last.experiment.spec.learning_rate_at(last.iteration) * uphill
        else:
            ahead = chart.places(tip)
        return Marks(places, self.paths.earlier_places(chart), now, uphill, ahead)

    def _small_of(self, experiment: Experiment, loss: str) -> Experiment:
        known = self._small.get(loss)
        if known is None or known[0] is not experiment:
            known = self._small[loss] = (experiment, small(experiment, loss))
        return known[1]

    def _show_words(self, frame: Frame, chart: Chart) -> None:
        """Say what the surface is, and how the next step is made."""
        theme, plane = self.theme, self.choice.plane
        plain = frame.experiment.spec.optimizer == "gd"
        entries = [
            (self.pen(theme.text, 2.0), "path"),
            (uphill_pen(self), "gradient"),
            (step_pen(self), "next step, −α dJ" if plain else "next step"),
        ]
        if self.paths.earlier:
            entries.append((self.pen(theme.text, 1.25, Qt.PenStyle.DashLine, 0.7), "earlier runs"))
        if entries != self._entries:
            self._entries = entries
            self.key.show_entries([*entries], theme.text)
        for panel, loss in zip(self.panels, self.losses, strict=False):
            title = LOSSES[loss].label if len(self.losses) > 1 else ""
            panel.name(title, axes_of(plane, frame.experiment.network))
        self.caption.say(words_about(frame, plane, chart, self.losses), theme.muted)

    def _start_here(self) -> None:
        """Ask to descend from where the point was dropped."""
        frame, chart = self._frame, self.chart
        if frame is None or chart is None:
            return
        place = self.panels[0].target.pos()
        before = frame.state.parameters.vector
        vector = chart.moved(before.astype(np.float64), np.array([place.x(), place.y()]))
        parameters = Parameters(frame.experiment.network, vector.astype(before.dtype))
        self.started.emit(
            Start(frame.experiment.network, parameters, frame.experiment.problem.standardization)
        )
