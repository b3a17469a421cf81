"""Long curves made short: the outline stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.views.decimation import decimate


def test_a_short_curve_comes_back_as_it_is() -> None:
    x, y = np.arange(300.0), np.sin(np.arange(300.0))
    shown = decimate(x, y, 100)
    assert shown[0] is x and shown[1] is y


@pytest.mark.parametrize("place", [0, 1, 4999, 5000, 123_456, 999_998, 999_999])
@pytest.mark.parametrize("height", [9.0, -9.0])
def test_a_spike_of_one_point_survives(place: int, height: float) -> None:
    x = np.arange(1_000_000.0)
    y = np.sin(x / 1e5)
    y[place] = height
    shown_x, shown_y = decimate(x, y, 400)
    assert height in shown_y
    assert shown_x[shown_y == height] == [place]


def test_a_million_points_become_about_two_for_each_pixel() -> None:
    x = np.arange(1_000_000.0)
    shown_x, _ = decimate(x, np.cos(x), 400)
    assert 400 <= len(shown_x) <= 4 * 400


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 3000), pixels=st.integers(1, 400), seed=st.integers(0, 99))
def test_the_curve_keeps_its_order_its_ends_of_range_and_only_true_points(
    n: int, pixels: int, seed: int
) -> None:
    x = np.arange(float(n))
    y = np.random.default_rng(seed).standard_normal(n).cumsum()
    shown_x, shown_y = decimate(x, y, pixels)
    assert len(shown_x) == len(shown_y)
    assert np.all(np.diff(shown_x) > 0)
    assert np.array_equal(y[shown_x.astype(int)], shown_y)
    if n:
        assert shown_y.min() == y.min() and shown_y.max() == y.max()


def test_each_run_of_pixels_keeps_its_highest_and_its_lowest_point() -> None:
    y = np.random.default_rng(3).standard_normal(10_000)
    x = np.arange(10_000.0)
    shown_x, shown_y = decimate(x, y, 100)
    for start in range(0, 10_000, 100):
        inside = (shown_x >= start) & (shown_x < start + 100)
        assert shown_y[inside].max() == y[start : start + 100].max()
        assert shown_y[inside].min() == y[start : start + 100].min()


def test_missing_costs_at_the_end_do_not_hide_the_others() -> None:
    y = np.linspace(1.0, 0.1, 10_000)
    y[5000:] = np.nan  # the test points were erased in the middle of the run
    _, shown = decimate(np.arange(10_000.0), y, 100)
    assert np.isfinite(shown).sum() >= 90
