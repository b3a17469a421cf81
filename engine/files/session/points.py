"""The points in a session: data sets that share what they were made from, and share arrays."""

from typing import Any

import numpy as np

from engine.data.dataset import MAX_FEATURES, MAX_POINTS, Dataset, Lineage
from engine.files.session.arrays import ArrayReader
from engine.files.session.places import Place, Wrong

MOST_IDS = 2**27  # points that were ever painted; the split draws a number for each
MOST_LABELS = 100_000


def read_datasets(file: Place, origins: Place, arrays: ArrayReader) -> list[Dataset]:
    """Return the data sets of a session. Raises Wrong."""
    labels: dict[int, np.ndarray] = {}  # by the array that they are made from, so that equal ones stay one
    lineages = [_lineage(each, arrays, labels) for each in origins.items()]
    return [_dataset(each, lineages, arrays, labels) for each in file.items()]


def _dataset(
    file: Place, lineages: list[Lineage], arrays: ArrayReader, labels: dict[int, np.ndarray]
) -> Dataset:
    X, Y, held = _points(file, arrays, labels)
    n_x, m = X.shape
    ids = arrays.array(file["ids"], "<i8", m)
    if m and not 0 <= ids.min() <= ids.max() < MOST_IDS:
        raise Wrong(f"{file['ids']} has a number that is no id, from 0 to {MOST_IDS:,}")
    if np.unique(ids).size < m:
        raise Wrong(f"{file['ids']} has the same id twice")
    lineage = lineages[file["origin"].whole(0, len(lineages) - 1)]
    if lineage.X.shape[0] != n_x:
        raise Wrong(f"{file['origin']} has {lineage.X.shape[0]:,} features, and its points have {n_x:,}")
    return Dataset(
        X,
        Y,
        ids,
        file["title"].text(),
        feature_names=file["feature_names"].texts(n_x),
        class_names=file["class_names"].texts(2),  # type: ignore[arg-type]
        label_name=file["label_name"].text(),
        same_units=file["same_units"].flag(),
        labels=file["labels"].texts(),
        chosen_labels=file["chosen_labels"].texts(),
        image_shape=_image_shape(file["image_shape"], n_x),
        loaded=file["loaded"].whole(lineage.X.shape[1], lineage.X.shape[1]),
        notes=file["notes"].texts(),
        held=held,
        lineage=lineage,
    )


def _lineage(file: Place, arrays: ArrayReader, labels: dict[int, np.ndarray]) -> Lineage:
    return Lineage(*_points(file, arrays, labels))


def _points(file: Place, arrays: ArrayReader, labels: dict[int, np.ndarray]) -> tuple[Any, Any, Any]:
    """Return X (n_x, m), Y (1, m) and held (m,)."""
    X = arrays.array(file["X"], "<f8", None, None)
    n_x, m = X.shape
    if not 1 <= n_x <= MAX_FEATURES or m > MAX_POINTS:
        most = f"at most {MAX_FEATURES:,} and {MAX_POINTS:,} can be used"
        raise Wrong(f"{file['X']} has {n_x:,} features of {m:,} points; {most}")
    if not np.isfinite(X).all():
        raise Wrong(f"{file['X']} has a number that is not finite")
    bytes_of_labels = arrays.array(file["Y"], "|u1", 1, m)
    if id(bytes_of_labels) not in labels:
        if bytes_of_labels.max(initial=0) > 1:
            raise Wrong(f"{file['Y']} has a label that is neither 0 nor 1")
        labels[id(bytes_of_labels)] = bytes_of_labels.astype(np.float64)
    return X, labels[id(bytes_of_labels)], arrays.array(file["held"], "|b1", m)


def _image_shape(file: Place, n_x: int) -> tuple[int, int] | None:
    if file.is_null:
        return None
    sides = tuple(each.whole(1, MAX_FEATURES) for each in file.items())
    if len(sides) != 2 or sides[0] * sides[1] != n_x:
        raise Wrong(f"{file} is no shape of an image of {n_x:,} pixels")
    return sides[0], sides[1]
