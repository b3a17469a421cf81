"""The cost as a surface over a plane through the parameters, with the descent as a path on it."""

import time
from typing import Any, ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPen

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.losses import LOSSES
from engine.model.network import Parameters
from engine.model.relief import Angle
from engine.training.commands import Frame
from engine.training.experiment import Start
from engine.training.landscape import next_vector
from engine.training.planes import vectors_of
from engine.training.trail import Moment
from gui.theme import GRID, Theme
from gui.views.plane_choice import PlaneChoice
from gui.views.relief import HALVES
from gui.views.relief_keys import TurningKeys
from gui.views.surface_costs import Costs
from gui.views.surface_marks import Marks
from gui.views.surface_panel import SurfacePanel
from gui.views.surface_paths import moments_of
from gui.views.surface_plane import ShownPlane, quiet
from gui.views.surface_reading import CostReading
from gui.views.surface_words import axes_of, entries_of, words_about
from gui.views.switches import numbers_in, ranges_in
from gui.views.view import WAIT, Key, View
from gui.views.words import Paragraph

SLICE, LONG_SLICE = (
    0.001,
    0.004,
)  # seconds for surfaces with a picture; between two, and for those of which nothing is known
NARROWEST = 19 * GRID  # pixels, of one surface beside another


class SurfaceView(View):
    """Contours of the cost over two parameters or a plane, or a relief; the path, the gradient, the next step."""

    name: ClassVar[str] = "surface"
    title: ClassVar[str] = "Cost surface"
    help: ClassVar[str] = (
        "The cost over two parameters, the others as they are now, or over a plane through all of them; "
        "colour is height. Drag the first point of the path or the last one and descend from there; the wheel zooms, "
        "dragging moves, and turns the relief."
    )
    opens: ClassVar[bool] = False

    started = Signal(Start)
    """Weights from which the person wants to descend."""

    def __init__(self, theme: Theme, pen_scale: float = 1.0, sharp: bool = False) -> None:
        super().__init__(theme, pen_scale, sharp)
        self.plot.setAntialiasing(True)
        self._frame: Frame | None = None
        self.shown = ShownPlane()
        """The plane, and the part of it that is seen."""
        self._costs = Costs(self.shown, sharp)
        self._entries: list[tuple[QPen, str]] = []
        self.key = Key()
        self.grid.addItem(self.key, 0, 0, 1, 2)
        self.panels = [SurfacePanel(self, column, sharp) for column in (0, 1)]
        self.caption = Paragraph(3)
        self.grid.addItem(self.caption, 2, 0, 1, 2)
        for panel in self.panels:
            panel.box.sigRangeChangedManually.connect(lambda _, panel=panel: self._take_range(panel))
            panel.relief.turned.connect(self.turn)
            panel.relief.zoomed.connect(self._zoom)
        self.panels[0].box.sigResized.connect(self._take_room)
        for point in (self.panels[0].start, self.panels[0].target):
            point.sigPositionChangeFinished.connect(lambda _, point=point: self._start_here(point))
        for point in (self.panels[1].start, self.panels[1].target):
            point.movable = False
        self._chosen = False  # whether the person has chosen a start that is not shown yet
        self.choice = PlaneChoice()
        self.choice.chosen.connect(self._choose_plane)
        self.header.add(self.choice)
        self.relief_button = self.header.add_button(
            "3-D",
            "The surface as a relief. Drag it or use the arrow keys to turn it; a double click turns it back.",
            "surfaceReliefButton",
        )
        self.relief_button.setCheckable(True)
        self.relief_button.toggled.connect(self._show_relief)
        self.compare_button = self.header.add_button(
            "both",
            "Both losses side by side. The other one descends from the same first weights; from those set last, where "
            "weights were set by hand on the way.",
            "surfaceCompareButton",
        )
        self.compare_button.setCheckable(True)
        self.compare_button.toggled.connect(self._arrange)
        self.fit_button = self.header.add_button("fit", "Show the whole path.", "surfaceFitButton")
        self.fit_button.clicked.connect(self.fit)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)
        self.plot.installEventFilter(
            TurningKeys(self, lambda: self.panels[0].relief if self.relief_button.isChecked() else None)
        )
        self._reading = CostReading(self, self.panels, lambda: self.chart)
        self._arrange()
        self.apply_theme(theme)

    @property
    def losses(self) -> list[str]:
        """The loss of each surface that is shown, that of the run first."""
        own = self._frame.experiment.spec.loss if self._frame is not None else ""
        return [own, *(name for name in LOSSES if name != own)][: len(self._drawn)]

    @property
    def chart(self) -> Chart | None:
        """The plane that is shown."""
        return self.shown.chart

    @property
    def is_complete(self) -> bool:
        """Whether all that is to be computed is there."""
        if self._frame is None:
            return False
        surfaces = [panel.landscape for panel in self._drawn]
        done = all(surface is not None and surface.is_finished for surface in surfaces)
        return done and self._costs.is_complete(self._frame.state.iteration)

    @property
    def _drawn(self) -> list[SurfacePanel]:
        """The panels that are shown, that of the run's own loss first."""
        return self.panels[: 1 + self.compare_button.isChecked()]

    @property
    def _is_begun(self) -> bool:
        """Whether there is a surface of which nothing is known yet."""
        surfaces = [panel.landscape for panel in self._drawn]
        return any(surface is not None and surface.Z is None for surface in surfaces)

    def fit(self) -> None:
        """Show the whole path, on a plane of its own, and follow it."""
        self.shown.follows = True
        if self.shown.kept:
            self.shown.replace()
        self._take_room()
        self._draw_again()

    def turn(self, angle: Angle) -> None:
        """See the reliefs from another angle."""
        for panel in self.panels:
            panel.relief.turn_to(angle)

    def look(self) -> dict[str, Any]:
        seen = {"ranges": [list(each) for each in self.shown.ranges], "follows": self.shown.follows}
        return super().look() | seen | {"angle": list(self.panels[0].relief.angle)}

    def take_look(self, look: dict[str, Any]) -> None:
        super().take_look(look)
        ranges, angle = ranges_in(look.get("ranges")), numbers_in(look.get("angle"), 2)
        if angle is not None:
            self.turn(Angle(0.0, 0.0).moved(*angle))
        if ranges is not None and look.get("follows") is False:
            self.shown.show(*ranges)
            self.shown.follows = False
            self._show_part()
        if self._sharp:
            self.plot.grab()  # lays it out, as the part of the plane that is seen goes by the room for it

    def look_like(self, other: View) -> None:
        super().look_like(other)
        assert isinstance(other, SurfaceView)
        if other.shown.network is not None:
            self.choice.offer(other.shown.network)
            self.choice.show_as(other.choice)
            self.compare_button.setChecked(other.compare_button.isChecked())
            self.relief_button.setChecked(other.relief_button.isChecked())
            self.turn(other.panels[0].relief.angle)
            self.shown.copy(other.shown, other._sides)
            self._show_part()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for panel in self.panels:
            panel.apply_theme(theme)
        self._draw_again()

    def hold_axes(self, final: Frame) -> None:
        if not self.shown.was_chosen:  # else the whole path is to be in sight
            self._lay_anew()
            self.shown.follows = True
        super().hold_axes(final)
        self.shown.hold()

    @quiet
    def draw(self, frame: Frame) -> None:
        before, self._frame = self._frame, frame
        experiment, shown = frame.experiment, self.shown
        if experiment.network != shown.network:
            self._lay_anew()  # before the boxes change their widths, and with them the plot its size
            shown.network, shown.first = experiment.network, None
            self.choice.offer(experiment.network)
        first = frame.trail[0].parameters if frame.trail else experiment.start
        if first is not shown.first:
            shown.paths.begin(frame, before if shown.first is not None else None)
            shown.first = first
            chosen, self._chosen = self._chosen, False
            same = before is not None and before.experiment.problem.dataset is experiment.problem.dataset
            if not (same and shown.may_keep(first.vector.astype(np.float64), chosen)):
                shown.replace()
        ranges = shown.ranges
        shown.lay(frame, self.choice.plane, self._sides, self._is_begun)
        if shown.ranges != ranges:
            self._show_part()
        self._work(frame)

    # What is arranged, and the part of the plane that is shown

    def _lay_anew(self) -> None:
        """Forget the plane, and what is drawn on it."""
        self.shown.forget()
        for panel in self.panels:
            panel.forget()

    def _choose_plane(self) -> None:
        self._lay_anew()
        self.fit()

    def _show_relief(self, relief: bool) -> None:
        for panel in self.panels:
            panel.show_as_relief(relief)
        self._arrange()
        self.fit()

    def _arrange(self) -> None:
        """Show one surface or both, flat or as reliefs."""
        both = self.compare_button.isChecked()
        for panel in self.panels:
            for item in (panel.plot, panel.relief):
                item.hide()
                if item.parentLayoutItem() is not None:
                    self.grid.layout.removeItem(item)
        for column in (0, 1):  # both are as wide
            self.grid.layout.setColumnMinimumWidth(column, NARROWEST if both else 0)
            self.grid.layout.setColumnStretchFactor(column, int(both or not column))
        for column, panel in enumerate(self._drawn):
            panel.shown.show()
            self.grid.layout.addItem(panel.shown, 1, column)
        if not both:
            self._costs.forget_rival()
            self.panels[1].forget()
        self._draw_again()

    def _draw_again(self) -> None:
        if self._frame is not None:
            self.draw(self._frame)
            for panel in self.panels:
                self._show_costs(panel)

    def _show_costs(self, panel: SurfacePanel) -> None:
        """Draw the costs of a panel, if they are of the plane that is shown, and not of the one that is coming."""
        if panel.landscape is not None and panel.landscape.chart is self.chart:
            panel.show_costs()

    @property
    def _sides(self) -> Array:
        """How wide and how high the surface is drawn."""
        if self.relief_button.isChecked():
            return np.array(HALVES)
        box = self.panels[0].box
        return np.array([max(1.0, box.width()), max(1.0, box.height())])

    def _take_room(self) -> None:
        """Show as much of the plane as there is room for, and its costs."""
        if self._frame is not None:
            self.shown.fit(self._frame, self._sides)
            self._show_part()
            self._more.start(0)

    def _show_part(self) -> None:
        for panel in self.panels:
            panel.show_part(*self.shown.ranges)

    def _take_range(self, panel: SurfacePanel) -> None:
        """Show in both plots what the person has moved one of them to."""
        x_range, y_range = panel.box.viewRange()
        self._show(x_range, y_range)

    def _zoom(self, factor: float) -> None:
        """Show so many times as much of the plane."""
        ends = np.array(self.shown.ranges)
        middle = ends.mean(axis=1, keepdims=True)
        self._show(*(middle + factor * (ends - middle)).tolist())

    def _show(self, x_range: list[float], y_range: list[float]) -> None:
        self.shown.follows = False
        self.shown.show(x_range, y_range)
        self._show_part()
        self._draw_again()

    # Surfaces and paths

    def _work(self, frame: Frame, moved: bool = True) -> None:
        """Draw the marks where they moved, and renew the surfaces as far as the time for one picture goes."""
        # A first grid is short, and without it the plane of before is seen.
        has_time = not moved or self._is_begun
        seconds = self.patience if self._sharp else LONG_SLICE if has_time else SLICE
        iteration = frame.state.iteration
        arrives = not self._costs.is_complete(iteration)  # the path of the other loss
        paths = [self._costs.moments(frame, loss, time.perf_counter() + seconds / 2) for loss in self.losses]
        running = frame.is_moving and not self._sharp
        hurries = running or not self._costs.is_complete(iteration)
        waits = hurries and self.shown.is_fresh  # asked once: what one surface does is not to keep the other
        finished = []
        for panel, loss, moments in zip(self._drawn, self.losses, paths, strict=True):
            panel.use(self._costs.experiment_of(frame.experiment, loss))
            self._costs.renew(panel, moments[-1].parameters.vector, hurries, waits)
            assert panel.landscape is not None
            # Each has time of its own. A picture is laid out after its first drawing.
            finished.append(panel.landscape.work(time.perf_counter() + seconds / 2))
        comes = self._takes_plane(frame)
        for panel, loss, moments, done in zip(self._drawn, self.losses, paths, finished, strict=True):
            if moved or comes or (arrives and loss != frame.experiment.spec.loss):
                panel.show_marks(self._marks(frame, moments, loss), frame)
            if done or comes or (self._sharp and self.is_complete):
                self._show_costs(panel)
        self._show_words(frame)
        if not self.is_complete:
            self._more.start(WAIT if frame.is_moving else 0)

    def _takes_plane(self, frame: Frame) -> bool:
        """Show the plane that is coming, if there are costs of it, and return whether."""
        if self.shown.coming is None or self._is_begun:
            return False
        self.shown.take(frame, self._sides)
        self._show_part()
        return True

    @quiet
    def _go_on(self) -> None:
        frame = self._frame
        if self.gives_way():
            self._more.start(WAIT)
        elif frame is not None and self.chart is not None and self.isVisible():
            self._work(frame, moved=False)

    def _marks(self, frame: Frame, moments: list[Moment], loss: str) -> Marks:
        """Return what is drawn of a path. The next step of the other loss is that of plain descent."""
        last, chart = moments[-1], self.chart
        assert chart is not None
        uphill = chart.places(chart.middle + last.gradient.vector)
        if loss == frame.experiment.spec.loss:
            places = self.shown.paths.places(chart, moments)
            ahead = chart.places(next_vector(frame.experiment, frame.state))
        else:
            places = chart.places(vectors_of(moments))
            ahead = places[:, -1] - frame.experiment.spec.learning_rate_at(last.iteration) * uphill
        return Marks(places, self.shown.paths.earlier_places(chart), places[:, -1], uphill, ahead)

    def _show_words(self, frame: Frame) -> None:
        """Say what the surface is, and how the next step is made."""
        theme, plane = self.theme, self.choice.plane
        longer = any(panel.lengthens for panel in self._drawn)
        marks = [panel.marks for panel in self._drawn]
        earlier = any(each is not None and self.shown.shows_any(each.earlier) for each in marks)
        entries = entries_of(self, frame, earlier, longer)
        if entries != self._entries:
            self._entries = entries
            self.key.show_entries([*entries], theme.text)
        for panel, loss in zip(self._drawn, self.losses, strict=True):
            title = LOSSES[loss].label if len(self.losses) > 1 else ""
            panel.name(title, axes_of(plane, frame.experiment.network))
        self.caption.say(words_about(frame, plane, self.shown, self.losses), theme.muted)

    def _start_here(self, point: pg.TargetItem) -> None:
        """Ask to descend from where the first point of the path or the last one was dropped."""
        frame, chart = self._frame, self.chart
        if frame is None or chart is None:
            return
        place = point.pos()
        first = point is self.panels[0].start
        before = (moments_of(frame)[0] if first else frame.state).parameters.vector
        vector = chart.moved(before.astype(np.float64), np.array([place.x(), place.y()]))
        parameters = Parameters(frame.experiment.network, vector.astype(before.dtype))
        self._chosen = True
        self.started.emit(
            Start(frame.experiment.network, parameters, frame.experiment.problem.standardization)
        )
