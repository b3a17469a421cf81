"""What goes wrong in the thread that trains is told, and the last good state is kept."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from engine.training.commands import GoOn, Pause, Restart, Run, Step
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.spec import Spec
from tests.engine.training.driver import after, bits, driven, restart, wait_for

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
