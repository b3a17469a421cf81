"""Which columns are the inputs and which is the label: the likely ones, or those that are named."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.data.table import Choice
from engine.data.tables import read_text
from tests.engine.data.reading import NEEDED, read, refusal


def chosen_columns(folder: Path, content: str, **chosen: Any) -> tuple[str, ...]:
    """Return the names of the columns that are used, the label's last."""
    dataset = read(folder, content, **chosen)
    return (*dataset.feature_names, dataset.class_names[0].rsplit(" ", 1)[0])


@pytest.mark.parametrize(
    ("header", "row", "other", "expected"),
    [
        ("a,b,label", "1,2,0", "3,4,1", ("a", "b", "label")),
        ("Class,a,b", "0,2,0", "1,4,1", ("a", "b", "Class")),
        ("a,TARGET,b,flag", "1,0,5,0", "2,1,6,1", ("a", "b", "TARGET")),
        ("x1,x2,y", "1,2,0", "3,4,1", ("x1", "x2", "y")),
        ("x,y,z", "1,2,0", "3,4,1", ("x", "y", "z")),
        ("x,y,class", "1,2,0", "3,4,1", ("x", "y", "class")),
        ("target,label,a,b", "1,0,5,5", "2,1,5,6", ("target", "label", "b")),
        ("flag,a,b,c", "0,1,2,3", "1,4,5,6", ("flag", "a", "c")),
        ("flag,a,b,c", "0,1,2,3\n1,1,7,8", "1,4,5,6", ("flag", "b", "a")),
        ("a,b,c", "1,2,3\n4,5,6", "7,8,3", ("a", "b", "c")),
        ("id,a,b,label", "1,2,3,0", "2,4,5,1", ("a", "b", "label")),
        (",a,b,label", "1,2,3,0", "2,4,5,1", ("a", "b", "label")),
        ("id,a,label", "1,2,0", "2,4,1", ("id", "a", "label")),
        ("place,a,note,b,label", "k,1,m,2,0", "l,3,n,4,1", ("a", "b", "label")),
        ("a,b,c,label", "NA,2,3,0", "nan,4,5,1", None),
    ],
)
def test_likely_columns(
    tmp_path: Path, header: str, row: str, other: str, expected: tuple[str, ...] | None
) -> None:
    content = f"{header}\n{row}\n{other}\n"
    if expected is None:
        assert refusal(tmp_path, content) == f"points.csv: line 2, column a: 'NA' is not a number; {NEEDED}."
    else:
        assert chosen_columns(tmp_path, content) == expected


def test_the_only_column_of_words_is_the_label(tmp_path: Path) -> None:
    dataset = read(tmp_path, "kind,a,b,c\nant,1,2,0\ncat,3,4,1\n")
    assert dataset.feature_names == ("a", "b")
    assert dataset.class_names == ("ant", "cat")


def test_a_typing_error_makes_no_column_of_words(tmp_path: Path) -> None:
    message = refusal(tmp_path, "a,b,flag\noops,2,0\n3,4,1\n5,6,0\n")
    assert message == f"points.csv: line 2, column a: 'oops' is not a number; {NEEDED}."


def test_the_label_is_found_when_the_classes_stand_one_after_the_other(tmp_path: Path) -> None:
    rows = [f"{i >= 20_000:d},{i},{i}.5\n" for i in range(40_000)]
    dataset = read(tmp_path, "".join(rows))
    assert dataset.counts == (20_000, 20_000)
    assert dataset.X[:, -1].tolist() == [39_999.0, 39_999.5]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"columns": ("c", "a"), "label": "b"}, ("c", "a", "b")),
        ({"columns": ("c", "a")}, ("c", "a", "b")),
        ({"label": "a"}, ("b", "c", "a")),
        ({"columns": ("3", "1"), "label": "2"}, ("c", "a", "b")),
        ({"columns": ("4", "a"), "label": "b"}, ("4", "a", "b")),
    ],
)
def test_columns_go_by_name_or_number(
    tmp_path: Path, chosen: dict[str, Any], expected: tuple[str, ...]
) -> None:
    assert chosen_columns(tmp_path, "a,b,c,4\n1,0,5,5\n2,1,6,5\n", **chosen) == expected


def test_a_name_that_was_asked_for_makes_a_header(tmp_path: Path) -> None:
    dataset = read(tmp_path, "0,1,label\n0.5,2,0\n3,4,1\n", columns=("1", "0"), label="label")
    np.testing.assert_array_equal(dataset.X, [[2.0, 4.0], [0.5, 3.0]])
    assert dataset.class_names == ("label 0", "label 1")


def test_unused_columns_may_hold_anything(tmp_path: Path) -> None:
    dataset = read(tmp_path, "a,a,b,c,label\n1,,2,inf,0\n3,oops,4,nan,1\n", columns=("1", "b"), label="label")
    np.testing.assert_array_equal(dataset.X, [[1.0, 3.0], [2.0, 4.0]])


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"columns": ("a", "z")}, "there is no column z; the columns are a, b, c."),
        ({"label": "0"}, "there is no column 0; the columns are a, b, c."),
        ({"label": "4"}, "there is no column 4; the columns are a, b, c."),
        ({"label": "9" * 5000}, f"there is no column {'9' * 29}…; the columns are a, b, c."),
        ({"columns": ("a", "1")}, "the features and the label must be different columns."),
        (
            {"columns": ("a", "b"), "label": "b"},
            "the features and the label must be different columns.",
        ),
    ],
)
def test_columns_that_are_not_there(tmp_path: Path, chosen: dict[str, Any], message: str) -> None:
    assert refusal(tmp_path, "a,b,c\n1,2,0\n3,4,1\n", **chosen) == f"points.csv: {message}"


def test_without_a_header_columns_have_numbers_only(tmp_path: Path) -> None:
    assert refusal(tmp_path, "1,2,0\n3,4,1\n", label="kind") == (
        "points.csv: there is no column kind; the columns are 1, 2, 3, as there is no header."
    )


def test_a_name_that_stands_twice_must_be_a_number(tmp_path: Path) -> None:
    content = "a,a,label\n1,2,0\n3,4,1\n"
    assert refusal(tmp_path, content, columns=("a", "2")) == (
        "points.csv: 2 columns are called a; choose one by its number, from 1."
    )
    assert read(tmp_path, content, columns=("2", "1")).X[0].tolist() == [2.0, 4.0]


def test_any_number_of_columns_can_be_the_inputs(tmp_path: Path) -> None:
    content = "id,a,b,c,kind\n1,1,2,3,x\n2,4,5,6,y\n"
    for columns, X in (
        (("a", "b", "c"), [[1, 4], [2, 5], [3, 6]]),
        (("c",), [[3, 6]]),
        (("4", "a"), [[3, 6], [1, 4]]),
        (("*",), [[1, 4], [2, 5], [3, 6]]),
    ):
        dataset = read(tmp_path, content, columns=columns)
        np.testing.assert_array_equal(dataset.X, X)
        assert dataset.class_names == ("x", "y")
    assert dataset.feature_names == ("a", "b", "c")
    assert read(tmp_path, "1,2,3,0\n4,5,6,1\n", columns=("*",)).feature_names == (
        "column 1",
        "column 2",
        "column 3",
    )


@pytest.mark.parametrize("columns", [None, ("a",), ("*",)])
@pytest.mark.parametrize("content", ["a,kind\n1,x\n2,y\n", "a,word,kind\n1,k,x\n2,l,y\n"])
def test_one_column_and_a_label_are_enough(
    tmp_path: Path, content: str, columns: tuple[str, ...] | None
) -> None:
    dataset = read(tmp_path, content, columns=columns)
    np.testing.assert_array_equal(dataset.X, [[1.0, 2.0]])
    assert (dataset.feature_names, dataset.class_names) == (("a",), ("x", "y"))


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    wide = ",".join(f"c{i}" for i in range(1025)) + ",kind\n" + ",".join(["1"] * 1025) + ",x\n"
    wide += ",".join(["2"] * 1025) + ",y\n"
    message = refusal(tmp_path, wide, columns=("*",))
    assert message == "points.csv: 1,025 columns are too many inputs; at most 1,024 can be used."
    assert read(tmp_path, wide).feature_names == ("c0", "c1")


def test_a_table_knows_whether_another_choice_makes_its_first_row_a_header() -> None:
    content = b"2019,2020,kind\n1,2,b\n3,4,a\n"
    bare, headed = (read_text(io.BytesIO(content), Choice(label=label)) for label in ("3", "kind"))
    assert (bare.header, headed.header) == (False, True)
    assert bare.suits(Choice(columns=("2", "1"))) and not bare.suits(Choice(label="kind"))
    assert headed.suits(Choice(("2020",), "kind")) and not headed.suits(Choice(columns=("2", "1")))
