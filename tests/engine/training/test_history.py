"""The curve of a run keeps everything while it fits, then every second row, and what was published stays."""

import numpy as np
import pytest

from engine.training.history import CAPACITY, COLUMNS, History
from engine.training.step import Scores, State


def state_at(iteration):
    return State(iteration, (), (), Scores(1 / (iteration + 1), 2.0 * iteration, 0.5, float("nan")))


def history_of(count, capacity):
    history = History(capacity)
    for iteration in range(count):
        history.append(state_at(iteration))
    return history


def iterations(history):
    return history.curve().column("iteration").astype(int).tolist()


def test_the_columns_are_those_of_the_file():
    assert COLUMNS == ("iteration", "train_cost", "test_cost", "train_accuracy", "test_accuracy")


def test_it_begins_empty():
    curve = History(4).curve()
    assert curve.rows.shape == (0, 5)
    assert curve.column("train_cost").shape == (0,)


def test_a_row_holds_the_scores():
    curve = history_of(3, 8).curve()
    np.testing.assert_array_equal(
        curve.rows, [[0, 1, 0, 0.5, np.nan], [1, 1 / 2, 2, 0.5, np.nan], [2, 1 / 3, 4, 0.5, np.nan]]
    )
    assert curve.column("test_cost").tolist() == [0, 2, 4]
    with pytest.raises(ValueError, match="not in tuple"):
        curve.column("loss")


def test_every_iteration_is_kept_while_there_is_room():
    assert iterations(history_of(16, 16)) == list(range(16))


@pytest.mark.parametrize(
    ("count", "kept"),
    [
        (17, range(0, 17, 2)),
        (18, range(0, 18, 2)),
        (31, range(0, 31, 2)),
        (32, range(0, 32, 2)),
        (33, range(0, 33, 4)),
        (1000, range(0, 1000, 64)),
    ],
)
def test_a_full_history_keeps_every_second_row(count, kept):
    history = history_of(count, 16)
    assert iterations(history) == list(kept)
    rows = history.curve().rows
    np.testing.assert_array_equal(rows, [history_of(count, 2000).curve().rows[i] for i in kept])


def test_it_never_holds_less_than_half_of_what_fits():
    history = History(64)
    for iteration in range(5000):
        history.append(state_at(iteration))
        assert len(history.curve().rows) >= min(iteration + 1, 32)
        assert len(history.curve().rows) <= 64


def test_it_may_go_on_from_any_iteration():
    history = History(8)
    for iteration in range(1000, 1020):
        history.append(state_at(iteration))
    assert iterations(history) == [1000, 1004, 1008, 1012, 1016]


def test_published_curves_stay_as_they_were():
    history, published = History(16), []
    for iteration in range(200):
        history.append(state_at(iteration))
        curve = history.curve()
        published.append((curve, curve.rows.copy()))
    for curve, before in published:
        np.testing.assert_array_equal(curve.rows, before)


def test_a_curve_cannot_be_written_and_shares_its_memory():
    history = history_of(10, 16)
    first, second = history.curve(), history.curve()
    assert np.shares_memory(first.rows, second.rows)
    with pytest.raises(ValueError, match="read-only"):
        first.rows[0, 0] = 1
    with pytest.raises(AttributeError):
        first.rows = second.rows
    history.append(state_at(10))
    assert len(history.curve().rows) == 11


def test_ten_minutes_at_full_speed_fit_into_little_memory():
    assert CAPACITY * len(COLUMNS) * 8 <= 16 * 2**20
