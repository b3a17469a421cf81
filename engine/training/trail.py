"""Where a run has been: a few of its iterations, evenly spaced, for the views that draw a run as a whole.

Which ones depends on the iterations alone and not on how often somebody looks, so a run leaves the same trail at any
speed, and looking back changes nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from engine.model.network import Parameters
from engine.training.experiment import Experiment
from engine.training.state import State

MOST, FEWEST = 256, 8  # moments; after thinning half as many


class Moment(NamedTuple):
    """What is kept of an iteration."""

    iteration: int
    parameters: Parameters
    gradient: Parameters
    """Of the batch where there are batches, with the penalty."""
    experiment: Experiment | None
    """What the gradient belongs to; None when its points are not kept any more."""


class Trail:
    """Keeps every iteration that is a multiple of `stride`, and doubles the stride when there are too many."""

    def __init__(
        self,
        memory: int,
        moments: Sequence[Moment] = (),
        stride: int = 1,
        experiment: Experiment | None = None,
    ) -> None:
        """Keep within `memory` bytes, but at least a few moments; go on from those that there are already."""
        self.stride = stride
        self.memory = memory
        self._moments = list(moments)
        self._experiment = experiment

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What was kept so far, the first iteration first."""
        return tuple(self._moments)

    def begin(self, experiment: Experiment, state: State) -> None:
        """Note that from this state on, training is that of `experiment`."""
        self.cut(state.iteration - 1)
        self._experiment = experiment
        if state.iteration % self.stride == 0:
            self.add(state)

    def add(self, state: State) -> None:
        """Keep a state whose iteration is a multiple of the stride."""
        if self._moments and self._moments[-1].iteration == state.iteration:
            return
        moment = Moment(state.iteration, state.parameters, state.gradient, self._experiment)
        self._moments.append(moment)
        size = moment.parameters.vector.nbytes + moment.gradient.vector.nbytes
        if len(self._moments) > min(MOST, max(FEWEST, self.memory // size)):
            self.stride *= 2
            self._moments = [each for each in self._moments if each.iteration % self.stride == 0]

    def cut(self, iteration: int) -> None:
        """Drop what came after an iteration."""
        while self._moments and self._moments[-1].iteration > iteration:
            self._moments.pop()

    def hold(self, experiment: Experiment, before: Experiment | None) -> None:
        """Belong to an experiment instead of one that makes the same steps, whose points need not be held as well."""
        self._moments = [
            each._replace(experiment=experiment) if each.experiment is before else each
            for each in self._moments
        ]

    def forget_points(self, before: int) -> None:
        """Let go of the points that iterations before this one were trained on."""
        self._moments = [
            each._replace(experiment=None) if each.iteration < before else each for each in self._moments
        ]
