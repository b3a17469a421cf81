"""What decides the numbers of a run, and what does not."""

import warnings
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from engine.data.dataset import Dataset, held_out
from engine.data.generators import generate
from engine.model.network import Network
from engine.model.standardization import Standardization
from engine.training.experiment import Experiment, Problem
from engine.training.spec import Spec

MOONS = generate("moons", 200, 0.1, 3)


def parameter_bytes(experiment):
    return experiment.start.vector.tobytes()


def test_the_split_puts_every_point_on_one_side():
    problem = Problem.of(Spec(test_fraction=0.25, split_seed=3), MOONS)
    assert problem.X_train.shape == (2, 150)
    assert problem.Y_train.shape == (1, 150)
    assert problem.X_test.shape == (2, 50)
    assert problem.Y_test.shape == (1, 50)
    np.testing.assert_array_equal(problem.test, held_out(MOONS, 0.25, 3))
    np.testing.assert_array_equal(problem.Y_train, MOONS.Y[:, ~problem.test])
    np.testing.assert_array_equal(problem.X_test, problem.standardization.apply(MOONS.X)[:, problem.test])


def test_the_test_points_have_no_say_in_the_standardization():
    X = np.array([[0.0, 2.0, 0.0, 2.0, 1e6, -1e9], [5.0, 5.0, 5.0, 5.0, 7.0, 9.0]])
    dataset = Dataset.of(X, np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0]), "t")
    for seed in range(200):
        problem = Problem.of(Spec(test_fraction=0.3, split_seed=seed), dataset)
        if problem.test[4:].all():
            break
    assert problem.test.tolist() == [False] * 4 + [True] * 2
    np.testing.assert_array_equal(problem.standardization.mean, [[1.0], [5.0]])
    np.testing.assert_array_equal(problem.standardization.scale, [[1.0], [1.0]])
    np.testing.assert_array_equal(problem.X_train, [[-1, 1, -1, 1], [0, 0, 0, 0]])
    np.testing.assert_array_equal(problem.X_test, [[1e6 - 1, -1e9 - 1], [2, 4]])


def test_standardizing_can_be_switched_off_or_taken_over():
    plain = Problem.of(Spec(standardize=False, test_fraction=0), MOONS)
    assert plain.standardization.changes_nothing
    np.testing.assert_array_equal(plain.X_train, MOONS.X)
    kept = Standardization(np.ones((2, 1)), np.full((2, 1), 2.0))
    taken = Problem.of(Spec(standardize=False, test_fraction=0), MOONS, kept)
    assert taken.standardization is kept
    np.testing.assert_array_equal(taken.X_train, (MOONS.X - 1) / 2)


def test_no_test_points_and_no_points_at_all():
    none = Problem.of(Spec(test_fraction=0), MOONS)
    assert none.X_test.shape == (2, 0)
    assert none.Y_test.shape == (1, 0)
    empty = Problem.of(Spec(), Dataset.of(np.empty((2, 0)), np.empty(0), "empty"))
    assert empty.X_train.shape == empty.X_test.shape == (2, 0)
    assert empty.standardization.changes_nothing


@pytest.mark.parametrize(
    "changed",
    [
        {"learning_rate": 0.01},
        {"hidden": (16, 16)},
        {"model": "logistic"},
        {"init_seed": 9},
        {"init": "he"},
        {"activation": ("relu",)},
        {"standardize": False},
        {"noise": 0.5},
        {"samples": 9000},
        {"features": ("sin_x1",)},
        {"batch_size": 10},
        {"optimizer": "adam"},
        {"precision": "single"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_split_stays_when_another_setting_changes(changed):
    before = Problem.of(Spec(split_seed=4), MOONS)
    after = Problem.of(Spec(split_seed=4, **changed), MOONS)
    np.testing.assert_array_equal(before.test, after.test)


def test_the_split_stays_when_the_noise_moves_the_points():
    clean, noisy = generate("moons", 100, 0.0, 1), generate("moons", 100, 0.8, 1)
    np.testing.assert_array_equal(Problem.of(Spec(), clean).test, Problem.of(Spec(), noisy).test)


def test_another_split_seed_splits_otherwise_and_touches_no_point():
    before, after = (Problem.of(Spec(split_seed=seed), MOONS) for seed in (0, 1))
    assert (before.test != after.test).any() and before.test.sum() == after.test.sum()
    assert before.dataset is after.dataset
    same = Problem.of(Spec(data_seed=9), MOONS)
    np.testing.assert_array_equal(before.test, same.test)


def test_the_start_depends_on_its_own_seed_alone():
    base = Experiment.of(Spec(init_seed=5), MOONS)
    same = Experiment.of(Spec(init_seed=5, data_seed=9, learning_rate=2, noise=1), generate("xor", 40, 1, 9))
    other = Experiment.of(Spec(init_seed=6), MOONS)
    assert parameter_bytes(base) == parameter_bytes(same)
    assert parameter_bytes(base) != parameter_bytes(other)


def test_the_start_is_drawn_as_the_spec_says():
    experiment = Experiment.of(Spec(hidden=(3,), init="zeros", learning_rate=0.25), MOONS)
    assert str(experiment.network) == "2-3-1"
    assert experiment.spec.learning_rate == 0.25
    assert not experiment.start.vector.any()


def test_the_start_is_not_made_of_the_numbers_that_placed_the_points():
    # On the command line one seed is both; weights that are the first points' own coordinates are no draw.
    dataset = generate("blobs", 400, 0.0, 7)
    placed = (dataset.X - np.where(dataset.Y == 1, 0.55, -0.55)).ravel()
    W = Experiment.of(Spec(hidden=(16,), init="normal", init_seed=7), dataset).start[0].W.ravel()
    assert abs(np.corrcoef(W, placed[: W.size])[0, 1]) < 0.6


def test_one_spec_one_experiment_to_the_last_bit():
    first, second = (Experiment.of(Spec(), generate("moons", 200, 0.1, 0)) for _ in range(2))
    assert parameter_bytes(first) == parameter_bytes(second)
    assert first.problem.X.tobytes() == second.problem.X.tobytes()
    assert first.problem.Y.tobytes() == second.problem.Y.tobytes()


def test_training_reads_whole_rows_of_memory():
    problem = Problem.of(Spec(), MOONS)
    assert problem.X.flags.c_contiguous
    assert problem.Y.flags.c_contiguous
    views = (problem.X_train, problem.Y_train, problem.X_test, problem.Y_test)
    for view, whole in zip(views, (problem.X, problem.Y) * 2, strict=True):
        assert np.shares_memory(view, whole)
        assert view.strides == whole.strides
        assert not view.flags.writeable


def test_the_points_to_train_on_come_first_above_a_row_of_ones():
    problem = Problem.of(Spec(test_fraction=0.25), MOONS)
    assert problem.X.shape == (3, 200)
    assert problem.m_train == 150
    assert (problem.X[-1] == 1.0).all()
    np.testing.assert_array_equal(problem.X[:-1], np.hstack([problem.X_train, problem.X_test]))
    np.testing.assert_array_equal(problem.Y, np.hstack([problem.Y_train, problem.Y_test]))
    np.testing.assert_array_equal(problem.inputs(MOONS.X[:, problem.test]), problem.X_test)


def test_other_points_another_experiment():
    experiment = Experiment.of(Spec(), MOONS)
    xor = generate("xor", 50, 0.1, 0)
    changed = experiment.changed(Spec(), xor)
    assert changed.problem.dataset is xor
    assert changed.problem.standardization is experiment.problem.standardization
    assert np.array_equal(changed.problem.X, Problem.of(Spec(), xor, experiment.problem.standardization).X)
    assert np.array_equal(experiment.changed(Spec(), xor, rescaled=True).problem.X, Problem.of(Spec(), xor).X)
    assert changed.start is experiment.start
    assert experiment.problem.dataset is MOONS
    with pytest.raises(FrozenInstanceError):
        experiment.spec = Spec(learning_rate=1.0)


def test_only_what_decides_the_points_prepares_them_again():
    experiment = Experiment.of(Spec(), MOONS)
    assert experiment.changed(Spec(learning_rate=1.0), MOONS).problem is experiment.problem
    for spec in (Spec(test_fraction=0.5), Spec(split_seed=3)):
        changed = experiment.changed(spec, MOONS)
        assert np.array_equal(changed.problem.test, Problem.of(spec, MOONS).test)
        assert changed.problem.standardization is experiment.problem.standardization


def test_points_with_other_inputs_do_not_fit():
    three = Dataset.of(np.ones((3, 2)), np.array([0.0, 1.0]), "t", feature_names=("a", "b", "c"))
    with pytest.raises(ValueError, match=r"^the 2-4-1 network takes 2 inputs, and the data has 3$"):
        Experiment.of(Spec(), MOONS).changed(Spec(), three, rescaled=True)
    with pytest.raises(ValueError, match=r"^the 3-1 network takes 3 inputs, and the data has 2$"):
        replace(Experiment.of(Spec(), MOONS), network=Network((3, 1)))


def test_inputs_that_overflow_are_no_warning():
    far = Standardization(np.full((2, 1), 1e308), np.full((2, 1), 1e-300))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = Problem.of(Spec(features=("x1_squared",)), MOONS, far)
    assert np.isinf(found.X[:-1]).all()
