"""Brushes put points where they say, and chance comes from the generator alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.editing import brushes

CENTRE, RADII = (3.0, -1.0), (2.0, 0.5)


def scaled(places):
    """Return the places as the brush sees them: its middle is 0 and its rim 1 away."""
    return (places - np.array(CENTRE)[:, None]) / np.array(RADII)[:, None]


def test_the_uniform_spray_fills_the_brush_evenly():
    places = scaled(brushes.uniform(20_000, CENTRE, RADII, np.random.default_rng(1)))
    reach = np.hypot(*places)
    assert reach.max() <= 1
    # A disc's shares of area: within half the radius lies a quarter; each half plane has a half.
    assert np.mean(reach < 0.5) == pytest.approx(0.25, abs=0.02)
    assert np.mean(places > 0, axis=1) == pytest.approx([0.5, 0.5], abs=0.02)


def test_the_gaussian_spray_is_a_bell_of_half_the_radius():
    places = scaled(brushes.gaussian(20_000, CENTRE, RADII, np.random.default_rng(1)))
    assert places.mean(axis=1) == pytest.approx([0, 0], abs=0.02)
    assert places.std(axis=1) == pytest.approx([0.5, 0.5], abs=0.02)
    assert np.mean(np.hypot(*places) <= 1) == pytest.approx(1 - np.exp(-2), abs=0.02)


@pytest.mark.parametrize("spray", [brushes.uniform, brushes.gaussian])
def test_no_two_sprays_are_the_same_and_the_same_seed_gives_the_same(spray):
    random = np.random.default_rng(7)
    first, second = spray(5, CENTRE, RADII, random), spray(5, CENTRE, RADII, random)
    assert (first != second).all()
    np.testing.assert_array_equal(first, spray(5, CENTRE, RADII, np.random.default_rng(7)))


@given(st.floats(0, 30), st.floats(0, 2 * np.pi))
def test_a_line_has_even_steps_and_both_ends(length, angle):
    end = (length * np.cos(angle), length * np.sin(angle))
    places = brushes.line((0.0, 0.0), end, (1.0, 1.0))
    assert places.shape[1] == round(np.hypot(*end)) + 1
    np.testing.assert_array_equal(places[:, 0], 0)
    if places.shape[1] > 1:
        np.testing.assert_array_equal(places[:, -1], end)
        steps = np.hypot(*np.diff(places, axis=1))
        assert steps == pytest.approx(length / round(length))


def test_the_steps_of_a_line_are_those_of_the_screen():
    assert brushes.line((0.0, 0.0), (0.0, 10.0), (1.0, 5.0)).shape == (2, 3)
    assert brushes.line((0.0, 0.0), (10.0, 0.0), (1.0, 5.0)).shape == (2, 11)


def test_a_ring_is_on_its_ellipse_evenly():
    places = scaled(brushes.ring(CENTRE, RADII, (0.2, 0.05)))
    assert np.hypot(*places) == pytest.approx(1)
    assert places.shape[1] == round(2 * np.pi * 10)
    assert np.diff(np.unwrap(np.arctan2(places[1], places[0]))) == pytest.approx(2 * np.pi / places.shape[1])


def test_a_ring_too_small_for_three_points_is_one():
    assert brushes.ring(CENTRE, (0.1, 0.1), (1.0, 1.0)).tolist() == [[CENTRE[0]], [CENTRE[1]]]


def test_jitter_is_a_bell_around_each_place():
    places = np.random.default_rng(0).standard_normal((2, 20_000))
    way = brushes.jitter(places, RADII, 0.1, np.random.default_rng(2))
    assert way.std(axis=1) == pytest.approx([0.2, 0.05], rel=0.03)
    assert np.corrcoef(way[0], places[0])[0, 1] == pytest.approx(0, abs=0.03)


def test_the_magnet_pulls_inside_its_radius_only():
    places = np.array([[3.0, 4.0, 5.0, 6.0], [-1.0, -1.0, -1.0, -1.0]])  # 0, 1/2, 1 and 1 1/2 radii away
    way = brushes.magnet(places, CENTRE, RADII, 0.5)
    np.testing.assert_allclose(way, [[0.0, -0.25, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    np.testing.assert_array_equal(brushes.magnet(places, CENTRE, RADII, -0.5), -way)
