"""More than two labels as two classes, and rows with gaps: what the person chose happens, and is told."""

from pathlib import Path

import numpy as np
import pytest

from engine.data.gaps import GAP_RULES
from tests.engine.data.reading import read, refusal

FLOWERS = """width,height,kind
1,10,setosa
2,20,virginica
3,30,versicolor
4,40,setosa
5,50,virginica
"""
HOLES = """width,height,kind
1,10,a
NA,20,b
3,,a
5,60,b
nan,80,a
7,90,
"""


@pytest.mark.parametrize(
    ("classes", "names", "Y", "widths", "notes"),
    [
        (
            ("setosa", "virginica"),
            ("setosa", "virginica"),
            [0, 1, 0, 1],
            [1, 2, 4, 5],
            ("1 row with other labels left out",),
        ),
        (
            ("versicolor", "setosa"),
            ("versicolor", "setosa"),
            [1, 0, 1],
            [1, 3, 4],
            ("2 rows with other labels left out",),
        ),
        (("setosa", "*"), ("setosa", "not setosa"), [0, 1, 1, 0, 1], [1, 2, 3, 4, 5], ()),
        (("*", "setosa"), ("not setosa", "setosa"), [1, 0, 0, 1, 0], [1, 2, 3, 4, 5], ()),
    ],
)
def test_two_of_three_labels_or_one_against_the_rest(
    tmp_path: Path,
    classes: tuple[str, str],
    names: tuple[str, str],
    Y: list[int],
    widths: list[int],
    notes: tuple[str, ...],
) -> None:
    dataset = read(tmp_path, FLOWERS, classes=classes)
    assert dataset.class_names == names
    assert dataset.Y[0].tolist() == Y
    assert dataset.X.tolist() == [widths, [10 * width for width in widths]]
    assert dataset.notes == notes
    assert dataset.ids.tolist() == list(range(len(Y)))


def test_two_labels_can_be_swapped_and_the_rest_of_two_has_its_name(tmp_path: Path) -> None:
    content = "a,b,kind\n1,2,yes\n3,4,no\n"
    assert read(tmp_path, content).class_names == ("no", "yes")
    swapped = read(tmp_path, content, classes=("yes", "no"))
    assert (swapped.class_names, swapped.Y.tolist()) == (("yes", "no"), [[0, 1]])
    assert read(tmp_path, content, classes=("yes", "*")).class_names == ("yes", "no")


def test_numbers_as_labels_go_by_value(tmp_path: Path) -> None:
    content = "a,b,digit\n1,2,3\n4,5,8\n7,8,3.0\n9,9,1\n"
    dataset = read(tmp_path, content, classes=("3", "8"))
    assert (dataset.class_names, dataset.Y.tolist()) == (("digit 3", "digit 8"), [[0, 1, 0]])
    rest = read(tmp_path, content, classes=("*", "3.0"))
    assert (rest.class_names, rest.Y.tolist()) == (("not digit 3", "digit 3"), [[1, 0, 1, 0]])


def test_numbers_and_words_may_stand_against_each_other_when_they_are_chosen(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b,kind\n1,2,0\n3,4,one\n", classes=("one", "0")).class_names == ("one", "kind 0")


@pytest.mark.parametrize(
    ("content", "classes", "message"),
    [
        (
            FLOWERS,
            ("rose", "setosa"),
            "column kind: there is no label 'rose'; the labels are setosa, virginica, versicolor.",
        ),
        (
            FLOWERS.replace("setosa", "1").replace("virginica", "2"),
            ("1", "1.0"),
            "column kind: '1' and '1.0' are the same label; name two.",
        ),
        (
            "a,b,k\n1,2,x\n3,4,x\n",
            ("x", "*"),
            "column k: every label is 'x'; there must be two different ones.",
        ),
    ],
)
def test_classes_that_are_not_there(
    tmp_path: Path, content: str, classes: tuple[str, str], message: str
) -> None:
    assert refusal(tmp_path, content, classes=classes) == f"points.csv: {message}"


def test_of_a_column_with_too_many_labels_no_two_can_be_chosen(tmp_path: Path) -> None:
    content = "a,b,label\n" + "".join(f"{i},{i},{i % 1001}\n" for i in range(3000))
    message = refusal(tmp_path, content, classes=("1", "2"))
    assert message == (
        "points.csv: column label has more than 1,000 different labels, the most that can be used."
    )
    fewer = content.replace(",1000\n", ",999\n")
    assert read(tmp_path, fewer, classes=("1", "2")).counts == (3, 3)


def test_without_a_rule_the_first_gap_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, HOLES).startswith("points.csv: line 7, column kind: the cell is empty;")
    labelled = HOLES.replace("7,90,\n", "")
    assert refusal(tmp_path, labelled).startswith("points.csv: line 3, column width: 'NA' is not a number;")


def test_a_gap_in_a_row_that_is_left_out_does_not_matter(tmp_path: Path) -> None:
    content = FLOWERS.replace("3,30", "NA,30")
    assert read(tmp_path, content, classes=("setosa", "virginica")).m == 4
    message = refusal(tmp_path, content, classes=("setosa", "*"))
    assert message.startswith("points.csv: line 4, column width: 'NA' is not a number;")


def test_rows_with_gaps_are_left_out(tmp_path: Path) -> None:
    dataset = read(tmp_path, HOLES, gaps="skip")
    assert dataset.X.tolist() == [[1, 5], [10, 60]]
    assert dataset.Y.tolist() == [[0, 1]]
    assert dataset.notes == ("1 row without a label left out", "3 rows with gaps left out")


def test_gaps_are_filled_with_the_mean_of_the_rows_that_are_used(tmp_path: Path) -> None:
    dataset = read(tmp_path, HOLES, gaps="mean")
    np.testing.assert_array_equal(dataset.X, [[1, 3, 3, 5, 3], [10, 20, 42.5, 60, 80]])
    assert dataset.Y.tolist() == [[0, 1, 0, 1, 0]]
    assert dataset.notes == ("1 row without a label left out", "3 rows with gaps filled by the column's mean")


def test_a_mean_of_the_largest_numbers_is_finite(tmp_path: Path) -> None:
    dataset = read(tmp_path, "a,b,k\n1.7e308,1,x\n1.7e308,2,y\n?,3,x\n", gaps="mean")
    np.testing.assert_allclose(dataset.X[0, 2], 1.7e308)


@pytest.mark.parametrize("rule", [name for name, rule in GAP_RULES.items() if rule.close])
def test_what_is_no_gap_is_refused_under_every_rule(tmp_path: Path, rule: str) -> None:
    message = refusal(tmp_path, HOLES.replace("5,60", "5,six"), gaps=rule)
    assert message.startswith("points.csv: line 5, column height: 'six' is not a number;")
    message = refusal(tmp_path, HOLES.replace("5,60", "5,inf"), gaps=rule)
    assert message.startswith("points.csv: line 5, column height: 'inf' is not a finite number;")


@pytest.mark.parametrize("rule", [name for name, rule in GAP_RULES.items() if rule.close])
def test_a_table_without_gaps_is_the_same_under_every_rule(tmp_path: Path, rule: str) -> None:
    chosen, plain = (read(tmp_path, FLOWERS, classes=("setosa", "*"), gaps=each) for each in (rule, "refuse"))
    assert chosen.X.tobytes() == plain.X.tobytes()
    assert chosen.notes == ()


def test_gaps_may_not_leave_a_class_or_a_column_empty(tmp_path: Path) -> None:
    content = "a,b,k\n1,2,x\nNA,4,y\n5,6,x\n"
    assert refusal(tmp_path, content, gaps="skip") == "points.csv: column k: every row of 'y' has a gap."
    content = "a,b,k\nNA,2,x\nNA,4,y\n"
    for rule in ("skip", "mean"):
        message = refusal(tmp_path, content, columns=("a", "b"), gaps=rule)
        assert message == "points.csv: column a: there is no number in any row that is used."
