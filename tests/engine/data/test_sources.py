"""One name or path in, one set of points out."""

import numpy as np
import pytest

from engine.data.bundled import BUNDLED, FOLDER, load_bundled
from engine.data.dataset import DataError
from engine.data.generators import GENERATORS, generate
from engine.data.sources import DATA_SOURCES, load_data


def test_generators_come_first_and_no_name_stands_for_two():
    assert list(DATA_SOURCES) == [*GENERATORS, *BUNDLED]
    assert all(source.name == name for name, source in DATA_SOURCES.items())


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_gets_its_settings(name):
    loaded, expected = load_data(name, 30, 0.2, 5), generate(name, 30, 0.2, 5)
    np.testing.assert_array_equal(loaded.X, expected.X)
    np.testing.assert_array_equal(loaded.Y, expected.Y)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_set_is_loaded_by_name(name):
    loaded, expected = load_data(name, 30, 0.2, 5), load_bundled(name)
    np.testing.assert_array_equal(loaded.X, expected.X)
    assert loaded.title == expected.title


def test_a_file_is_read_with_its_columns():
    loaded = load_data(str(FOLDER / "penguins.csv"), 4, 0, 0, ("bill_depth_mm", "bill_length_mm"), "species")
    assert loaded.feature_names == ("bill_depth_mm", "bill_length_mm")
    assert loaded.counts == (151, 68)


def test_a_name_of_ours_beats_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iris").write_text("1,2,A\n3,4,B\n")
    (tmp_path / "points.csv").write_text("1,2,A\n3,4,B\n")
    assert load_data("iris", 4, 0, 0).m == 100
    assert load_data("points.csv", 4, 0, 0).m == 2


def test_a_name_that_nothing_has():
    names = "blobs, moons, circles, xor, spiral, flower, penguins, iris, breast_cancer, digits"
    with pytest.raises(DataError, match=rf"^data 'mons' is neither a file nor one of {names}\.$"):
        load_data("mons", 4, 0, 0)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("missing.csv", r"^missing\.csv: the file cannot be read \(no such file or directory\)\.$"),
        ("points.docx", r"^points\.docx: the file cannot be read"),
        ("", "this is a folder"),
        ("a" * 300, "."),
        ("a" * 300 + ".csv", "file name too long"),
    ],
    ids=["missing", "strange", "empty", "long name", "long file name"],
)
def test_a_file_that_cannot_be_read(source, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match=message):
        load_data(source, 4, 0, 0)


def test_classes_and_gaps_reach_files_and_bundled_sets(tmp_path):
    (tmp_path / "points.csv").write_text("1,2,A\n3,4,B\n5,6,C\n?,8,A\n")
    path = str(tmp_path / "points.csv")
    assert load_data(path, 4, 0, 0, classes=("C", "*"), gaps="skip").counts == (1, 2)
    assert load_data("iris", 4, 0, 0, classes=("virginica", "versicolor")).class_names == (
        "virginica",
        "versicolor",
    )
    with pytest.raises(DataError, match=r"^moons is made up"):
        load_data("moons", 4, 0, 0, classes=("A", "*"))
