"""What a table file may look like, and the exact sentence for what it may not."""

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data import table
from engine.data.dataset import DataError, Dataset
from engine.data.rows import Rows
from engine.data.table import Choice, table_of
from engine.data.tables import READERS, read_table, read_text

PENGUINS = """species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year
Adelie,Torgersen,39.1,18.7,181,3750,male,2007
Adelie,Torgersen,39.5,17.4,186,3800,female,2007
Adelie,Torgersen,40.3,18,195,3250,female,2007
Adelie,Torgersen,NA,NA,NA,NA,NA,2007
Chinstrap,Dream,46.5,17.9,192,3500,female,2007
"""
NEEDED = "every point needs a number, such as 39.1 or -2e3"
TWO = "one of numbers and one of labels are needed, with commas, semicolons or tabs between them"


def read(folder: Path, content: str | bytes, name: str = "points.csv", **chosen: Any) -> Dataset:
    """Write `content` to a file and read it as a table."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, **chosen)


def refusal(folder: Path, content: str | bytes, name: str = "points.csv", **chosen: Any) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(DataError) as caught:
        read(folder, content, name, **chosen)
    return str(caught.value)


def chosen_columns(folder: Path, content: str, **chosen: Any) -> tuple[str, ...]:
    """Return the names of the columns that are used, the label's last."""
    dataset = read(folder, content, **chosen)
    return (*dataset.feature_names, dataset.class_names[0].rsplit(" ", 1)[0])


def test_a_plain_table_is_read_exactly(tmp_path: Path) -> None:
    dataset = read(tmp_path, "width,height,kind\n0.1,-2e3,cat\n.5,+4,ant\n7,1e-320,cat\n", "my points.csv")
    np.testing.assert_array_equal(dataset.X, [[0.1, 0.5, 7.0], [-2000.0, 4.0, 1e-320]])
    np.testing.assert_array_equal(dataset.Y, [[1.0, 0.0, 1.0]])
    np.testing.assert_array_equal(dataset.ids, [0, 1, 2])
    assert dataset.title == "my points"
    assert dataset.feature_names == ("width", "height")
    assert dataset.class_names == ("ant", "cat")
    assert not dataset.same_units


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a.CSV"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("header", [True, False])
def test_every_dialect_gives_the_same_points(
    tmp_path: Path, name: str, end: str, delimiter: str, bom: bytes, header: bool
) -> None:
    lines = [["é1", "é2", "kind"]] * header + [["1.5", "2", "ö"], ["3", "-4.5", "a"]]
    text = end.join(delimiter.join(cells) for cells in lines) + end
    dataset = read(tmp_path, bom + text.encode(), name)
    np.testing.assert_array_equal(dataset.X, [[1.5, 3.0], [2.0, -4.5]])
    np.testing.assert_array_equal(dataset.Y, [[1.0, 0.0]])
    assert dataset.class_names == ("a", "ö")
    assert dataset.feature_names == (("é1", "é2") if header else ("column 1", "column 2"))


@pytest.mark.parametrize(
    "text",
    [
        "1,2,A\n3,4,B",
        "\n\n1,2,A\n   \n3,4,B\n\n\n",
        '"1","2","A"\n"3","4","B"\n',
        " 1 ,\t2 , A \n 3,4 ,  B\n",
        ' "1" , "2" , "A" \n "3" , "4" , "B" \n',
        "1;2;A\n3;4;B\n",
    ],
)
def test_blank_lines_quotes_and_spaces_do_not_matter(tmp_path: Path, text: str) -> None:
    dataset = read(tmp_path, text)
    np.testing.assert_array_equal(dataset.X, [[1.0, 3.0], [2.0, 4.0]])
    assert dataset.class_names == ("A", "B")


def test_a_delimiter_inside_quotes_is_text(tmp_path: Path) -> None:
    dataset = read(tmp_path, '"a, b; c","d\te",kind\n1,2,"x, y"\n3,4,"say ""z; z"""\n')
    assert dataset.feature_names == ("a, b; c", "d\te")
    assert dataset.class_names == ('say "z; z"', "x, y")


def test_semicolons_in_the_words_of_a_comma_file_are_text(tmp_path: Path) -> None:
    assert read(tmp_path, "1.0,2.0,a;b\n3.0,4.0,c;d\n").class_names == ("a;b", "c;d")


def test_a_short_row_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a,b,kind\n1,2,x;y\n3,x;y\n5,6,x;y\n") == (
        "points.csv: line 3: the number of cells is 2, not 3 as on line 1."
    )


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


@given(
    points=st.lists(
        st.tuples(*2 * [st.floats(allow_nan=False, allow_infinity=False)], st.booleans()), min_size=2
    ).filter(lambda points: len({point[2] for point in points}) == 2),
    delimiter=st.sampled_from(",;\t"),
    header=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_written_floats_come_back_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory,
    points: list[tuple[float, float, bool]],
    delimiter: str,
    header: bool,
    end: str,
) -> None:
    lines = [["a", "b", "label"]] * header + [[repr(a), repr(b), f"c{one:d}"] for a, b, one in points]
    content = end.join(map(delimiter.join, lines))
    dataset = read(tmp_path_factory.mktemp("round"), content)
    expected = np.array([point[:2] for point in points]).T
    assert dataset.X.tobytes() == expected.tobytes()
    assert dataset.Y[0].astype(bool).tolist() == [point[2] for point in points]


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
