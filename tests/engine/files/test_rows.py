"""Tables of named values."""

import csv
import io

import numpy as np

from engine.files.rows import as_csv


def test_numbers_come_back_to_the_last_bit_and_gaps_are_empty() -> None:
    rows = [{"a": 0.1 + 0.2, "b": 1}, {"a": float("nan"), "c": 'x, "y"\nz'}, {"a": np.float64(1e-300)}]
    read = list(csv.DictReader(io.StringIO(as_csv(rows).decode(), newline="")))
    assert list(read[0]) == ["a", "b", "c"]
    assert [row["a"] for row in read] == [repr(0.1 + 0.2), "", "1e-300"]
    assert [row["b"] for row in read] == ["1", "", ""]
    assert read[1]["c"] == 'x, "y"\nz'


def test_no_rows_are_an_empty_table() -> None:
    assert as_csv([]) == b"\n"


def test_a_name_that_is_no_text_is_written_all_the_same() -> None:
    assert as_csv([{"a\ud800": 1}]) == b"a?\n1\n"
