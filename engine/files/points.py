"""Saving the points for other programs and for another day, exact to the last bit."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from engine.data.columns import Column
from engine.data.dataset import Dataset
from engine.data.gaps import is_gap
from engine.data.offers import likely_classes
from engine.data.rows import looks_numeric
from engine.files.atomic import FileError, write_atomically
from engine.files.endings import must_end

LABELS = ("label", "class", "target", "label of the points")  # the first that no feature is called


@dataclass(frozen=True)
class DataFormat:
    """A kind of file for points."""

    ending: str
    label: str
    write: Callable[[BinaryIO, Dataset], None]


def _write_csv(file: BinaryIO, dataset: Dataset) -> None:
    """Write a header and one line for each point, in UTF-8, with quotation marks where RFC 4180 wants them."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")  # a name may be no text
    lines = csv.writer(text)  # it writes floats so that they come back the same
    header, labels = _label_column(dataset)
    lines.writerow([*map(_heading, dataset.feature_names), header])
    names = np.array(labels, dtype=object)[dataset.Y[0].astype(int)]
    lines.writerows(zip(*dataset.X.tolist(), names, strict=True))
    text.detach()


def _label_column(dataset: Dataset) -> tuple[str, list[str]]:
    """Return the header of the label column, and the labels of both classes as the table had them.

    Classes that a table names by numbers are called by its column as well, such as `c -1`; the number is written.
    """
    header = next(name for name in (dataset.label_name, *LABELS) if name not in dataset.feature_names)
    numbers = [name.removeprefix(f"{header} ") for name in dataset.class_names]
    named = all(name.startswith(f"{header} ") for name in dataset.class_names)
    return header, numbers if named and all(map(looks_numeric, numbers)) else list(dataset.class_names)


def _heading(name: str) -> str:
    """Return a feature's name so that it cannot be taken for a number or a gap, and the header for a point."""
    return f"column {name}" if looks_numeric(name) or is_gap(name) else name


def _write_npz(file: BinaryIO, dataset: Dataset) -> None:
    """Write X (m, n_x) and y (m,), 0 or 1, as most programs take them, and the names; `held` where there is any."""
    held = {"held": dataset.held} if dataset.held.any() else {}
    np.savez(
        file,
        X=np.ascontiguousarray(dataset.X.T),
        y=dataset.Y[0].astype(np.int64),
        feature_names=np.array(dataset.feature_names),
        class_names=np.array(dataset.class_names),
        **held,  # type: ignore[arg-type]
    )


DATA_FORMATS: dict[str, DataFormat] = {
    each.ending: each
    for each in (
        DataFormat(".csv", "Table of text", _write_csv),
        DataFormat(".npz", "NumPy archive", _write_npz),
    )
}


def save_data(path: Path, dataset: Dataset) -> str:
    """Write the points in the form that the path's ending names. Raises FileError.

    Returns a hint for the person where reading the file again needs one, else an empty text.
    """
    form = DATA_FORMATS.get(path.suffix.lower())
    if form is None:
        raise FileError(must_end(path.name, DATA_FORMATS))
    write_atomically(path, lambda file: form.write(file, dataset))
    return "" if form.ending == ".npz" else _what_text_loses(dataset)


def _what_text_loses(dataset: Dataset) -> str:
    """Return what a table of text cannot say of the points, or says only to who reads it in the right way."""
    _, (zero, one) = _label_column(dataset)
    column = Column()
    column.read([zero.strip(), one.strip()], 0)
    hint = ""
    if [column.spelled(label) for label in column.labels] != [zero, one]:
        hint = f" The class names {zero!r} and {one!r} cannot be read again as they are; .npz keeps them."
    elif likely_classes(column) != (zero, one) or len(set(map(type, column.labels))) > 1:
        hint = f" To read {zero} as class 0 again, choose the classes {zero},{one}."
    if dataset.held.any():
        hint += " Which points are for the test alone is lost; .npz keeps it."
    return hint
