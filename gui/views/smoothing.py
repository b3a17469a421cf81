"""Noisy curves made calm: a median that moves along, and leaves what only falls or only rises as it is."""

import numpy as np

SIDE = 32  # values that are looked at on each side; of more an even choice


def smooth(x: np.ndarray, y: np.ndarray, width: float, places: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a curve at about so many places or up to twice as many, each with the median of the values around it.

    x ascends, x and y have the shape (n,), y is finite. The window is `width` wide in x and centred, so it shrinks
    towards both ends. A mean would blur the steep beginning, and one that looks back would come too late.
    """
    n = len(x)
    if n < 3:
        return x, y
    every = 1 << max(0, int(np.log2(n / places)))  # the places stay while a run goes on
    middle = np.append(np.arange(0, n - 1, every), n - 1)  # (k,)
    first = np.searchsorted(x, x[middle] - width / 2)
    last = np.searchsorted(x, x[middle] + width / 2, side="right") - 1
    reach = np.minimum(middle - first, last - middle)
    steps = np.arange(-SIDE, SIDE + 1)  # (2 * SIDE + 1,)
    offsets = np.rint(np.maximum(1.0, reach / SIDE)[:, None] * steps).astype(int)
    values = y[np.clip(middle[:, None] + offsets, 0, n - 1)].astype(float)
    outside = np.abs(offsets) > reach[:, None]  # as many on either side, which leaves the median as it is
    values[outside] = np.broadcast_to(np.where(steps < 0, -np.inf, np.inf), values.shape)[outside]
    return x[middle], np.partition(values, SIDE, axis=1)[:, SIDE]
