"""The cost around a moment of a run, as a surface over a plane through its parameters.

It is taken place by place, so that a window can go on between; coarse first, then fine.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from engine.model.activations import Array
from engine.model.charts import Chart
from engine.model.losses import LOSSES
from engine.model.network import Network
from engine.model.penalty import Penalty, which_are_weights
from engine.model.stack import Stack
from engine.model.surfaces import Range, cost_surface
from engine.training.descent import Descent, quiet
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.state import Diverged, NoPoints, State
from engine.training.trail import Moment, Trail

FINENESS = (24, 64)  # places along the longer side, one grid after the other
MOST = 2000  # points that a cost is taken of
RIVAL_ITERATIONS = 5000
RIVAL_MEMORY = 2**22  # bytes


class Cost:
    """The training cost of an experiment at any parameters, of as many vectors at once as is fast."""

    def __init__(self, experiment: Experiment) -> None:
        spec, network, problem = experiment.spec, experiment.network, experiment.problem
        self._m = problem.m_train
        self._stack = Stack(network, spec.loss, problem.X[:, : self._m], problem.Y[:, : self._m])
        self._penalty = Penalty(spec.l1, spec.l2) if spec.l1 or spec.l2 else None
        self._weights = which_are_weights(network)

    @property
    def at_once(self) -> int:
        """How many vectors it takes at most."""
        return self._stack.count

    @quiet
    def __call__(self, vectors: Array) -> Array:
        """Return J, shape (k,), at vectors of parameters (k, parameter_count); what is no number without points."""
        costs = self._stack.losses(vectors).astype(np.float64) / self._m
        if self._penalty is not None:
            costs += [self._penalty.value(vector * self._weights) for vector in vectors]
        return costs


class Landscape:
    """J over a rectangle of a chart, through the vector (parameter_count,)."""

    def __init__(
        self,
        J: Cost,
        chart: Chart,
        vector: Array,
        x_range: Range,
        y_range: Range,
        fineness: Sequence[int] = FINENESS,
    ) -> None:
        self._J = J
        self.chart = chart
        self.vector = vector
        self.x_range, self.y_range = x_range, y_range
        self._left = list(fineness)
        self._done = 0
        self.Z: Array | None = None
        """The finest grid that is finished, (rows, columns); None before the first."""
        self._begin()

    @property
    def is_finished(self) -> bool:
        """Whether the finest grid is there."""
        return not self._left

    @property
    def x(self) -> Array:
        """The places of Z's columns."""
        assert self.Z is not None
        return np.linspace(*self.x_range, self.Z.shape[1])

    @property
    def y(self) -> Array:
        """The places of Z's rows."""
        assert self.Z is not None
        return np.linspace(*self.y_range, self.Z.shape[0])

    def work(self, until: float, clock: Callable[[], float] = time.perf_counter) -> bool:
        """Go on until the clock shows `until`; return whether a grid was finished."""
        finished = False
        while self._left:
            rows, columns = self._grid.shape
            if self._done == rows * columns:
                self.Z, finished = self._grid, True
                self._left.pop(0)
                self._begin()
                continue
            if clock() >= until:
                break
            row, first = divmod(self._done, columns)
            part = slice(first, min(first + self._J.at_once, columns))
            a = np.linspace(*self.x_range, columns)[part]
            b = np.linspace(*self.y_range, rows)[row : row + 1]
            self._grid[row, part] = cost_surface(self._J, self._origin, self.chart.plane, a, b)[0]
            self._done += a.size
        return finished

    def _begin(self) -> None:
        """Begin the next grid, whose cells are as high as they are wide."""
        if not self._left:
            return
        width, height = self.x_range[1] - self.x_range[0], self.y_range[1] - self.y_range[0]
        shares = np.array([height, width]) / max(height, width)
        self._grid = np.empty(np.maximum(4, np.round(self._left[0] * shares)).astype(int))
        self._origin = self.chart.moved(self.vector.astype(np.float64), np.zeros(2))
        self._done = 0


class Rival:
    """The same first weights, and the same points, descended with another loss."""

    def __init__(self, experiment: Experiment) -> None:
        """Begin where the experiment, of that other loss, began."""
        self.experiment = experiment
        self._descent = Descent(experiment, threaded=False)
        self._state = self._descent.first_state()
        self._trail = Trail(RIVAL_MEMORY)
        self._trail.begin(experiment, self._state)
        self._stopped = not experiment.problem.m_train

    @property
    def iteration(self) -> int:
        """How far it has got."""
        return self._state.iteration

    def is_at(self, iteration: int) -> bool:
        """Return whether it got to an iteration, or as far as it goes."""
        return self._stopped or self.iteration >= min(iteration, RIVAL_ITERATIONS)

    def go_to(self, iteration: int, until: float, clock: Callable[[], float] = time.perf_counter) -> None:
        """Descend to an iteration, or until the clock shows `until`."""
        while not self.is_at(iteration) and clock() < until:
            try:
                self._state = self._descent.step(self._state)
            except (Diverged, NoPoints):
                self._stopped = True
                return
            if self.iteration % self._trail.stride == 0:
                self._trail.add(self._state)

    def moments(self, iteration: int) -> tuple[Moment, ...]:
        """Return its path up to an iteration."""
        state = self._state
        last = Moment(state.iteration, state.parameters, state.gradient, self.experiment)
        kept = [each for each in self._trail.moments if each.iteration <= iteration]
        return (*kept, last) if kept[-1].iteration < last.iteration <= iteration else tuple(kept)


def small(experiment: Experiment, loss: str) -> Experiment:
    """Return an experiment with that loss, on at most `MOST` of its training points, evenly spaced."""
    problem = experiment.problem
    chosen = np.linspace(0, problem.m_train - 1, min(problem.m_train, MOST)).round().astype(int)
    reduced = replace(problem, X=problem.X[:, chosen], Y=problem.Y[:, chosen], m_train=chosen.size)
    return replace(experiment, problem=reduced, spec=replace(experiment.spec, loss=loss))


def next_vector(experiment: Experiment, state: State) -> Array:
    """Return the parameters (parameter_count,) after the next update: for plain descent, less alpha times dJ."""
    spec = experiment.spec
    alpha = spec.learning_rate_at(state.iteration)
    vector, gradient = state.parameters.vector, state.gradient.vector
    with np.errstate(over="ignore", invalid="ignore"):
        return OPTIMIZERS[spec.optimizer].update(vector, gradient, state.memory, alpha, state.made, spec)[0]


def is_convex(network: Network, loss: str) -> bool:
    """Return whether the cost has one valley alone, as that of logistic regression with the log loss."""
    return not network.hidden_activations and LOSSES[loss].convex
