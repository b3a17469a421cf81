"""Texts as programs around the world write them: other letters, other delimiters, other decimal marks."""

from pathlib import Path

import numpy as np
import pytest

from tests.engine.data.reading import read, refusal

TEXT = "größe,breite,art\n1.5,2,weiß\n3,-4.5,rot\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_gives_the_same_points(tmp_path: Path, encoding: str, end: str) -> None:
    dataset = read(tmp_path, TEXT.replace("\n", end).encode(encoding))
    assert dataset.X.tolist() == [[1.5, 3.0], [2.0, -4.5]]
    assert dataset.feature_names == ("größe", "breite")
    assert dataset.class_names == ("rot", "weiß")
    fallen_back = encoding in ("latin-1", "cp1252")
    assert dataset.notes == (("read as Windows-1252, as line 1 is not UTF-8",) if fallen_back else ())


@pytest.mark.parametrize("order", ["le", "be"])
def test_utf_16_of_either_order_is_read_by_its_mark(tmp_path: Path, order: str) -> None:
    assert read(tmp_path, ("\ufeff" + TEXT).encode(f"utf-16-{order}")).class_names == ("rot", "weiß")


def test_the_euro_sign_tells_windows_from_latin_1(tmp_path: Path) -> None:
    dataset = read(tmp_path, "preis €,b,k\n1,2,x\n3,4,y\n".encode("cp1252"))
    assert dataset.feature_names[0] == "preis €"


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("header", [True, False])
def test_decimal_commas_are_read_and_told(tmp_path: Path, delimiter: str, header: bool) -> None:
    lines = [["länge", "tiefe", "art"]] * header
    lines += [["1,5", "-2", "a"], ["+,25", "1,5e3", "b"], ["3", "0,1", "a"]]
    dataset = read(tmp_path, "\n".join(map(delimiter.join, lines)).encode())
    np.testing.assert_array_equal(dataset.X, [[1.5, 0.25, 3.0], [-2.0, 1500.0, 0.1]])
    assert dataset.notes == ("decimal commas",)


def test_labels_may_have_decimal_commas_too(tmp_path: Path) -> None:
    dataset = read(tmp_path, b"a;b;k\n1,5;2;0,5\n2,5;3;1,5\n")
    assert dataset.class_names == ("k 0.5", "k 1.5")


@pytest.mark.parametrize("cell", ["1.500", "1.500,5"])
def test_a_point_among_decimal_commas_is_never_guessed(tmp_path: Path, cell: str) -> None:
    message = refusal(tmp_path, f"a;b;k\n1,5;2;x\n{cell};3;y\n4;5;x\n")
    assert message.startswith(f"points.csv: line 3, column a: '{cell}' is not a number;")
    assert message.endswith(".")


def test_a_comma_that_comes_late_is_refused_by_place(tmp_path: Path) -> None:
    rows = "".join(f"{i};{i};{'xy'[i % 2]}\n" for i in range(9000))
    message = refusal(tmp_path, "a;b;k\n" + rows + "1,5;2;x\n")
    assert message == (
        "points.csv: line 9002, column a: '1,5' is not a number; decimals need a point, as in 1.5."
    )


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("2024-01-05", "'2024-01-05' is a date; every point needs a number, such as a count of days."),
        ("5.1.2024", "'5.1.2024' is a date; every point needs a number, such as a count of days."),
        ("1/5/24", "'1/5/24' is a date; every point needs a number, such as a count of days."),
        ("#DIV/0!", "the cell holds the error #DIV/0!; mend its formula, or leave the column out."),
        (
            "=A1+B1",
            "'=A1+B1' is a formula without a stored value; open the file in a spreadsheet program and save it there.",
        ),
    ],
)
def test_what_came_from_a_sheet_is_refused_by_name(tmp_path: Path, cell: str, message: str) -> None:
    content = f"a,b,k\n1,2,x\n3,4,y\n5,{cell},x\n"
    assert refusal(tmp_path, content) == f"points.csv: line 4, column b: {message}"


def test_too_many_numbers_stop_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.data.table.MOST_NUMBERS", 1000)
    content = "a,b,c,d,k\n" + "".join(f"1,2,3,4,{'xy'[i % 2]}\n" for i in range(250))
    message = refusal(tmp_path, content)
    assert message == (
        "points.csv: 5 columns with more than 200 rows are too much to read; name fewer columns."
    )
    assert read(tmp_path, content.encode(), columns=("a", "b"), label="k").m == 250
