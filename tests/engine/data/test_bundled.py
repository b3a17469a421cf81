"""Every bundled set is what its catalogue says."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import numpy as np
import pytest

from engine.data.bundled import BUNDLED, FOLDER, BundledSet, catalogue, display_name, load_bundled
from engine.data.dataset import DataError
from engine.data.tables import read_table

KNOWN = {
    "penguins": (("bill length (mm)", "bill depth (mm)"), ("Adelie", "Chinstrap"), (151, 68)),
    "iris": (("petal length (cm)", "petal width (cm)"), ("versicolor", "virginica"), (50, 50)),
    "breast_cancer": (("mean radius", "mean concave points"), ("benign", "malignant"), (357, 212)),
    "digits": (
        tuple(f"row {row} col {column}" for row in range(1, 9) for column in range(1, 9)),
        ("digit 3", "digit 8"),
        (183, 174),
    ),
}
MEASURED = [name for name, bundled in BUNDLED.items() if bundled.image_shape is None]


def test_the_sets_are_there_in_order() -> None:
    assert list(BUNDLED) == list(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_a_set_has_the_published_counts(name: str) -> None:
    dataset = load_bundled(name)
    assert (dataset.feature_names, dataset.class_names, dataset.counts) == KNOWN[name]
    assert dataset.title == BUNDLED[name].label


@pytest.mark.parametrize("name", BUNDLED)
def test_a_set_says_what_it_is(name: str) -> None:
    bundled = BUNDLED[name]
    assert bundled.name == name
    optional = {"classes", "image_shape"}
    assert all(getattr(bundled, field.name) for field in fields(BundledSet) if field.name not in optional)
    with pytest.raises(FrozenInstanceError):
        bundled.label = ""  # type: ignore[misc]


@pytest.mark.parametrize("name", BUNDLED)
def test_only_the_names_differ_from_the_file(name: str) -> None:
    bundled, dataset = BUNDLED[name], load_bundled(name)
    plain = read_table(FOLDER / bundled.file, bundled.columns, bundled.label_column, bundled.classes)
    assert tuple(map(display_name, plain.feature_names)) == dataset.feature_names
    np.testing.assert_array_equal(plain.X, dataset.X)
    np.testing.assert_array_equal(plain.Y, dataset.Y)


@pytest.mark.parametrize("name", MEASURED)
def test_a_person_opening_the_file_gets_the_same_columns(name: str) -> None:
    assert read_table(FOLDER / BUNDLED[name].file).feature_names == BUNDLED[name].columns


def test_digits_are_images_of_the_published_counts() -> None:
    counts = {}
    for digit in range(10):
        dataset = load_bundled("digits", classes=(str(digit), "*"))
        assert dataset.class_names == (f"digit {digit}", f"not digit {digit}")
        counts[digit] = dataset.counts
    ours = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert counts == {digit: (count, 1797 - count) for digit, count in enumerate(ours)}
    assert dataset.image_shape == (8, 8) and dataset.X.shape == (64, 1797)
    assert set(np.unique(dataset.X)) == set(map(float, range(17)))


def test_a_0_has_a_hole_in_the_middle_and_a_1_has_ink() -> None:
    dataset = load_bundled("digits", classes=("0", "1"))
    ink = [dataset.X[:, dataset.Y[0] == label].mean(axis=1).reshape(8, 8) for label in (0, 1)]
    assert ink[0][3:5, 3:5].mean() < 2 < 10 < ink[1][3:5, 3:5].mean()
    assert all((each[:, 0] < 1).all() for each in ink), "digits stand in the middle of their image"


def test_digits_say_what_else_there_is_to_choose() -> None:
    dataset = load_bundled("digits", classes=("7", "1"))
    assert dataset.labels == tuple("0123456789")
    assert dataset.chosen_labels == ("7", "1") and dataset.class_names == ("digit 7", "digit 1")
    assert load_bundled("digits", classes=("3.0", "*")).chosen_labels == ("3", "*")
    assert load_bundled("iris").labels == ()
    with pytest.raises(DataError, match="there is no label '12'; the labels are"):
        load_bundled("digits", classes=("1", "12"))


def test_some_of_the_pixels_are_no_image() -> None:
    dataset = load_bundled("digits", columns=("row_4_col_4", "row_4_col_5"))
    assert dataset.image_shape is None and dataset.X.shape == (2, 357)


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ("bill_length_mm", "bill length (mm)"),
        ("body_mass_g", "body mass (g)"),
        ("width_um", "width (µm)"),
        ("mean_concave_points", "mean concave points"),
        ("mean_radius", "mean radius"),
        ("radius", "radius"),
        ("mm", "mm"),
        ("_mm", " mm"),
    ],
)
def test_display_names(column: str, shown: str) -> None:
    assert display_name(column) == shown


def test_a_catalogue_is_read_in_its_order(tmp_path: Path) -> None:
    table = (
        'label="L"\nfile="f.csv"\ncolumns=["a","b"]\nlabel_column="c"\nhelp="h"\nsource="s"\nlicence="l"\n'
    )
    path = tmp_path / "catalogue.toml"
    path.write_text(f"[second]\n{table}[first]\n{table}", encoding="utf-8")
    sets = catalogue(path)
    assert list(sets) == ["second", "first"]
    assert sets["first"] == BundledSet("first", "L", "f.csv", ("a", "b"), "c", "h", "s", "l")
