"""What must be told apart is told apart by eyes without red, green or blue cones as well, in light and in dark."""

from itertools import pairwise

import numpy as np
import pytest

from gui.colours import TO_XYZ, WHITE, cost_colours, heat_colours
from gui.theme import THEMES, Theme, rgb

# G. M. Machado, M. M. Oliveira and L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision
# Deficiency. IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, 1291-1298: the matrices for
# full severity, which act on linear red, green and blue.
KINDS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
APART = 20.0  # of Delta E (1976) at least, where colours stand alone; about 2.3 is just seen
RIMMED = 15.0  # the same for points, which have a rim and a shape as well
WORDS, GRAPHICS = 4.5, 3.0  # of contrast at least, by WCAG 2.2

both = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
every_kind = pytest.mark.parametrize("kind", KINDS)


def seen(colour: str | np.ndarray, kind: str) -> np.ndarray:
    """Return a colour as such eyes see it, in linear red, green and blue from 0 to 1, shape (3,)."""
    srgb = (rgb(colour) if isinstance(colour, str) else colour) / 255
    linear = np.where(srgb > 0.04045, ((srgb + 0.055) / 1.055) ** 2.4, srgb / 12.92)
    return np.clip(KINDS[kind] @ linear, 0.0, 1.0)


def lab(linear: np.ndarray) -> np.ndarray:
    """Return lightness, a and b in CIELAB, shape (3,)."""
    t = TO_XYZ @ linear / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str | np.ndarray, other: str | np.ndarray, kind: str) -> float:
    """Return Delta E of two colours, as such eyes see them."""
    return float(np.linalg.norm(lab(seen(one, kind)) - lab(seen(other, kind))))


def contrast(one: str | np.ndarray, other: str | np.ndarray, kind: str) -> float:
    """Return WCAG's contrast ratio of two colours, as such eyes see them."""
    low, high = sorted(float(TO_XYZ[1] @ seen(colour, kind)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def heat_ends(theme: Theme) -> tuple[np.ndarray, np.ndarray]:
    """Return the colours of the two classes' own ground."""
    colours = heat_colours(theme).astype(float)
    return colours[0], colours[-1]


def test_the_simulation_does_what_it_is_known_for() -> None:
    for kind in KINDS:
        assert distance("#808080", "#808080", kind) == 0
        np.testing.assert_allclose(lab(seen("#777777", kind))[1:], 0, atol=0.1)
    red, green = "#C83232", "#5A7814"
    for kind in ("protanopia", "deuteranopia"):
        assert distance(red, green, kind) < 0.5 * distance(red, green, "usual")
    blue, green = "#0072B2", "#00805E"
    assert distance(blue, green, "tritanopia") < 0.2 * distance(blue, green, "usual")


@both
@every_kind
def test_the_classes_are_told_apart(theme: Theme, kind: str) -> None:
    assert distance(*theme.classes, kind) >= APART
    assert distance(*theme.class_lines, kind) >= APART, "weights above and below 0, too"
    low, high = heat_ends(theme)
    assert distance(low, high, kind) >= APART
    for end in (low, high):
        assert distance(end, theme.surface, kind) >= APART, "the neutral between them"


@both
@every_kind
def test_points_are_seen_on_either_classs_ground(theme: Theme, kind: str) -> None:
    for end in heat_ends(theme):
        for colour in theme.classes:
            assert distance(colour, end, kind) >= RIMMED
        assert max(distance(theme.halo, end, kind), distance(theme.text, end, kind)) >= APART


@both
@every_kind
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_words_lines_and_dots_are_seen_on_their_ground(theme: Theme, kind: str, ground: str) -> None:
    below = getattr(theme, ground)
    for words in (theme.text, theme.muted, theme.warning):
        assert contrast(words, below, kind) >= WORDS
    for line in (*theme.class_lines, theme.accent, theme.gradient):
        assert contrast(line, below, kind) >= GRAPHICS


@both
@every_kind
def test_the_run_button_can_be_read(theme: Theme, kind: str) -> None:
    assert contrast(theme.on_accent, theme.accent, kind) >= WORDS


@both
@every_kind
def test_lines_that_share_a_plot_are_told_apart(theme: Theme, kind: str) -> None:
    assert distance(theme.text, theme.accent, kind) >= APART, "training and test; path and next step"
    assert distance(theme.warning, theme.text, kind) >= APART, "gradient and path; a warning and other words"
    assert distance(theme.warning, theme.accent, kind) >= APART, "gradient and next step"
    assert distance(theme.text, theme.muted, kind) >= APART
    for cost in (theme.text, theme.accent):
        assert distance(theme.gradient, cost, kind) >= APART, "the gradient's length and the costs"
    for line in theme.class_lines:
        assert distance(line, theme.text, kind) >= APART
        assert distance(line, theme.muted, kind) >= RIMMED, "a line and what is 0"


@both
@every_kind
def test_costs_are_told_by_lightness_alone(theme: Theme, kind: str) -> None:
    lightness = [float(lab(seen(colour.astype(float), kind))[0]) for colour in cost_colours(theme)[::15]]
    steps = np.array([after - before for before, after in pairwise(lightness)])
    assert (steps * np.sign(steps[0]) > 1.0).all(), "always lighter, or always darker"
    assert abs(lightness[-1] - lightness[0]) >= APART
    for mark in (theme.text, theme.accent, theme.warning):
        assert contrast(mark, theme.surface, kind) >= GRAPHICS, "each has a rim like the low ground"
