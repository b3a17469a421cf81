"""Painting can be undone and redone to the last bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.dataset import Dataset
from engine.data.editing import Remove, add, clear, paint
from engine.data.editing.regions import in_ellipse

COORDINATES = st.floats(-2, 2, width=16)
RADII = st.floats(0.125, 2, width=16)
BRUSH = st.lists(st.tuples(COORDINATES, COORDINATES), max_size=5)
PAINT = st.tuples(st.just("paint"), BRUSH, st.integers(0, 1))
ERASE = st.tuples(st.just("erase"), st.tuples(COORDINATES, COORDINATES), st.tuples(RADII, RADII))
CLEAR = st.tuples(st.just("clear"))


def points(*rows):
    x, y, label = np.array(rows, dtype=float).reshape(-1, 3).T
    return Dataset.of(np.stack([x, y]), label.copy(), "points")


FOUR = points((0, 0, 0), (1, 0, 1), (0, 1, 0), (3, 3, 1))


def erase(places, centre, radii):
    """Return the removal of what is under a round brush."""
    return Remove(np.flatnonzero(in_ellipse(places, centre, radii)))


def edit_of(dataset, kind, *details):
    """Return the edit that a drawn operation stands for."""
    if kind == "paint":
        return paint(dataset, np.array(details[0], dtype=float).reshape(-1, 2).T, details[1])
    return erase(dataset.X, *details) if kind == "erase" else clear(dataset)


def bits(dataset):
    return dataset.X.tobytes(), dataset.Y.tobytes(), dataset.ids.tobytes(), dataset.held.tobytes(), dataset.m


@given(
    st.lists(st.tuples(COORDINATES, COORDINATES, st.integers(0, 1)), max_size=6),
    st.lists(st.one_of(PAINT, ERASE, CLEAR), max_size=12),
)
def test_undo_and_redo_are_exact(start, operations):
    dataset = points(*start)
    before, undos = [bits(dataset)], []
    for operation in operations:
        dataset, undo = edit_of(dataset, *operation).apply(dataset)
        assert np.unique(dataset.ids).size == dataset.m
        before.append(bits(dataset))
        undos.append(undo)
    redos = []
    for undo, expected in zip(reversed(undos), reversed(before[:-1]), strict=True):
        dataset, redo = undo.apply(dataset)
        assert bits(dataset) == expected
        redos.append(redo)
    for redo, expected in zip(reversed(redos), before[1:], strict=True):
        dataset, _ = redo.apply(dataset)
        assert bits(dataset) == expected


@pytest.mark.parametrize("label", [0, 1])
def test_painted_points_come_last_with_new_ids(label):
    changed, _ = paint(FOUR, np.array([[5.0, 6.0], [7.0, 8.0]]), label).apply(FOUR)
    np.testing.assert_array_equal(changed.X[:, :4], FOUR.X)
    np.testing.assert_array_equal(changed.X[:, 4:], [[5, 6], [7, 8]])
    assert changed.Y[0, 4:].tolist() == [label, label]
    assert changed.ids.tolist() == [0, 1, 2, 3, 4, 5]
    assert FOUR.m == 4


def test_erasing_keeps_the_ids_of_the_rest():
    changed, undo = erase(FOUR.X, (0.0, 0.0), (0.5, 1.5)).apply(FOUR)
    assert changed.ids.tolist() == [1, 3]
    again, _ = undo.apply(changed)
    assert again.ids.tolist() == [0, 1, 2, 3]
    painted, _ = paint(changed, np.zeros((2, 1)), 0).apply(changed)
    assert painted.ids.tolist() == [1, 3, 4]


@pytest.mark.parametrize(
    ("centre", "radii", "left"),
    [
        ((0, 0), (1, 1), [3]),  # the rim counts
        ((0, 0), (0.99, 1), [1, 3]),
        ((0, 0), (1, 0.99), [2, 3]),
        ((0.5, 0.5), (0.5, 0.5), [0, 1, 2, 3]),
        ((0.5, 0.5), (0.75, 0.75), [3]),
        ((-9, -9), (1, 1), [0, 1, 2, 3]),
    ],
)
def test_the_eraser_is_an_ellipse(centre, radii, left):
    changed, _ = erase(FOUR.X, centre, radii).apply(FOUR)
    assert changed.ids.tolist() == left


def test_clear_takes_everything_and_painting_goes_on():
    changed, undo = clear(FOUR).apply(FOUR)
    assert (changed.m, changed.counts, changed.X.shape, changed.Y.shape) == (0, (0, 0), (2, 0), (1, 0))
    painted, _ = paint(changed, np.array([[1.0], [2.0]]), 1).apply(changed)
    assert painted.counts == (0, 1)
    assert bits(undo.apply(changed)[0]) == bits(FOUR)


def test_names_stay_through_every_edit():
    named = Dataset.of(FOUR.X, FOUR.Y[0], "Penguins", feature_names=("bill", "depth"), class_names=("A", "C"))
    changed, undo = clear(named).apply(named)
    for each in (changed, undo.apply(changed)[0]):
        assert (each.title, each.feature_names, each.class_names) == (
            "Penguins",
            ("bill", "depth"),
            ("A", "C"),
        )


def test_points_of_both_classes_are_added_at_the_end_and_follow_the_split():
    dataset, undo = add(FOUR, np.array([[7.0, 8.0], [9.0, 6.0]]), np.array([[1.0, 0.0]])).apply(FOUR)
    assert dataset.X[:, 4:].tolist() == [[7.0, 8.0], [9.0, 6.0]]
    assert dataset.Y[0].tolist() == [0, 1, 0, 1, 1, 0]
    assert dataset.ids.tolist() == [0, 1, 2, 3, 4, 5] and not dataset.held.any()
    assert bits(undo.apply(dataset)[0]) == bits(FOUR)
