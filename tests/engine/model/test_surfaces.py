"""The grid behind the heat map says what the network says."""

import numpy as np
import pytest

from engine.data.sources import load_data
from engine.model.activations import ACTIVATIONS, sigmoid
from engine.model.features import with_features
from engine.model.network import Network, Parameters, initialize, logits
from engine.model.papers import forward
from engine.model.projection import Projection
from engine.model.standardization import Standardization
from engine.model.surfaces import (
    Rectangle,
    cost_surface,
    decision_grid,
    parameter_plane,
    path_plane,
    random_plane,
    unit_grids,
)
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.landscape import Cost
from engine.training.spec import Spec

LINE = Network((2, 1))
FLAT = Projection.of(np.empty((2, 0)), ("x", "y"))
# z = 2 x - 3 y + 1/2
PARAMETERS = Parameters.of(LINE, [(np.array([[2.0, -3.0]]), np.array([[0.5]]))])


def test_rows_are_y_and_columns_are_x():
    grid = decision_grid(
        LINE, PARAMETERS, Standardization.none(2), FLAT, Rectangle((-1.0, 1.0), (0.0, 4.0), 3, 5)
    )
    assert grid.x.tolist() == [-1.0, 0.0, 1.0]
    assert grid.y.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    expected = [[2 * x - 3 * y + 0.5 for x in grid.x] for y in grid.y]
    np.testing.assert_array_equal(grid.Z, expected)


def test_the_edges_are_included_exactly():
    grid = decision_grid(
        LINE, PARAMETERS, Standardization.none(2), FLAT, Rectangle((-0.3, 0.7), (-1.1, 1.3), 200, 100)
    )
    assert (grid.x[0], grid.x[-1], grid.y[0], grid.y[-1]) == (-0.3, 0.7, -1.1, 1.3)
    assert grid.Z.shape == (100, 200)


def test_places_are_in_the_persons_own_units():
    standardization = Standardization(np.array([[40.0], [18.0]]), np.array([[5.0], [2.0]]))
    grid = decision_grid(LINE, PARAMETERS, standardization, FLAT, Rectangle((40.0, 45.0), (18.0, 20.0), 2, 2))
    # The mean becomes (0, 0), one deviation more becomes 1.
    np.testing.assert_array_equal(grid.Z, [[0.5, 2.5], [-2.5, -0.5]])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_it_agrees_with_the_network(activation):
    network = Network((2, 8, 8, 1), (activation, activation))
    parameters = initialize(network, "he", np.random.default_rng(0))
    before = [layer.W.copy() for layer in parameters]
    standardization = Standardization(np.array([[3.0], [-1.0]]), np.array([[0.1], [20.0]]))
    grid = decision_grid(
        network, parameters, standardization, FLAT, Rectangle((2.8, 3.2), (-50.0, 50.0), 40, 30)
    )
    x, y = np.meshgrid(grid.x, grid.y)
    exact = logits(network, parameters, standardization.apply(np.stack([x.ravel(), y.ravel()])))
    np.testing.assert_allclose(grid.Z.ravel(), exact[0], rtol=1e-4, atol=1e-5)
    assert all(np.array_equal(a, layer.W) for a, layer in zip(before, parameters, strict=True))


def test_the_maps_of_all_units_end_in_the_map_of_the_output():
    network = Network((2, 4, 3, 1), ("tanh", "relu"))
    parameters = initialize(network, "xavier", np.random.default_rng(1))
    place = Rectangle((-2.0, 1.0), (0.0, 3.0), 9, 7)
    grids = unit_grids(network, parameters, Standardization.none(2), FLAT, place)
    assert [grid.shape for grid in grids] == [(4, 7, 9), (3, 7, 9), (1, 7, 9)]
    output = decision_grid(network, parameters, Standardization.none(2), FLAT, place)
    np.testing.assert_allclose(grids[-1][0], sigmoid(output.Z), atol=1e-6)
    x, y = output.x[2], output.y[5]
    passed = forward(network, parameters, np.array([[x], [y]]))
    for grid, A in zip(grids, passed.A[1:], strict=True):
        np.testing.assert_allclose(grid[:, 5, 2], A[:, 0], atol=1e-6)


def test_the_grids_know_the_inputs_that_were_made():
    network = Network((3, 1))
    parameters = Parameters.of(network, [(np.array([[0.0, 0.0, 1.0]]), np.zeros((1, 1)))])
    standardization = Standardization(np.array([[1.0], [2.0]]), np.array([[2.0], [4.0]]))
    place = Rectangle((-3.0, 5.0), (-2.0, 6.0), 5, 5)
    grid = decision_grid(network, parameters, standardization, FLAT, place, features=("x1_x2",))
    x, y = np.meshgrid((grid.x - 1) / 2, (grid.y - 2) / 4)
    np.testing.assert_allclose(grid.Z, x * y, atol=1e-6)


@pytest.mark.parametrize("features", [(), ("x1_x2", "sin_x1")])
@pytest.mark.parametrize("columns", [(0, 1), (4, 2), None])
def test_a_network_with_many_inputs_is_seen_on_any_plane(columns, features):
    rng = np.random.default_rng(2)
    X = rng.normal([[1e6], [0.0], [-3.0], [2000.0], [7.0]], [[10.0], [1e-3], [2.0], [5.0], [1.0]], (5, 60))
    network = Network((5 + len(features), 6, 1), ("tanh",))
    parameters = initialize(network, "xavier", rng)
    standardization = Standardization.of(X)
    names = tuple("abcde")
    plane = Projection.onto(X, names, *columns) if columns else Projection.principal(X, names)
    low, high = plane.places(X).min(axis=1), plane.places(X).max(axis=1)
    rectangle = Rectangle((low[0], high[0]), (low[1], high[1]), 12, 9)
    grid = decision_grid(network, parameters, standardization, plane, rectangle, features)
    x, y = np.meshgrid(grid.x, grid.y)
    seen = standardization.apply(plane.points(np.stack([x.ravel(), y.ravel()])))
    exact = logits(network, parameters, with_features(seen, features))
    np.testing.assert_allclose(grid.Z.ravel(), exact[0], rtol=1e-4, atol=2e-5)
    units = unit_grids(network, parameters, standardization, plane, rectangle, features)
    np.testing.assert_allclose(units[-1][0], sigmoid(grid.Z), atol=1e-6)


def bowl(theta):
    """Return a cost (k,) of vectors (k, n) whose lowest place is (1, 2, 0, …)."""
    return (theta[:, 0] - 1) ** 2 + 3 * (theta[:, 1] - 2) ** 2 + (theta[:, 2:] ** 2).sum(axis=1)


def test_the_cost_over_two_parameters_is_exact():
    network = Network((2, 1))
    plane = parameter_plane(network, 0, 1)
    a, b = np.linspace(-1, 3, 5), np.linspace(0, 4, 9)
    costs = cost_surface(bowl, np.zeros(3), plane, a, b)
    assert costs.shape == (9, 5)
    np.testing.assert_array_equal(costs, (a - 1) ** 2 + 3 * (b[:, None] - 2) ** 2)
    assert cost_surface(lambda theta: np.full(len(theta), np.nan), np.zeros(3), plane, a, b).min() == np.inf


def test_the_cost_over_a_plane_at_a_state_is_that_of_the_state():
    spec = Spec(samples=40, l2=0.1)
    experiment = Experiment.of(spec, load_data(spec.data, spec.samples, spec.noise, spec.data_seed))
    descent = Descent(experiment)
    state = descent.step(descent.first_state())
    plane = random_plane(state.parameters, np.random.default_rng(0))
    nowhere = np.array([0.0])
    costs = cost_surface(Cost(experiment), state.parameters.vector, plane, nowhere, nowhere)
    assert costs.item() == pytest.approx(state.scores.train_cost, rel=1e-14)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (3, 0, r"^parameter 3 is outside \[0, 2\]$"),
        (0, -1, r"^parameter -1 is outside \[0, 2\]$"),
        (1, 1, "name two different ones$"),
    ],
)
def test_parameters_that_make_no_plane(first, second, words):
    with pytest.raises(ValueError, match=words):
        parameter_plane(Network((2, 1)), first, second)


def test_random_directions_are_as_long_as_each_units_weights():
    network = Network((2, 5, 1), ("tanh",))
    parameters = initialize(network, "he", np.random.default_rng(3))
    plane = random_plane(parameters, np.random.default_rng(4))
    for direction in plane[:2]:
        for part, (W, _b) in zip(network.joined(direction), parameters, strict=True):
            np.testing.assert_allclose(np.linalg.norm(part[:, :-1], axis=1), np.linalg.norm(W, axis=1))
            assert not part[:, -1].any(), "biases stay"
    assert not np.array_equal(plane.across, plane.up)


def test_the_plane_of_a_path_holds_the_path():
    # The path goes 3 along one direction and 1 along another, so the plane shows all of it, the longer one first.
    first, second = np.eye(6)[[4, 1]]
    path = np.array([3 * (1 - t) * first + np.sin(6 * t) * second for t in np.linspace(0, 1, 30)])
    plane = path_plane(path)
    assert abs(plane.across @ first) > 0.9
    assert plane.share == pytest.approx(1.0)
    seen = (path - path[-1]) @ np.stack([plane.across, plane.up]).T
    back = path[-1] + seen @ np.stack([plane.across, plane.up])
    np.testing.assert_allclose(back, path, atol=1e-12)


def test_a_path_without_a_plane():
    with pytest.raises(ValueError, match="never moves"):
        path_plane(np.ones((4, 3)))
