"""The thread that trains: each command counts, and gives the same bytes as without a thread."""

import threading
import time

from engine.training.commands import Pause, Run, Step
from engine.training.descent import Descent
from engine.training.runner import Runner
from tests.engine.training.driver import PATIENCE, after, bits, driven, wait_for


def test_it_begins_paused_at_the_first_state(driver, experiment):
    frame = driver.frame
    assert (frame.running, frame.obeyed, frame.notice, frame.failure) == (False, 0, "", None)
    assert frame.experiment is experiment
    assert bits(frame.state) == bits(after(experiment, 0))
    assert frame.curve.rows.tolist() == [[0, *frame.state.scores]]


def test_a_step_is_one_iteration(driver, experiment):
    driver.post(Step())
    frame = driver.obeyed()
    assert bits(frame.state) == bits(after(experiment, 1))
    assert frame.curve.column("iteration").tolist() == [0, 1]
    assert not frame.running


def test_the_same_bytes_as_without_a_thread(driver, experiment):
    expected = after(experiment, 200)
    driver.post(Step(120))
    for _ in range(80):
        driver.post(Step())
    frame = driver.obeyed()
    assert bits(frame.state) == bits(expected)
    assert frame.curve.rows[-1].tolist() == [200, *expected.scores]
    assert len(frame.curve.rows) == 201


def test_running_gives_the_same_bytes_as_stepping(driver, experiment):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 100)
    driver.post(Pause())
    frame = driver.obeyed()
    assert bits(frame.state) == bits(after(experiment, frame.state.iteration))
    assert frame.curve.column("iteration").tolist() == list(range(frame.state.iteration + 1))


def test_a_frame_tells_whether_more_steps_follow_at_once(driver):
    driver.post(Step(10**9))
    assert wait_for(lambda: driver.iteration > 0)
    assert driver.frame.stepping and driver.frame.is_moving and not driver.frame.running
    driver.post(Run())
    frame = driver.obeyed()
    assert frame.running and frame.is_moving and not frame.stepping
    driver.post(Pause())
    frame = driver.obeyed()
    assert not frame.stepping and not frame.is_moving


def test_every_command_counts(driver):
    for _ in range(1000):
        driver.post(Step(1))
    assert driver.obeyed().state.iteration == 1000
    assert driver.frame.obeyed == 1000


def test_run_and_pause_five_times(driver):
    for _ in range(5):
        before = driver.iteration
        driver.post(Run())
        assert wait_for(lambda before=before: driver.iteration > before)
        assert driver.frame.running
        driver.post(Pause())
        paused = driver.obeyed()
        assert not paused.running
        assert not wait_for(lambda paused=paused: driver.frame is not paused, 0.02)


def test_a_step_ends_a_run(driver):
    driver.post(Run())
    driver.post(Step(3))
    frame = driver.obeyed()
    assert not frame.running
    assert frame.state.iteration >= 3


def test_a_paced_run_keeps_its_pace_roughly(driver):
    began = time.monotonic()
    driver.post(Run(50))
    assert not wait_for(lambda: time.monotonic() - began > 60, 0.5)
    driver.post(Pause())
    assert 5 <= driver.obeyed().state.iteration <= 60


def test_a_slow_run_shows_each_iteration_when_it_is_made(driver, monkeypatch):
    # At one iteration in 20 s the first comes at once, and must not be shown 20 s later.
    made, step = threading.Event(), Descent.step

    def spy(descent, state):
        made.set()
        return step(descent, state)

    monkeypatch.setattr(Descent, "step", spy)
    driver.post(Run(0.05))
    assert made.wait(PATIENCE)
    assert wait_for(lambda: driver.iteration == 1, 2.0)


def test_the_pace_can_be_changed_while_it_runs(driver):
    driver.post(Run(0.01))
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 50)
    driver.post(Run(0.01))
    frame = driver.obeyed()
    assert frame.running
    assert not wait_for(lambda: driver.iteration > frame.state.iteration + 2, 0.05)


def test_another_speed_is_no_new_run(make_experiment):
    # The patience is counted over the whole run, however often the speed is moved meanwhile.
    with driven(make_experiment(learning_rate=1e-9, stop_patience=200)) as driver:
        for _ in range(500):
            driver.post(Run())
        assert wait_for(lambda: driver.frame.notice)
        assert driver.iteration == 200


def test_a_runner_that_was_never_started_has_a_frame(make_experiment):
    experiment = make_experiment()
    assert Runner(experiment).latest().experiment is experiment
