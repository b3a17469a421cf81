"""One moment of a descent, and why one may end."""

import math
from typing import NamedTuple

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.training.optimizers import Memory
from engine.training.spec import Spec


class Scores(NamedTuple):
    """How good the parameters are; NaN where there are no points to judge by.

    A cost is the mean loss and the penalty. With mini-batches the gradient is that of the batch.
    """

    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float
    batch_cost: float
    """The cost of the examples that the next update looks at; without mini-batches the training cost."""
    penalty: float
    gradient_norm: float


class State(NamedTuple):
    """The parameters after `iteration` updates, and all that the next update needs. Nothing in it is written again.

    A tuple because there may be tens of thousands a second.
    """

    iteration: int
    parameters: Parameters
    gradient: Parameters
    scores: Scores
    memory: Memory
    """What the optimizer remembers."""
    made: int
    """How many updates this optimizer made."""
    scored_at: int
    """The iteration at which all points were judged: with mini-batches on many points, not at every one."""

    @property
    def is_scored(self) -> bool:
        """Whether the costs and accuracies are those of these parameters."""
        return self.scored_at == self.iteration


class Diverged(ArithmeticError):
    """The cost stopped being finite; `state` is the last one where it was finite."""

    def __init__(self, state: State, spec: Spec, standardized: bool) -> None:
        k = state.iteration
        if math.isfinite(state.scores.batch_cost):
            otherwise = "" if standardized else ", or standardize the inputs"
            message = (
                f"The cost stopped being finite at iteration {k + 1:,}, so training paused at {k:,}, the last "
                f"good one: the steps are too large. Try a learning rate below {spec.learning_rate_at(k):.4g}{otherwise}."
            )
        else:
            message = (
                f"The cost at iteration {k:,} is not finite, so there is no way down from here: the inputs or "
                "the weights are too large. Standardize the inputs, or reset."
            )
        super().__init__(message)
        self.state = state


class NoPoints(ValueError):
    """There is nothing to train on."""

    def __init__(self) -> None:
        super().__init__("There are no points to train on: paint some, or choose a data set.")


def norm(vector: Array) -> float:
    """Return the length of a vector (k,), also of one whose squares overflow."""
    with_squares = math.sqrt(float(vector.dot(vector)))
    if math.isfinite(with_squares):
        return with_squares
    largest = float(abs(vector).max())
    return largest * norm(vector / largest) if math.isfinite(largest) else math.inf
