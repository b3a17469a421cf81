"""Weights set by hand in the middle of a run: all goes on from them, and every iteration is still made again exactly."""

import numpy as np
import pytest

from engine.model.network import identical_units
from engine.training.commands import GoOn, Pause, Replace, Restart, Run, Seek, Step
from engine.training.descent import Descent
from tests.engine.training.driver import after, bits, driven, wait_for

KINDS = {
    "gd": {},
    "adam with batches": {"optimizer": "adam", "batch_size": 32, "learning_rate": 0.01},
    "single": {"precision": "single", "hidden": (8, 4), "optimizer": "momentum", "l2": 0.01},
    "logistic": {"model": "logistic"},
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def experiment(request, make_experiment):
    return make_experiment(**request.param)


def with_one(vector, place, value):
    """Return a copy with one parameter changed."""
    changed = vector.copy()
    changed[place] = value
    return changed


def test_training_goes_on_from_the_new_weights_with_the_memory_that_it_had(driver, experiment, open_descent):
    driver.post(Step(12))
    before = driver.obeyed().state
    vector = with_one(before.parameters.vector, 1, 0.75)
    driver.post(Replace(vector))
    frame = driver.obeyed()
    assert np.array_equal(frame.state.parameters.vector, vector)
    assert (frame.state.iteration, frame.state.made, frame.running) == (12, 12, False)
    assert [each.tobytes() for each in frame.state.memory] == [each.tobytes() for each in before.memory]
    assert frame.state.is_scored and frame.state.scores.train_cost != before.scores.train_cost
    driver.post(Step(5))
    descent = open_descent(experiment)
    state = descent.state_at(vector, 12, before.memory, before.made)
    for _ in range(5):
        state = descent.step(state)
    assert bits(driver.obeyed().state) == bits(state)


def test_the_old_vector_brings_the_old_state_back_to_the_last_bit(driver, experiment):
    driver.post(Step(9))
    before = driver.obeyed().state
    driver.post(Replace(with_one(before.parameters.vector, 0, -2.0)))
    assert driver.obeyed().state.scores != before.scores
    driver.post(Replace(before.parameters.vector))
    assert bits(driver.obeyed().state) == bits(before)
    driver.post(Step(20))
    assert bits(driver.obeyed().state) == bits(after(experiment, 29))


def test_every_iteration_is_made_again_exactly(driver):
    states = {0: driver.frame.state}
    for part in range(4):
        for _ in range(10):
            driver.post(Step())
            frame = driver.obeyed()
            states[frame.state.iteration] = frame.state
        if part < 3:
            driver.post(Replace(with_one(frame.state.parameters.vector, part, part - 0.5)))
            states[frame.state.iteration] = driver.obeyed().state
    for iteration in np.random.default_rng(0).permutation(41):
        driver.post(Seek(int(iteration)))
        assert bits(driver.obeyed().state) == bits(states[iteration]), iteration
    driver.post(Seek(0))
    for iteration in range(41):  # and step by step over the changes
        assert bits(driver.obeyed().state)[4] == bits(states[iteration])[4], iteration
        driver.post(Step())


def test_one_weight_alone_leaves_the_others_to_the_run(driver):
    first = driver.frame.state.parameters.vector
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 50)
    driver.post(Replace(with_one(first, 2, 1.25), place=2))
    driver.post(Pause())
    frame = driver.obeyed()
    others = np.arange(first.size) != 2
    assert np.all(frame.state.parameters.vector[others] != first[others])
    driver.post(Replace(with_one(first, 2, 1.25), place=2))
    now = driver.obeyed().state.parameters.vector
    assert np.array_equal(now, with_one(frame.state.parameters.vector, 2, 1.25))


def test_during_a_run_it_goes_on_running(driver):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 20)
    driver.post(Replace(driver.frame.state.parameters.vector, place=0))
    frame = driver.obeyed()
    assert frame.running
    assert wait_for(lambda: driver.iteration > frame.state.iteration + 20)


def test_while_looking_back_it_is_done_at_the_end(driver):
    driver.post(Step(20))
    newest = driver.obeyed()
    assert newest.newest is None
    driver.post(Seek(4))
    frame = driver.obeyed()
    assert frame.newest is not None and frame.newest.vector is newest.state.parameters.vector
    driver.post(Replace(with_one(frame.newest.vector, 1, 3.0), place=1))
    frame = driver.obeyed()
    assert (frame.state.iteration, frame.last, frame.newest) == (20, 20, None)
    assert np.array_equal(frame.state.parameters.vector, with_one(newest.state.parameters.vector, 1, 3.0))


def test_before_the_first_step_a_change_of_the_run_keeps_them(driver, experiment):
    vector = with_one(driver.frame.state.parameters.vector, 0, 0.125)
    driver.post(Replace(vector))
    driver.post(GoOn(experiment.spec, experiment.problem.dataset))
    assert np.array_equal(driver.obeyed().state.parameters.vector, vector)
    driver.post(Restart(experiment.spec, experiment.problem.dataset))
    assert bits(driver.obeyed().state) == bits(after(experiment, 0))


def test_another_number_of_parameters_is_a_failure_that_leaves_the_run_as_it_was(driver):
    before = driver.frame.state
    driver.post(Replace(np.zeros(3000)))
    frame = driver.obeyed()
    assert frame.state is before and "(3000,)" in str(frame.failure)
    driver.post(Step())
    assert driver.obeyed().state.iteration == 1


def test_units_made_equal_by_hand_stay_equal(make_experiment):
    experiment = make_experiment(hidden=(5,))
    with driven(experiment) as driver:
        driver.post(Step(10))
        vector = driver.obeyed().state.parameters.vector.copy()
        layer, above = experiment.network.joined(vector)
        layer[3], above[:, 3] = layer[1], above[:, 1]
        driver.post(Replace(vector))
        driver.post(Step(3000))
        assert identical_units(driver.obeyed().state.parameters) == [[2]]


def test_zero_weights_never_part_the_units_of_any_layer(make_experiment):
    experiment = make_experiment(init="zeros", hidden=(4, 3))
    with driven(experiment) as driver:
        driver.post(Step(200))
        parameters = driver.obeyed().state.parameters
    assert identical_units(parameters) == [[4], [3]]
    assert np.ptp(parameters[0].W, axis=0).max() == 0.0
    assert identical_units(Descent(make_experiment(hidden=(4, 3))).first_state().parameters) == [[], []]
