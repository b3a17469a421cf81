"""Where a run has been: the same moments whoever looks, in a memory that does not grow."""

import numpy as np
import pytest

from engine.model.network import Network, Parameters
from engine.training.commands import Cut, GoOn, Seek, Step
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.state import Scores, State
from engine.training.trail import FEWEST, MOST, Trail
from tests.engine.training.driver import driven

NETWORK = Network((2, 3, 1), ("tanh",))


def state_at(iteration: int) -> State:
    vector = np.full(NETWORK.parameter_count, float(iteration))
    parameters = Parameters(NETWORK, vector)
    return State(iteration, parameters, parameters, Scores(*[0.0] * 7), (), 0, iteration)


def walked(trail: Trail, experiment: Experiment, iterations: int) -> list[int]:
    """Let a trail see a run, and return the iterations that it kept."""
    trail.begin(experiment, state_at(0))
    for iteration in range(1, iterations + 1):
        if iteration % trail.stride == 0:
            trail.add(state_at(iteration))
    return [moment.iteration for moment in trail.moments]


@pytest.mark.parametrize(("iterations", "stride"), [(255, 1), (256, 2), (10_000, 64)])
def test_moments_are_evenly_spaced_and_begin_at_the_start(make_experiment, iterations, stride):
    kept = walked(Trail(2**20), make_experiment(), iterations)
    assert kept == list(range(0, iterations + 1, stride))
    assert len(kept) <= MOST


def test_a_small_memory_keeps_few():
    trail, size = Trail(20 * 2 * 8 * NETWORK.parameter_count), 2 * 8 * NETWORK.parameter_count
    kept = walked(trail, None, 1000)
    assert 10 <= len(kept) <= 20
    assert sum(m.parameters.vector.nbytes + m.gradient.vector.nbytes for m in trail.moments) <= 20 * size
    assert FEWEST / 2 <= len(walked(Trail(0), None, 1000)) <= FEWEST


def test_the_history_keeps_the_states_of_the_run(make_experiment, open_descent):
    experiment = make_experiment(samples=40)
    descent, history = open_descent(experiment), History()
    state = descent.first_state()
    history.begin(experiment, state)
    seen = [state]
    for _ in range(40):
        state = descent.step(state)
        history.append(state)
        seen.append(state)
    assert [moment.iteration for moment in history.trail] == list(range(41))
    for moment, lived in zip(history.trail, seen, strict=True):
        assert moment.parameters is lived.parameters and moment.gradient is lived.gradient
        assert moment.experiment is experiment


def test_looking_back_changes_nothing_and_cutting_drops_what_came_after(make_experiment):
    with driven(make_experiment(samples=40)) as run:
        run.post(Step(300))
        whole = run.obeyed().trail
        assert [moment.iteration for moment in whole] == list(range(0, 301, 2))
        run.post(Seek(100))
        assert all(a is b for a, b in zip(run.obeyed().trail, whole, strict=True))
        run.post(Cut())
        cut = run.obeyed().trail
        assert [moment.iteration for moment in cut] == list(range(0, 101, 2))
        assert np.array_equal(cut[-1].parameters.vector, whole[50].parameters.vector)
        run.post(Step(10))
        again = run.obeyed().trail
        assert [moment.iteration for moment in again] == list(range(0, 111, 2))
        assert np.array_equal(again[-1].gradient.vector, whole[55].gradient.vector)


def test_each_moment_belongs_to_what_was_trained_then(make_experiment):
    experiment = make_experiment(samples=40)
    other = make_experiment(samples=60)
    with driven(experiment) as run:
        for command in (Step(10), GoOn(other.spec, other.problem.dataset), Step(5)):
            run.post(command)
            run.obeyed()
        sizes = [moment.experiment.problem.dataset.m for moment in run.frame.trail]
    assert sizes == [40] * 10 + [60] * 6


def test_points_that_are_not_kept_any_more_are_forgotten_here_too(make_experiment):
    experiment = make_experiment(samples=100, hidden=(2,))
    history = History(2**15)
    for k in range(12):
        changed = experiment.changed(
            experiment.spec, make_experiment(samples=100, data_seed=k).problem.dataset
        )
        descent = Descent(changed)
        state = descent.state_at(experiment.start.vector, k)
        history.begin(changed, state)
        descent.close()
    kept = [moment.experiment is not None for moment in history.trail]
    assert kept[-1] and not kept[0]
    assert kept == sorted(kept)
