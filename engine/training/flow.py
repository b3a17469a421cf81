"""How much of the gradient reaches each layer on its way back, and when that is too little or too much."""

import math
from typing import NamedTuple, Self

import numpy as np

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.model.parts import Parts
from engine.training.experiment import Experiment

SAMPLE = 400  # examples that dA and dZ are taken from, at most, evenly spaced
VANISHING, EXPLODING = 1 / 50, 50.0  # layer 1's mean |dA|, for one of |dZ| at the output


class Flow(NamedTuple):
    """Mean sizes at one moment, the first layer first. NaN where there is nothing finite to take a mean of."""

    dW: Array  # (L,), of the gradient that descends
    dA: Array  # (L,), over units and examples, of each example's own loss
    dZ: tuple[Array, ...]  # for each layer (n_l,), over examples

    @classmethod
    def of(cls, experiment: Experiment, parameters: Parameters, gradient: Parameters) -> Self:
        """Return the sizes at `parameters`, where J has this gradient."""
        problem = experiment.problem
        chosen = examples_shown(problem.m_train)
        parts = Parts.of(
            experiment.network,
            parameters,
            problem.X_train[:, chosen],
            problem.Y_train[:, chosen],
            experiment.spec.loss,
        )
        return cls(
            mean_weight_slopes(gradient),
            np.array([_means(dA.reshape(1, -1))[0] for dA in parts.back.dA]),
            tuple(_means(dZ) for dZ in parts.back.dZ),
        )


def examples_shown(m: int) -> slice:
    """Return which of m examples dA and dZ are taken from."""
    return slice(None, None, -(-m // SAMPLE) or 1)


def mean_weight_slopes(gradient: Parameters) -> Array:
    """Return the mean |dW| of each layer, shape (L,)."""
    return np.array([_means(dW.reshape(1, -1))[0] for dW, _ in gradient])


def verdict(flow: Flow, quantity: str) -> str:
    """Say in words how much of the gradient reaches layer 1, for the quantity that is seen, "dW" or "dA".

    Whether it vanishes or explodes on its way is told by dA, which backpropagation hands from layer to layer: on a
    plateau the output's own dW is small too. And by what the output hands down, its dZ: with log loss its own dA
    stays above 1, also when all points are right.
    """
    dW, dA = flow.dW, flow.dA
    if not (np.isfinite(dW).all() and np.isfinite(dA).all()):
        return "The gradient is not finite: exploding."
    if not dW.any():
        return "No weight has a gradient: descent stands still."
    if len(dW) == 1:
        return "One layer: the gradient has no way to go."
    handed = float(flow.dZ[-1].mean())
    if not handed:
        return "The output hands nothing down: its dZ is 0."
    words = "" if quantity == "dA" else f"Layer 1's dW is {_amount(dW[0], dW[-1])} the output's. "
    whose = "Layer 1's" if quantity == "dA" else "Its"
    reaches = dA[0] / handed
    if reaches > EXPLODING:
        of = _amount(dA[0], handed)
        return f"{words}{whose} dA is {of} the output's dZ: exploding."
    if not dA[0]:
        return f"{words}{whose} dA is 0: vanishing."
    words += f"{whose} dA is {_amount(dA[0], dA[-1])} the output's"
    if reaches < VANISHING:
        return f"{words}: vanishing."
    if dA[0] < VANISHING * dA[-1]:
        words += f", but {_amount(dA[0], handed)} the output's dZ"
    return f"{words}: it flows."


def _amount(size: float, other: float) -> str:
    """Tell how many times another size one is, to be followed by the other's name."""
    if size == other:
        return "as large as"
    if not size:
        return "none of"
    if size > other:
        return f"{_round(size / other)} times" if other else "infinitely many times"
    return f"1/{_round(other / size)} of"


def _round(ratio: float) -> str:
    """Return a ratio from 1 on in two digits."""
    if not math.isfinite(ratio):
        return "∞"
    digits = 1 - math.floor(math.log10(ratio))
    return f"{round(ratio, digits):,.{max(0, digits)}f}"


def _means(values: Array) -> Array:
    """Return the mean size in each row of values (n, k); dA is infinite where a is 0 or 1, and left out."""
    sizes = np.abs(values.astype(np.float64, copy=False))  # (n, k)
    if not sizes.size:
        return np.full(len(values), math.nan)
    means = sizes.mean(axis=1)
    for row in np.flatnonzero(~np.isfinite(means)):
        finite = sizes[row, np.isfinite(sizes[row])]
        means[row] = finite.mean() if finite.size else math.nan
    return means
