"""NumPy archives are read with their orientation and names, and nothing in them is ever run."""

import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.dataset import DataError
from engine.data.tables import read_table

POINTS = np.array([[0.1, 5.0], [1e-320, -0.0], [3.0, 7.0]])  # (m, n_x)

ARRAYS = "an array X of points and an array y of labels"
NUMBERS = "the array X must hold numbers in rows and columns"
LABELS = "the array y must hold one label for each point"
FINITE = "not a finite number; every point needs a number, such as 39.1 or -2e3."
NEEDED = "every point needs one of two labels."
TWO = "there must be exactly two different ones."


def written(folder: Path, **arrays: Any) -> Path:
    """Save arrays and return the path."""
    path = folder / "points.npz"
    np.savez(path, **arrays)
    return path


def refusal(path: Path) -> str:
    """Return the sentence with which a file is refused, without the file's name."""
    with pytest.raises(DataError) as caught:
        read_table(path)
    return str(caught.value).removeprefix(f"{path.name}: ")


@pytest.mark.parametrize("X", [POINTS, np.asfortranarray(POINTS), POINTS.T])
@pytest.mark.parametrize(
    "y", [np.array([0, 1, 1]), np.array([[0, 1, 1]]), np.array([[False], [True], [True]])]
)
def test_points_go_in_rows_or_in_columns_as_the_labels_say(tmp_path: Path, X: Any, y: Any) -> None:
    dataset = read_table(written(tmp_path, X=X, y=y))
    assert dataset.X.tobytes() == np.ascontiguousarray(POINTS.T).tobytes()
    assert dataset.Y.tolist() == [[0, 1, 1]]
    assert (dataset.feature_names, dataset.class_names) == (("column 1", "column 2"), ("class 0", "class 1"))


def test_names_are_taken_where_they_are_there(tmp_path: Path) -> None:
    names = {"feature_names": np.array(["width", "height"]), "class_names": np.array(["zebra", "ant"])}
    path = written(tmp_path, X=POINTS, y=[1, 0, 1], **names)
    dataset = read_table(path)
    assert (dataset.feature_names, dataset.class_names) == (("width", "height"), ("zebra", "ant"))
    assert dataset.Y.tolist() == [[1, 0, 1]]
    assert read_table(path, classes=("ant", "zebra")).Y.tolist() == [[0, 1, 0]]
    assert read_table(path, columns=("height",)).X.tolist() == [[5.0, -0.0, 7.0]]


@pytest.mark.parametrize("kind", ["U", "S"])
def test_labels_may_be_words(tmp_path: Path, kind: str) -> None:
    dataset = read_table(written(tmp_path, X=POINTS, y=np.array(["b", "a", "b"], dtype=kind)))
    assert (dataset.class_names, dataset.Y.tolist()) == (("a", "b"), [[1, 0, 1]])


def test_of_many_labels_two_are_chosen(tmp_path: Path) -> None:
    X = np.arange(40.0).reshape(20, 2)
    path = written(tmp_path, X=X, y=np.arange(20) % 10)
    assert "is a third label" in refusal(path)
    assert read_table(path, classes=("3", "8")).X.tolist() == [[6, 16, 26, 36], [7, 17, 27, 37]]


def test_all_columns_are_inputs_when_asked(tmp_path: Path) -> None:
    X = np.random.default_rng(0).random((6, 64))
    path = written(tmp_path, X=X.astype(np.float32), y=np.arange(6) % 2)
    np.testing.assert_array_equal(read_table(path, columns=("*",)).X, X.astype(np.float32).T)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"a": POINTS}, f"there must be {ARRAYS}; the arrays are a."),
        ({"X": np.zeros((2, 2, 2)), "y": [0, 1]}, f"{NUMBERS}; it is 2 × 2 × 2, of the kind float64."),
        ({"X": POINTS.astype(str), "y": [0, 1, 1]}, f"{NUMBERS}; it is 3 × 2, of the kind <U32."),
        ({"X": POINTS * 1j, "y": [0, 1, 1]}, "the array X holds neither numbers nor texts, but complex128."),
        ({"X": POINTS, "y": [0, 1, 0, 1]}, f"{LABELS}; X is 3 × 2 and y is 4."),
        ({"X": POINTS, "y": 1}, f"{LABELS}; X is 3 × 2 and y is a single value."),
        ({"X": np.zeros((0, 2)), "y": np.zeros(0)}, "there are no points in the array X."),
        ({"X": [[1, np.inf], [3, 4]], "y": [0, 1]}, f"row 1, column 2: 'inf' is {FINITE}"),
        ({"X": [[1, 2], [np.nan, 4]], "y": [0, 1]}, f"row 2, column 1: 'nan' is {FINITE}"),
        ({"X": [[1, 2], [3, 4]], "y": [0.0, np.nan]}, f"row 2, column label: 'nan' is not a label; {NEEDED}"),
        ({"X": [[1, 2], [3, 4]], "y": [5, 5]}, f"column label: every label is '5'; {TWO}"),
    ],
)  # fmt: skip
def test_arrays_that_do_not_fit(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    assert refusal(written(tmp_path, **arrays)) == message


def test_gaps_in_an_archive(tmp_path: Path) -> None:
    path = written(tmp_path, X=[[1, 2], [np.nan, 4], [5, 6]], y=[0, 1, 1])
    assert read_table(path, gaps="skip").X.tolist() == [[1, 5], [2, 6]]
    assert read_table(path, gaps="mean").X.tolist() == [[1, 3, 5], [2, 4, 6]]


class Trap:
    """Opens a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (str(self._path), "w")


def test_a_pickle_is_never_loaded(tmp_path: Path) -> None:
    trap = np.array([[Trap(tmp_path / "sprung"), 1], [2, 3]], dtype=object)
    path = written(tmp_path, X=trap, y=[0, 1])
    assert refusal(path) == "the array X holds Python objects; they could run programs, so they are not read."
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("X.npy", pickle.dumps(Trap(tmp_path / "sprung")))
        archive.writestr("y.npy", b"")
    assert refusal(path) == "the array X is damaged."
    assert not (tmp_path / "sprung").exists()


def test_a_header_that_promises_too_much_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "points.npz"
    with zipfile.ZipFile(path, "w") as archive, archive.open("X.npy", "w") as part:
        header = {"descr": "<f8", "fortran_order": False, "shape": (10**12, 2)}
        np.lib.format.write_array_header_1_0(part, header)
    with zipfile.ZipFile(path, "a") as archive, archive.open("y.npy", "w") as part:
        np.lib.format.write_array(part, np.zeros(2))
    assert refusal(path) == "the array X is too large, 1,000,000,000,000 × 2; at most 1,024 MiB can be read."


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, X=POINTS, y=[0, 1, 1])
    whole = path.read_bytes()
    for share in range(10):
        path.write_bytes(whole[: len(whole) * share // 10])
        assert refusal(path) == "the file is damaged, or not an archive of arrays."
    start = whole.index(b"\x93NUMPY") + 128
    path.write_bytes(whole[:start] + b"\xff" * 16 + whole[start + 16 :])
    assert refusal(path) == "the file is damaged, or not an archive of arrays."


def test_class_names_must_differ_and_what_is_held_must_fit(tmp_path: Path) -> None:
    path = written(tmp_path, X=POINTS, y=[0, 1, 1], class_names=["A", "A"])
    assert refusal(path) == "both class_names are 'A'; they must differ."
    for held in ([True, False], [0, 1, 1]):
        path = written(tmp_path, X=POINTS, y=[0, 1, 1], held=held)
        assert refusal(path) == "the array held must say true or false once for each point."


def test_points_for_the_test_stay_with_their_rows(tmp_path: Path) -> None:
    X = [[1, 2], [np.nan, 4], [5, 6], [7, 8], [9, 9]]
    path = written(tmp_path, X=X, y=[0, 1, 2, 1, 1], held=[False, True, True, True, False])
    dataset = read_table(path, classes=("0", "1"), gaps="skip")
    assert dataset.X[0].tolist() == [1, 7, 9]
    assert dataset.held.tolist() == [False, True, False]


def test_a_locked_archive_is_refused_as_such(tmp_path: Path) -> None:
    path = written(tmp_path, X=POINTS, y=[0, 1, 1])
    lock(path)
    assert refusal(path) == "the file is protected by a password; save it without one."


def lock(path: Path) -> None:
    """Mark every part of an archive as one that needs a password."""
    content = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            content[place + flags] |= 1
    path.write_bytes(content)


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_an_archive_that_is_damaged_inside_is_refused(tmp_path: Path, packing: int) -> None:
    plain = written(tmp_path, X=np.arange(2000.0).reshape(1000, 2), y=np.arange(1000) % 2)
    packed = tmp_path / "packed.npz"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w", packing) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert read_table(packed).m == 1000
    content = bytearray(packed.read_bytes())
    content[60:200] = b"\xff" * 140
    packed.write_bytes(content)
    assert refusal(packed) == "the file is damaged, or not an archive of arrays."
