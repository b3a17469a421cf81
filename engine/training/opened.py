"""One iteration of a run, opened: every number between its weights and the next ones."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.model.parts import Parts, checked_gradient
from engine.model.penalty import Penalty, which_are_weights
from engine.model.race import Race, race
from engine.training.batches import Batches
from engine.training.experiment import Experiment
from engine.training.state import State

LOOKED_AT = 2000  # examples whose numbers are made again; the gradient itself is always that of all
CHECKED = 300  # examples, at most, on which the gradient is checked by differences
CHECKABLE = 2000  # parameters, at most: each takes two costs


class Checked(NamedTuple):
    """The gradient by the chain rule and by central differences, on the same examples."""

    exact: Parameters
    numerical: Parameters
    relative: float
    """The length of their difference, relative to their own."""
    examples: int


@dataclass(frozen=True, eq=False)
class Opened:
    """The numbers of one iteration, for one example or for all that its gradient is the mean over."""

    experiment: Experiment
    state: State
    columns: NDArray[np.intp]  # (k,), the examples looked at, as columns of the problem's X
    m: int
    """How many examples there are, of which those looked at are all or the first and the last."""
    parts: Parts  # of these k examples
    gradient: Parameters
    """Of the mean loss of the m examples; the penalty is not in it."""

    @classmethod
    def of_all(cls, experiment: Experiment, state: State) -> Self:
        """Open the iteration for all examples that its gradient is the mean over: the whole set, or a batch."""
        spec, problem = experiment.spec, experiment.problem
        places = Batches(problem.m_train, spec.batch_size, spec.init_seed)[state.iteration]
        columns = places
        if places.size > LOOKED_AT:
            columns = np.append(places[: LOOKED_AT - 1], places[-1:])
        parts = _parts(experiment, state, columns)
        slope = state.gradient.vector
        if spec.l1 or spec.l2:
            weights = state.parameters.vector * which_are_weights(experiment.network)
            slope = slope - Penalty(spec.l1, spec.l2).slope(weights)
        gradient = Parameters(experiment.network, slope.copy())
        return cls(experiment, state, columns, places.size, parts, gradient)

    @classmethod
    def of_one(cls, experiment: Experiment, state: State, row: int) -> Self:
        """Open the iteration for one point of the data set, whether it is trained on or held out."""
        columns = np.array([experiment.problem.column(row)])
        parts = _parts(experiment, state, columns)
        return cls(experiment, state, columns, 1, parts, parts.back.gradient)

    @property
    def X(self) -> Array:
        """The inputs looked at, shape (n_0, k)."""
        return self.experiment.problem.X[:-1, self.columns]

    @property
    def Y(self) -> Array:
        """Their labels, shape (1, k)."""
        return self.experiment.problem.Y[:, self.columns]

    @property
    def is_checkable(self) -> bool:
        """Whether there are few enough parameters to check the gradient by differences."""
        return self.experiment.network.parameter_count <= CHECKABLE

    def checked(self) -> Checked:
        """Check the gradient by differences, which takes a while, on some of the examples."""
        network, X, Y = self.experiment.network, self.X[:, :CHECKED], self.Y[:, :CHECKED]
        with np.errstate(over="ignore", invalid="ignore"):
            checked = checked_gradient(network, self.state.parameters, X, Y, self.experiment.spec.loss)
        return Checked(*checked, Y.size)

    def raced(self) -> Race:
        """Measure the loop over examples and the matrix form, which takes a while."""
        network, parameters = self.experiment.network, self.state.parameters
        return race(network, parameters, self.X, self.Y, self.experiment.spec.loss)


def _parts(experiment: Experiment, state: State, columns: NDArray[np.intp]) -> Parts:
    problem = experiment.problem
    X, Y = problem.X[:-1, columns], problem.Y[:, columns]
    return Parts.of(experiment.network, state.parameters, X, Y, experiment.spec.loss)
