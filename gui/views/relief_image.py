"""The colours of a relief: its height and the light on it, with contours, as an image."""

import numpy as np
from PySide6.QtGui import QColor, QImage

from engine.model.activations import Array
from engine.model.relief import WALL, Seen
from gui import theme as tokens
from gui.colours import cost_colours
from gui.theme import Theme

SHADES, INKS = 32, 8  # steps of light, and of the ink of a contour
DIMMEST = 0.78  # of a colour, where no light falls
DARKEST = 0.5  # of the ink's own colour, on a contour
WIDE = 0.8  # pixels, half of a contour


class ReliefColours:
    """Every colour that a pixel may have, made once for a theme."""

    def __init__(self, theme: Theme) -> None:
        ground = np.vstack([cost_colours(theme), tokens.rgb(theme.raised)]).astype(float)  # (257, 3)
        light = np.linspace(DIMMEST, 1.0, SHADES)[:, None, None]
        ink = np.linspace(0.0, DARKEST, INKS)[:, None]
        lit = light * ground[:, None, None, :]
        colours = (lit + ink * (tokens.rgb(theme.text) - lit)).round().astype(np.uint32)
        red, green, blue = np.moveaxis(colours, -1, 0)
        self._pixels = (0xFF000000 | red << 16 | green << 8 | blue).ravel()

    def image(self, seen: Seen, levels: Array) -> QImage:
        """Return what is seen, with lines at the heights `levels`, rising from 0 to 1."""
        share = np.nan_to_num(seen.share, nan=WALL)
        wall = share == WALL
        colour = np.where(wall, 256, (255.0 * share + 0.5).astype(np.intp))
        shade = ((SHADES - 1) * seen.light + 0.5).astype(np.intp)
        inked = ((INKS - 1) * ink_of_lines(share, levels) + 0.5).astype(np.intp)
        inked[wall] = 0
        pixels = self._pixels[(colour * SHADES + shade) * INKS + inked]
        pixels[np.isinf(seen.depth)] = QColor(0, 0, 0, 0).rgba()
        rows, columns = pixels.shape
        pixels = np.ascontiguousarray(pixels)
        return QImage(
            pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
        ).copy()


def ink_of_lines(share: Array, levels: Array) -> Array:
    """Return how much of each pixel a contour covers, from 0 to 1; `share` and what is returned are (height, width)."""
    if not levels.size:
        return np.zeros_like(share)
    ends = np.concatenate([[-1.0], levels, [2.0]])
    place = np.interp(share, ends, np.arange(ends.size)).astype(np.float32)
    away = np.abs(place - place.round())
    away[(place < 0.5) | (place > levels.size + 0.5)] = 1.0  # what is below the first line and above the last
    steep = np.zeros_like(place)
    for axis in (0, 1):
        slope = np.abs(np.diff(place, axis=axis))
        first = (slice(1, None), slice(None)) if axis == 0 else (slice(None), slice(1, None))
        last = (slice(None, -1), slice(None)) if axis == 0 else (slice(None), slice(None, -1))
        steep[first] = np.maximum(steep[first], slope)
        steep[last] = np.maximum(steep[last], slope)
    return np.clip(WIDE + 0.5 - away / np.maximum(steep, 1e-9), 0.0, 1.0)
