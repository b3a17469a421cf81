"""A set of points never changes, and its split into training and test depends on nothing but id, class and seed."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import dataset as dataset_module
from engine.data.dataset import DataError, Dataset, held_out
from engine.data.editing import Hold, Remove, paint
from engine.data.generators import GENERATORS, generate

SEEDS = st.integers(0, 2**31 - 1)


def points(*classes):
    """Return a set with so many points of class 0 and of class 1."""
    Y = np.repeat([0.0, 1.0], classes)
    X = np.random.default_rng(0).standard_normal((2, Y.size))
    return Dataset.of(X, Y, "points")


def per_class(dataset, test):
    return tuple(int(test[dataset.Y[0] == label].sum()) for label in (0.0, 1.0))


def test_points_are_numbered_from_0():
    dataset = points(3, 2)
    assert dataset.ids.tolist() == [0, 1, 2, 3, 4]
    assert dataset.X.shape == (2, 5)
    assert dataset.Y.tolist() == [[0, 0, 0, 1, 1]]
    assert (dataset.m, dataset.counts, dataset.next_id) == (5, (3, 2), 5)


def test_an_empty_set_is_a_set():
    dataset = points(0, 0)
    assert (dataset.m, dataset.counts, dataset.next_id) == (0, (0, 0), 0)
    assert held_out(dataset, 0.5, 0).shape == (0,)


def test_nothing_can_be_written():
    dataset = points(2, 2)
    with pytest.raises(FrozenInstanceError):
        dataset.title = "other"
    for array in (dataset.X, dataset.Y, dataset.ids, dataset.held):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_other_points_keep_the_names():
    dataset = Dataset.of(
        np.zeros((2, 1)),
        np.ones(1),
        "t",
        feature_names=("a", "b"),
        class_names=("no", "yes"),
        same_units=True,
    )
    other = dataset.with_points(np.ones((2, 3)), np.zeros((1, 3)), np.array([4, 5, 9]))
    assert (other.title, other.feature_names, other.class_names, other.same_units) == (
        "t",
        ("a", "b"),
        ("no", "yes"),
        True,
    )
    assert (other.m, other.next_id) == (3, 10)
    assert dataset.m == 1


@pytest.mark.parametrize(("X", "Y", "ids"), [((2, 3), (1, 2), 3), ((2, 3), (3, 1), 3), ((2, 3), (1, 3), 2)])
def test_arrays_that_do_not_belong_together(X, Y, ids):
    with pytest.raises(ValueError, match="do not belong together"):
        Dataset(np.zeros(X), np.zeros(Y), np.arange(ids), "t")


def test_each_feature_has_a_name():
    with pytest.raises(ValueError, match="do not belong together"):
        Dataset.of(np.zeros((3, 1)), np.zeros(1), "t")


def test_an_image_may_have_any_number_of_features():
    names = tuple(f"pixel {i}" for i in range(64))
    assert Dataset.of(np.zeros((64, 2)), np.array([0.0, 1.0]), "digits", feature_names=names).m == 2


def test_more_points_than_fit(monkeypatch):
    monkeypatch.setattr(dataset_module, "MAX_POINTS", 1000)
    assert points(500, 500).m == 1000
    with pytest.raises(DataError, match=r"^points has 1,001 points; at most 1,000 can be used\.$"):
        points(500, 501)


@pytest.mark.parametrize(
    ("classes", "fraction", "expected"),
    [
        ((200, 200), 0.2, (40, 40)),
        ((151, 68), 0.2, (30, 14)),  # 30.2 and 13.6
        ((10, 10), 0.0, (0, 0)),
        ((10, 10), 0.9, (9, 9)),
        ((4, 4), 0.9, (3, 3)),  # 3.6 would be all four
        ((2, 2), 0.9, (1, 1)),
        ((1, 9), 0.9, (0, 8)),
        ((1, 1), 0.9, (0, 0)),
        ((0, 5), 0.4, (0, 2)),
    ],
)
def test_the_count_of_each_class_is_exact(classes, fraction, expected):
    dataset = points(*classes)
    for seed in range(5):
        assert per_class(dataset, held_out(dataset, fraction, seed)) == expected


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0, 0.9), SEEDS)
def test_a_point_of_each_class_stays_for_training(zeros, ones, fraction, seed):
    dataset = points(zeros, ones)
    held = per_class(dataset, held_out(dataset, fraction, seed))
    for count, out in zip((zeros, ones), held, strict=True):
        assert abs(out - fraction * count) <= 0.5 or out == count - 1
        assert out < count or count == 0


@given(st.floats(0, 0.9), st.floats(0, 0.9), SEEDS)
def test_a_larger_fraction_only_adds(first, second, seed):
    dataset = points(30, 50)
    smaller, larger = (held_out(dataset, fraction, seed) for fraction in sorted((first, second)))
    assert not (smaller & ~larger).any()


def test_one_seed_one_split():
    dataset = points(200, 200)
    first = held_out(dataset, 0.2, 5)
    np.testing.assert_array_equal(first, held_out(dataset, 0.2, 5))
    assert (first != held_out(dataset, 0.2, 6)).any()


def test_it_is_about_ids_not_places_nor_values():
    dataset = points(20, 30)
    order = np.random.default_rng(1).permutation(dataset.m)
    moved = dataset.with_points(7 * dataset.X[:, order] + 1, dataset.Y[:, order], dataset.ids[order])
    np.testing.assert_array_equal(held_out(moved, 0.3, 2), held_out(dataset, 0.3, 2)[order])


@given(st.integers(0, 49), st.floats(0, 0.9), SEEDS)
def test_erasing_a_point_moves_at_most_one_other_of_its_class(row, fraction, seed):
    before = points(20, 30)
    after, _ = Remove(np.array([row])).apply(before)
    was, now = held_out(before, fraction, seed), held_out(after, fraction, seed)
    moved = np.delete(was, row) != now
    assert moved.sum() <= 1
    assert not moved[after.Y[0] != before.Y[0, row]].any()


@given(st.integers(0, 1), st.floats(0, 0.9), SEEDS)
def test_painting_a_point_moves_at_most_one_other_of_its_class(label, fraction, seed):
    before = points(20, 30)
    after, _ = paint(before, np.zeros((2, 1)), label).apply(before)
    was, now = held_out(before, fraction, seed), held_out(after, fraction, seed)[:-1]
    assert (was != now).sum() <= 1
    assert not (was != now)[before.Y[0] != label].any()


@given(st.sets(st.integers(0, 49)), st.floats(0, 0.9), SEEDS)
def test_points_painted_for_the_test_are_in_it_and_move_no_other_across(rows, fraction, seed):
    plain = points(20, 30)
    rows = np.array(sorted(rows), dtype=int)
    painted, _ = Hold(rows, np.ones(rows.size, dtype=bool)).apply(plain)
    test = held_out(painted, fraction, seed)
    assert test[rows].all()
    others = np.delete(np.arange(50), rows)
    rest, _ = Remove(rows).apply(plain)
    np.testing.assert_array_equal(test[others], held_out(rest, fraction, seed)[: others.size])


def test_a_new_split_keeps_the_points_painted_for_the_test():
    dataset, _ = paint(points(20, 30), np.zeros((2, 4)), 1, held=True).apply(points(20, 30))
    for fraction in (0.0, 0.2, 0.9):
        for seed in range(5):
            assert held_out(dataset, fraction, seed)[-4:].all()
    assert np.count_nonzero(held_out(dataset, 0.0, 0)) == 4


@pytest.mark.parametrize("name", GENERATORS)
def test_the_split_knows_nothing_of_where_the_points_are(name):
    # Drawn from the very numbers that placed the points, the split took those with the smallest angle.
    skews = []
    for seed in range(30):
        dataset = generate(name, 400, 0.0, seed)
        test = held_out(dataset, 0.2, seed)
        for label in (0.0, 1.0):
            members = dataset.Y[0] == label
            x, out = dataset.X[:, members], test[members]
            # In standard errors: about normal with deviation 1 when the draw is independent.
            error = x.std(axis=1) * np.sqrt(1 / out.sum() - 1 / out.size)
            skews.append((x[:, out].mean(axis=1) - x.mean(axis=1)) / error)
    skews = np.array(skews)  # (60, 2)
    assert np.abs(skews).max() < 4.5
    assert (np.abs(skews.mean(axis=0)) < 4 / np.sqrt(len(skews))).all()
    np.testing.assert_allclose(skews.std(axis=0), 1.0, atol=0.4)


def test_the_held_out_moons_lie_at_every_angle():
    for seed in range(30):
        dataset = generate("moons", 400, 0.0, seed)
        upper = dataset.Y[0] == 0
        x, y = dataset.X[:, upper] + [[0.375], [0.1875]]  # the half circle around the origin again
        angle = np.arctan2(y, x)  # uniform on [0, pi]: mean pi / 2, deviation pi / sqrt(12)
        out = held_out(dataset, 0.2, seed)[upper]
        assert out.sum() == 40
        assert abs(angle[out].mean() - angle.mean()) < 4 * np.pi / np.sqrt(12 * 40)
        assert angle[out].min() < 0.5
        assert angle[out].max() > np.pi - 0.5
