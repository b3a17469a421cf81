"""One iteration of gradient descent: from a state to the next, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.model.activations import Array
from engine.model.cost import accuracy, cost
from engine.model.gradient import backward
from engine.model.network import Layer, Parameters, forward, logits
from engine.training.experiment import Experiment

BLOCK = 8192  # examples; the values of a small layer for so many stay in the processor's cache


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

    def __init__(self, state: State, learning_rate: float, standardized: bool) -> None:
        k = state.iteration
        otherwise = "" if standardized else ", or standardize the inputs"
        if np.isfinite(state.scores.train_cost):
            message = (
                f"The cost stopped being finite at iteration {k + 1:,}, so training paused at {k:,}, the last "
                f"good one: the steps are too large. Try a learning rate below {learning_rate:g}{otherwise}."
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
    sizes, judged, gradients = [], [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for X, Y in _blocks(problem.X_train, problem.Y_train):
            passed = forward(network, parameters, X)
            sizes.append(Y.size)
            judged.append(_judge(passed.Z[-1], Y))
            gradients.append(backward(network, parameters, passed, Y))
        tests = [
            (Y.size, _judge(logits(network, parameters, X), Y))
            for X, Y in _blocks(problem.X_test, problem.Y_test)
        ]
        train_cost, train_accuracy = _mean(sizes, judged)
        test_cost, test_accuracy = _mean([size for size, _ in tests], [each for _, each in tests])
        gradient = _mean_gradient(sizes, gradients)
    return State(
        iteration, parameters, gradient, Scores(train_cost, test_cost, train_accuracy, test_accuracy)
    )


def _blocks(X: Array, Y: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the examples in blocks of columns, small enough to stay in the processor's cache; at least one."""
    for first in range(0, max(1, Y.size), BLOCK):
        yield X[:, first : first + BLOCK], Y[:, first : first + BLOCK]


def _mean(sizes: list[int], judged: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the cost and the accuracy of all blocks together."""
    if len(judged) == 1:
        return judged[0]
    costs, accuracies = zip(*judged, strict=True)
    return float(np.average(costs, weights=sizes)), float(np.average(accuracies, weights=sizes))


def _mean_gradient(sizes: list[int], gradients: list[Parameters]) -> Parameters:
    """Return the gradient of the cost of all blocks together."""
    if len(gradients) == 1:
        return gradients[0]
    total = [Layer(np.zeros_like(W), np.zeros_like(b)) for W, b in gradients[0]]
    for size, gradient in zip(sizes, gradients, strict=True):
        for (W, b), (dW, db) in zip(total, gradient, strict=True):
            np.add(W, dW * (size / sum(sizes)), out=W)
            np.add(b, db * (size / sum(sizes)), out=b)
    return tuple(total)


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
        raise Diverged(state, alpha, not experiment.problem.standardization.changes_nothing)
    return reached


def _is_finite(parameters: Parameters) -> bool:
    """Tell whether every parameter is finite; a saturated unit can hide one that is not from the cost."""
    with np.errstate(over="ignore", invalid="ignore"):
        return all(np.isfinite(W.sum() + b.sum()) for W, b in parameters)


def _judge(Z: Array, Y: Array) -> tuple[float, float]:
    if not Y.size:
        return float("nan"), float("nan")
    return cost(Z, Y), accuracy(Z, Y)
