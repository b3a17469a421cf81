"""How a gradient becomes a step. Each optimizer is its own few lines, as its paper writes it.

All are functions of vectors: the parameters θ (k,), the gradient g (k,), and what the optimizer remembers, a tuple of
arrays (k,) that starts at zero. Adding one is adding one record to `OPTIMIZERS`. The forms are those of PyTorch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.model.activations import Array

Memory = tuple[Array, ...]


class Choices(Protocol):
    """The numbers that a person chooses for an optimizer; the spec has them."""

    @property
    def momentum(self) -> float: ...
    @property
    def rms_decay(self) -> float: ...
    @property
    def beta1(self) -> float: ...
    @property
    def beta2(self) -> float: ...
    @property
    def epsilon(self) -> float: ...


@dataclass(frozen=True)
class Optimizer:
    """A rule for the step and what a person reads about it."""

    name: str
    label: str
    formula: str
    help: str
    update: Callable[[Array, Array, Memory, float, int, Choices], tuple[Array, Memory]]
    """Given θ, g, the memory, the learning rate α, how many updates it made before, and the choices, return the
    next θ and the next memory. What it is given stays as it is."""
    memories: int = 0
    """How many arrays it remembers."""
    uses: tuple[str, ...] = ()
    """The choices that it looks at, by their names in the spec."""
    usual_rate: float = 0.5
    """A learning rate to begin with, on inputs of about 1."""
    source: str = ""
    """The update as lines of NumPy with the same bits, for the scripts that people take away: of theta, g, alpha,
    t = 1, 2, … and the choices by their names."""
    remembers: tuple[str, ...] = ()
    """What the lines call the arrays that it remembers."""

    def start(self, theta: Array) -> Memory:
        """Return the memory before the first update."""
        return tuple(np.zeros_like(theta) for _ in range(self.memories))


def gradient_descent(
    theta: Array, g: Array, memory: Memory, alpha: float, made: int, choices: Choices
) -> tuple[Array, Memory]:
    """θ := θ - α g (Khalil, equations 35 and 36)."""
    return theta - alpha * g, ()


def momentum(
    theta: Array, g: Array, memory: Memory, alpha: float, made: int, choices: Choices
) -> tuple[Array, Memory]:
    """v := μ v + g, θ := θ - α v (Polyak 1964)."""
    v = choices.momentum * memory[0] + g
    return theta - alpha * v, (v,)


def nesterov(
    theta: Array, g: Array, memory: Memory, alpha: float, made: int, choices: Choices
) -> tuple[Array, Memory]:
    """v := μ v + g, θ := θ - α (g + μ v) (Nesterov 1983, as Sutskever et al. 2013 write it, seen from ahead)."""
    mu = choices.momentum
    v = mu * memory[0] + g
    return theta - alpha * (g + mu * v), (v,)


def rmsprop(
    theta: Array, g: Array, memory: Memory, alpha: float, made: int, choices: Choices
) -> tuple[Array, Memory]:
    """s := ρ s + (1 - ρ) g², θ := θ - α g / (√s + ε) (Tieleman and Hinton 2012)."""
    rho = choices.rms_decay
    s = rho * memory[0] + (1.0 - rho) * g * g
    return theta - alpha * g / (np.sqrt(s) + choices.epsilon), (s,)


def adam(
    theta: Array, g: Array, memory: Memory, alpha: float, made: int, choices: Choices
) -> tuple[Array, Memory]:
    """v := β₁ v + (1 - β₁) g, s := β₂ s + (1 - β₂) g²; both are then freed from their start at 0,
    v̂ = v / (1 - β₁ᵗ), ŝ = s / (1 - β₂ᵗ), and θ := θ - α v̂ / (√ŝ + ε) (Kingma and Ba 2015)."""
    t = made + 1
    v = choices.beta1 * memory[0] + (1.0 - choices.beta1) * g
    s = choices.beta2 * memory[1] + (1.0 - choices.beta2) * g * g
    v_hat = v / (1.0 - choices.beta1**t)
    s_hat = s / (1.0 - choices.beta2**t)
    return theta - alpha * v_hat / (np.sqrt(s_hat) + choices.epsilon), (v, s)


OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer(
            "gd",
            "Gradient descent",
            "θ := θ − α g",
            "A step straight downhill, as long as the slope is steep.",
            gradient_descent,
            source="theta = theta - alpha * g",
        ),
        Optimizer(
            "momentum",
            "Momentum",
            "v := μ v + g,  θ := θ − α v",
            "A ball that keeps rolling: it gathers speed along a valley and swings less across it.",
            momentum,
            1,
            ("momentum",),
            usual_rate=0.1,
            source="v = momentum * v + g\ntheta = theta - alpha * v",
            remembers=("v",),
        ),
        Optimizer(
            "nesterov",
            "Nesterov",
            "v := μ v + g,  θ := θ − α (g + μ v)",
            "Momentum that looks ahead, and so brakes before it overshoots.",
            nesterov,
            1,
            ("momentum",),
            usual_rate=0.1,
            source="v = momentum * v + g\ntheta = theta - alpha * (g + momentum * v)",
            remembers=("v",),
        ),
        Optimizer(
            "rmsprop",
            "RMSProp",
            "s := ρ s + (1 − ρ) g²,  θ := θ − α g / (√s + ε)",
            "Each weight has its own step: shorter where its slopes were steep of late. Wants a small α, such as 0.01.",
            rmsprop,
            1,
            ("rms_decay", "epsilon"),
            usual_rate=0.01,
            source="s = rms_decay * s + (1 - rms_decay) * g * g\n"
            "theta = theta - alpha * g / (np.sqrt(s) + epsilon)",
            remembers=("s",),
        ),
        Optimizer(
            "adam",
            "Adam",
            "v := β₁ v + (1 − β₁) g,  s := β₂ s + (1 − β₂) g²,  θ := θ − α v̂ / (√ŝ + ε)",
            "Momentum and RMSProp together, freed from their start at 0. Wants a small α, such as 0.01.",
            adam,
            2,
            ("beta1", "beta2", "epsilon"),
            usual_rate=0.01,
            source="v = beta1 * v + (1 - beta1) * g\n"
            "s = beta2 * s + (1 - beta2) * g * g\n"
            "v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)\n"
            "theta = theta - alpha * v_hat / (np.sqrt(s_hat) + epsilon)",
            remembers=("v", "s"),
        ),
    )
}
