"""Which label is class 0, and what the classes are called."""

from pathlib import Path

import pytest

from tests.engine.data.reading import read


@pytest.mark.parametrize(
    ("cells", "names", "Y"),
    [
        ("0 1 1", ("kind 0", "kind 1"), [0, 1, 1]),
        ("1 0 1", ("kind 0", "kind 1"), [1, 0, 1]),
        ("-1 1 -1", ("kind -1", "kind 1"), [0, 1, 0]),
        ("1.0 0.0 1", ("kind 0", "kind 1"), [1, 0, 1]),
        ("+1 -1 1.00", ("kind -1", "kind 1"), [1, 0, 1]),
        ("2 1 2", ("kind 1", "kind 2"), [1, 0, 1]),
        ("10 9 10", ("kind 9", "kind 10"), [1, 0, 1]),
        ("0.5 0.25 0.5", ("kind 0.25", "kind 0.5"), [1, 0, 1]),
        ("b a b", ("a", "b"), [1, 0, 1]),
        ("apple Zebra apple", ("apple", "Zebra"), [0, 1, 0]),
        ("B b B", ("B", "b"), [0, 1, 0]),
        ("class_1 1_0 1_0", ("1_0", "class_1"), [1, 0, 0]),
    ],
)
def test_the_smaller_label_is_class_0(
    tmp_path: Path, cells: str, names: tuple[str, str], Y: list[int]
) -> None:
    rows = "".join(f"{i}.5,{i * i}.5,{cell}\n" for i, cell in enumerate(cells.split()))
    dataset = read(tmp_path, "a,b,kind\n" + rows)
    assert dataset.class_names == names
    assert dataset.Y.tolist() == [Y]


def test_numeric_labels_without_a_header_are_called_class(tmp_path: Path) -> None:
    dataset = read(tmp_path, "1.5,2.5,1\n3.5,4.5,-1\n")
    assert dataset.class_names == ("class -1", "class 1")
    assert dataset.feature_names == ("column 1", "column 2")
