"""What lies under a brush, in a rectangle and in a lasso, against the plain definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.editing.regions import along, in_ellipse, in_polygon, in_rectangle, nearest

COORDINATE = st.floats(-2, 2, width=16)
PAIR = st.tuples(COORDINATE, COORDINATE)
RADII = st.tuples(st.floats(0.125, 2, width=16), st.floats(0.125, 2, width=16))
PLACES = np.random.default_rng(5).uniform(-2, 2, (2, 300))


def distance(places, centre, radii):
    """Return how many radii each place is away."""
    return np.hypot(*((places.T - centre) / np.array(radii)).T)


@given(PAIR, RADII)
def test_in_the_ellipse_is_what_is_one_radius_away(centre, radii):
    far = distance(PLACES, centre, radii)
    sure = np.abs(far - 1) > 1e-9
    np.testing.assert_array_equal(in_ellipse(PLACES, centre, radii)[sure], (far <= 1)[sure])


@given(PAIR, PAIR, RADII)
def test_along_a_way_is_what_the_brush_goes_over(start, end, radii):
    stops = np.linspace(start, end, 2000)
    far = np.min([distance(PLACES, stop, radii) for stop in stops[::10]], axis=0)
    found = along(PLACES, start, end, radii)
    gap = np.hypot(*((np.array(end) - start) / np.array(radii))) / 199  # between two of the stops
    assert found[far <= 1 - 1e-9].all()
    assert (far[found] <= 1 + gap).all()


def test_a_rectangle_has_its_corners_in_any_order():
    places = np.array([[0.0, 1.0, 0.5, 0.5, -0.1, 0.5], [0.0, 2.0, 1.0, 2.1, 1.0, -0.1]])
    expected = [True, True, True, False, False, False]
    for one, other in (((0, 0), (1, 2)), ((1, 0), (0, 2)), ((1, 2), (0, 0))):
        assert in_rectangle(places, one, other).tolist() == expected


def test_a_lasso_goes_around_hollows():
    horseshoe = np.array([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)], dtype=float).T
    places = np.array([(0.5, 2), (1.5, 2), (2.5, 2), (1.5, 0.5), (4, 2), (-1, 2)]).T
    assert in_polygon(places, horseshoe).tolist() == [True, False, True, True, False, False]


@given(st.integers(3, 40), PAIR, RADII, st.booleans())
def test_a_lasso_of_many_corners_is_an_ellipse(corners, centre, radii, backwards):
    angle = 2 * np.pi * np.arange(corners) / corners
    polygon = np.array(centre)[:, None] + np.array(radii)[:, None] * [np.cos(angle), np.sin(angle)]
    far = distance(PLACES, centre, radii)
    found = in_polygon(PLACES, polygon[:, ::-1] if backwards else polygon)
    assert found[far < np.cos(np.pi / corners) - 1e-9].all()
    assert not found[far > 1 + 1e-9].any()


@pytest.mark.parametrize("corners", [0, 1, 2])
def test_a_lasso_with_no_area_holds_nothing(corners):
    assert not in_polygon(PLACES, PLACES[:, :corners]).any()


@given(PAIR, RADII)
def test_the_nearest_is_nearest_and_near(place, radii):
    far = distance(PLACES, place, radii)
    found = nearest(PLACES, place, radii)
    if found is None:
        assert far.min() > 1 - 1e-9
    else:
        assert far[found] == pytest.approx(far.min())
        assert far[found] <= 1 + 1e-9


def test_of_points_at_one_place_the_last_is_nearest_because_it_is_on_top():
    assert nearest(np.zeros((2, 4)), (0.0, 0.0), (1.0, 1.0)) == 3
    assert nearest(np.zeros((2, 0)), (0.0, 0.0), (1.0, 1.0)) is None
