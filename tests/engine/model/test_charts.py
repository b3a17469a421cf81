"""Where parameters lie on a plane: there and back again."""

import numpy as np
import pytest

from engine.model.charts import Chart, parameter_names
from engine.model.network import Network, Parameters, initialize
from engine.model.surfaces import Plane, random_plane

NETWORK = Network((2, 3, 1), ("tanh",))
PARAMETERS = initialize(NETWORK, "he", np.random.default_rng(1))


def a_path(steps: int = 30) -> np.ndarray:
    """A curve that leaves the plane of its two long directions a little."""
    generator = np.random.default_rng(2)
    long, short, odd = np.linalg.qr(generator.standard_normal((NETWORK.parameter_count, 3)))[0].T
    t = np.linspace(0.0, 1.0, steps)[:, None]
    return 5 * t * long + np.sin(3 * t) * short + 0.01 * np.sin(20 * t) * odd


CHARTS = {
    "two parameters": Chart.of_two(NETWORK, 4, 1),
    "a path": Chart.of_path(a_path()),
    "at random": Chart(random_plane(PARAMETERS, np.random.default_rng(3)), PARAMETERS.vector),
    "a first step": Chart.of_first_step(PARAMETERS, PARAMETERS, np.random.default_rng(4)),
    "askew": Chart(Plane(np.eye(13)[0], np.eye(13)[0] + 0.1 * np.eye(13)[1]), np.ones(13)),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_what_is_moved_to_a_place_lies_there_and_moved_along_the_plane(chart):
    vector = np.random.default_rng(5).standard_normal(NETWORK.parameter_count)
    moved = chart.moved(vector, np.array([0.3, -2.0]))
    np.testing.assert_allclose(chart.places(moved), [0.3, -2.0], atol=1e-9)
    assert chart.distance(vector, moved) == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(chart.moved(moved, chart.places(vector)), vector, atol=1e-9)
    many = np.stack([vector, moved])
    np.testing.assert_allclose(chart.places(many)[:, 1], chart.places(moved), atol=1e-12)


def test_the_places_of_two_parameters_are_their_values():
    vector = PARAMETERS.vector
    chart = Chart.of_two(NETWORK, 4, 1)
    np.testing.assert_array_equal(chart.places(vector), vector[[4, 1]])
    other = vector.copy()
    other[[4, 1]] += 7.0
    other[0] += 3.0
    assert chart.distance(vector, other) == pytest.approx(3.0)


def test_a_path_begins_at_the_upper_left_and_ends_in_the_middle():
    path = a_path()
    for each in (path, -path):
        chart = Chart.of_path(each)
        across, up = chart.places(each[0])
        assert across < 0 <= up
        np.testing.assert_allclose(chart.places(each[-1]), 0.0, atol=1e-12)
        assert max(chart.distance(each[-1], vector) for vector in each) < 0.05
        assert chart.plane.share > 0.99


def test_a_first_step_goes_to_the_right():
    gradient = Parameters(NETWORK, np.arange(13.0))
    chart = Chart.of_first_step(PARAMETERS, gradient, np.random.default_rng(0))
    across, up = chart.places(PARAMETERS.vector - 0.5 * gradient.vector)
    assert across == pytest.approx(0.5 * np.linalg.norm(gradient.vector))
    assert up == pytest.approx(0.0, abs=1e-9)
    nothing = Parameters(NETWORK, np.zeros(13))
    still = Chart.of_first_step(PARAMETERS, nothing, np.random.default_rng(0))
    np.testing.assert_allclose([np.linalg.norm(each) for each in still.plane[:2]], 1.0)


def test_every_parameter_has_the_name_of_its_place():
    assert parameter_names(Network((2, 1))) == ["W1[1,1]", "W1[1,2]", "b1[1]"]
    names = parameter_names(NETWORK)
    assert len(set(names)) == len(names) == NETWORK.parameter_count
    vector = np.arange(13.0)
    first, second = Parameters(NETWORK, vector)
    assert vector[names.index("W1[3,2]")] == first.W[2, 1]
    assert vector[names.index("b1[2]")] == first.b[1, 0]
    assert vector[names.index("W2[1,3]")] == second.W[0, 2]
