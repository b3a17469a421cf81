"""What an iteration makes and leaves alone, what is counted of it, and where it ends."""

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.classification import confusion
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Problem
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import Spec
from engine.training.state import Diverged, NoPoints, Scores, State
from tests.engine.training.driver import after


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_step_writes_nothing_that_was_there(make_experiment, open_descent, optimizer, batch_size):
    experiment = make_experiment(optimizer=optimizer, batch_size=batch_size, l1=0.01, l2=0.1)
    descent = open_descent(experiment)
    state = descent.step(descent.first_state())
    problem = experiment.problem
    arrays = [
        *(state.parameters.vector, state.gradient.vector, *state.memory, experiment.start.vector),
        *(problem.X, problem.Y, problem.dataset.X, problem.dataset.Y),
    ]
    before = [a.tobytes() for a in arrays]
    descent.step(descent.step(state))
    assert [a.tobytes() for a in arrays] == before
    with pytest.raises(AttributeError):
        state.iteration = 5


def test_the_same_bytes_twice(make_experiment):
    first, second = (after(make_experiment(hidden=(8, 4)), 50, threaded=True) for _ in range(2))
    assert first.scores == second.scores
    assert first.parameters.vector.tobytes() == second.parameters.vector.tobytes()
    assert first.gradient.vector.tobytes() == second.gradient.vector.tobytes()


def test_the_same_bytes_on_one_core_and_on_two(make_experiment):
    experiment = make_experiment(samples=60_000, hidden=(8, 4))
    one, two = after(experiment, 5), after(experiment, 5, threaded=True)
    assert one.scores == two.scores
    assert one.parameters.vector.tobytes() == two.parameters.vector.tobytes()
    assert one.gradient.vector.tobytes() == two.gradient.vector.tobytes()


def test_the_scores_of_training_and_test(make_experiment):
    experiment = make_experiment(model="logistic")
    state = after(experiment, 3)
    problem, (W, b) = experiment.problem, state.parameters[0]
    for X, Y, cost, accuracy in (
        (problem.X_train, problem.Y_train, state.scores.train_cost, state.scores.train_accuracy),
        (problem.X_test, problem.Y_test, state.scores.test_cost, state.scores.test_accuracy),
    ):
        A = 1 / (1 + np.exp(-(W @ X + b)))
        assert cost == pytest.approx(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean(), rel=1e-12)
        assert accuracy == pytest.approx(((A >= 0.5) == (Y == 1)).mean())


@pytest.mark.parametrize(
    "choices",
    [
        {"data": "moons", "samples": 401, "hidden": (8, 8)},
        {"data": "xor", "hidden": (4,), "init": "zeros"},
        {"data": "circles", "model": "logistic"},
        {"data": "blobs", "samples": 150_000, "hidden": (3,), "precision": "single", "noise": 0.6},
    ],
)
def test_the_logits_are_those_that_the_scores_count(choices):
    spec = Spec(**choices)
    descent = Descent(Experiment.of(spec, spec.load()))
    state = descent.first_state()
    problem = descent.experiment.problem
    for _ in range(4):
        Z = descent.logits_at(state.parameters.vector)
        assert Z.dtype == spec.dtype
        train, test = Z[:, : problem.m_train], Z[:, problem.m_train :]
        assert confusion(train, problem.Y_train).accuracy == state.scores.train_accuracy
        assert confusion(test, problem.Y_test).accuracy == state.scores.test_accuracy
        state = descent.step(state)
    descent.close()


def test_without_test_points_their_scores_are_not_numbers(make_experiment):
    state = after(make_experiment(test_fraction=0), 2)
    assert math.isnan(state.scores.test_cost)
    assert math.isnan(state.scores.test_accuracy)
    assert math.isfinite(state.scores.train_cost)


def test_nothing_to_train_on(make_experiment, open_descent):
    empty = Problem.of(Spec(), Dataset.of(np.empty((2, 0)), np.empty(0), "empty"))
    descent = open_descent(replace(make_experiment(), problem=empty))
    state = descent.first_state()
    assert all(math.isnan(score) for score in state.scores[:5])
    assert (state.scores.penalty, state.scores.gradient_norm) == (0.0, 0.0)
    assert not state.gradient.vector.any()
    with pytest.raises(
        NoPoints, match=r"^There are no points to train on: paint some, or choose a data set\.$"
    ):
        descent.step(state)


def far_apart(magnitude=1e40, **chosen):
    """Return an experiment whose features are so large that the steps of a ReLU network explode."""
    X = magnitude * np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]])
    spec = Spec(**{"standardize": False, "test_fraction": 0, "activation": ("relu",), **chosen})
    return Experiment.of(spec, Dataset.of(X, np.array([0.0, 1.0, 1.0, 0.0]), "far apart"))


def test_divergence_keeps_the_last_finite_state(open_descent):
    descent = open_descent(far_apart(learning_rate=2.5))
    state = descent.first_state()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Diverged) as caught:
            while True:
                state = descent.step(state)
    assert caught.value.state is state
    assert math.isfinite(state.scores.train_cost)
    assert np.isfinite(state.parameters.vector).all()
    k = state.iteration
    assert k > 1
    message = str(caught.value)
    assert message.startswith(
        f"The cost stopped being finite at iteration {k + 1}, so training paused at {k}, "
    )
    assert "below 2.5" in message


def test_a_saturated_unit_does_not_hide_infinite_weights(open_descent):
    # sigmoid(±inf) is finite and so is the cost, but nobody can use or save such weights.
    X = 1.7e308 * np.array([[1.0, -1.0, 1.0] * 10, [1e-308] * 30])
    spec = Spec(
        standardize=False,
        test_fraction=0,
        hidden=(2,),
        activation=("sigmoid",),
        init="zeros",
        learning_rate=10,
    )
    descent = open_descent(Experiment.of(spec, Dataset.of(X, np.array([0.0, 1.0, 0.0] * 10), "huge")))
    state = descent.first_state()
    for _ in range(5):
        try:
            state = descent.step(state)
        except Diverged as diverged:
            state = diverged.state
            break
        assert np.isfinite(state.parameters.vector).all()
    assert math.isfinite(state.scores.train_cost)


def test_judging_other_points_keeps_parameters_and_iteration(make_experiment, open_descent):
    experiment = make_experiment()
    state = after(experiment, 7)
    other = replace(experiment, problem=make_experiment(data="xor").problem)
    moved = open_descent(other).state_at(state.parameters.vector, state.iteration)
    assert isinstance(moved, State)
    assert moved.iteration == 7
    assert moved.parameters.vector.tobytes() == state.parameters.vector.tobytes()
    assert moved.scores != state.scores
    assert isinstance(moved.scores, Scores)
