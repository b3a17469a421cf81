"""What was measured, beside what was hoped for, as a table."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

PACKAGES = ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "scikit-learn", "jax")


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
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {found}" for name in PACKAGES if (found := installed(name)))
    return (
        f"Python {platform.python_version()}, {packages}; {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores{load}; platform {os.environ.get('QT_QPA_PLATFORM') or 'of the desktop'}"
    )


def installed(package: str) -> str:
    """Return the version of an installed package, empty where it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def resident() -> float:
    """Return the memory that the process holds, in MiB; NaN where there is no /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _number(value: float, unit: str) -> str:
    size = abs(value)
    if 0.0 < size < 0.01:
        return f"{value:.1e} {unit}".rstrip()
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    return f"{value:,.{places}f} {unit}".rstrip()
