"""One place to ask for points, whatever they come from: a generator, a bundled set, or a file."""

import os
from pathlib import Path

from engine.data.bundled import BUNDLED, BundledSet, load_bundled
from engine.data.dataset import DataError, Dataset
from engine.data.generators import GENERATORS, Generator, generate
from engine.data.tables import read_table

DATA_SOURCES: dict[str, Generator | BundledSet] = {**GENERATORS, **BUNDLED}


def load_data(
    source: str,
    samples: int,
    noise: float,
    seed: int,
    columns: tuple[str, ...] | None = None,
    label: str = "",
    classes: tuple[str, ...] | None = None,
    gaps: str = "refuse",
    class_balance: float = 0.5,
    label_noise: float = 0.0,
    rotation: float = 0.0,
) -> Dataset:
    """Return the points of a generator, of a bundled set, or of the file that `source` names.

    The numbers are for a generator alone. Raises DataError, with one sentence for the person, when there is no
    such source or its points are unusable.
    """
    if source in GENERATORS:
        if columns or label or classes:
            raise DataError(f"{source} is made up and has no columns to choose; name a table.")
        return generate(source, samples, noise, seed, class_balance, label_noise, rotation)
    if source in BUNDLED:
        return load_bundled(source, columns, label, classes, gaps)
    path = Path(source)
    if not path.suffix and not os.path.exists(path):  # unlike Path.exists, never an error
        raise DataError(f"data {source!r} is neither a file nor one of {', '.join(DATA_SOURCES)}.")
    return read_table(path, columns, label, classes, gaps)
