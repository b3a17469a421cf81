"""The real data sets that come with the program; `catalogue.toml` beside them says what each is."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.data.dataset import Dataset
from engine.data.table import Choice, Table
from engine.data.tables import open_table, read_table

FOLDER = Path(__file__).parents[2] / "assets" / "datasets"
UNITS = {"um", "mm", "cm", "m", "km", "mg", "g", "kg", "s"}


@dataclass(frozen=True)
class BundledSet:
    """A data set in `assets/datasets`, with where it comes from and what it shows."""

    name: str
    label: str
    file: str
    columns: tuple[str, ...]
    label_column: str
    help: str
    source: str
    licence: str
    classes: tuple[str, ...] | None = None
    """The two labels that are shown first, where there are more."""
    image_shape: tuple[int, int] | None = None
    """The rows and columns of pixels, where all columns together are an image."""


def catalogue(path: Path) -> dict[str, BundledSet]:
    """Return the sets that a catalogue file describes, in its order."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    sets: dict[str, BundledSet] = {}
    for name, table in tables.items():
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        sets[name] = BundledSet(name=name, **given)
    return sets


BUNDLED: dict[str, BundledSet] = catalogue(FOLDER / "catalogue.toml")


def load_bundled(
    name: str,
    columns: tuple[str, ...] | None = None,
    label: str = "",
    classes: tuple[str, ...] | None = None,
    gaps: str = "refuse",
) -> Dataset:
    """Return the points of the bundled set `name`, with names made for reading.

    Other choices than the usual ones may be made among its file's columns, as `read_table` says.
    """
    bundled = BUNDLED[name]
    path = FOLDER / bundled.file
    dataset = read_table(
        path,
        columns or bundled.columns,
        label or bundled.label_column,
        classes or (bundled.classes if label in ("", bundled.label_column) else None),
        gaps,
    )
    feature_names = tuple(map(display_name, dataset.feature_names))
    shape = bundled.image_shape if columns in (None, bundled.columns) else None
    return replace(dataset, title=bundled.label, feature_names=feature_names, image_shape=shape)


def open_bundled(name: str, choice: Choice) -> tuple[Table, Choice]:
    """Return the table of a bundled set, and the choice with the set's own columns and label where it names none."""
    bundled = BUNDLED[name]
    usual = replace(
        choice, columns=choice.columns or bundled.columns, label=choice.label or bundled.label_column
    )
    return replace(open_table(FOLDER / bundled.file, choice), title=bundled.label), usual


def display_name(column: str) -> str:
    """Return a column's name for reading: bill_length_mm becomes bill length (mm)."""
    quantity, _, unit = column.rpartition("_")
    if quantity and unit in UNITS:
        return f"{quantity.replace('_', ' ')} ({unit.replace('um', 'µm')})"
    return column.replace("_", " ")
