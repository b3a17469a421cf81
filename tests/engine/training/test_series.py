"""Many iterations in order, each to the same last bit as when training made it."""

import numpy as np
import pytest

from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import Forgotten, History
from engine.training.series import SPACINGS, frames, spaced
from engine.training.spec import Spec


def run(experiment, steps, history=None, state=None):
    """Return the history of some steps, and all their states."""
    descent = Descent(experiment)
    if history is None:
        history, state = History(), descent.first_state()
        history.begin(experiment, state)
        history.append(state)
    else:
        state = descent.state_at(state.parameters.vector, state.iteration, state.memory, state.made)
        history.begin(experiment, state)
    states = [state]
    for _ in range(steps):
        states.append(descent.step(states[-1]))
        history.append(states[-1])
    descent.close()
    return history, states


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize(
    ("first", "last", "count"), [(0, 10, 11), (0, 2000, 50), (5, 6, 2), (100, 5000, 400), (0, 9, 50)]
)
def test_iterations_rise_from_the_first_to_the_last_and_are_as_many_as_asked(first, last, count, spacing):
    chosen = spaced(first, last, count, spacing)
    assert chosen[0] == first and chosen[-1] == last
    assert all(np.diff(chosen) >= 1)
    assert len(chosen) == min(count, last - first + 1)


def test_one_picture_is_the_last():
    assert spaced(0, 50, 1, "early") == spaced(0, 50, 1, "even") == [50]
    assert spaced(7, 7, 20, "early") == [7]


def test_early_spacing_gives_the_first_tenth_more_than_half_of_the_pictures():
    early, even = (np.array(spaced(0, 10_000, 200, name)) for name in ("early", "even"))
    assert (early <= 1000).mean() > 0.5
    assert (even <= 1000).mean() == pytest.approx(0.1, abs=0.02)
    assert (np.diff(early, 2) >= -1).all(), "steps get longer and longer"


@pytest.mark.parametrize("batch_size", [0, 16])
def test_each_frame_is_what_training_had_made_bit_for_bit(batch_size):
    spec = Spec(hidden=(5,), optimizer="adam", learning_rate=0.05, batch_size=batch_size)
    history, states = run(Experiment.of(spec, spec.load()), 300)
    wanted = spaced(0, 300, 40, "early")
    for iteration, frame in zip(wanted, frames(history, wanted), strict=True):
        made = states[iteration]
        assert frame.state.iteration == frame.last == iteration
        assert frame.state.parameters.vector.tobytes() == made.parameters.vector.tobytes()
        assert frame.state.is_scored
        if made.is_scored:
            assert frame.state.scores == made.scores


def test_a_frame_knows_nothing_of_what_came_after_it():
    spec = Spec()
    history, _ = run(Experiment.of(spec, spec.load()), 100)
    (frame,) = frames(history, [40])
    assert frame.curve.column("iteration")[-1] == 40
    assert frame.trail[-1].iteration <= 40
    assert not frame.looks_back


def test_a_run_that_was_changed_on_the_way_is_followed_through_the_change():
    spec = Spec()
    first = Experiment.of(spec, spec.load())
    history, before = run(first, 50)
    second = first.changed(Spec(learning_rate=0.01), first.problem.dataset)
    history, after = run(second, 50, history, before[-1])
    made = {state.iteration: state for state in before + after}
    seen = list(frames(history, [20, 49, 50, 51, 100]))
    for frame in seen:
        reached = made[frame.state.iteration]
        assert frame.state.parameters.vector.tobytes() == reached.parameters.vector.tobytes()
    assert [frame.experiment is second for frame in seen] == [False, False, True, True, True]
    assert [len(frame.marks) for frame in seen] == [0, 0, 0, 1, 1]


def test_an_iteration_that_was_not_reached_is_refused():
    spec = Spec()
    history, _ = run(Experiment.of(spec, spec.load()), 10)
    with pytest.raises(Forgotten, match="11"):
        list(frames(history, [5, 11]))
