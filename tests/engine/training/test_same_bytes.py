"""The same spec and seed, the same bytes: on one thread or two, in the window's worker or without it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.model.losses import LOSSES, accuracy
from engine.model.papers import backward, forward
from engine.training import descent as descent_module
from engine.training.commands import Run, Step
from engine.training.descent import Descent
from engine.training.runner import Runner
from tests.engine.training.driver import after

ROOT = Path(__file__).parents[3]
PATIENCE = 20_000  # looks, far more than a slow machine needs

CASES = pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"batch_size": 150},
        {"batch_size": 9, "optimizer": "adam", "learning_rate": 0.02},
        {
            "hidden": (6, 3),
            "activation": ("softplus",),
            "loss": "squared",
            "l2": 0.01,
            "optimizer": "nesterov",
        },
        {"precision": "single", "optimizer": "rmsprop", "learning_rate": 0.01, "batch_size": 200},
        {"model": "logistic", "features": ("x1_squared",), "test_fraction": 0},
        {"test_fraction": 0.9, "schedule": "exponential"},
    ],
    ids=str,
)


@pytest.fixture
def small_blocks(monkeypatch):
    """Cut small sets as large ones are cut, and share them as on a machine with two cores."""
    monkeypatch.setattr(descent_module, "BLOCK", (16, 16))
    monkeypatch.setattr(descent_module.os, "cpu_count", lambda: 2)


def contents(state):
    arrays = (state.parameters.vector, state.gradient.vector, *state.memory, np.array(state.scores))
    return state.iteration, state.made, [each.tobytes() for each in arrays]


def trained(experiment, iterations=60, threaded=False):
    return contents(after(experiment, iterations, threaded, scored=True))


@CASES
def test_one_thread_or_two(make_experiment, small_blocks, chosen):
    alone = trained(make_experiment(**chosen))
    for _ in range(3):
        assert trained(make_experiment(**chosen), threaded=True) == alone


@CASES
def test_in_the_worker_or_without_it(make_experiment, small_blocks, chosen):
    expected = trained(make_experiment(**chosen))
    for command, ends in ((Step(60), 0), (Run(), 60)):
        runner = Runner(make_experiment(stop_after=ends, **chosen))
        runner.start()
        try:
            runner.post(command)
            for _ in range(PATIENCE):
                frame = runner.latest()
                if frame.state.iteration == 60 and not frame.running:
                    break
                threading.Event().wait(0.001)
            assert frame.failure is None and contents(frame.state) == expected
        finally:
            runner.stop()


@pytest.mark.parametrize("batch_size", [0, 20_000])
def test_many_points_on_one_thread_or_two(make_experiment, monkeypatch, batch_size):
    monkeypatch.setattr(descent_module.os, "cpu_count", lambda: 2)
    experiment = make_experiment(samples=50_001, hidden=(8,), batch_size=batch_size)
    assert trained(experiment, 4, threaded=True) == trained(experiment, 4)


def test_another_seed_or_another_choice_is_another_run(make_experiment):
    runs = [{}, {"init_seed": 1}, {"data_seed": 1}, {"batch_size": 32}, {"batch_size": 32, "init_seed": 1}]
    assert len({trained(make_experiment(**chosen), 5)[2][0] for chosen in runs}) == len(runs)


@pytest.mark.parametrize("samples", [17, 33, 64, 401])
def test_blocks_add_up_to_the_whole(make_experiment, small_blocks, samples):
    # Blocks of training points, of test points, and one of both.
    experiment = make_experiment(samples=samples, hidden=(5,), test_fraction=0.3)
    problem, network = experiment.problem, experiment.network
    descent = Descent(experiment)
    try:
        state = descent.first_state()
    finally:
        descent.close()
    train, test = ((problem.X_train, problem.Y_train), (problem.X_test, problem.Y_test))
    expected = backward(network, experiment.start, forward(network, experiment.start, train[0]), train[1])
    np.testing.assert_allclose(state.gradient.vector, expected.gradient.vector, rtol=1e-12, atol=1e-15)
    logits = [(forward(network, experiment.start, X).Z[-1], Y) for X, Y in (train, test)]
    costs = [LOSSES["log"].f(Z, Y).mean() for Z, Y in logits]
    accuracies = [accuracy(Z, Y) for Z, Y in logits]
    np.testing.assert_allclose(state.scores[:4], [*costs, *accuracies], rtol=1e-13)


def test_two_threads_work_at_once_and_end(make_experiment, small_blocks, monkeypatch):
    workers, meeting, run = set(), threading.Barrier(2), descent_module.Pass.run

    def meet_first(self, *given):
        name = threading.current_thread().name
        if name not in workers:
            workers.add(name)
            meeting.wait(20)  # for the other thread, within its own first block
        return run(self, *given)

    expected = trained(make_experiment(), 3)
    monkeypatch.setattr(descent_module.Pass, "run", meet_first)
    before = threading.active_count()
    assert trained(make_experiment(), 3, threaded=True) == expected
    assert len(workers) == 2
    assert threading.active_count() == before


def test_a_failure_in_a_block_is_told_and_leaves_no_thread(make_experiment, small_blocks, monkeypatch):
    def fail(self, *given):
        raise MemoryError("no room for a block")

    monkeypatch.setattr(descent_module.Pass, "run", fail)
    descent = Descent(make_experiment())
    with pytest.raises(MemoryError, match="no room"):
        descent.first_state()
    descent.close()


TRAIN = """
{imports}
from engine.data.generators import generate
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec
descent = Descent(Experiment.of(Spec(hidden=(64, 64)), generate("moons", 600, 0.1, 0)))
state = descent.first_state()
for _ in range(8):
    state = descent.step(state)
descent.close()
print(state.parameters.vector.tobytes().hex())
"""


def test_whoever_imported_numpy_first():
    # NumPy's own threads would round differently, and look at the environment only when NumPy is imported.
    bits = [
        subprocess.run(
            [sys.executable, "-c", TRAIN.format(imports=imports)],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for imports in ("import engine", "import numpy")
    ]
    assert bits[0] == bits[1] and len(bits[0]) > 1000
