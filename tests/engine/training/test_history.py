"""The curve of a run keeps everything while it fits, then every second row, and what was published stays."""

import itertools
import tracemalloc

import numpy as np
import pytest

from engine.model.network import Network, Parameters
from engine.training.history import COLUMNS, CURVE_SHARE, MEMORY, ROW, History
from engine.training.state import Scores, State

NOTHING = Parameters(Network((2, 1)), np.zeros(3))


def state_at(iteration, parameters=NOTHING):
    scores = Scores(1 / (iteration + 1), 2.0 * iteration, 0.5, float("nan"), 0.25, 0.0, 3.0)
    return State(iteration, parameters, NOTHING, scores, (), iteration, iteration)


FULL = 128  # rows; the least there is


def history_for(capacity):
    """Return a history with room for so many rows, for which no time passes."""
    return History(int(capacity * ROW.size / CURVE_SHARE), clock=lambda: 0.0)


def history_of(count, capacity=FULL):
    history = history_for(capacity)
    for iteration in range(count):
        history.append(state_at(iteration))
    return history


def iterations(history):
    return history.curve().column("iteration").astype(int).tolist()


def test_the_columns_are_those_of_the_file():
    assert COLUMNS == (
        "iteration",
        "train_cost",
        "test_cost",
        "train_accuracy",
        "test_accuracy",
        "batch_cost",
        "penalty",
        "gradient_norm",
    )


def test_it_begins_empty():
    curve = history_for(FULL).curve()
    assert curve.rows.shape == (0, 8)
    assert curve.column("train_cost").shape == (0,)


def test_a_row_holds_the_scores():
    curve = history_of(3).curve()
    np.testing.assert_array_equal(
        curve.rows,
        [
            [0, 1, 0, 0.5, np.nan, 0.25, 0, 3],
            [1, 1 / 2, 2, 0.5, np.nan, 0.25, 0, 3],
            [2, 1 / 3, 4, 0.5, np.nan, 0.25, 0, 3],
        ],
    )
    assert curve.column("test_cost").tolist() == [0, 2, 4]
    assert curve.column("gradient_norm").tolist() == [3, 3, 3]
    with pytest.raises(ValueError, match="not in tuple"):
        curve.column("loss")


def test_every_iteration_is_kept_while_there_is_room():
    assert iterations(history_of(FULL)) == list(range(FULL))


@pytest.mark.parametrize(
    ("count", "kept"),
    [
        (129, range(0, 129, 2)),
        (130, range(0, 130, 2)),
        (255, range(0, 255, 2)),
        (256, range(0, 256, 2)),
        (257, range(0, 257, 4)),
        (8000, range(0, 8000, 64)),
    ],
)
def test_a_full_history_keeps_every_second_row(count, kept):
    history = history_of(count)
    assert iterations(history) == list(kept)
    rows = history.curve().rows
    np.testing.assert_array_equal(rows, history_of(count, 8000).curve().rows[kept])


def test_it_never_holds_less_than_half_of_what_fits():
    history = history_for(FULL)
    for iteration in range(5000):
        history.append(state_at(iteration))
        assert len(history.curve().rows) >= min(iteration + 1, FULL // 2)
        assert len(history.curve().rows) <= FULL


def test_looking_at_the_curve_does_not_change_it():
    watched, unwatched = history_for(FULL), history_for(FULL)
    for iteration in range(3000):
        watched.append(state_at(iteration))
        unwatched.append(state_at(iteration))
        if iteration % 7 == 0:
            watched.curve()
    np.testing.assert_array_equal(watched.curve().rows, unwatched.curve().rows)


def test_it_may_go_on_from_any_iteration():
    history = history_for(FULL)
    for iteration in range(1000, 1320):
        history.append(state_at(iteration))
    assert iterations(history) == list(range(1000, 1320, 4))


def test_published_curves_stay_as_they_were():
    history, published = history_for(FULL), []
    for iteration in range(1600):
        history.append(state_at(iteration))
        curve = history.curve()
        published.append((curve, curve.rows.copy()))
    for curve, before in published:
        np.testing.assert_array_equal(curve.rows, before)


def test_a_curve_cannot_be_written_and_shares_its_memory():
    history = history_of(10)
    first, second = history.curve(), history.curve()
    assert np.shares_memory(first.rows, second.rows)
    with pytest.raises(ValueError, match="read-only"):
        first.rows[0, 0] = 1
    with pytest.raises(AttributeError):
        first.rows = second.rows
    history.append(state_at(10))
    assert len(history.curve().rows) == 11


def test_ten_minutes_at_full_speed_fit_into_little_memory():
    assert MEMORY * CURVE_SHARE <= 16 * 2**20
    # Every append is a tick of the clock here, so every state would be kept if there were room.
    memory, ticks = 2**19, itertools.count()
    network = Network((30, 8, 1), ("tanh",))
    tracemalloc.start()
    try:
        history = History(memory, clock=lambda: float(next(ticks)))
        for iteration in range(20_000):
            parameters = Parameters(network, np.full(network.parameter_count, float(iteration)))
            history.append(state_at(iteration, parameters))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most <= memory


def test_scores_that_were_not_taken_are_not_numbers():
    history = history_for(FULL)
    history.append(state_at(0))
    history.append(state_at(1)._replace(scored_at=0))
    np.testing.assert_array_equal(history.curve().rows[1], [1, *[np.nan] * 4, 0.25, 0, 3])
