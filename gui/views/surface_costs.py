"""The costs behind a surface: of each loss its own points, its landscape, and the path of the rival loss."""

import time

from engine.model.activations import Array
from engine.training.commands import Frame
from engine.training.experiment import Experiment
from engine.training.landscape import FINENESS, Landscape, Rival, small
from engine.training.trail import Moment
from gui.views.surface_panel import SurfacePanel
from gui.views.surface_paths import moments_of
from gui.views.surface_plane import ShownPlane

UNSEEN = 0.1  # of how far parameters may stray: less than a pixel between the pictures of an animation


class Costs:
    """Lets the landscapes of a view be begun when those that are there are out of date."""

    def __init__(self, shown: ShownPlane, sharp: bool) -> None:
        self._shown = shown
        self._fineness = FINENESS[-1:] if sharp else FINENESS  # nobody sees what a picture looks like before
        self._small: dict[str, tuple[Experiment, Experiment]] = {}  # by loss: what it is of, and it
        self._rival: Rival | None = None

    def is_complete(self, iteration: int) -> bool:
        """Return whether the path of the other loss, if there is one, got to an iteration, or as far as it goes."""
        return self._rival is None or self._rival.is_at(iteration)

    def forget_rival(self) -> None:
        """Descend with the run's own loss alone."""
        self._rival = None

    def experiment_of(self, experiment: Experiment, loss: str) -> Experiment:
        """Return what the costs of a loss are taken of."""
        known = self._small.get(loss)
        if known is None or known[0] is not experiment:
            known = self._small[loss] = (experiment, small(experiment, loss))
        return known[1]

    def moments(self, frame: Frame, loss: str, until: float) -> list[Moment]:
        """Return the path of a loss up to the moment shown; that of the other one is made until the clock says so."""
        iteration = frame.state.iteration
        if loss == frame.experiment.spec.loss:
            return [each for each in moments_of(frame) if each.iteration <= iteration]
        experiment = self.experiment_of(frame.experiment, loss)
        if self._rival is None or self._rival.experiment is not experiment:
            self._rival = Rival(experiment)
        self._rival.go_to(iteration, until)  # first the path, as its end decides what the surface is through
        return list(self._rival.moments(iteration))

    def renew(self, panel: SurfacePanel, vector: Array, hurries: bool, waits: bool) -> None:
        """Begin another surface where the one that is there is out of date, on the plane that is coming if one is.

        Where the run `hurries` on, one that is begun gets its first grid, and one that `waits` is left as it is, unless
        another part of the plane is seen.
        """
        shown, landscape = self._shown, panel.landscape
        chart, ranges = shown.newest
        if landscape is not None and landscape.chart is chart:
            allowed = shown.may_stray * (1.0 if hurries else UNSEEN if shown.stays else 1e-7)
            same = (landscape.x_range, landscape.y_range) == ranges
            if same and chart.distance(landscape.vector, vector) <= allowed:
                return
            waits = waits or (hurries and shown.coming is not None)  # for the first grid of the other loss
            if (hurries and landscape.Z is None) or (waits and same):
                return
        shown.renewed = time.perf_counter()
        panel.landscape = Landscape(panel.cost, chart, vector, *ranges, self._fineness)
