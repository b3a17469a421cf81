"""What was measured, beside what was hoped for, as a table."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """One figure with its unit, and its goal where there is one."""

    what: str
    figure: str
    goal: str = ""
    met: bool | None = None
    details: str = ""
    """What `--verbose` adds, in lines."""


def below(what: str, value: float, limit: float, unit: str, details: str = "") -> Row:
    """Return the row of a value that should not be above `limit`."""
    return Row(what, _number(value, unit), f"≤ {limit:g} {unit}".rstrip(), value <= limit, details)


def above(what: str, value: float, limit: float, unit: str, details: str = "") -> Row:
    """Return the row of a value that should not be below `limit`."""
    return Row(what, _number(value, unit), f"≥ {limit:g} {unit}".rstrip(), value >= limit, details)


def plain(what: str, value: float, unit: str, details: str = "") -> Row:
    """Return the row of a value without a goal."""
    return Row(what, _number(value, unit), details=details)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the percentile of values, NaN for none."""
    found = list(values)
    return float(np.percentile(found, percent)) if found else float("nan")


def median(values: Iterable[float]) -> float:
    """Return the middle of values, NaN for none."""
    return percentile(values, 50.0)


def table(rows: Sequence[Row], verbose: bool) -> str:
    """Return the rows as text in columns, each followed by its details when `verbose`."""
    wide = max((len(row.what) for row in rows), default=0)
    figures = max((len(row.figure) for row in rows), default=0)
    lines = []
    for row in rows:
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        lines.append(f"  {row.what:<{wide}}  {row.figure:>{figures}}  {row.goal:<12} {verdict}".rstrip())
        if verbose and row.details:
            lines += ["      " + line for line in row.details.splitlines()]
    return "\n".join(lines)


def machine() -> str:
    """Return one line about what the figures were measured on."""
    import pyqtgraph
    import PySide6

    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, pyqtgraph {pyqtgraph.__version__}, "
        f"NumPy {np.__version__}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores{load}; "
        f"platform {os.environ.get('QT_QPA_PLATFORM') or 'of the desktop'}"
    )


def _number(value: float, unit: str) -> str:
    size = abs(value)
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    return f"{value:,.{places}f} {unit}".rstrip()
