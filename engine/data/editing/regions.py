"""Which points lie where a brush, a rectangle or a lasso is. Places are (2, m), answers (m,) bool."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Places = NDArray[np.floating]  # (2, m)
Pair = tuple[float, float]


def in_ellipse(places: Places, centre: Pair, radii: Pair) -> NDArray[np.bool_]:
    """Return which places are in the ellipse with these half axes, its rim included."""
    return along(places, centre, centre, radii)


def along(places: Places, start: Pair, end: Pair, radii: Pair) -> NDArray[np.bool_]:
    """Return which places an ellipse goes over on its straight way from `start` to `end`."""
    radius = np.array(radii)[:, None]  # (2, 1)
    first, last = np.array(start)[:, None], np.array(end)[:, None]
    low, high = np.minimum(first, last) - radius, np.maximum(first, last) + radius
    inside = in_rectangle(places, low, high)
    rows = np.flatnonzero(inside)  # few: only for these it is worth to look more closely
    with np.errstate(all="ignore"):  # at the ends of what a number can be, nothing is hit
        P, way = (places[:, rows] - first) / radius, (last - first) / radius  # the brush is the unit circle
        length = float((way**2).sum())
        share = np.clip((way * P).sum(axis=0) / length, 0.0, 1.0) if length else 0.0
        inside[rows] = ((P - way * share) ** 2).sum(axis=0) <= 1.0
    return inside


def in_rectangle(places: Places, one: ArrayLike, other: ArrayLike) -> NDArray[np.bool_]:
    """Return which places are between two opposite corners, the rim included."""
    low, high = np.minimum(one, other).ravel(), np.maximum(one, other).ravel()
    inside = (places[0] >= low[0]) & (places[0] <= high[0])
    inside &= (places[1] >= low[1]) & (places[1] <= high[1])
    return inside


def in_polygon(places: Places, corners: Places) -> NDArray[np.bool_]:
    """Return which places are in the closed polygon with these corners (2, k), by the even-odd rule."""
    if corners.shape[1] < 3:
        return np.zeros(places.shape[1], dtype=bool)
    inside = in_rectangle(places, corners.min(axis=1), corners.max(axis=1))
    rows = np.flatnonzero(inside)
    x, y = places[:, rows]
    odd = np.zeros(rows.size, dtype=bool)
    for (x0, y0), (x1, y1) in zip(corners.T, np.roll(corners, -1, axis=1).T, strict=True):
        crossed = np.flatnonzero((y0 > y) != (y1 > y))  # edges that a ray to the right may cross
        if crossed.size:
            odd[crossed] ^= x[crossed] < x0 + (y[crossed] - y0) * ((x1 - x0) / (y1 - y0))
    inside[rows] = odd
    return inside


def nearest(places: Places, place: Pair, radii: Pair) -> int | None:
    """Return the row of the place nearest to `place` in the ellipse around it; None where there is none.

    Of several at the same distance it is the last, which is drawn above the others.
    """
    rows = np.flatnonzero(in_ellipse(places, place, radii))
    if not rows.size:
        return None
    distance = (((places[:, rows] - np.array(place)[:, None]) / np.array(radii)[:, None]) ** 2).sum(axis=0)
    return int(rows[rows.size - 1 - distance[::-1].argmin()])
