"""Every bundled set is what its catalogue says."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import numpy as np
import pytest

from engine.data.bundled import BUNDLED, FOLDER, BundledSet, catalogue, display_name, load_bundled
from engine.data.tables import read_table

KNOWN = {
    "penguins": (("bill length (mm)", "bill depth (mm)"), ("Adelie", "Chinstrap"), (151, 68)),
    "iris": (("petal length (cm)", "petal width (cm)"), ("versicolor", "virginica"), (50, 50)),
    "breast_cancer": (("mean radius", "mean concave points"), ("benign", "malignant"), (357, 212)),
}


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
    assert all(getattr(bundled, field.name) for field in fields(BundledSet))
    with pytest.raises(FrozenInstanceError):
        bundled.label = ""  # type: ignore[misc]


@pytest.mark.parametrize("name", BUNDLED)
def test_only_the_names_differ_from_the_file(name: str) -> None:
    bundled, dataset = BUNDLED[name], load_bundled(name)
    plain = read_table(FOLDER / bundled.file, bundled.columns, bundled.label_column)
    assert plain.feature_names == bundled.columns
    np.testing.assert_array_equal(plain.X, dataset.X)
    np.testing.assert_array_equal(plain.Y, dataset.Y)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_person_opening_the_file_gets_the_same_columns(name: str) -> None:
    assert read_table(FOLDER / BUNDLED[name].file).feature_names == BUNDLED[name].columns


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
