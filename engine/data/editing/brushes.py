"""Where brushes put points and how they move them. Places are (2, k); chance comes from the generator passed in.

`radii` are the half axes of the brush in the units of the two axes: on the screen it is round.
"""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.floating]  # (2, k)
Pair = tuple[float, float]
SOFT = 0.5  # of the radius: the deviation of the Gaussian spray, which leaves 86 % within the ring


def uniform(k: int, centre: Pair, radii: Pair, random: np.random.Generator) -> Places:
    """Return k places drawn evenly from the brush, shape (2, k)."""
    angle, reach = 2 * np.pi * random.random(k), np.sqrt(random.random(k))
    return _column(centre) + _column(radii) * reach * np.stack([np.cos(angle), np.sin(angle)])


def gaussian(k: int, centre: Pair, radii: Pair, random: np.random.Generator) -> Places:
    """Return k places drawn from the bell around the middle of the brush, shape (2, k)."""
    return _column(centre) + SOFT * _column(radii) * random.standard_normal((2, k))


def line(start: Pair, end: Pair, spacing: Pair) -> Places:
    """Return places from `start` to `end`, about as far apart as an ellipse with these half axes reaches."""
    way = _column(end) - _column(start)  # (2, 1)
    steps = round(float(np.linalg.norm(way / _column(spacing))))
    return _column(start) + way * (np.arange(steps + 1) / max(1, steps))


def ring(centre: Pair, radii: Pair, spacing: Pair) -> Places:
    """Return places on the ellipse around `centre`, evenly, about `spacing` apart; the middle of a tiny one."""
    around = 2 * np.pi * float(np.mean(_column(radii) / _column(spacing)))
    k = round(around)
    if k < 3:
        return _column(centre)
    angle = 2 * np.pi * np.arange(k) / k
    return _column(centre) + _column(radii) * np.stack([np.cos(angle), np.sin(angle)])


def jitter(places: Places, radii: Pair, strength: float, random: np.random.Generator) -> Places:
    """Return how far each place is shaken, shape (2, k): a bell with the deviation `strength` of the radii."""
    return strength * _column(radii) * random.standard_normal(places.shape)


def magnet(places: Places, centre: Pair, radii: Pair, strength: float) -> Places:
    """Return how far each place is drawn to `centre`, shape (2, k): by the share `strength` of its way.

    A negative strength pushes. At the rim the force is 0, so that it ends nowhere with a jerk, and outside too.
    """
    way = _column(centre) - places
    distance = np.hypot(*(way / _column(radii)))
    return strength * np.clip(1.0 - distance, 0.0, 1.0) * way


def _column(pair: Pair) -> Places:
    return np.array(pair, dtype=float)[:, None]
