"""Every edit, applied and taken back, is the identity, bit for bit; a whole gesture is one difference."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.dataset import Dataset
from engine.data.editing import (
    Edits,
    Hold,
    Insert,
    Move,
    Relabel,
    Remove,
    difference,
    duplicate,
    paint,
    shift,
)

VALUES = st.floats(allow_nan=True, allow_infinity=True)
N_X = 3


def bits(dataset):
    """Return all of a set that an edit may change, as bytes."""
    arrays = (dataset.X, dataset.Y, dataset.ids, dataset.held)
    return tuple((array.shape, array.dtype.str, array.tobytes()) for array in arrays)


@st.composite
def sets(draw):
    """Draw a set of up to 8 points with any features, 0 and -0 among them."""
    m = draw(st.integers(0, 8))
    X = np.array(draw(st.lists(VALUES, min_size=N_X * m, max_size=N_X * m)), dtype=float).reshape(N_X, m)
    Y = np.array(draw(st.lists(st.integers(0, 1), min_size=m, max_size=m)), dtype=float)
    held = np.array(draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=bool)
    return Dataset.of(X, Y, "points", feature_names=("a", "b", "c"), held=held)


@st.composite
def edits_of(draw, dataset, depth=1):
    """Draw an edit that fits a set."""
    m = dataset.m
    kind = draw(st.sampled_from(["insert", "remove", "move", "relabel", "hold"] + ["edits"] * depth))
    if kind == "edits":
        parts = []
        for _ in range(draw(st.integers(0, 4))):
            parts.append(draw(edits_of(dataset, 0)))
            dataset, _ = parts[-1].apply(dataset)
        return Edits(tuple(parts))
    if kind == "insert":
        k = draw(st.integers(0, 4))
        rows = draw(st.lists(st.integers(0, m + k - 1), min_size=k, max_size=k, unique=True)) if k else []
        X = np.array(draw(st.lists(VALUES, min_size=N_X * k, max_size=N_X * k)), dtype=float)
        held = np.array(draw(st.lists(st.booleans(), min_size=k, max_size=k)), dtype=bool)
        new = dataset.next_id + np.arange(k)
        return Insert(np.array(sorted(rows), dtype=np.intp), X.reshape(N_X, k), np.ones((1, k)), new, held)
    rows = np.array(draw(st.lists(st.integers(0, m - 1), unique=True)) if m else [], dtype=np.intp)
    k = rows.size
    if kind == "remove":
        return Remove(np.sort(rows))
    if kind == "move":
        X = np.array(draw(st.lists(VALUES, min_size=N_X * k, max_size=N_X * k)), dtype=float)
        return Move(rows, X.reshape(N_X, k))
    if kind == "relabel":
        Y = draw(st.lists(st.integers(0, 1), min_size=k, max_size=k))
        return Relabel(rows, np.array(Y, dtype=float).reshape(1, k))
    return Hold(rows, np.array(draw(st.lists(st.booleans(), min_size=k, max_size=k)), dtype=bool))


@given(st.data())
def test_an_edit_and_its_inverse_are_the_identity(data):
    before = data.draw(sets())
    first = bits(before)
    edit = data.draw(edits_of(before))
    after, inverse = edit.apply(before)
    again, forward = inverse.apply(after)
    assert bits(again) == first
    assert bits(forward.apply(again)[0]) == bits(after)
    assert bits(before) == first, "the set itself never changes"
    assert after.lineage is before.lineage
    assert not any(array.flags.writeable for array in (after.X, after.Y, after.ids, after.held))


@given(st.data())
def test_the_difference_of_a_gesture_is_as_good_as_its_steps(data):
    before = data.draw(sets())
    after, _ = data.draw(edits_of(before)).apply(before)
    found = difference(before, after)
    assert bits(found.forward.apply(before)[0]) == bits(after)
    assert bits(found.back.apply(after)[0]) == bits(before)
    assert (found.size == 0) == (bits(before) == bits(after))


def three_features(m=5):
    X = np.random.default_rng(3).standard_normal((3, m))
    return Dataset.of(X, np.zeros(m), "points", feature_names=("a", "b", "c"))


def test_the_difference_counts_each_point_once():
    before = three_features()
    rows = np.array([1, 3])
    both = Edits(
        (Move(rows, np.zeros((3, 2))), Relabel(rows, np.ones((1, 2))), Hold(rows, np.ones(2, dtype=bool)))
    )
    assert difference(before, both.apply(before)[0]).size == 2
    away_and_back = Edits((Relabel(rows, np.ones((1, 2))), Relabel(rows, np.zeros((1, 2)))))
    assert difference(before, away_and_back.apply(before)[0]).size == 0
    changed, _ = Remove(rows).apply(before)
    changed, _ = paint(changed, np.zeros((3, 4)), 1).apply(changed)
    assert difference(before, changed).size == 6


def test_a_point_moves_within_the_plane_and_keeps_its_other_features():
    before = three_features()
    directions = np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]])  # c goes across, a goes up
    after, _ = shift(before, np.array([0, 4]), directions, np.array([[0.5], [-2.0]])).apply(before)
    np.testing.assert_array_equal(after.X[1], before.X[1])
    np.testing.assert_array_equal(after.X[:, 1:4], before.X[:, 1:4])
    np.testing.assert_array_equal(after.X[2, [0, 4]], before.X[2, [0, 4]] + 0.5)
    np.testing.assert_array_equal(after.X[0, [0, 4]], before.X[0, [0, 4]] - 2.0)
    assert after.painted and not before.painted


def test_copies_are_new_points_with_the_same_class_and_use():
    before = Dataset.of(
        np.arange(6.0).reshape(2, 3), np.array([0.0, 1.0, 1.0]), "t", held=np.array([True, False, True])
    )
    after, inverse = duplicate(before, np.array([0, 2])).apply(before)
    assert after.ids.tolist() == [0, 1, 2, 3, 4]
    assert after.Y[0].tolist() == [0, 1, 1, 0, 1]
    assert after.held.tolist() == [True, False, True, True, True]
    np.testing.assert_array_equal(after.X[:, 3:], before.X[:, [0, 2]])
    assert bits(inverse.apply(after)[0]) == bits(before)


@pytest.mark.parametrize(
    "edit", [Relabel(np.array([1]), np.ones((1, 1))), Hold(np.array([1]), np.array([True]))]
)
def test_other_classes_and_uses_make_a_painted_set_until_they_are_taken_back(edit):
    before = three_features()
    after, inverse = edit.apply(before)
    assert after.painted
    assert not inverse.apply(after)[0].painted
