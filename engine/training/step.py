"""One iteration of gradient descent: from a state to the next, and nothing else."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.model.activations import Array
from engine.model.cost import accuracy, cost
from engine.model.gradient import backward
from engine.model.network import Layer, Parameters, forward, logits
from engine.training.experiment import Experiment


class Scores(NamedTuple):
    """How good the parameters are; NaN where there are no points to judge by."""

    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float


@dataclass(frozen=True, eq=False)
class State:
    """The parameters after `iteration` updates, and what is known of them. Its arrays are never written again."""

    iteration: int
    parameters: Parameters
    gradient: Parameters
    scores: Scores


class Diverged(ArithmeticError):
    """The cost stopped being finite; `state` is the last one where it was finite."""

    def __init__(self, state: State, learning_rate: float) -> None:
        k = state.iteration
        if np.isfinite(state.scores.train_cost):
            message = (
                f"The cost stopped being finite at iteration {k + 1:,}, so training paused at {k:,}, the last "
                f"good one: the steps are too large. Try a learning rate below {learning_rate:g}, or "
                "standardize the inputs."
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


def evaluate(experiment: Experiment, parameters: Parameters, iteration: int) -> State:
    """Return the state at `parameters`: the costs, the accuracies, and the gradient of the training cost."""
    network, problem = experiment.network, experiment.problem
    with np.errstate(over="ignore", invalid="ignore"):
        passed = forward(network, parameters, problem.X_train)
        train_cost, train_accuracy = _judge(passed.Z[-1], problem.Y_train)
        if problem.Y_train.size:
            gradient = backward(network, parameters, passed, problem.Y_train)
        else:
            gradient = tuple(Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in parameters)
        test_cost, test_accuracy = _judge(logits(network, parameters, problem.X_test), problem.Y_test)
    return State(
        iteration, parameters, gradient, Scores(train_cost, test_cost, train_accuracy, test_accuracy)
    )


def first_state(experiment: Experiment) -> State:
    """Return the state before any update."""
    return evaluate(experiment, experiment.start, 0)


def step(experiment: Experiment, state: State) -> State:
    """Return the state after W := W - alpha dW, b := b - alpha db in every layer (Khalil, equations 35, 36).

    Raises Diverged when the cost there is not finite, and NoPoints when there is nothing to train on.
    """
    if not experiment.problem.Y_train.size:
        raise NoPoints
    alpha = experiment.learning_rate
    with np.errstate(over="ignore", invalid="ignore"):
        parameters = tuple(
            Layer(W - alpha * dW, b - alpha * db)
            for (W, b), (dW, db) in zip(state.parameters, state.gradient, strict=True)
        )
    reached = evaluate(experiment, parameters, state.iteration + 1)
    if not (np.isfinite(reached.scores.train_cost) and _is_finite(parameters)):
        raise Diverged(state, alpha)
    return reached


def _is_finite(parameters: Parameters) -> bool:
    """Tell whether every parameter is finite; a saturated unit can hide one that is not from the cost."""
    with np.errstate(over="ignore", invalid="ignore"):
        return all(np.isfinite(W.sum() + b.sum()) for W, b in parameters)


def _judge(Z: Array, Y: Array) -> tuple[float, float]:
    if not Y.size:
        return float("nan"), float("nan")
    return cost(Z, Y), accuracy(Z, Y)
