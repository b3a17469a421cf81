"""Every optimizer: two updates by hand, one bowl for all, and nothing written that was given."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.training.descent import Descent
from engine.training.optimizers import OPTIMIZERS
from engine.training.settings import SettingError
from engine.training.spec import Spec

EVERY = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=list(OPTIMIZERS))
SPEC = Spec(momentum=0.5, rms_decay=0.75, beta1=0.5, beta2=0.75, epsilon=0.5)
ALPHA = 0.5
# Of a slope g = (4, 0) and then (-2, 1), from θ = (1, -1), with the choices above:
BY_HAND = {
    # θ1 = (1 - 2, -1), θ2 = (-1 + 1, -1 - 1/2)
    "gd": ([-1.0, -1.0], [0.0, -1.5], []),
    # v1 = g1, not (1 - μ) g1; v2 = (2, 0) + g2 = (0, 1): θ2 = θ1 - (0, 1/2)
    "momentum": ([-1.0, -1.0], [-1.0, -1.5], [[0.0, 1.0]]),
    # g1 + v1/2 = (6, 0); v2 = (0, 1), g2 + v2/2 = (-2, 3/2)
    "nesterov": ([-2.0, -1.0], [-1.0, -1.75], [[0.0, 1.0]]),
    # s1 = (4, 0): 4 / (2 + 1/2) = 8/5, and 0 / (0 + 1/2); s2 = (3 + 1, 1/4): -2 / (5/2) and 1 / (1/2 + 1/2)
    "rmsprop": ([1 - 0.8, -1.0], [0.2 + 0.4, -1.5], [[4.0, 0.25]]),
    # v1 = (2, 0), s1 = (4, 0); over 1 - β: (4, 0) and (16, 0), so 4 / (4 + 1/2) = 8/9
    # v2 = (1 - 1, 1/2), s2 = (3 + 1, 1/4); over 3/4 and 7/16: (0, 2/3) and (., 4/7)
    "adam": (
        [1 - 4 / 9, -1.0],
        [5 / 9, -1 - 0.5 * (2 / 3) / (math.sqrt(4 / 7) + 0.5)],
        [[0.0, 0.5], [4.0, 0.25]],
    ),
}


@EVERY
@pytest.mark.parametrize("dtype", [np.float64, np.float32], ids=["double", "single"])
def test_two_updates_by_hand(optimizer, dtype):
    first, second, remembered = BY_HAND[optimizer.name]
    theta, memory = np.array([1.0, -1.0], dtype), optimizer.start(np.zeros(2, dtype))
    assert len(memory) == optimizer.memories == len(remembered)
    for made, (g, expected) in enumerate((((4.0, 0.0), first), ((-2.0, 1.0), second))):
        theta, memory = optimizer.update(theta, np.array(g, dtype), memory, ALPHA, made, SPEC)
        assert theta.dtype == dtype and all(each.dtype == dtype for each in memory)
        np.testing.assert_allclose(theta, expected, rtol=1e-6 if dtype == np.float32 else 1e-14)
    np.testing.assert_allclose(np.reshape(memory, (-1, 2)), np.reshape(remembered, (-1, 2)), rtol=1e-6)


@EVERY
def test_what_is_given_stays_as_it_is(optimizer):
    rng = np.random.default_rng(0)
    theta, g = rng.standard_normal((2, 6))
    memory = tuple(rng.random((optimizer.memories, 6)))
    given = theta, g, *memory
    before = [each.copy() for each in given]
    for each in given:
        each.setflags(write=False)
    moved, remembered = optimizer.update(theta, g, memory, 0.1, 3, Spec())
    np.testing.assert_array_equal(given, before)
    assert not any(np.shares_memory(old, new) for old in given for new in (moved, *remembered))


@EVERY
def test_each_finds_the_bottom_of_one_bowl(optimizer):
    # J = (θ - t)ᵀ diag(c) (θ - t) / 2, thirty times as steep one way as the other.
    c, t = np.array([0.1, 1.0, 3.0]), np.array([1.0, -2.0, 0.5])
    theta = np.zeros(3)
    memory = optimizer.start(theta)
    alpha = 0.01 if optimizer.memories and "epsilon" in optimizer.uses else 0.1
    for made in range(1500):
        theta, memory = optimizer.update(theta, c * (theta - t), memory, alpha, made, Spec())
    assert abs(theta - t).max() < 0.01


def test_no_momentum_is_gradient_descent():
    rng = np.random.default_rng(1)
    theta, slopes = rng.standard_normal(5), rng.standard_normal((4, 5))
    ends = []
    for name in ("gd", "momentum", "nesterov"):
        at, memory = theta, OPTIMIZERS[name].start(theta)
        for made, g in enumerate(slopes):
            at, memory = OPTIMIZERS[name].update(at, g, memory, 0.3, made, Spec(momentum=0))
        ends.append(at)
    np.testing.assert_array_equal(ends[0], ends[1])
    np.testing.assert_array_equal(ends[0], ends[2])


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_the_first_step_of_adam_is_alpha_whatever_the_slope(size):
    # v̂ = g and ŝ = g², so the step is α g / (|g| + ε).
    theta, g = np.zeros(2), size * np.array([1.0, -3.0])
    moved, _ = OPTIMIZERS["adam"].update(theta, g, OPTIMIZERS["adam"].start(theta), 0.01, 0, Spec())
    np.testing.assert_allclose(moved, [-0.01, 0.01], rtol=2e-2)


@EVERY
def test_a_step_of_a_descent_is_one_update(make_experiment, optimizer):
    experiment = make_experiment(optimizer=optimizer.name, learning_rate=0.25, batch_size=30)
    descent = Descent(experiment)
    state = descent.first_state()
    assert state.made == 0 and not any(each.any() for each in state.memory)
    for made in range(3):
        expected, memory = optimizer.update(
            state.parameters.vector, state.gradient.vector, state.memory, 0.25, made, experiment.spec
        )
        state = descent.step(state)
        assert state.made == state.iteration == made + 1
        np.testing.assert_array_equal(state.parameters.vector, expected)
        for new, old in zip(state.memory, memory, strict=True):
            np.testing.assert_array_equal(new, old)


@EVERY
def test_each_uses_what_it_says(optimizer):
    theta, g = np.array([0.3, -2.0]), np.array([0.7, 1.1])
    memory = tuple(np.full(2, 0.4) for _ in range(optimizer.memories))
    for name in ("momentum", "rms_decay", "beta1", "beta2", "epsilon"):
        ends = {
            optimizer.update(theta, g, memory, 0.1, 2, replace(Spec(), **{name: value}))[0].tobytes()
            for value in (0.25, 0.75)
        }
        assert len(ends) == (2 if name in optimizer.uses else 1)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"momentum": 1.0}, "momentum 1 is outside [0, 0.999]."),
        ({"rms_decay": -0.1}, "rms_decay -0.1 is outside [0, 0.9999]."),
        ({"beta1": 1}, "beta1 1 is outside [0, 0.9999]."),
        ({"beta2": 1}, "beta2 1 is outside [0, 0.99999]."),
        ({"epsilon": 0}, "epsilon 0 is outside (0, 1]."),
        ({"optimizer": "newton"}, "optimizer 'newton' is not one of gd, momentum, nesterov, rmsprop, adam."),
        ({"learning_rate": "fast"}, "learning_rate 'fast' is not a number in (0, 10]."),
    ],
)
def test_what_is_out_of_range_is_told(chosen, message):
    spec = Spec()
    with pytest.raises(SettingError) as caught:
        replace(spec, **chosen)
    assert isinstance(caught.value, ValueError) and str(caught.value) == message
    assert spec == Spec()
