"""The tokens: words can be read, classes told apart, in light and in dark."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontInfo, QIcon, QPalette

from gui import theme as tokens
from gui.colours import cost_colours, heat_colours
from gui.theme import (
    THEMES,
    Theme,
    font,
    icon,
    palette,
    rgb,
    stylesheet,
    theme_named,
)

both = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)


def luminance(colour: str) -> float:
    """Return WCAG 2's relative luminance of #RRGGBB."""
    share = rgb(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """Return WCAG 2's contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_of_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@both
@pytest.mark.parametrize("words", ["text", "muted", "warning", "gradient"])
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_words_can_be_read_on_every_ground(theme: Theme, words: str, ground: str) -> None:
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


@both
def test_the_run_button_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@both
def test_the_accent_and_the_line_are_seen_on_the_window(theme: Theme) -> None:
    assert contrast(theme.accent, theme.window) >= 3
    assert contrast(theme.text, theme.surface) >= 7, "the bold line on the neutral between the classes"


@both
def test_points_are_seen_on_the_heat_of_their_own_class(theme: Theme) -> None:
    ends = [QColor(*map(int, row)).name() for row in heat_colours(theme)[[0, 255]]]
    for own, heat in zip(theme.classes, ends, strict=True):
        assert max(contrast(own, heat), contrast(theme.halo, heat)) >= 1.5


@both
def test_the_heat_runs_through_the_neutral_in_the_middle(theme: Theme) -> None:
    colours = heat_colours(theme).astype(int)
    assert colours.shape == (256, 3)
    assert np.abs(colours[[127, 128]] - rgb(theme.surface)).max() <= 2
    steps = np.abs(np.diff(colours, axis=0)).max()
    assert steps <= 3, "no edge where there is none"
    for end, colour in ((colours[0], theme.classes[0]), (colours[255], theme.classes[1])):
        others = [other for other in theme.classes if other != colour]
        assert np.abs(end - rgb(colour)).sum() < np.abs(end - rgb(others[0])).sum()


def test_the_classes_are_blue_and_orange_of_okabe_and_ito() -> None:
    assert THEMES["light"].classes == ("#0072B2", "#E69F00")


@both
def test_a_class_has_one_colour_on_the_plane_and_in_words(theme: Theme) -> None:
    for point, dot in zip(theme.classes, theme.class_lines, strict=True):
        assert abs(QColor(point).hsvHue() - QColor(dot).hsvHue()) <= 8
        assert abs(QColor(point).lightnessF() - QColor(dot).lightnessF()) < 0.1


@both
def test_every_colour_is_written_in_six_digits(theme: Theme) -> None:
    for name, value in vars(theme).items():
        for colour in value if isinstance(value, tuple) else (value,):
            if isinstance(colour, str) and name not in ("name", "names"):
                assert QColor(colour).isValid() and len(colour) == 7, name


@both
def test_palette_and_stylesheet_hold_the_themes_colours(theme: Theme, qapp: object) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert made.color(QPalette.ColorRole.WindowText) == QColor(theme.text)
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != made.color(QPalette.ColorRole.Text)
    sheet = stylesheet(theme)
    assert sheet.count("{") == sheet.count("}") and theme.window in sheet


def test_an_unknown_theme_follows_the_system(qapp: object) -> None:
    assert theme_named("system") in THEMES.values()
    assert theme_named("purple") in THEMES.values()
    assert theme_named("dark") is THEMES["dark"]


def test_the_programs_own_font_is_used(qapp: object) -> None:
    assert QFontInfo(font()).family() == tokens.FONT
    assert font(tokens.LARGE).pixelSize() == tokens.LARGE


def test_icons_are_drawn_in_the_colour_asked_for(qapp: object) -> None:
    made = icon("run", "#FF0000")
    assert isinstance(made, QIcon)
    image = made.pixmap(32, 32).toImage()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#ff0000"}


@both
def test_equal_steps_of_cost_look_equal_and_differ_in_lightness(theme: Theme) -> None:
    colours = cost_colours(theme)
    names = [QColor(*map(int, row)).name() for row in colours]
    assert names[0] == theme.surface.lower() and names[-1] == theme.height.lower()
    lightness = np.array([116 * np.cbrt(luminance(name)) - 16 for name in names])
    steps = np.diff(lightness[::15])
    assert abs(lightness[-1] - lightness[0]) > 30
    assert np.all(steps * np.sign(steps[0]) > 0), "lightness alone tells high from low"
    assert np.ptp(steps) < 0.25 * abs(steps.mean())
    assert contrast(theme.text, names[-1]) >= 3, "the path can be seen where the cost is high"
