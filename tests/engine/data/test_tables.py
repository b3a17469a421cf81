"""What a table file may look like: every dialect gives the same points, to the last bit."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.data.reading import read, refusal


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
