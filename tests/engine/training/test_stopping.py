"""When a run ends by itself, and in which words."""

import math

import pytest

from engine.training.spec import Spec
from engine.training.state import Scores, State
from engine.training.stopping import Watch


def at(iteration, cost=1.0, gradient=1.0, scored_at=None):
    """Return a state with a training cost; when it was not scored, the cost is that of `scored_at`."""
    scores = Scores(cost, math.nan, 0.5, math.nan, cost, 0.0, gradient)
    return State(iteration, (), (), scores, (), iteration, iteration if scored_at is None else scored_at)


def reasons(states, **chosen):
    watch = Watch(Spec(**chosen), states[0])
    return [watch.reason(state) for state in states]


def test_zero_never_ends_a_run():
    assert reasons([at(k, cost=0.0, gradient=0.0) for k in range(200)]) == [""] * 200


def test_the_iteration_is_reached():
    words = "Iteration 1,200 is reached, at which this run was to end."
    assert reasons([at(k) for k in (1198, 1199, 1200)], stop_after=1200) == ["", "", words]


def test_a_run_from_beyond_ends_at_once_and_names_its_end():
    (reason,) = reasons([at(1300)], stop_after=1200)
    assert "1,200" in reason


def test_the_cost_is_below():
    states = [at(0, 0.5), at(1, 0.25), at(2, 0.2), at(3, 0.1234567)]
    words = "The training cost {} is below 0.25, so the run ended."
    assert reasons(states, stop_cost=0.25) == ["", "", words.format("0.2"), words.format("0.123457")]


def test_the_gradient_is_below():
    states = [at(0, gradient=0.1), at(1, gradient=0.01), at(2, gradient=0.0099)]
    words = "The gradient 0.0099 is below 0.01, so the run ended."
    assert reasons(states, stop_gradient=0.01) == ["", "", words]


def test_no_progress_is_less_than_a_thousandth_of_the_best():
    # From 1 to 0.9995 is no progress, nor is 1.5; 0.998 is, and starts the count again.
    costs = [1.0, 0.9995, 1.5, 0.998, 0.9975, 0.9972, 0.9971]
    found = reasons([at(10 + k, cost) for k, cost in enumerate(costs)], stop_patience=3)
    words = "The training cost has hardly fallen for 3 iterations, so the run ended at 0.998."
    assert found == [""] * 6 + [words]


def test_small_steps_add_up_to_progress():
    costs = [0.9996**k for k in range(500)]
    assert not any(reasons([at(k, cost) for k, cost in enumerate(costs)], stop_patience=5))


def test_of_two_ends_each_counts():
    states = [at(0), at(1), at(2)]
    assert reasons(states, stop_after=2, stop_patience=1)[1].startswith(
        "The training cost has hardly fallen for 1"
    )
    assert reasons(states, stop_after=1, stop_patience=9)[1].startswith("Iteration 1 is")
    assert reasons(states, stop_after=9, stop_cost=2.0, stop_gradient=2.0)[0].startswith(
        "The training cost 1 "
    )


def test_the_cost_of_an_earlier_state_ends_nothing():
    states = [at(0, 0.3), at(1, 0.1, scored_at=0), at(2, 0.1)]
    assert [bool(reason) for reason in reasons(states, stop_cost=0.2)] == [False, False, True]
    # The gradient is the batch's own, whether or not all points were judged.
    assert reasons([at(0), at(1, gradient=0.1, scored_at=0)], stop_gradient=0.2)[1]


def test_nobody_loses_patience_before_anything_was_judged_again():
    # All points are judged at every fourth iteration here, and the cost falls each time.
    states = [at(k, 0.9 ** (k - k % 4), scored_at=k - k % 4) for k in range(20)]
    assert not any(reasons(states, stop_patience=2))
    stuck = [at(k, 1.0, scored_at=k - k % 4) for k in range(9)]
    assert reasons(stuck, stop_patience=3)[4].startswith(
        "The training cost has hardly fallen for 3 iterations"
    )


@pytest.mark.parametrize("costs", [[math.nan] * 6, [0.0] * 6], ids=["no points", "perfect"])
def test_a_cost_that_cannot_fall_ends_it_all_the_same(costs):
    assert [bool(r) for r in reasons([at(k, c) for k, c in enumerate(costs)], stop_patience=4)] == [
        False
    ] * 4 + [True] * 2
