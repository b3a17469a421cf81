"""Ends, ticks and levels that a person can read."""

import numpy as np
import pytest

from gui.views.scales import PADDING, apart, ends_around, level_lines, log_ticks, round_up, said


@pytest.mark.parametrize(
    ("value", "end"), [(1.0, 1.0), (1.1, 1.5), (9.0, 10.0), (0.0021, 0.003), (4321, 5000)]
)
def test_ends_are_round_and_not_below(value: float, end: float) -> None:
    assert round_up(value) == pytest.approx(end)


def test_ticks_of_many_powers_are_few() -> None:
    (ticks,) = log_ticks(-12, 0)
    assert len(ticks) <= 7 and ticks[0] == (-12.0, "10⁻¹²")
    (ticks,) = log_ticks(-1, 0)
    assert [words for _, words in ticks] == ["0.1", "0.2", "0.5", "1", "2", "5"]


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.1, 3.0), (1e-9, 1e9), (0.693, 0.694), (0.3, 0.5), (1.0, 1e300), (2.0, 2.0), (1e-4, 7e-4)],
)
def test_levels_lie_between_and_are_few(low: float, high: float) -> None:
    levels = level_lines(low, high)
    assert all(low < level < high for level in levels)
    assert np.all(np.diff(levels) > 0)
    assert (4 <= len(levels) <= 12) == (high > low)
    assert all(float(f"{level:.6g}") == pytest.approx(level) for level in levels)


@pytest.mark.parametrize(
    ("places", "low", "high"),
    [
        ([[0.0, 10.0], [-1.0, 1.0]], [-10 * PADDING, -1 - 2 * PADDING], [10 + 10 * PADDING, 1 + 2 * PADDING]),
        ([[3.0], [100.0]], [2.0, 100 - 100 * PADDING], [4.0, 100 + 100 * PADDING]),
        ([[], []], [-1 - 2 * PADDING] * 2, [1 + 2 * PADDING] * 2),
    ],
)
def test_axes_leave_some_air_around_the_points(
    places: list[list[float]], low: list[float], high: list[float]
) -> None:
    np.testing.assert_allclose(ends_around(np.array(places)), [low, high])


def test_axes_end_where_a_plot_can_still_be_drawn() -> None:
    low, high = ends_around(np.array([[-1.7e308, 1.7e308], [0.0, 1e-320]]))
    assert np.isfinite(low).all() and np.isfinite(high).all() and (high > low).all()


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (0.25, "0.25"), (3e-5, "3·10⁻⁵"), (1e-6, "10⁻⁶"), (-2.5e-7, "-2.5·10⁻⁷"), (1e12, "10¹²")],
)
def test_numbers_are_said_as_short_as_they_can_be_read(value: float, words: str) -> None:
    assert said(value) == words


def test_what_is_too_close_is_moved_apart_in_its_order_and_stays_within() -> None:
    places = np.array([0.0, 5.0, 5.1, 9.9, 10.0])
    moved = apart(places, 1.0, 0.0, 10.0)
    assert np.diff(moved).min() >= 1.0 - 1e-12
    assert moved.min() >= 0.5 and moved.max() <= 9.5
    assert moved[1:3] == pytest.approx([4.55, 5.55])
    assert moved[0] == 0.5, "as far as it must, and no farther"
    assert apart(np.array([7.0, 3.0]), 1.0, 0.0, 10.0).tolist() == [7.0, 3.0]
