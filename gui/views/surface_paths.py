"""The path of a run and those of the runs before it, as places on a plane."""

import numpy as np

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.network import Parameters
from engine.training.commands import Frame
from engine.training.planes import vectors_of
from engine.training.trail import Moment

EARLIER = 6  # runs whose paths stay
GAP = np.full((2, 1), np.nan)


class Paths:
    """Knows where moments lie, so that each is looked for once."""

    def __init__(self) -> None:
        self.earlier: list[Array] = []  # each (n, parameter_count)
        self._known: dict[int, tuple[Parameters, Array]] = {}  # by iteration

    def begin(self, frame: Frame, before: Frame | None) -> None:
        """Notice another run. The path of the one before stays where its points and network are the same."""
        if before is None or before.experiment.problem.dataset is not frame.experiment.problem.dataset:
            self.earlier.clear()
        elif len(before.trail) > 1:
            self.earlier.append(vectors_of(moments_of(before)))
            del self.earlier[:-EARLIER]

    def forget_places(self) -> None:
        """Take another plane from now on."""
        self._known.clear()

    def places(self, chart: Chart, moments: list[Moment]) -> Array:
        """Return where moments of the run are on the plane, (2, n); most of them are known."""
        known = self._known
        new = [each for each in moments if known.get(each.iteration, (None,))[0] is not each.parameters]
        if new:
            for each, place in zip(new, chart.places(vectors_of(new)).T, strict=True):
                known[each.iteration] = (each.parameters, place)
        places = np.array([known[each.iteration][1] for each in moments]).T
        if len(known) > 4 * len(moments):
            known.clear()
        return places

    def earlier_places(self, chart: Chart) -> Array:
        """Return the earlier paths one after another, with NaN between them, (2, n)."""
        return np.hstack([GAP, *(part for each in self.earlier for part in (chart.places(each), GAP))])


def moments_of(frame: Frame) -> list[Moment]:
    """Return the whole run, and the moment shown: at its place where the person looks back."""
    state = frame.state
    shown = Moment(state.iteration, state.parameters, state.gradient, frame.experiment)
    before = [each for each in frame.trail if each.iteration < state.iteration]
    return [*before, shown, *(each for each in frame.trail if each.iteration > state.iteration)]
