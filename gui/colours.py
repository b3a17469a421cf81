"""Scales of colours for what is drawn as colour: probabilities and costs."""

import numpy as np

from gui.theme import Theme, rgb

# sRGB as the CIE's X, Y and Z, and white, by daylight (D65).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def cost_colours(theme: Theme) -> np.ndarray:
    """Return 256 colours (256, 3) from low costs to high ones, on a straight line through CIELAB.

    So equal steps look equal, and lightness alone tells them apart, also to colour-blind eyes.
    """
    lab = np.linspace(_lab(theme.surface), _lab(theme.height), 256)  # (256, 3)
    y = (lab[:, 0] + 16.0) / 116.0
    f = np.stack([y + lab[:, 1] / 500.0, y, y - lab[:, 2] / 200.0], axis=1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * WHITE
    linear = np.clip(xyz @ np.linalg.inv(TO_XYZ).T, 0.0, 1.0)
    srgb = np.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, 12.92 * linear)
    return np.round(255 * srgb).astype(np.ubyte)


def _lab(colour: str) -> np.ndarray:
    """Return lightness, a and b of a colour in CIELAB, shape (3,)."""
    srgb = rgb(colour) / 255
    linear = np.where(srgb > 0.04045, ((srgb + 0.055) / 1.055) ** 2.4, srgb / 12.92)
    t = TO_XYZ @ linear / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def heat_colours(theme: Theme) -> np.ndarray:
    """Return 256 colours (256, 3) from class 0's through the background's own neutral to class 1's.

    In a theme with one shade they go from the background to it.
    """
    neutral = rgb(theme.surface)
    if theme.shade is not None:
        share = np.linspace(0.0, theme.heat, 256)[:, None]
        return np.round(neutral + share * (rgb(theme.shade) - neutral)).astype(np.ubyte)
    ends = [neutral + theme.heat * (rgb(colour) - neutral) for colour in theme.areas]
    place = np.linspace(-1.0, 1.0, 256)[:, None]
    mixed = neutral + np.where(place < 0, -place * (ends[0] - neutral), place * (ends[1] - neutral))
    return np.round(mixed).astype(np.ubyte)
