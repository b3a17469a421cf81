"""An iteration that is opened shows the numbers that its update really uses."""

import numpy as np
import pytest

from engine.training.batches import Batches
from engine.training.opened import CHECKABLE, CHECKED, LOOKED_AT, Opened


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"model": "logistic", "loss": "squared"},
        {"hidden": (5, 3), "activation": ("tanh", "relu"), "batch_size": 32},
        {"l1": 0.01, "l2": 0.1, "optimizer": "adam"},
        {"precision": "single"},
    ],
    ids=str,
)
def test_the_gradient_is_the_mean_over_the_examples_looked_at(make_experiment, open_descent, chosen):
    experiment = make_experiment(**chosen)
    descent = open_descent(experiment)
    state = descent.first_state()
    for _ in range(13):
        state = descent.step(state)
    opened = Opened.of_all(experiment, state)
    close = 1e-6 if chosen.get("precision") == "single" else 1e-14
    np.testing.assert_allclose(opened.gradient.vector, opened.parts.back.gradient.vector, atol=close)
    assert opened.parts.losses.mean() == pytest.approx(
        state.scores.batch_cost - state.scores.penalty, abs=close
    )
    places = Batches(320, experiment.spec.batch_size, experiment.spec.init_seed)[13]
    assert opened.columns.tolist() == places.tolist()
    assert opened.m == places.size


def test_of_many_examples_the_first_and_the_last_are_looked_at(make_experiment, open_descent):
    experiment = make_experiment(samples=LOOKED_AT + 500, test_fraction=0.0)
    state = open_descent(experiment).first_state()
    opened = Opened.of_all(experiment, state)
    assert opened.m == LOOKED_AT + 500
    assert opened.columns.tolist() == [*range(LOOKED_AT - 1), LOOKED_AT + 499]
    np.testing.assert_array_equal(opened.gradient.vector, state.gradient.vector)
    assert opened.checked().examples == CHECKED


def test_one_example_has_the_numbers_of_its_own(make_experiment, open_descent):
    experiment = make_experiment(samples=50)
    problem = experiment.problem
    state = open_descent(experiment).first_state()
    for row in range(problem.dataset.m):
        column = problem.column(row)
        assert problem.rows[column] == row
        assert (column >= problem.m_train) == problem.test[row]
        np.testing.assert_array_equal(
            problem.X[:2, column], problem.standardization.apply(problem.dataset.X)[:, row]
        )
    row = int(np.flatnonzero(problem.test)[3])
    opened = Opened.of_one(experiment, state, row)
    assert opened.X.shape == (2, 1)
    assert opened.Y[0, 0] == problem.dataset.Y[0, row]
    np.testing.assert_array_equal(opened.gradient.vector, opened.parts.example_gradient(0).vector)


def test_the_gradient_is_checked_by_differences_where_that_does_not_take_too_long(
    make_experiment, open_descent
):
    experiment = make_experiment()
    state = open_descent(experiment).first_state()
    for opened in (Opened.of_one(experiment, state, 3), Opened.of_all(experiment, state)):
        checked = opened.checked()
        assert opened.is_checkable
        assert checked.relative < 1e-8
        assert checked.examples == min(opened.m, CHECKED)
        np.testing.assert_allclose(checked.exact.vector, checked.numerical.vector, atol=1e-9)
    large = make_experiment(hidden=(64, 64))
    assert large.network.parameter_count > CHECKABLE
    assert not Opened.of_one(large, open_descent(large).first_state(), 0).is_checkable
