"""The lines where a surface over the plane has one value, such as zero."""

from collections.abc import Iterable

import contourpy
import numpy as np

# The generator's own class: `contour_generator` also looks for masks, which takes as long as the line itself.
NO_MASK = np.array(False)
OPTIONS = {
    "corner_mask": True,
    "line_type": contourpy.LineType.ChunkCombinedNan,
    "fill_type": contourpy.FillType.ChunkCombinedOffset,
    "quad_as_tri": False,
    "z_interp": contourpy.ZInterp.Linear,
}


def zero_line(x: np.ndarray, y: np.ndarray, Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y along the line Z = 0, each (n,), with NaN between its pieces; empty where Z has one sign.

    `Z[row, column]` belongs to `(x[column], y[row])`.
    """
    (line,) = lines_at(x, y, Z, [0.0])
    return line[0], line[1]


def lines_at(x: np.ndarray, y: np.ndarray, Z: np.ndarray, levels: Iterable[float]) -> list[np.ndarray]:
    """Return the line of each level, x and y as (2, n), as `zero_line` does for one.

    It parts where Z is at least the level from where it is less, as points are called by a threshold.
    """
    generator = _generator(x, y, Z)
    found = (generator.lines(_just_below(level, Z))[0][0] for level in levels)
    return [np.empty((2, 0)) if points is None else points.T for points in found]


def area_above(x: np.ndarray, y: np.ndarray, Z: np.ndarray, level: float) -> np.ndarray:
    """Return the rims of the area where Z is at least the level, (2, n), closed and with NaN between them."""
    (points,), (offsets,), *_ = _generator(x, y, Z).filled(_just_below(level, Z), np.inf)
    if points is None or offsets is None:
        return np.empty((2, 0))
    return np.insert(points, np.asarray(offsets[1:-1], dtype=np.intp), np.nan, axis=0).T


def _just_below(level: float, Z: np.ndarray) -> float:
    """Return the number next to a level in the precision of Z: for contourpy what equals its level is below it."""
    return float(np.nextafter(Z.dtype.type(level), Z.dtype.type(-np.inf)))


def _generator(x: np.ndarray, y: np.ndarray, Z: np.ndarray) -> contourpy.SerialContourGenerator:
    across, up = np.meshgrid(x, y)
    return contourpy.SerialContourGenerator(across, up, Z, NO_MASK, **OPTIONS)  # type: ignore[arg-type]
