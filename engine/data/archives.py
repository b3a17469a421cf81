"""NumPy archives, .npz, as tables: an array X of points and an array y of labels. Nothing in them is ever run."""

import math
import zipfile
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import Column
from engine.data.dataset import DataError
from engine.data.rows import Rows, short
from engine.data.table import BLOCK, HEAD, Choice, Table, Watch, check_size, unwatched
from engine.data.zips import DAMAGED, refuse_locked

LABEL = "label"
MOST_BYTES = 2**30  # of an array


def read_archive(file: BinaryIO, choice: Choice, watch: Watch = unwatched, whole: bool = True) -> Table:
    """Return the table that X (m, n_x) and y (m,) hold; X may also be (n_x, m), as y tells.

    `feature_names`, `class_names` of the labels 0 and 1, and `held` (m,), which points are for the test alone, are
    taken where they are there. Raises DataError.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            refuse_locked(archive)
            parts = {name.removesuffix(".npy"): name for name in archive.namelist() if name.endswith(".npy")}
            if not {"X", "y"} <= parts.keys():
                listed = ", ".join(list(parts)[:20]) or "none"
                raise DataError(
                    f"there must be an array X of points and an array y of labels; the arrays are {listed}."
                )
            X, y = (_array(archive, parts[name], name) for name in ("X", "y"))
            given = {
                name: list(map(str, _array(archive, parts[name], name).ravel().tolist()))
                if name in parts
                else []
                for name in ("feature_names", "class_names")
            }
            held = _array(archive, parts["held"], "held").ravel() if "held" in parts else None
    except DAMAGED as error:
        raise DataError("the file is damaged, or not an archive of arrays.") from error
    X, y = _fitting(X, y)
    if held is not None and (held.dtype.kind != "b" or held.size != y.size):
        raise DataError("the array held must say true or false once for each point.")
    names, named = given["feature_names"], True
    if len(names) != X.shape[1]:
        names, named = [str(i) for i in range(1, X.shape[1] + 1)], False
    labels = Column()
    if len(given["class_names"]) == 2:
        if len(set(given["class_names"])) == 1:
            raise DataError(f"both class_names are {short(given['class_names'][0])!r}; they must differ.")
        labels.names = dict(zip((0.0, 1.0), given["class_names"], strict=True))
    free = next(name for name in (LABEL, "class", "y", "label of the points") if name not in names)
    columns = {i: Column() for i in range(X.shape[1])} | {X.shape[1]: labels}
    table = Table(Rows(iter(()), unit="row"), [*names, free], named, columns)
    table.held = None if held is None else held.astype(np.bool_)
    _fill(table, X, y, watch)
    return table


def _array(archive: zipfile.ZipFile, part: str, name: str) -> NDArray[np.generic]:
    """Return an array, once its header has said that it is small enough and holds plain values."""
    try:
        with archive.open(part) as stream:
            version = np.lib.format.read_magic(stream)
            read_header = HEADERS.get(version)
            if read_header is None:
                raise DataError(f"the array {name} is in a form that is not known here.")
            shape, _, dtype = read_header(stream)
        if dtype.hasobject:
            raise DataError(
                f"the array {name} holds Python objects; they could run programs, so they are not read."
            )
        if dtype.kind not in "buifUS":
            raise DataError(f"the array {name} holds neither numbers nor texts, but {dtype}.")
        if dtype.itemsize * math.prod(shape) > MOST_BYTES:
            size = " × ".join(f"{length:,}" for length in shape)
            raise DataError(
                f"the array {name} is too large, {size}; at most {MOST_BYTES // 2**20:,} MiB can be read."
            )
        with archive.open(part) as stream:
            array = np.lib.format.read_array(stream, allow_pickle=False)
    except ValueError as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"the array {name} is damaged.") from error
    return array


HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


def _fitting(
    X: NDArray[np.generic], y: NDArray[np.generic]
) -> tuple[NDArray[np.float64], NDArray[np.generic]]:
    """Return the points as X (m, n_x) in doubles, and the labels as y (m,)."""
    size = " × ".join(map(str, X.shape)) or "a single value"
    if X.ndim != 2 or X.dtype.kind not in "buif":
        raise DataError(
            f"the array X must hold numbers in rows and columns; it is {size}, of the kind {X.dtype}."
        )
    labels = np.squeeze(y) if y.size > 1 else y.ravel()
    if labels.ndim != 1 or labels.size not in X.shape:
        shape = " × ".join(map(str, y.shape)) or "a single value"
        raise DataError(f"the array y must hold one label for each point; X is {size} and y is {shape}.")
    if labels.size != X.shape[0]:
        X = X.T
    check_size(*X.shape)
    return X.astype(np.float64), labels


def _fill(table: Table, X: NDArray[np.float64], y: NDArray[np.generic], watch: Watch) -> None:
    m, n_x = X.shape
    if not m or not n_x:
        raise DataError("there are no points in the array X.")
    table.lines.extend(range(1, m + 1))
    shown = y[:HEAD].tolist()
    table.head = [
        [*map(repr, point), str(label)] for point, label in zip(X[:HEAD].tolist(), shown, strict=True)
    ]
    for i in range(n_x):
        watch(i / (n_x + 1))
        table.columns[i].read_numbers(np.ascontiguousarray(X[:, i]), 0)
    if y.dtype.kind in "buif":
        table.columns[n_x].read_numbers(y.astype(np.float64), 0)
        return
    if y.dtype.kind == "S":
        y = np.char.decode(np.asarray(y, np.bytes_), "utf-8", "replace")
    for row in range(0, m, BLOCK):
        texts = y[row : row + BLOCK]
        table.columns[n_x].read(list(map(str.strip, texts.tolist())), row)
