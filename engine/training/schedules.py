"""How the learning rate changes while training goes on. Adding a schedule is adding one record to `SCHEDULES`."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """A rule for the learning rate and what a person reads about it."""

    name: str
    label: str
    formula: str
    help: str
    factor: Callable[[int, float, int], float]
    """Given the iteration k, the decay γ and the period T, by how much α is multiplied."""
    source: str = ""
    """The same as an expression of Python, of k, decay and period, for the scripts that people take away."""


SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule(
            "constant",
            "Constant",
            "α",
            "The same learning rate from the first to the last step.",
            lambda k, decay, period: 1.0,
            "1",
        ),
        Schedule(
            "step",
            "Steps",
            "α γ^⌊k/T⌋",
            "Every T iterations α is multiplied by the decay γ: a staircase.",
            lambda k, decay, period: decay ** (k // period),
            "decay ** (k // period)",
        ),
        Schedule(
            "exponential",
            "Exponential",
            "α γ^(k/T)",
            "α shrinks a little with every iteration, by the decay γ in T of them.",
            lambda k, decay, period: decay ** (k / period),
            "decay ** (k / period)",
        ),
        Schedule(
            "cosine",
            "Cosine",
            "α (γ + (1 − γ)(1 + cos(π k/T)) / 2)",
            "α falls along half a wave to γ α at iteration T, and stays there: slowly at first, and slowly at last. "
            "After Loshchilov and Hutter 2017.",
            lambda k, decay, period: (
                decay + (1.0 - decay) * (1.0 + math.cos(math.pi * min(k, period) / period)) / 2.0
            ),
            "decay + (1 - decay) * (1 + math.cos(math.pi * min(k, period) / period)) / 2",
        ),
    )
}
