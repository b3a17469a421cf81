"""Points that were saved come back to the last bit, whatever they are called."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.data.tables import READERS, read_table
from engine.files.atomic import FileError
from engine.files.points import DATA_FORMATS, save_data

NAMES = ("bill, in mm", 'the "depth"')


def of(X: np.ndarray, Y: np.ndarray, classes: tuple[str, str] = ("A", "B")) -> Dataset:
    """Return points with names that need quotation marks."""
    return Dataset.of(X, Y, "points", feature_names=NAMES, class_names=classes)


def test_every_form_can_be_read_again() -> None:
    assert set(DATA_FORMATS) <= set(READERS)


@pytest.mark.parametrize("ending", DATA_FORMATS)
@given(
    points=st.lists(
        st.tuples(*2 * [st.floats(allow_nan=False, allow_infinity=False)], st.booleans()), min_size=2
    ).filter(lambda points: len({point[2] for point in points}) == 2)
)
def test_points_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, ending: str, points: list[tuple[float, float, bool]]
) -> None:
    X = np.array([point[:2] for point in points]).T
    Y = np.array([point[2] for point in points], dtype=float)
    path = tmp_path_factory.mktemp("saved") / f"points{ending}"
    assert save_data(path, of(X, Y)) == ""
    again = read_table(path)
    assert again.X.tobytes() == X.tobytes()
    assert again.Y.tolist() == [Y.tolist()]
    assert (again.feature_names, again.class_names) == (NAMES, ("A", "B"))


@pytest.mark.parametrize("ending", DATA_FORMATS)
def test_made_up_points_and_many_features_come_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"points{ending}"
    moons = generate("moons", 400, 0.1, 0)
    save_data(path, moons)
    again = read_table(path)
    assert again.X.tobytes() == moons.X.tobytes()
    assert (again.feature_names, again.class_names) == (moons.feature_names, moons.class_names)
    rng = np.random.default_rng(0)
    wide = Dataset.of(
        rng.normal(size=(5, 30)), rng.integers(0, 2, 30).astype(float), "wide", feature_names=tuple("vwxyz")
    )
    save_data(path, wide)
    again = read_table(path, columns=("*",))
    assert again.X.tobytes() == wide.X.tobytes() and again.Y.tobytes() == wide.Y.tobytes()


def test_a_table_is_written_as_the_standard_says(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    save_data(path, of(np.array([[0.1, 1e-320], [-0.0, 2.0]]), np.array([1.0, 0.0]), ("b", "a, z")))
    assert path.read_bytes() == (
        b'"bill, in mm","the ""depth""",label\r\n0.1,-0.0,"a, z"\r\n1e-320,2.0,b\r\n'
    )


def test_the_order_of_the_classes_is_kept_or_told(tmp_path: Path) -> None:
    points = of(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 1.0]), ("yes", "no"))
    hint = save_data(tmp_path / "points.csv", points)
    assert hint == " To read yes as class 0 again, choose the classes yes,no."
    assert read_table(tmp_path / "points.csv", classes=("yes", "no")).Y.tolist() == [[0, 1]]
    assert save_data(tmp_path / "points.npz", points) == ""
    again = read_table(tmp_path / "points.npz")
    assert (again.class_names, again.Y.tolist()) == (("yes", "no"), [[0, 1]])


def test_the_label_has_a_name_of_its_own(tmp_path: Path) -> None:
    names = ("label", "class")
    X, Y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 1.0])
    for ending in DATA_FORMATS:
        path = tmp_path / f"points{ending}"
        save_data(path, Dataset.of(X, Y, "points", feature_names=names))
        assert read_table(path, columns=names).X.tobytes() == X.tobytes()
    with (tmp_path / "points.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["label", "class", "target"]


def test_an_archive_holds_nothing_but_plain_arrays(tmp_path: Path) -> None:
    save_data(tmp_path / "points.npz", generate("xor", 6, 0.0, 0))
    with np.load(tmp_path / "points.npz", allow_pickle=False) as arrays:
        assert {name: arrays[name].shape for name in arrays} == {
            "X": (6, 2),
            "y": (6,),
            "feature_names": (2,),
            "class_names": (2,),
        }


def test_another_ending_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    moons = generate("moons", 10, 0.1, 0)
    with pytest.raises(FileError, match=r"^points\.doc must end in one of \.csv, \.npz\.$"):
        save_data(tmp_path / "points.doc", moons)
    with pytest.raises(FileError, match=r"^points\.csv could not be written:"):
        save_data(tmp_path / "none" / "points.csv", moons)
    assert not list(tmp_path.iterdir())


def test_points_for_the_test_alone_come_back_or_it_is_told(tmp_path: Path) -> None:
    points = generate("moons", 10, 0.1, 0)
    held = np.arange(10) % 3 == 0
    points = points.with_points(points.X, points.Y, points.ids, held)
    assert save_data(tmp_path / "points.npz", points) == ""
    again = read_table(tmp_path / "points.npz")
    assert again.held.tolist() == held.tolist() and not again.painted
    hint = save_data(tmp_path / "points.csv", points)
    assert hint == " Which points are for the test alone is lost; .npz keeps it."
    assert not read_table(tmp_path / "points.csv").held.any()


@pytest.mark.parametrize("classes", [("1", "A"), ("A", "1"), ("2", "10"), ("10", "2")])
def test_names_of_classes_that_can_be_chosen_again(tmp_path: Path, classes: tuple[str, str]) -> None:
    path = tmp_path / "points.csv"
    hint = save_data(path, of(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 1.0]), classes))
    chosen = None if classes == ("2", "10") else classes
    assert hint == (
        ""
        if chosen is None
        else f" To read {classes[0]} as class 0 again, choose the classes {','.join(classes)}."
    )
    assert read_table(path, classes=chosen).Y.tolist() == [[0, 1]]


@pytest.mark.parametrize("classes", [(" A", "B"), ("A", "?"), ("", "A"), ("1", "1.0"), ("A", "A ")])
def test_names_of_classes_that_a_table_cannot_keep(tmp_path: Path, classes: tuple[str, str]) -> None:
    points = of(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 1.0]), classes)
    hint = save_data(tmp_path / "points.csv", points)
    assert hint == (
        f" The class names {classes[0]!r} and {classes[1]!r} cannot be read again as they are; .npz keeps them."
    )
    save_data(tmp_path / "points.npz", points)
    assert read_table(tmp_path / "points.npz").class_names == classes


@pytest.mark.parametrize("names", [("1", "2"), ("1e5", "na"), ("?", "-3,5")])
def test_names_of_features_are_no_point(tmp_path: Path, names: tuple[str, str]) -> None:
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    path = tmp_path / "points.csv"
    save_data(path, Dataset.of(X, np.array([0.0, 1.0]), "points", feature_names=names))
    again = read_table(path)
    assert again.X.tolist() == X.tolist()
    assert again.feature_names == tuple(f"column {name}" for name in names)


@pytest.mark.parametrize(
    ("text", "saved"),
    [
        ("a,b,c\n1.5,2.5,-1\n3.5,4.5,1\n", "a,b,c\n1.5,2.5,-1\n3.5,4.5,1\n"),
        ("1.5,2.5,0\n3.5,4.5,1\n", "column 1,column 2,class\n1.5,2.5,0\n3.5,4.5,1\n"),
        ("a,b,kind\n1.5,2.5,x\n3.5,4.5,y\n", "a,b,kind\n1.5,2.5,x\n3.5,4.5,y\n"),
    ],
)
def test_a_table_keeps_the_names_of_its_label_and_classes(tmp_path, text, saved):
    (tmp_path / "in.csv").write_text(text)
    dataset = read_table(tmp_path / "in.csv")
    assert save_data(tmp_path / "out.csv", dataset) == ""
    assert (tmp_path / "out.csv").read_text().replace("\r\n", "\n") == saved
    again = read_table(tmp_path / "out.csv")
    assert again.class_names == dataset.class_names
    assert np.array_equal(again.X, dataset.X) and np.array_equal(again.Y, dataset.Y)
