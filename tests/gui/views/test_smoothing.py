"""The smoothed curve is the median of a centred window, found in little time."""

import numpy as np
import pytest

from gui.views.smoothing import SIDE, smooth


def by_force(x, y, width):
    """Return the median of every window, one by one."""
    medians = []
    for place in range(len(x)):
        before = sum(abs(x[:place] - x[place]) <= width / 2)
        after = sum(abs(x[place + 1 :] - x[place]) <= width / 2)
        reach = min(before, after)
        medians.append(np.median(y[place - reach : place + reach + 1]))
    return np.array(medians)


@pytest.mark.parametrize("width", [0.0, 1.0, 7.0, 24.0, 2.0 * SIDE, 500.0])
@pytest.mark.parametrize("n", [3, 4, 60, 90])
def test_it_is_the_median_of_each_window(n, width):
    rng = np.random.default_rng(n)
    x, y = np.cumsum(rng.integers(1, 4, n)).astype(float), rng.normal(size=n)
    if n > 2 * SIDE + 1 and width > 2 * SIDE:
        width = 2.0 * SIDE  # beyond, an even choice of the values is looked at
    places, medians = smooth(x, y, width, n)
    np.testing.assert_array_equal(places, x)
    np.testing.assert_array_equal(medians, by_force(x, y, width))


def test_at_fewer_places_it_is_the_same():
    rng = np.random.default_rng(1)
    x, y = np.arange(1000.0), rng.normal(size=1000)
    places, medians = smooth(x, y, 40.0, 100)
    np.testing.assert_array_equal(places, [*range(0, 999, 8), 999])
    np.testing.assert_array_equal(medians, by_force(x, y, 40.0)[places.astype(int)])


def test_what_only_falls_stays_and_so_does_a_step():
    x = np.arange(5000.0)
    falling = np.exp(-x / 40)
    places, medians = smooth(x, falling, 600.0, 400)
    np.testing.assert_array_equal(medians, falling[places.astype(int)])
    step = np.where(x < 2500, 2.0, 1.0)
    places, medians = smooth(x, step, 600.0, 400)
    np.testing.assert_array_equal(medians, step[places.astype(int)])


def test_of_a_long_curve_it_is_near_the_median_of_all():
    rng = np.random.default_rng(2)
    n, width = 262_144, 13_000
    x, y = np.arange(float(n)), rng.normal(size=n)
    places, medians = smooth(x, y, float(width), 300)
    assert 300 <= len(places) <= 601
    inner = (places > width) & (places < n - width)
    exact = [np.median(y[int(k) - width // 2 : int(k) + width // 2 + 1]) for k in places[inner]]
    assert np.abs(medians[inner] - exact).max() < 0.7, (
        "a fifth of what single values scatter, and seldom more"
    )
    assert medians[inner].std() < 0.25


def test_a_spike_is_gone_and_short_curves_stay():
    y = np.ones(200)
    y[77] = 1e300
    assert smooth(np.arange(200.0), y, 20.0, 200)[1].max() == 1.0
    for n in (0, 1, 2):
        x = np.arange(float(n))
        assert smooth(x, x, 10.0, 50)[1].tolist() == x.tolist()
