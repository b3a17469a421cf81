"""The plane on which points are drawn: there and back, and what it says of the features it leaves out."""

import numpy as np
import pytest

from engine.model.projection import Projection

RNG = np.random.default_rng(0)
X = RNG.normal([[1e6], [0.0], [-3.0], [2000.0]], [[10.0], [1e-3], [2.0], [5.0]], (4, 50))
NAMES = ("a", "b", "c", "d")
PLANES = {
    "columns": Projection.onto(X, NAMES, 3, 1),
    "components": Projection.principal(X, NAMES),
    "first two": Projection.of(X, NAMES),
}


@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_a_place_stands_for_the_point_that_is_drawn_there(plane):
    places = RNG.standard_normal((2, 20))
    points = plane.points(places)
    assert points.shape == (4, 20)
    np.testing.assert_allclose(plane.places(points), places, rtol=1e-6, atol=1e-6)


def test_two_features_are_drawn_and_painted_as_they_are():
    two = X[:2]
    plane = Projection.of(two, NAMES[:2])
    assert np.array_equal(plane.places(two), two)
    assert np.array_equal(plane.points(two), two)
    assert (plane.axes, plane.note, plane.columns) == (("a", "b"), "", (0, 1))


def test_the_other_features_have_their_mean():
    plane = PLANES["columns"]
    assert plane.axes == ("d", "b")
    assert np.array_equal(plane.places(X), X[[3, 1]])
    (point,) = plane.points(np.array([[5.0], [7.0]])).T
    np.testing.assert_allclose(point, [X[0].mean(), 7.0, X[2].mean(), 5.0], rtol=1e-12)
    assert plane.note == "the other 2 at their mean"
    assert Projection.of(X[:3], NAMES[:3]).note == "the other at its mean"


def test_one_feature_is_a_line():
    plane = Projection.of(X[:1], NAMES[:1])
    assert plane.axes == ("a", "")
    assert np.array_equal(plane.places(X[:1]), [X[0], np.zeros(50)])
    assert np.array_equal(plane.points(np.array([[4.0], [9.0]])), [[4.0]])
    assert plane.note == ""


def test_no_points_have_no_mean_and_zero_stands_in():
    for plane in (Projection.onto(X[:, :0], NAMES, 0, 1), Projection.principal(X[:, :0], NAMES)):
        assert not plane.origin.any()
        assert np.isfinite(plane.places(X)).all()


def test_the_components_are_those_of_the_singular_value_decomposition():
    plane = PLANES["components"]
    standard = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    _, lengths, V = np.linalg.svd(standard.T, full_matrices=False)
    expected = V[:2] @ standard
    expected *= np.sign((expected * plane.places(X)).sum(axis=1, keepdims=True))  # which end is up is free
    np.testing.assert_allclose(plane.places(X), expected, atol=1e-9)
    share = lengths[0] ** 2 / (lengths**2).sum()
    assert plane.axes[0] == f"principal component 1 ({share:.0%})"
    assert plane.note == "through the mean of all features"


def test_the_components_do_not_turn_round_from_one_time_to_the_next():
    turned = Projection.principal(X[:, ::-1], NAMES)
    np.testing.assert_allclose(turned.places(X), PLANES["components"].places(X), atol=1e-9)


def test_components_of_one_unit_are_those_of_the_points_as_they_are():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(4, 200)) * np.array([[9.0], [3.0], [0.1], [0.1]])
    names = ("a", "b", "c", "d")
    one, each = (Projection.principal(X, names, one_unit=unit) for unit in (True, False))
    directions = np.abs(one.directions / np.linalg.norm(one.directions, axis=0))
    np.testing.assert_allclose(directions, np.eye(4)[:, :2], atol=0.05)
    assert np.abs(each.readings[:, 2:]).max() > 1, "otherwise a feature that hardly varies counts as much"
    np.testing.assert_allclose(one.readings @ one.directions, np.eye(2), atol=1e-12)


def test_a_canvas_is_stretched_over_where_the_points_are_drawn():
    corners = np.array([[-1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])
    for plane in PLANES.values():
        places = plane.places(X)
        low, high = places.min(axis=1), places.max(axis=1)
        points = plane.stretched(corners, X)
        assert points.shape == (4, 3)
        expected = np.stack([low, high, (low + high) / 2], axis=1)
        np.testing.assert_allclose(plane.places(points), expected, rtol=1e-6, atol=1e-6)


def test_where_all_points_are_at_one_place_a_canvas_keeps_its_size():
    one = np.full((2, 7), [[3.0], [-5.0]])
    points = Projection.of(one, ("a", "b")).stretched(np.array([[-1.0, 1.0], [0.5, 0.0]]), one)
    np.testing.assert_array_equal(points, [[2.0, 4.0], [-4.5, -5.0]])
