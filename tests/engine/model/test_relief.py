"""A block seen at an angle: where its places are, and what of it is hidden."""

import numpy as np
import pytest

from engine.model.relief import HEIGHT, WALL, Angle, Sight, is_hidden, sampled

CORNERS = np.array([[-1.0, 1.0, 1.0, -1.0], [-1.0, -1.0, 1.0, 1.0]])
u, v = np.meshgrid(np.linspace(-1, 1, 41), np.linspace(-1, 1, 31))
BOWL = (u**2 + v**2) / 2
RIDGE = np.exp(-((v + 0.2) ** 2) * 40)  # from left to right, nearer than the middle


@pytest.mark.parametrize("turn", [-170.0, -90.0, -28.0, 0.0, 45.0, 90.0])
@pytest.mark.parametrize("tilt", [5.0, 34.0, 85.0])
def test_the_block_fits_however_it_is_turned(turn: float, tilt: float) -> None:
    sight = Sight((1.0, 0.6), Angle(turn, tilt), 300, 200)
    for height in (0.0, 1.0):
        pixels, _ = sight.on_screen(CORNERS, np.full(4, height))
        assert (pixels > -1e-9).all() and (pixels[0] < 300 + 1e-9).all() and (pixels[1] < 200 + 1e-9).all()


def test_a_higher_place_is_higher_and_a_farther_one_too() -> None:
    sight = Sight((1.0, 1.0), Angle(0.0, 30.0), 400, 400)
    places = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.5]])
    pixels, away = sight.on_screen(places, np.array([0.5, 1.0, 0.5]))
    np.testing.assert_allclose(pixels[:, 0], [200, 200])
    assert pixels[1, 0] - pixels[1, 1] == pytest.approx(sight.scale * HEIGHT * 0.5 * np.cos(np.pi / 6))
    assert pixels[1, 0] - pixels[1, 2] == pytest.approx(sight.scale * 0.5 * 0.5)
    assert away[2] > away[0] == away[1]


def test_a_turn_is_against_the_clock_and_keeps_below_the_zenith() -> None:
    sight = Sight((1.0, 1.0), Angle(90.0, 30.0), 400, 400)
    (right,), _ = sight.on_screen(np.array([[1.0], [0.0]]), np.zeros(1))[0]
    assert right == pytest.approx(200), "what was right is at the back"
    assert Angle(170.0, 30.0).moved(20.0, 90.0) == Angle(-170.0, 85.0)
    assert Angle(0.0, 30.0).moved(0.0, -90.0).tilt == 5.0


@pytest.mark.parametrize("angle", [Angle(-28.0, 34.0), Angle(0.0, 60.0), Angle(137.0, 20.0)])
def test_what_a_pixel_shows_is_the_surface_at_the_place_seen_there(angle: Angle) -> None:
    sight = Sight((1.0, 0.6), angle, 500, 400).tight()
    seen = sight.look(BOWL)
    places = np.random.default_rng(1).uniform(-0.95, 0.95, (2, 400))
    (shares,) = sampled(BOWL[None], places)
    pixels, away = sight.on_screen(places, shares)
    hidden = is_hidden(seen, pixels, away, sight)
    assert np.count_nonzero(~hidden) > 0
    column, row = pixels[:, ~hidden].astype(int)
    found = seen.share[row, column]
    surface = found != WALL  # at the rim a pixel may show the side
    assert surface.mean() > 0.98
    np.testing.assert_allclose(found[surface], shares[~hidden][surface], atol=0.04)
    np.testing.assert_allclose(seen.depth[row, column][surface], away[~hidden][surface], atol=0.06)


def test_a_ridge_hides_what_lies_behind_it_and_only_that() -> None:
    sight = Sight((1.0, 1.0), Angle(0.0, 40.0), 300, 300).tight()
    seen = sight.look(RIDGE)
    places = np.array([[0.0, 0.0, 0.0, 0.0], [-0.8, -0.2, 0.1, 0.95]])
    pixels, away = sight.on_screen(places, *sampled(RIDGE[None], places))
    assert is_hidden(seen, pixels, away, sight).tolist() == [False, False, True, False]
    nowhere = np.full((2, 1), np.nan)
    assert not is_hidden(seen, nowhere, np.zeros(1), sight).any()


def test_the_near_sides_are_walls_and_beside_the_block_is_nothing() -> None:
    sight = Sight((1.0, 1.0), Angle(0.0, 30.0), 300, 300).tight()
    seen = sight.look(np.ones((5, 5)))
    (x,), (y,) = sight.on_screen(np.array([[0.0], [-1.0]]), np.array([0.5]))[0]
    assert seen.share[int(y), int(x)] == WALL
    assert np.isnan(seen.share[0, 0]) and np.isinf(seen.depth[0, 0])
    top = seen.share[seen.share != WALL]
    np.testing.assert_allclose(top[np.isfinite(top)], 1.0)
    assert np.isfinite(seen.light).all() and seen.light.min() >= 0 and seen.light.max() <= 1


def test_between_the_places_of_a_grid_values_are_linear() -> None:
    places = np.random.default_rng(0).uniform(-1, 1, (2, 50))
    (values,) = sampled((2 * u - 3 * v + 1)[None], places)
    np.testing.assert_allclose(values, 2 * places[0] - 3 * places[1] + 1)
