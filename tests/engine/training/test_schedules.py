"""How the learning rate falls, by hand at the places that matter."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.training.descent import Descent
from engine.training.schedules import SCHEDULES
from engine.training.settings import SettingError
from engine.training.spec import Spec

GAMMA, T = 0.25, 4


@pytest.mark.parametrize(
    ("name", "factors"),
    [
        # at k = 0, T/2, T - 1, T, T + 1, 2T
        ("constant", [1, 1, 1, 1, 1, 1]),
        ("step", [1, 1, 1, 1 / 4, 1 / 4, 1 / 16]),
        # γ^(1/2) = 1/2, γ^(3/4) = 2^(-3/2), γ^(5/4) = 2^(-5/2)
        ("exponential", [1, 1 / 2, 2**-1.5, 1 / 4, 2**-2.5, 1 / 16]),
        # γ + (1 - γ)(1 + cos) / 2: at T/2 it is 1/4 + 3/8, at T - 1 cos is -√½
        ("cosine", [1, 5 / 8, 1 / 4 + 3 / 8 * (1 - math.sqrt(0.5)), 1 / 4, 1 / 4, 1 / 4]),
    ],
)
def test_factors_by_hand(name, factors):
    found = [SCHEDULES[name].factor(k, GAMMA, T) for k in (0, T // 2, T - 1, T, T + 1, 2 * T)]
    assert found == pytest.approx(factors, rel=1e-15)
    spec = Spec(schedule=name, decay=GAMMA, period=T, learning_rate=0.5)
    assert [spec.learning_rate_at(k) for k in (0, T, 2 * T)] == [0.5 * found[i] for i in (0, 3, 5)]


@pytest.mark.parametrize("name", SCHEDULES)
def test_none_ever_rises_or_changes_without_decay(name):
    factor = SCHEDULES[name].factor
    falling = [factor(k, 0.3, 7) for k in range(50)]
    assert all(0 < after <= before for before, after in pairwise(falling))
    assert falling[0] == 1
    assert all(factor(k, 1.0, 7) == 1 for k in range(50))
    assert 0 <= factor(10**9, 1e-4, 1) <= factor(10**9, 1.0, 10**9) == 1


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_step_goes_as_far_as_the_schedule_says(make_experiment, name):
    experiment = make_experiment(schedule=name, decay=0.5, period=2, learning_rate=0.8)
    descent = Descent(experiment)
    state = descent.state_at(
        experiment.start.vector, 1
    )  # as after a change of the optimizer: it made none yet
    for k in range(1, 6):
        before, state = state, descent.step(state)
        rate = 0.8 * SCHEDULES[name].factor(k, 0.5, 2)
        np.testing.assert_array_equal(
            state.parameters.vector, before.parameters.vector - rate * before.gradient.vector
        )


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"schedule": "linear"}, "schedule 'linear' is not one of constant, step, exponential, cosine."),
        ({"decay": 0}, "decay 0 is outside (0, 1]."),
        ({"period": 0}, "period 0 is outside [1, 1,000,000,000]."),
        ({"period": 1.5}, "period 1.5 is not a whole number in [1, 1,000,000,000]."),
    ],
)
def test_what_is_out_of_range_is_told(chosen, message):
    with pytest.raises(SettingError) as caught:
        replace(Spec(), **chosen)
    assert str(caught.value) == message
