"""Looking back: any iteration again, to the last bit, and on from it without losing what came after."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.generators import generate
from engine.training.commands import Cut, GoOn, Pause, Restart, Run, Seek, Step
from tests.engine.training.driver import after, bits, wait_for

KINDS = {
    "gd": {},
    "adam with batches": {"optimizer": "adam", "batch_size": 32, "learning_rate": 0.01},
    "single": {"precision": "single", "hidden": (8, 4), "l2": 0.01},
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def experiment(request, make_experiment):
    return make_experiment(**request.param)


def same(state, other):
    """Tell whether two states have the same parameters, gradient and memory, to the last bit."""
    return bits(state)[0:2] + bits(state)[4:] == bits(other)[0:2] + bits(other)[4:]


def test_any_iteration_is_shown_as_it_was(driver, experiment):
    driver.post(Step(60))
    whole = driver.obeyed()
    for iteration in (0, 17, 59, 33):
        driver.post(Seek(iteration))
        frame = driver.obeyed()
        assert frame.state.iteration == iteration
        assert same(frame.state, after(experiment, iteration))
        assert frame.state.is_scored
        assert (frame.last, frame.running) == (60, False)
        assert np.array_equal(frame.curve.columns, whole.curve.columns, equal_nan=True)
    driver.post(Seek(60))
    assert same(driver.obeyed().state, whole.state)


def test_steps_back_and_forward_again(driver, experiment):
    driver.post(Step(20))
    driver.obeyed()
    for count, iteration in ((-1, 19), (-10, 9), (3, 12), (-100, 0), (1, 1)):
        driver.post(Step(count))
        frame = driver.obeyed()
        assert (frame.state.iteration, frame.last) == (iteration, 20)
        assert same(frame.state, after(experiment, iteration))


def test_steps_from_the_past_go_on_over_the_end(driver, experiment):
    driver.post(Step(20))
    driver.obeyed()
    driver.post(Seek(15))
    driver.post(Step(10))
    frame = driver.obeyed()
    assert frame.last == 25
    assert same(frame.state, after(experiment, 25))
    assert frame.curve.column("iteration").tolist() == list(range(26))


def test_a_run_from_the_past_goes_on_over_the_end(driver, experiment):
    driver.post(Step(20))
    driver.obeyed()
    driver.post(Seek(5))
    driver.post(Run())
    assert wait_for(lambda: driver.frame.last > 40)
    driver.post(Pause())
    frame = driver.obeyed()
    assert frame.state.iteration == frame.last
    assert same(frame.state, after(experiment, frame.last))
    assert frame.curve.column("iteration").tolist() == list(range(frame.last + 1))


def test_looking_back_pauses_a_run(driver):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 20)
    driver.post(Seek(7))
    frame = driver.obeyed()
    assert (frame.state.iteration, frame.running) == (7, False)
    assert frame.last > 20


def test_what_came_after_is_dropped_only_when_told(driver, experiment):
    driver.post(Step(30))
    before = driver.obeyed().curve.columns.copy()
    curve = driver.frame.curve
    driver.post(Seek(12))
    driver.post(Cut())
    frame = driver.obeyed()
    assert (frame.state.iteration, frame.last) == (12, 12)
    assert frame.curve.column("iteration").tolist() == list(range(13))
    assert np.array_equal(curve.columns, before, equal_nan=True), "a curve that was published stays"
    driver.post(Step(4))
    frame = driver.obeyed()
    assert same(frame.state, after(experiment, 16))
    assert np.array_equal(frame.curve.columns, before[:, :17], equal_nan=True)
    driver.post(Seek(3))
    assert same(driver.obeyed().state, after(experiment, 3))


def test_cut_at_the_newest_changes_nothing(driver):
    driver.post(Step(5))
    before = bits(driver.obeyed().state)
    driver.post(Cut())
    frame = driver.obeyed()
    assert (bits(frame.state), frame.last) == (before, 5)


def test_a_change_while_looking_back_belongs_to_the_end(driver, experiment):
    driver.post(Step(20))
    newest = driver.obeyed().state
    driver.post(Seek(4))
    driver.post(GoOn(replace(experiment.spec, learning_rate=0.03), experiment.problem.dataset))
    frame = driver.obeyed()
    assert (frame.state.iteration, frame.last) == (20, 20)
    assert np.array_equal(frame.state.parameters.vector, newest.parameters.vector)


def test_every_part_of_a_run_is_made_again_with_its_own_settings(driver, experiment):
    states = {}
    for part, change in enumerate(({}, {"learning_rate": 0.02}, {"data": "circles"})):
        spec = replace(experiment.spec, **change)
        if change:
            driver.post(GoOn(spec, generate(spec.data, spec.samples, spec.noise, spec.data_seed)))
        for _ in range(10):
            driver.post(Step())
            frame = driver.obeyed()
            states[frame.state.iteration] = frame.state, frame.experiment.spec, part
    driver.post(Seek(1))
    for iteration in range(1, 31):
        frame = driver.obeyed()
        state, spec, part = states[iteration]
        assert np.array_equal(frame.state.parameters.vector, state.parameters.vector), (iteration, part)
        if iteration % 10:  # the cost at the iteration of a change is already that of the change
            assert same(frame.state, state)
            assert frame.experiment.spec == spec
        driver.post(Step())


def test_the_first_weights_again_after_the_past(driver, experiment):
    driver.post(Step(9))
    driver.obeyed()
    driver.post(Seek(2))
    driver.post(Restart(experiment.spec, experiment.problem.dataset))
    frame = driver.obeyed()
    assert (frame.state.iteration, frame.last) == (0, 0)


def test_the_thread_ends_while_it_looks_back(driver):
    driver.post(Step(9))
    driver.obeyed()
    driver.post(Seek(2))
    assert driver.obeyed().state.iteration == 2  # the fixture stops it
