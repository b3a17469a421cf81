"""The bold line: where the surface is zero."""

import numpy as np
import pytest

from gui.views.contour import area_above, lines_at, zero_line


def test_a_plane_gives_a_straight_line() -> None:
    x, y = np.linspace(-2, 2, 33), np.linspace(-1, 1, 17)
    across, up = zero_line(x, y, np.float32(x[None, :] - y[:, None]))
    assert len(across) > 10
    assert across == pytest.approx(up, abs=1e-6)


def test_a_bowl_gives_a_circle() -> None:
    x = np.linspace(-2, 2, 129)
    across, up = zero_line(x, x, x[None, :] ** 2 + x[:, None] ** 2 - 1)
    assert np.hypot(across, up) == pytest.approx(1.0, abs=1e-3)


def test_two_pieces_are_parted_by_a_gap() -> None:
    x = np.linspace(-3, 3, 61)
    across, _ = zero_line(x, x, np.abs(x)[None, :] - 1.05 + 0 * x[:, None])
    assert np.isnan(across).sum() == 1
    assert np.sort(np.unique(across[np.isfinite(across)].round(6))) == pytest.approx([-1.05, 1.05])


@pytest.mark.parametrize("value", [1.0, -1.0, np.nan, np.inf])
def test_a_surface_that_never_crosses_gives_no_line(value: float) -> None:
    x = np.linspace(0, 1, 9)
    across, up = zero_line(x, x, np.full((9, 9), value))
    assert not np.isfinite(across).any() and not np.isfinite(up).any()


def test_an_area_ends_at_its_level_and_has_holes() -> None:
    x = y = np.linspace(-1, 1, 61)
    r = np.hypot(*np.meshgrid(x, y))
    Z = (0.3 - np.abs(r - 0.5)).astype(np.float32)  # a ring from 0.2 to 0.8
    rims = area_above(x, y, Z, 0.0)
    radius = np.hypot(*rims[:, np.isfinite(rims[0])])
    assert np.isnan(rims[0]).sum() == 1
    assert np.minimum(np.abs(radius - 0.2), np.abs(radius - 0.8)).max() < 0.02
    assert area_above(x, y, Z, 1.0).shape == (2, 0)
    whole = area_above(x, y, Z, -9.0)
    assert whole.min() == -1 and whole.max() == 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("level", [0.0, -0.8472978603872037, 1e-12])
def test_what_equals_the_level_is_above_it_and_has_no_line(level: float, dtype: type) -> None:
    x = np.linspace(0, 1, 9)
    Z = np.full((9, 9), level, dtype)
    rims = area_above(x, x, Z, level)
    assert (rims.min(), rims.max()) == (0, 1), "the whole plane"
    assert lines_at(x, x, Z, [level])[0].size == 0
    Z[:, :4] = level - 1  # the edge is where the others begin
    assert lines_at(x, x, Z, [level])[0][0] == pytest.approx(x[4], abs=1e-5)
    below = area_above(x, x, np.nextafter(Z, dtype(-np.inf)), level)
    assert below.size == 0
