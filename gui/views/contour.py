"""The line where a surface over the plane is zero."""

import contourpy
import numpy as np

# The generator's own class: `contour_generator` also looks for masks, which takes as long as the line itself.
NO_MASK = np.array(False)
OPTIONS = {
    "corner_mask": True,
    "line_type": contourpy.LineType.ChunkCombinedNan,
    "fill_type": contourpy.FillType.OuterOffset,
    "quad_as_tri": False,
    "z_interp": contourpy.ZInterp.Linear,
}


def zero_line(x: np.ndarray, y: np.ndarray, Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y along the line Z = 0, each (n,), with NaN between its pieces; empty where Z has one sign.

    `Z[row, column]` belongs to `(x[column], y[row])`.
    """
    across, up = np.meshgrid(x, y)
    generator = contourpy.SerialContourGenerator(across, up, Z, NO_MASK, **OPTIONS)  # type: ignore[arg-type]
    points = generator.lines(0.0)[0][0]
    if points is None:
        return np.empty(0), np.empty(0)
    return points[:, 0], points[:, 1]
