"""The descent: what is minimized, how each step is made, and when a run ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.model.losses import LOSSES
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.settings import Choice, Number, setting


@dataclass(frozen=True)
class Precision:
    """How exact the numbers are."""

    name: str
    label: str
    help: str
    dtype: Any


PRECISIONS: dict[str, Precision] = {
    precision.name: precision
    for precision in (
        Precision("double", "Double", "64 bits, 16 digits.", np.float64),
        Precision("single", "Single", "32 bits, 7 digits.", np.float32),
    )
}


def used_by(name: str) -> Callable[[Any], bool]:
    """Return a function that tells whether the chosen optimizer looks at the setting."""
    return lambda spec: name in OPTIMIZERS[spec.optimizer].uses


def has_schedule(spec: Any) -> bool:
    """Tell whether the learning rate changes by itself."""
    return spec.schedule != "constant"


@dataclass(frozen=True)
class TrainingChoices:
    """The groups Training and Stop."""

    learning_rate: float = setting(
        0.5,
        Number(
            label="Learning rate α",
            help="How far each step goes downhill: too small crawls, too large overshoots. May be changed during a run.",
            group="Training",
            control="learningRateSpin",
            low=0,
            high=10,
            open_low=True,
            factor=10**0.25,
        ),
    )

    schedule: str = setting(
        "constant",
        Choice(
            label="Schedule",
            help="How the learning rate shrinks while training goes on: large steps first, fine ones at last.",
            group="Training",
            control="scheduleCombo",
            registry=SCHEDULES,
        ),
    )
    decay: float = setting(
        0.5,
        Number(
            label="Decay γ",
            help="By how much the schedule multiplies the learning rate.",
            group="Training",
            control="decaySpin",
            useful=has_schedule,
            vanishes=True,
            low=0,
            high=1,
            open_low=True,
            decimals=4,
            step=0.05,
        ),
    )
    period: int = setting(
        1000,
        Number(
            label="Period T",
            help="In how many iterations it does so.",
            group="Training",
            control="periodSpin",
            useful=has_schedule,
            vanishes=True,
            low=1,
            high=1000000000,
            integer=True,
            factor=2,
        ),
    )
    optimizer: str = setting(
        "gd",
        Choice(
            label="Optimizer",
            help="How a gradient becomes a step. A change goes on from the current weights.",
            group="Training",
            control="optimizerCombo",
            registry=OPTIMIZERS,
        ),
    )
    momentum: float = setting(
        0.9,
        Number(
            label="Momentum μ",
            help="How much of the speed is kept: 0 forgets it at once, 0.9 averages about ten steps.",
            group="Training",
            control="momentumSpin",
            useful=used_by("momentum"),
            vanishes=True,
            low=0,
            high=0.999,
            decimals=3,
            step=0.05,
        ),
    )
    rms_decay: float = setting(
        0.99,
        Number(
            label="Decay ρ",
            help="How slowly steep slopes are forgotten: 0.99 looks back about a hundred steps.",
            group="Training",
            control="rmsDecaySpin",
            useful=used_by("rms_decay"),
            vanishes=True,
            low=0,
            high=0.9999,
            decimals=4,
            step=0.01,
        ),
    )
    beta1: float = setting(
        0.9,
        Number(
            label="Decay β₁",
            help="How slowly the mean of the slopes forgets: 0.9 looks back about ten steps.",
            group="Training",
            control="beta1Spin",
            useful=used_by("beta1"),
            vanishes=True,
            low=0,
            high=0.9999,
            decimals=4,
            step=0.01,
        ),
    )
    beta2: float = setting(
        0.999,
        Number(
            label="Decay β₂",
            help="How slowly the mean of their squares forgets: 0.999 looks back about a thousand steps.",
            group="Training",
            control="beta2Spin",
            useful=used_by("beta2"),
            vanishes=True,
            low=0,
            high=0.99999,
            decimals=5,
            step=0.001,
        ),
    )
    epsilon: float = setting(
        1e-08,
        Number(
            label="ε",
            help="Added below the fraction, so that slopes near 0 do not make giant steps.",
            group="Training",
            control="epsilonSpin",
            useful=used_by("epsilon"),
            vanishes=True,
            low=0,
            high=1,
            open_low=True,
            decimals=12,
            factor=10,
        ),
    )
    batch_size: int = setting(
        0,
        Number(
            label="Batch size",
            help="How many points each iteration looks at, in an order shuffled every epoch; 0 is all of them. "
            "Few make a quick, noisy step.",
            group="Training",
            control="batchSizeSpin",
            low=0,
            high=1000000,
            integer=True,
            step=10,
            zero="all",
        ),
    )
    loss: str = setting(
        "log",
        Choice(
            label="Loss",
            help="What is minimized: the log loss, or the squared error to see why it is not used.",
            group="Training",
            control="lossCombo",
            registry=LOSSES,
            restarts=True,
        ),
    )
    l1: float = setting(
        0,
        Number(
            label="L1 penalty",
            title="L1 penalty",
            help="Adds l1 times the sum of all |w| to the cost, which drives small weights to 0. Biases are free.",
            group="Training",
            control="l1Spin",
            low=0,
            high=10,
            decimals=6,
            step=0.001,
        ),
    )
    l2: float = setting(
        0,
        Number(
            label="L2 penalty",
            title="L2 penalty",
            help="Adds l2/2 times the sum of all w² to the cost, which keeps the boundary smooth. Biases are free.",
            group="Training",
            control="l2Spin",
            low=0,
            high=10,
            decimals=6,
            step=0.001,
        ),
    )
    precision: str = setting(
        "double",
        Choice(
            label="Precision",
            help="Numbers of 64 or of 32 bits: single is faster on many points, and rounds in the 7th digit.",
            group="Training",
            control="precisionCombo",
            registry=PRECISIONS,
            restarts=True,
        ),
    )
    stop_after: int = setting(
        0,
        Number(
            label="Iteration",
            title="last iteration",
            help="The iteration at which a run ends; 0 is never.",
            group="Stop when",
            control="stopAfterSpin",
            low=0,
            high=1000000000,
            integer=True,
            step=100,
            option="",
            zero="never",
        ),
    )
    stop_cost: float = setting(
        0,
        Number(
            label="Cost below",
            title="cost to stop at",
            help="A run ends once the training cost is below this; 0 is never.",
            group="Stop when",
            control="stopCostSpin",
            low=0,
            high=1000,
            decimals=9,
            step=0.01,
            zero="never",
        ),
    )
    stop_gradient: float = setting(
        0,
        Number(
            label="Gradient below",
            title="gradient to stop at",
            help="A run ends once the length of the gradient is below this; 0 is never.",
            group="Stop when",
            control="stopGradientSpin",
            low=0,
            high=1000,
            decimals=9,
            step=0.001,
            zero="never",
        ),
    )
    stop_patience: int = setting(
        0,
        Number(
            label="No progress for",
            title="patience",
            help="A run ends when the training cost fell by less than a thousandth of itself in so many iterations; "
            "0 is never.",
            group="Stop when",
            control="stopPatienceSpin",
            low=0,
            high=1000000000,
            integer=True,
            step=100,
            zero="never",
        ),
    )
