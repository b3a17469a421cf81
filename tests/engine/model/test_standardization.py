"""Standardized inputs have mean 0 and deviation 1, whatever the person's units."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.model.standardization import Standardization


def test_worked_by_hand():
    # (1, 3, 8): mean 4, variance (9 + 1 + 16) / 3 = 26/3
    X = np.array([[1.0, 3.0, 8.0]])
    standardization = Standardization.of(X)
    assert standardization.mean.tolist() == [[4.0]]
    np.testing.assert_allclose(standardization.scale, [[np.sqrt(26 / 3)]], rtol=1e-15)
    np.testing.assert_allclose(standardization.apply(X), np.array([[-3.0, -1.0, 4.0]]) / np.sqrt(26 / 3))


@given(arrays(np.float64, (3, 12), elements=st.floats(-1e6, 1e6).filter(lambda x: x == 0 or abs(x) > 1e-3)))
def test_mean_0_and_deviation_1(X):
    standardization = Standardization.of(X)
    assert standardization.mean.shape == standardization.scale.shape == (3, 1)
    assert (standardization.scale > 0).all()
    varies = X.std(axis=1) > 1e-6 * np.abs(X).max(axis=1)
    Z = standardization.apply(X)[varies]
    np.testing.assert_allclose(Z.mean(axis=1), 0.0, atol=1e-8)
    np.testing.assert_allclose(Z.std(axis=1), 1.0, rtol=1e-8)


@pytest.mark.parametrize("m", [1, 10, 77, 100, 320])
@pytest.mark.parametrize("value", [0.0, 5.0, 0.1, 0.3, -1 / 3, 5.1])
def test_a_feature_that_never_varies_keeps_scale_1(value, m):
    # The mean of equal numbers is rounded, so their deviation is not always exactly 0.
    standardization = Standardization.of(np.full((1, m), value))
    assert standardization.scale.tolist() == [[1.0]]
    np.testing.assert_allclose(standardization.apply(np.array([[value + 1]])), [[1.0]], rtol=1e-12)


@pytest.mark.parametrize("size", [1e-100, 1e-3, 1e150, 1e200, 1e308])
def test_any_finite_unit_will_do(size):
    X = np.array([[-1.0, 1.0, -1.0, 1.0, 0.5]]) * size
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Z = Standardization.of(X).apply(X)
    np.testing.assert_allclose(Z.mean(), 0.0, atol=1e-12)
    np.testing.assert_allclose(Z.std(), 1.0, rtol=1e-12)


def test_other_points_are_moved_the_same_way():
    standardization = Standardization(np.array([[10.0], [0.0]]), np.array([[2.0], [0.5]]))
    np.testing.assert_array_equal(standardization.apply(np.array([[14.0], [3.0]])), [[2.0], [6.0]])
    assert standardization.apply(np.empty((2, 0))).shape == (2, 0)
    assert not standardization.changes_nothing


def test_none_changes_nothing():
    none = Standardization.none(3)
    assert none.changes_nothing
    X = np.array([[1.5], [-2.0], [1e-320]])
    np.testing.assert_array_equal(none.apply(X), X)
    assert not Standardization(np.array([[1e-300]]), np.ones((1, 1))).changes_nothing
    assert not Standardization(np.zeros((1, 1)), np.full((1, 1), 1.0000000000000002)).changes_nothing


def test_a_folded_layer_gives_the_same_z_for_the_persons_own_units():
    rng = np.random.default_rng(0)
    X = rng.normal([[40.0], [0.001]], [[5.0], [1e-4]], (2, 30))
    standardization = Standardization.of(X)
    W, b = rng.normal(size=(3, 4)).astype(np.float32), rng.normal(size=(3, 1)).astype(np.float32)
    seen = standardization.apply(X)
    made = np.vstack([seen[0] ** 2, np.sin(seen[1])])  # made from standardized inputs, so they do not fold
    own, own_b = standardization.fold(W, b)
    assert own.dtype == np.float64 and own.shape == W.shape and own_b.shape == b.shape
    np.testing.assert_array_equal(own[:, 2:], W[:, 2:])
    np.testing.assert_allclose(
        own @ np.vstack([X, made]) + own_b, W @ np.vstack([seen, made]) + b, atol=1e-11
    )


def test_folding_by_hand():
    # 6 (x - 10) / 2 + 1 = 3 x - 29
    standardization = Standardization(np.array([[10.0]]), np.array([[2.0]]))
    W, b = standardization.fold(np.array([[6.0]]), np.array([[1.0]]))
    assert (W.tolist(), b.tolist()) == ([[3.0]], [[-29.0]])


def test_features_of_one_unit_get_one_scale():
    # variances 1, 4 and 0: the root of their mean
    X = np.array([[1.0, 3.0], [-2.0, 2.0], [7.0, 7.0]])
    standardization = Standardization.of(X, one_unit=True)
    np.testing.assert_allclose(standardization.scale, np.full((3, 1), np.sqrt(5 / 3)), rtol=1e-15)
    assert standardization.mean.tolist() == [[2.0], [0.0], [7.0]]
    Z = standardization.apply(X)
    np.testing.assert_allclose((Z**2).mean(), 1.0, rtol=1e-14)
    assert Standardization.of(np.full((2, 3), 0.1), one_unit=True).scale.tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("size", [1e-300, 1e308])
def test_one_unit_of_any_size(size):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scale = Standardization.of(np.array([[-1.0, 1.0], [0.5, 0.5]]) * size, one_unit=True).scale
    np.testing.assert_allclose(scale, np.full((2, 1), size * np.sqrt(0.5)), rtol=1e-12)
