"""The grid behind the heat map says what the network says."""

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.network import Network, Parameters, initialize, logits
from engine.model.standardization import Standardization
from engine.model.surfaces import decision_grid

LINE = Network((2, 1))
# z = 2 x - 3 y + 1/2
PARAMETERS = Parameters.of(LINE, [(np.array([[2.0, -3.0]]), np.array([[0.5]]))])


def test_rows_are_y_and_columns_are_x():
    grid = decision_grid(LINE, PARAMETERS, Standardization.none(2), (-1.0, 1.0), (0.0, 4.0), 3, 5)
    assert grid.x.tolist() == [-1.0, 0.0, 1.0]
    assert grid.y.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    expected = [[2 * x - 3 * y + 0.5 for x in grid.x] for y in grid.y]
    np.testing.assert_array_equal(grid.Z, expected)


def test_the_edges_are_included_exactly():
    grid = decision_grid(LINE, PARAMETERS, Standardization.none(2), (-0.3, 0.7), (-1.1, 1.3), 200, 100)
    assert (grid.x[0], grid.x[-1], grid.y[0], grid.y[-1]) == (-0.3, 0.7, -1.1, 1.3)
    assert grid.Z.shape == (100, 200)


def test_places_are_in_the_persons_own_units():
    standardization = Standardization(np.array([[40.0], [18.0]]), np.array([[5.0], [2.0]]))
    grid = decision_grid(LINE, PARAMETERS, standardization, (40.0, 45.0), (18.0, 20.0), 2, 2)
    # The mean becomes (0, 0), one deviation more becomes 1.
    np.testing.assert_array_equal(grid.Z, [[0.5, 2.5], [-2.5, -0.5]])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_it_agrees_with_the_network(activation):
    network = Network((2, 8, 8, 1), (activation, activation))
    parameters = initialize(network, "he", np.random.default_rng(0))
    before = [layer.W.copy() for layer in parameters]
    standardization = Standardization(np.array([[3.0], [-1.0]]), np.array([[0.1], [20.0]]))
    grid = decision_grid(network, parameters, standardization, (2.8, 3.2), (-50.0, 50.0), 40, 30)
    x, y = np.meshgrid(grid.x, grid.y)
    exact = logits(network, parameters, standardization.apply(np.stack([x.ravel(), y.ravel()])))
    np.testing.assert_allclose(grid.Z.ravel(), exact[0], rtol=1e-4, atol=1e-5)
    assert all(np.array_equal(a, layer.W) for a, layer in zip(before, parameters, strict=True))
