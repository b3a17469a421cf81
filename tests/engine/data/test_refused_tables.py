"""What a table file may not be: the exact sentence, with line and column."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import table
from engine.data.dataset import DataError
from engine.data.rows import Rows
from engine.data.table import Choice, table_of
from engine.data.tables import READERS, read_table
from tests.engine.data.reading import NEEDED, read, refusal

PENGUINS = """species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year
Adelie,Torgersen,39.1,18.7,181,3750,male,2007
Adelie,Torgersen,39.5,17.4,186,3800,female,2007
Adelie,Torgersen,40.3,18,195,3250,female,2007
Adelie,Torgersen,NA,NA,NA,NA,NA,2007
Chinstrap,Dream,46.5,17.9,192,3500,female,2007
"""
TWO = "one of numbers and one of labels are needed, with commas, semicolons or tabs between them"


def test_the_full_penguins_are_told_what_is_wrong(tmp_path: Path) -> None:
    gentoo = PENGUINS + "Gentoo,Biscoe,46.1,13.2,211,4500,female,2007\n"
    assert refusal(tmp_path, PENGUINS) == (
        f"points.csv: line 5, column bill_length_mm: 'NA' is not a number; {NEEDED}."
    )
    assert refusal(tmp_path, gentoo) == (
        "points.csv: line 7, column species: 'Gentoo' is a third label, after 'Adelie' and 'Chinstrap'; "
        "choose two, as with --classes Adelie,Gentoo, or one against the rest, as with --classes Adelie,*."
    )
    assert refusal(tmp_path, PENGUINS, label="sex") == (
        "points.csv: line 5, column sex: 'NA' is not a label; every point needs one of two labels."
    )


def test_the_penguins_without_the_gap(tmp_path: Path) -> None:
    dataset = read(tmp_path, re.sub("Adelie.*NA.*\n", "", PENGUINS))
    assert dataset.feature_names == ("bill_length_mm", "bill_depth_mm")
    assert dataset.class_names == ("Adelie", "Chinstrap")
    assert dataset.counts == (3, 1)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("", f"the cell is empty; {NEEDED}."),
        ("   ", f"the cell is empty; {NEEDED}."),
        ("abc", f"'abc' is not a number; {NEEDED}."),
        ("NA", f"'NA' is not a number; {NEEDED}."),
        ("1.5 cm", f"'1.5 cm' is not a number; {NEEDED}."),
        ("0x10", f"'0x10' is not a number; {NEEDED}."),
        ("w" * 99, f"'{'w' * 29}…' is not a number; {NEEDED}."),
        ('"two\nlines"', f"'two lines' is not a number; {NEEDED}."),
        ("nan", f"'nan' is not a finite number; {NEEDED}."),
        ("-inf", f"'-inf' is not a finite number; {NEEDED}."),
        ("1e999", f"'1e999' is not a finite number; {NEEDED}."),
        ('"1,5"', "'1,5' is not a number; decimals need a point, as in 1.5."),
        ("1_000", "'1_000' is not a number; write it without the underscore."),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_that_is_no_number(tmp_path: Path, cell: str, message: str, end: str) -> None:
    content = f"a,b,label\n1,2,0\n\n3,{cell},1\n5,oops,0\n".replace("\n", end)
    expected = f"points.csv: line 4, column b: {message}"
    assert refusal(tmp_path, content) == expected
    assert refusal(tmp_path, content, columns=("a", "b"), label="label") == expected


def test_a_bad_number_in_a_later_block_has_its_line(tmp_path: Path) -> None:
    content = "".join(f"{i},{i},{i % 2}\n" for i in range(40_000)) + "1,oops,0\n"
    assert (
        refusal(tmp_path, content) == f"points.csv: line 40001, column 2: 'oops' is not a number; {NEEDED}."
    )


def test_lines_count_through_quoted_line_ends(tmp_path: Path) -> None:
    content = 'a,b,note,label\n1,2,"one\n\ntwo",0\n3,oops,"three\nfour",1\n'
    expected = f"points.csv: line 5, column b: 'oops' is not a number; {NEEDED}."
    assert refusal(tmp_path, content, label="label") == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty; it must hold a column of numbers and one of labels."),
        ("\n \n", "the file is empty; it must hold a column of numbers and one of labels."),
        (b"\xef\xbb\xbf", "the file is empty; it must hold a column of numbers and one of labels."),
        ("a,b,label\n", "there is a header but no points below it."),
        ("a,b,label\n1,2\n", "line 2: the number of cells is 2, not 3 as on line 1."),
        ("a,b,label\n\n1,2,0\n1,2,0,\n", "line 4: the number of cells is 4, not 3 as on line 1."),
        ("a b label\n1 2 0\n", f"line 1: the number of columns is 1; {TWO}."),
        ("My points\na,b,label\n1,2,0\n", f"line 1: the number of columns is 1; {TWO}."),
        (
            "other,word,label\nm,k,0\nn,l,1\n",
            "beside the label, column label, there must be a column of numbers; there is none.",
        ),
        (
            "a,b,label\n1,2,0\n3,4,0\n",
            "column label: every label is '0'; there must be exactly two different ones.",
        ),
        ("1,2,A\n", "column 3: every label is 'A'; there must be exactly two different ones."),
        (
            "a,b,label\n1,2,0\n3,4,\n",
            "line 3, column label: the cell is empty; every point needs one of two labels.",
        ),
        (
            "a,b,label\n1,2,0\n3,4,nan\n",
            "line 3, column label: 'nan' is not a label; every point needs one of two labels.",
        ),
        (
            "a,b,label\n1,2,0\n3,4,one\n",
            "column label: the labels '0' and 'one' must be two numbers or two words.",
        ),
        (
            "a,b,label\n1,2,0\n3,4,0.0\n5,6,1\n7,8,2\n9,9,3\n9,9,4\n",
            "line 5, column label: '2' is a third label, after '0' and '1'; choose two, as "
            "with --classes 0,2, or one against the rest, as with --classes 0,*.",
        ),
        ('a,b,label\n1,2,A\n3,4,"B\n5,6,A\n', "line 3: a quotation mark is opened here and never closed."),
        (
            'a,b,label\n1,2,A\n3,4,"B\n' + "5,6,A\n" * 30_000,
            "line 3: a cell is longer than 131,072 characters; a quotation mark may be missing.",
        ),
        (
            "a,b,label\n1,2,A\n" + "7" * 140_000 + ",4,B\n",
            "line 3: a cell is longer than 131,072 characters; a quotation mark may be missing.",
        ),
        (
            b"a,b,label\n1,2,A\n3,4,\x8d\n",
            "line 3 is neither UTF-8 nor Windows-1252; save the file as CSV in UTF-8.",
        ),
        ("a,b,label\n1,2,é\n".encode() + b"3,4,\xe9\n", "line 3 is not UTF-8, although line 2 is."),
        (
            "a,b,label\n1,2,A\n".encode("utf-16") + b"3",
            "line 3 is not UTF-16; save the file as CSV in UTF-8.",
        ),
        (
            b"a,b,label\n" + b"7," * 2_200_000,
            "line 2 is longer than 4,194,304 characters, the most that can be read.",
        ),
        ("a," * 20_000 + "k", "line 1: the number of columns is 20,001; at most 16,384 can be read."),
        (b"a,b,label\n1,2,A\n3,\0,B\n", "line 3 holds a zero byte, so this is not a text file."),
    ],
)
def test_a_file_that_is_refused(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert refusal(tmp_path, content) == f"points.csv: {message}"


@pytest.mark.parametrize("seed", range(20))
def test_binary_rubbish_is_refused(tmp_path: Path, seed: int) -> None:
    message = refusal(tmp_path, np.random.default_rng(seed).bytes(5000))
    assert message.startswith("points.csv: line ")


def test_too_many_points_stop_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_POINTS", 40_000)
    rows = [(i, ["1", "2", str(i % 2)]) for i in range(100_000)]
    assert table_of(Rows(iter(rows[:40_000])), Choice()).dataset(Choice()).m == 40_000
    left = iter(rows)
    with pytest.raises(DataError, match=r"^there are more than 40,000 points, the most that can be used\.$"):
        table_of(Rows(left), Choice())
    assert next(left)[0] < 60_000


@pytest.mark.parametrize("name", ["points.xls", "points", "points.csv.gz"])
def test_an_unknown_ending_names_the_known_ones(tmp_path: Path, name: str) -> None:
    message = refusal(tmp_path, "1,2,A\n3,4,B\n", name)
    assert message == f"{name}: only tables that end in .csv, .tsv, .txt, .xlsx, .ods, .npz can be read."
    assert all(ending in message for ending in READERS)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DataError, match=r"^folder\.csv: this is a folder, not a file\.$"):
        read_table(tmp_path / "folder.csv")
    with pytest.raises(
        DataError, match=r"^gone\.csv: the file cannot be read \(no such file or directory\)\.$"
    ):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(DataError, match=r"^n+: the file cannot be read \(file name too long\)\.$"):
        read_table(tmp_path / ("n" * 5000))


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as a user whom nothing is refused
    with pytest.raises(DataError, match=r"^points\.csv: the file cannot be read \(permission denied\)\.$"):
        read_table(tmp_path / "points.csv")


@given(content=st.text(alphabet='ab1-.,;"\n\r\t _é\0', max_size=80) | st.binary(max_size=80))
def test_any_content_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: str | bytes
) -> None:
    try:
        dataset = read(tmp_path_factory.mktemp("any"), content)
    except DataError as error:
        assert re.fullmatch(r"points\.csv: \S.*\.", str(error))
    else:
        assert np.isfinite(dataset.X).all()
        assert min(dataset.counts) > 0
