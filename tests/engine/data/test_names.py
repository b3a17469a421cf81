"""A column is found by its name or its number, without looking through all names each time."""

from collections.abc import Iterator

import pytest

from engine.data.dataset import DataError
from engine.data.names import ColumnNames


class Counted(list[str]):
    """Names that count how often they are looked through."""

    looked_through = 0

    def __iter__(self) -> Iterator[str]:
        self.looked_through += 1
        return super().__iter__()


def test_a_name_counts_before_a_number_and_one_that_is_shared_is_no_name() -> None:
    names = ColumnNames(["a", "7", "a", "b"], header=True)
    assert [names.find(name) for name in ("7", "b", "3", "4")] == [1, 3, 2, 3]
    assert [names.reference(i) for i in range(4)] == ["1", "7", "3", "b"]
    with pytest.raises(DataError, match=r"^2 columns are called a; choose one by its number, from 1\.$"):
        names.find("a")
    for name in ("0", "5", "01", "c"):
        with pytest.raises(DataError, match=rf"^there is no column {name}; the columns are a, 7, a, b\.$"):
            names.find(name)


def test_without_a_header_there_are_numbers_alone() -> None:
    names = ColumnNames(["1", "2", "3"], header=False)
    assert names.chosen(("2", "1"), "3") == ([1, 0], 2)
    assert names.chosen((), "") == ([], None)
    with pytest.raises(DataError, match="must be different columns"):
        names.chosen(("2",), "2")


def test_thousands_of_names_are_looked_through_once() -> None:
    all = Counted(f"c{i}" for i in range(16_000))
    names = ColumnNames(all, header=True)
    assert names.chosen(tuple(all), "") == (list(range(16_000)), None)
    all.looked_through = 0
    assert [names.reference(i) for i in (0, 9, 15_999)] == ["c0", "c9", "c15999"]
    assert names.find("c77") == names.find("78") == 77
    assert all.looked_through == 0
