"""A table says what there is to decide, and proposes what is likely."""

import io

import pytest

from engine.data.dataset import DataError
from engine.data.offers import PLAIN, has_questions, proposal, shortened
from engine.data.table import Choice, Table
from engine.data.tables import read_text

PLAIN_TABLE = "x,y,kind\n1,2,b\n3,4,a\n"
WIDE = "id,a,b,c,kind\n1,1,2,3,x\n2,4,5,6,y\n"
THREE = "x,y,kind\n1,2,b\n3,4,a\n5,6,c\n"
GAPS = "x,y,kind\n1,,b\n3,4,a\n5,6,b\n"


def table(text: str) -> Table:
    """Return the table in a text."""
    return read_text(io.BytesIO(text.encode()), PLAIN)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (PLAIN_TABLE, False),
        ("1,2,0\n3,4,1\n", False),
        ("id,x,y,kind\n1,1,2,b\n2,3,4,a\n", False),
        ("x,y,place,kind\n1,2,k,b\n3,4,l,a\n", False),
        (WIDE, True),
        (THREE, True),
        (GAPS, True),
        ("x,y,kind\n1,2,b\n3,4,\n5,6,a\n", True),
        ("x,y,kind\n1,2,b\n3,oops,a\n", False),
    ],
)
def test_questions_are_asked_only_where_there_are_any(text: str, asked: bool) -> None:
    assert has_questions(table(text)) is asked


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (PLAIN_TABLE, Choice(("x", "y"), "kind", ("a", "b"))),
        ("1,2,1\n3,4,-1\n", Choice(("1", "2"), "3", ("-1", "1"))),
        (WIDE, Choice(("a", "b"), "kind", ("x", "y"))),
        (THREE, Choice(("x", "y"), "kind", ("b", "*"))),
        (GAPS, Choice(("x", "y"), "kind", ("a", "b"), "skip")),
        ("a,a,kind\n1,2,x\n3,4,y\n", Choice(("1", "2"), "kind", ("x", "y"))),
        ("a,b,kind\n1,2,0\n3,4,one\n", Choice(("a", "b"), "kind", ("0", "one"))),
    ],
)
def test_a_proposal_says_everything_and_gives_points(text: str, choice: Choice) -> None:
    read = table(text)
    assert proposal(read, PLAIN) == choice
    assert read.dataset(choice).m > 0


def test_what_was_chosen_stays_in_the_proposal() -> None:
    chosen = Choice(("c", "a"), "kind", ("y", "x"), "mean")
    assert proposal(table(WIDE), chosen) == chosen


@pytest.mark.parametrize(
    ("text", "choice", "short"),
    [
        (PLAIN_TABLE, Choice(("x", "y"), "kind", ("a", "b")), Choice(("x", "y"), "kind")),
        (PLAIN_TABLE, Choice(("x", "y"), "kind", ("b", "a")), Choice(("x", "y"), "kind", ("b", "a"))),
        (THREE, Choice(("x", "y"), "kind", ("b", "*")), Choice(("x", "y"), "kind", ("b", "*"))),
        (
            "a,b,k\n1,2,0\n3,4,one\n",
            Choice(("a", "b"), "k", ("0", "one")),
            Choice(("a", "b"), "k", ("0", "one")),
        ),
        (WIDE, Choice(("a", "b", "c"), "kind", ("x", "y")), Choice(("*",), "kind")),
        (WIDE, Choice(("c", "b", "a"), "kind", ("x", "y")), Choice(("c", "b", "a"), "kind")),
    ],
)
def test_what_goes_without_saying_is_left_out_and_gives_the_same(
    text: str, choice: Choice, short: Choice
) -> None:
    read = table(text)
    assert shortened(read, choice) == short
    one, other = read.dataset(choice), read.dataset(short)
    assert one.X.tobytes() == other.X.tobytes() and one.Y.tobytes() == other.Y.tobytes()
    assert one.class_names == other.class_names


def test_a_table_without_a_column_of_numbers_has_no_use() -> None:
    with pytest.raises(DataError, match="there must be a column of numbers"):
        has_questions(table("a,word,label\nm,k,0\nn,l,1\n"))


def test_a_table_without_a_column_for_the_label_is_refused() -> None:
    read = table("a,b,c\n" + "".join(f"{i},{i}.5,-{i}\n" for i in range(1500)))
    assert has_questions(read)
    with pytest.raises(
        DataError, match="no column has 2 to 1,000 different values, so none can be the label"
    ):
        proposal(read, PLAIN)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ("1 2 3", "numbers"),
        ("1 NA ?", "numbers, 2 gaps"),
        ("1 2 oops", "numbers, and 'oops'"),
        ("a b a", "2 words"),
        ("? ? ?", "empty"),
    ],
)
def test_the_kind_of_a_column_is_guessed(cells: str, kind: str) -> None:
    rows = "".join(f"{cell},{i},{'xyx'[i]}\n" for i, cell in enumerate(cells.split()))
    assert table("cells,x,k\n" + rows).columns[0].kind == kind
