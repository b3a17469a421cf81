"""Ends and ticks of axes that a person can read: round numbers, and few of them."""

import numpy as np
from numpy.typing import NDArray

FARTHEST = 1e300  # a plot cannot show more
PADDING = 0.08  # of the points' extent, around them
ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def round_up(value: float) -> float:
    """Return the next round number from `value` on."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(r for r in ROUND if r * power >= value * (1 - 1e-12)) * power)


def ends_around(places: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the low and the high ends (2,) of axes that show all places (2, m) with some air around them."""
    low, high = np.full(2, -1.0), np.full(2, 1.0)
    if places.shape[1]:
        low, high = np.clip([places.min(axis=1), places.max(axis=1)], -FARTHEST, FARTHEST)
    middle, half = low / 2 + high / 2, (high / 2 - low / 2) * (1 + 2 * PADDING)
    half = np.where(half > 0, half, np.maximum(1.0, np.abs(middle) * PADDING))
    return middle - half, middle + half


def log_ticks(low: float, high: float, most: int = 7) -> list[list[tuple[float, str]]]:
    """Return the ticks of a logarithmic axis from 10^low to 10^high: few enough to be read apart."""
    powers = range(round(low), round(high) + 1)
    steps = (1, 2, 5) if 2 * len(powers) <= most - 1 else (1,)
    every = -(-len(powers) // most)
    return [
        [
            (float(np.log10(step)) + power, _scientific(step, power))
            for power in powers[::every]
            for step in steps
        ]
    ]


def level_lines(low: float, high: float, most: int = 12) -> list[float]:
    """Return round numbers strictly between two positive ones: equal factors apart where these are far apart."""
    if high > 3 * low:
        powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
        for steps in ((1, 1.5, 2, 3, 4, 5, 7), (1, 2, 3, 5), (1, 2, 5), (1, 3), (1,)):
            levels = [step * 10.0**power for power in powers for step in steps]
            levels = [level for level in levels if low < level < high]
            if len(levels) <= most:
                return levels
        return levels[:: -(-len(levels) // most)]
    if not high > low:
        return []
    step = round_up((high - low) / most)
    return [float(level) for level in np.arange(np.floor(low / step) + 1, np.ceil(high / step)) * step]


def apart(places: NDArray[np.floating], least: float, low: float, high: float) -> NDArray[np.floating]:
    """Return places (n,) moved so that any two are `least` apart, as little as need be, and within low and high.

    There has to be room for all of them.
    """
    order = np.argsort(places, kind="stable")
    steps = least * np.arange(places.size)
    closer = places[order] - steps
    raised, lowered = np.maximum.accumulate(closer), np.minimum.accumulate(closer[::-1])[::-1]
    found = (raised + lowered) / 2 + steps
    ends = high - least / 2 - steps[::-1]
    moved = np.empty_like(places)
    moved[order] = np.maximum(np.minimum(found, ends), low + least / 2 + steps)
    return moved


def said(value: float, digits: int = 3) -> str:
    """Return a number with so many digits, as short as it can be read."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10{str(int(exponent)).translate(SUPERSCRIPT)}"
    return power if mantissa == "1" else f"{mantissa}·{power}"


def _scientific(step: int, power: int) -> str:
    """Return step · 10^power as short as it can be read."""
    if -3 < power < 4:
        return f"{step * 10.0**power:g}"
    exponent = str(power).translate(SUPERSCRIPT)
    return f"10{exponent}" if step == 1 else f"{step}·10{exponent}"
