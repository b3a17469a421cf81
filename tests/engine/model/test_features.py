"""Inputs made from the two that were measured: right numbers, at the right place, everywhere the same."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.features import FEATURES, with_features
from engine.training.experiment import Experiment, Problem
from engine.training.settings import SettingError
from engine.training.spec import Spec
from tests.engine.training.driver import after

X = np.array([[0.0, 2.0, -3.0], [math.pi / 2, -1.0, 0.5]])
BY_HAND = {
    "x1_squared": [0.0, 4.0, 9.0],
    "x2_squared": [math.pi**2 / 4, 1.0, 0.25],
    "x1_x2": [0.0, -2.0, -1.5],
    "sin_x1": [0.0, math.sin(2), -math.sin(3)],
    "sin_x2": [1.0, -math.sin(1), math.sin(0.5)],
}


def test_each_feature_is_worked_by_hand_and_has_words():
    assert list(FEATURES) == list(BY_HAND)
    for name, feature in FEATURES.items():
        assert feature.name == name and feature.label and feature.help.endswith(".")
        np.testing.assert_allclose(with_features(X, [name]), [*X, BY_HAND[name]], rtol=1e-15, atol=1e-16)


def test_they_stand_below_the_inputs_in_the_order_asked_for():
    made = with_features(X, ["sin_x2", "x1_squared"])
    np.testing.assert_allclose(made, [*X, BY_HAND["sin_x2"], BY_HAND["x1_squared"]], rtol=1e-15)
    assert with_features(X, []) is X
    assert with_features(X.astype(np.float32), FEATURES).dtype == np.float32


def test_of_many_inputs_the_first_two_are_taken():
    three = np.vstack([X, [[7.0, 8.0, 9.0]]])
    np.testing.assert_array_equal(with_features(three, ["x1_x2"]), [*three, X[0] * X[1]])


def test_what_does_not_fit_is_told():
    known = "x1_squared, x2_squared, x1_x2, sin_x1, sin_x2"
    with pytest.raises(ValueError, match=rf"^feature 'cube' is not one of {known}$"):
        with_features(X, ["x1_x2", "cube"])
    with pytest.raises(ValueError, match=r"^features such as sin_x1 need two inputs, and there is 1$"):
        with_features(X[:1], ["sin_x1"])
    with pytest.raises(SettingError, match=rf"^features 'cube' is not one of {known}\.$"):
        Spec(features=("cube",))


def test_the_spec_keeps_one_order():
    assert Spec(features=("sin_x1", "x1_squared")) == Spec(features=("x1_squared", "sin_x1", "sin_x1"))


def test_too_large_inputs_overflow_silently():
    with np.errstate(all="raise"):
        assert with_features(np.full((2, 1), 1e200), ["x1_squared"])[2, 0] == math.inf


def test_the_network_sees_them_made_from_standardized_inputs(make_experiment):
    experiment = make_experiment(features=("x1_x2", "sin_x2"), model="logistic", precision="single")
    problem = experiment.problem
    assert experiment.network.sizes == (4, 1)
    assert problem.X.shape == (5, 400) and problem.X.dtype == np.float32
    seen = problem.inputs(problem.dataset.X[:, ~problem.test]).astype(np.float32)
    np.testing.assert_array_equal(problem.X_train, seen)
    np.testing.assert_array_equal(problem.X[-1], 1.0)
    x1, x2 = problem.standardization.apply(problem.dataset.X[:, problem.test])
    np.testing.assert_array_equal(problem.X_test, np.vstack([x1, x2, x1 * x2, np.sin(x2)]).astype(np.float32))


def test_a_network_of_other_inputs_is_refused(make_experiment):
    experiment = make_experiment()
    more = Problem.of(Spec(features=("x1_x2",)), experiment.problem.dataset)
    with pytest.raises(ValueError, match=r"^the 2-4-1 network takes 2 inputs, and the data has 3$"):
        replace(experiment, problem=more)
    line = Dataset.of(np.ones((1, 4)), np.array([0.0, 1.0, 0.0, 1.0]), "line", feature_names=("x",))
    with pytest.raises(ValueError, match="features x1_x2 need two columns, and the data has 1"):
        Experiment.of(Spec(features=("x1_x2",)), line)


@pytest.mark.parametrize(
    ("data", "features"), [("circles", ("x1_squared", "x2_squared")), ("xor", ("x1_x2",))]
)
def test_a_line_in_them_solves_what_a_line_cannot(make_experiment, data, features):
    accuracies = []
    for chosen in ((), features):
        experiment = make_experiment(data=data, model="logistic", features=chosen, learning_rate=2)
        state = after(experiment, 300)
        accuracies.append(state.scores.test_accuracy)
    assert accuracies[0] < 0.7 < 0.95 < accuracies[1]
