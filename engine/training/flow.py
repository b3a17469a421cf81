"""How much of the gradient reaches each layer on its way back, and when that is too little or too much."""

import math
from typing import NamedTuple, Self

import numpy as np

from engine.model.activations import Array
from engine.model.network import Parameters
from engine.model.parts import Parts
from engine.training.experiment import Experiment

SAMPLE = 400  # examples that dA and dZ are taken from, at most, evenly spaced
VANISHING, EXPLODING = 1 / 50, 50.0  # of the output layer's mean |dW|


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


def verdict(dW: Array) -> str:
    """Say in words whether the gradient vanishes or explodes on its way back from the output, for mean |dW| (L,)."""
    if not np.isfinite(dW).all():
        return "The gradient is not finite: exploding."
    if not dW.any():
        return "No weight has a gradient: descent stands still."
    if len(dW) == 1:
        return "One layer: the gradient has no way to go."
    shares = dW[:-1] / dW[-1] if dW[-1] else np.full(len(dW) - 1, math.inf)
    most, least = int(shares.argmax()), int(shares.argmin())
    if shares[most] > EXPLODING:
        return f"{_share(most, shares)}: exploding (above {EXPLODING:g} times)."
    word = "vanishing" if shares[least] < VANISHING else "it flows"
    threshold = "below" if shares[least] < VANISHING else "vanishing is below"
    return f"{_share(least, shares)}: {word} ({threshold} 1/{1 / VANISHING:g})."


def _share(place: int, shares: Array) -> str:
    """Tell how much a layer before the output gets, given the shares of all of them (L - 1,)."""
    share = float(shares[place])
    amount = "none"
    if share >= 1.0:
        amount = f"{_round(share)} times" if math.isfinite(share) else "infinitely many times"
    elif share > 0.0:
        amount = f"1/{_round(1 / share)}"
    of = " of" if share < 1.0 else ""
    return f"Layer {place + 1} gets {amount}{of} the gradient of layer {len(shares) + 1}"


def _round(ratio: float) -> str:
    """Return a ratio from 1 on in two digits."""
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
