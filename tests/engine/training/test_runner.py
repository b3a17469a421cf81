"""The thread that trains: each command counts, each frame is whole, and it ends when it is told to."""

import math
import threading
import time
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from engine.training.commands import GoOn, Pause, Restart, Run, Step
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.runner import Runner
from engine.training.spec import Spec
from tests.engine.training.driver import PATIENCE, after, bits, driven, wait_for


@pytest.fixture
def experiment(make_experiment):
    return make_experiment()


@pytest.fixture
def driver(experiment):
    with driven(experiment) as driver:
        yield driver


def points(name):
    """Return made-up points."""
    return generate(name, 400, 0.1, 0)


def restart(experiment):
    """Return the command to begin an experiment that has new weights."""
    return Restart(experiment.spec, experiment.problem.dataset)


EMPTY = Dataset.of(np.empty((2, 0)), np.empty(0), "empty")


def exploding():
    """Return an experiment that diverges after some iterations, and the last state that is finite."""
    X = 1e40 * np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]])
    spec = Spec(standardize=False, test_fraction=0, activation=("relu",), learning_rate=2.5)
    experiment = Experiment.of(spec, Dataset.of(X, np.array([0.0, 1.0, 1.0, 0.0]), "far apart"))
    descent = Descent(experiment)
    last = descent.first_state()
    with pytest.raises(ArithmeticError):
        while True:
            last = descent.step(last)
    return experiment, last


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


def test_go_on_keeps_weights_and_iteration(driver, experiment):
    driver.post(Step(25))
    before = driver.obeyed().state
    xor, spec = points("xor"), Spec(data="xor", learning_rate=0.01)
    driver.post(GoOn(spec, xor))
    frame = driver.obeyed()
    changed = frame.experiment
    assert (changed.spec, changed.problem.dataset) == (spec, xor)
    assert changed.problem.standardization is experiment.problem.standardization
    assert frame.state.iteration == 25
    assert frame.state.parameters.vector.tobytes() == before.parameters.vector.tobytes()
    assert frame.state.scores != before.scores
    assert not frame.running
    driver.post(Step())
    expected = Descent(changed).step(frame.state)
    np.testing.assert_array_equal(
        expected.parameters.vector, before.parameters.vector - 0.01 * frame.state.gradient.vector
    )
    assert bits(driver.obeyed().state) == bits(expected)


def test_before_training_other_points_bring_their_own_scale(driver):
    circles, spec = points("circles"), Spec(data="circles", learning_rate=0.3)
    driver.post(GoOn(spec, circles))
    frame, expected = driver.obeyed(), Experiment.of(spec, circles)
    assert bits(frame.state) == bits(after(expected, 0))
    assert frame.curve.column("iteration").tolist() == [0]
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(after(expected, 3))


def test_another_way_to_descend_does_not_prepare_the_points_again(driver, experiment):
    driver.post(GoOn(replace(experiment.spec, learning_rate=0.3), experiment.problem.dataset))
    driver.post(Step())
    driver.post(GoOn(replace(experiment.spec, momentum=0.5), experiment.problem.dataset))
    assert driver.obeyed().experiment.problem is not None
    driver.post(Step())
    problem = driver.obeyed().experiment.problem
    driver.post(GoOn(replace(experiment.spec, l2=0.5), experiment.problem.dataset))
    assert driver.obeyed().experiment.problem is problem


def test_weights_from_elsewhere_keep_the_scale_they_were_trained_on(driver, experiment):
    scale = Standardization(np.array([[5.0], [6.0]]), np.array([[2.0], [3.0]]))
    driver.post(Restart(experiment.spec, points("moons"), Start(experiment.network, experiment.start, scale)))
    for command in (GoOn(Spec(data="xor"), points("xor"), rescaled=True), Step(2)):
        driver.post(command)
        assert driver.obeyed().experiment.problem.standardization is scale


def test_go_on_keeps_running(driver, experiment):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    circles = points("circles")
    driver.post(GoOn(Spec(data="circles"), circles, rescaled=True))
    frame = driver.obeyed()
    assert frame.running
    assert np.array_equal(frame.experiment.problem.X, Experiment.of(Spec(data="circles"), circles).problem.X)
    assert wait_for(lambda: driver.iteration > frame.state.iteration + 10)
    assert driver.frame.experiment.problem.dataset is circles


def test_restart_begins_again(driver, make_experiment):
    driver.post(Step(25))
    other = make_experiment(hidden=(8, 3), init_seed=4)
    driver.post(restart(other))
    frame = driver.obeyed()
    assert frame.experiment.network == other.network
    assert bits(frame.state) == bits(after(other, 0))
    assert frame.curve.column("iteration").tolist() == [0]


def test_restart_keeps_running(driver, experiment):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    driver.post(restart(experiment))
    assert driver.obeyed().running
    assert wait_for(lambda: driver.iteration > 5)


def test_divergence_pauses_at_the_last_finite_state():
    experiment, last = exploding()
    with driven(experiment) as driver:
        driver.post(Run())
        assert wait_for(lambda: driver.frame.notice)
        frame = driver.frame
        assert not frame.running
        assert frame.failure is None
        assert bits(frame.state) == bits(last)
        assert f"at iteration {last.iteration + 1}," in frame.notice
        assert f"paused at {last.iteration}," in frame.notice
        assert "below 2.5" in frame.notice
        assert frame.curve.rows[-1, 0] == last.iteration
        assert np.isfinite(frame.curve.column("train_cost")).all()
        # It says so again when asked again, until something is changed.
        driver.post(Step(5))
        again = driver.obeyed()
        assert again.notice == frame.notice
        assert again.state.iteration == last.iteration
        driver.post(restart(experiment))
        assert driver.obeyed().notice == ""
        assert driver.iteration == 0


def test_a_start_without_a_finite_cost_is_not_called_good(driver, experiment):
    huge = Dataset.of(np.array([[1e308, -1e308], [1e308, 1e308]]), np.array([0.0, 1.0]), "huge")
    relu = replace(experiment.network, hidden_activations=("relu",))
    weights = Parameters.of(relu, [(100 * W, b) for W, b in experiment.start])
    start = Start(relu, weights, Standardization.none(2))
    driver.post(Restart(Spec(test_fraction=0), huge, start))
    driver.post(Step())
    frame = driver.obeyed()
    assert frame.notice or frame.failure
    assert math.isfinite(frame.state.scores.train_cost) or "the last good one" not in frame.notice


def test_without_points_it_says_so(driver, experiment):
    driver.post(GoOn(Spec(), EMPTY))
    driver.post(Run())
    assert wait_for(lambda: driver.frame.notice)
    assert driver.frame.notice.startswith("There are no points to train on")
    assert not driver.frame.running
    assert math.isnan(driver.frame.state.scores.train_cost)
    driver.post(GoOn(experiment.spec, experiment.problem.dataset))
    driver.post(Step(2))
    assert driver.obeyed().state.iteration == 2
    assert driver.frame.notice == ""


def test_a_failure_is_shown_and_the_thread_lives_on(driver, experiment, monkeypatch):
    driver.post(Step(2))
    driver.obeyed()
    for command in (Run(), Step(), Run(10)):
        failure = RuntimeError("a bug")

        def fail(descent, state, failure=failure):
            raise failure

        with monkeypatch.context() as patched:
            patched.setattr(Descent, "step", fail)
            driver.post(command)
            assert wait_for(lambda failure=failure: driver.frame.failure is failure)
        assert not driver.frame.running
        assert driver.iteration == 2
        # A command that comes before anybody has looked does not hide it.
        driver.post(Pause())
        assert driver.obeyed().failure is failure
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(after(experiment, 5))


def test_a_failure_before_the_scores_were_taken_is_shown_too(make_experiment, monkeypatch):
    # With mini-batches most states are not scored; scoring one for the picture of a failure might fail again.
    monkeypatch.setattr("engine.training.descent.JUDGED", 1)
    with driven(make_experiment(batch_size=10, learning_rate=1e-6)) as driver:
        failure = MemoryError("no room")

        def fail(*_, **__):
            raise failure

        driver.post(Step(3))
        driver.obeyed()
        monkeypatch.setattr(Descent, "_go_through", fail)
        driver.post(Run())
        assert wait_for(lambda: driver.frame.failure is failure)
        assert not driver.frame.running
        monkeypatch.undo()
        driver.post(Step(2))
        assert driver.obeyed().state.iteration == 5


def test_another_speed_is_no_new_run(make_experiment):
    # The patience is counted over the whole run, however often the speed is moved meanwhile.
    with driven(make_experiment(learning_rate=1e-9, stop_patience=200)) as driver:
        for _ in range(500):
            driver.post(Run())
        assert wait_for(lambda: driver.frame.notice)
        assert driver.iteration == 200


THREE = Dataset.of(np.ones((3, 2)), np.array([0.0, 1.0]), "three", feature_names=("a", "b", "c"))


@pytest.mark.parametrize("command", [GoOn, Restart])
def test_an_experiment_that_does_not_fit_leaves_the_old_one_whole(driver, experiment, command):
    driver.post(Step(2))
    before = driver.obeyed()
    # The start is of 4 units, where its network has 9.
    wrong = Start(Network((2, 9, 1), ("tanh",)), experiment.start, Standardization.none(2))
    driver.post(
        GoOn(Spec(), THREE) if command is GoOn else Restart(Spec(), experiment.problem.dataset, wrong)
    )
    frame = driver.obeyed()
    assert isinstance(frame.failure, ValueError)
    assert frame.experiment is experiment
    assert bits(frame.state) == bits(before.state)
    assert len(frame.curve.rows) == 3
    driver.post(Step())
    assert bits(driver.obeyed().state) == bits(after(experiment, 3))


def test_frames_are_never_written_again(driver):
    driver.post(Run())
    frames = []
    for _ in range(20):
        seen = driver.frame
        frames.append((seen, bits(seen.state), seen.curve.rows.tobytes(), seen.running))
        assert wait_for(lambda seen=seen: driver.frame is not seen)
    for frame, state, curve, running in frames:
        assert bits(frame.state) == state
        assert frame.curve.rows.tobytes() == curve
        assert frame.running is running
        assert frame.curve.rows[-1, 0] == frame.state.iteration


def test_what_a_frame_holds_is_read_only(driver):
    driver.post(Step())
    frame = driver.obeyed()
    with pytest.raises(FrozenInstanceError):
        frame.running = True
    with pytest.raises(AttributeError):
        frame.state.iteration = 3
    problem = frame.experiment.problem
    dataset, state = problem.dataset, frame.state
    for array in (
        *(frame.curve.rows, dataset.X, dataset.Y, dataset.ids, problem.X, problem.Y),
        *(state.parameters.vector, state.gradient.vector),
        *(values for layer in (*state.parameters, *state.gradient) for values in layer),
    ):
        assert not array.flags.writeable


def test_nothing_is_stepped_while_it_is_held(driver, monkeypatch):
    made, step = [], Descent.step

    def spy(descent, state):
        made.append(state.iteration)
        return step(descent, state)

    monkeypatch.setattr(Descent, "step", spy)
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    for _ in range(3):
        with driver.runner.held():
            count = len(made)
            assert not wait_for(lambda count=count: len(made) > count + 1, 0.1)  # one may be under way
            count = len(made)
            held = driver.frame
            assert not wait_for(lambda count=count: len(made) > count, 0.02)
            assert driver.frame is held
        assert wait_for(lambda count=count: len(made) > count)


def test_holding_a_paused_runner_changes_nothing(driver):
    with driver.runner.held():
        driver.post(Pause())
        driver.obeyed()
    driver.post(Step())
    assert driver.obeyed().state.iteration == 1


def test_an_error_while_held_lets_go(driver):
    driver.post(Run())
    with pytest.raises(ZeroDivisionError), driver.runner.held():
        raise ZeroDivisionError
    before = driver.iteration
    assert wait_for(lambda: driver.iteration > before + 10)


def test_stop_joins_whatever_it_does(make_experiment):
    for commands in ((), (Run(),), (Run(0.001),), (Step(5), Pause())):
        runner = Runner(make_experiment())
        runner.start()
        for command in commands:
            runner.post(command)
        threads = [thread for thread in threading.enumerate() if thread.name == "training"]
        assert len(threads) == 1
        runner.stop()
        assert not threads[0].is_alive()


def test_stop_joins_while_it_is_held(make_experiment):
    # Whoever draws may find that the window is to be closed.
    with driven(make_experiment()) as driver:
        driver.post(Run())
        assert wait_for(lambda: driver.iteration > 10)
        closing = threading.Thread(target=driver.runner.stop)
        with driver.runner.held():
            assert not wait_for(lambda: False, 0.05)  # until the worker waits to be let go
            closing.start()
            closing.join(2.0)
            joined = not closing.is_alive()
        closing.join(PATIENCE)
    assert joined


def test_held_within_held_is_held(driver):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    with driver.runner.held():
        with driver.runner.held():
            pass
        assert not wait_for(lambda: False, 0.1)  # one step may be under way
        held = driver.frame
        assert not wait_for(lambda: driver.frame is not held, 0.1)


def test_a_runner_that_was_never_started_has_a_frame(make_experiment):
    experiment = make_experiment()
    assert Runner(experiment).latest().experiment is experiment
