"""Which column is taken for the label where none is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.data.table import Choice
from engine.data.tables import open_table


@pytest.mark.parametrize(
    ("head", "cells", "label"),
    [
        ("when,a,b,c", lambda i: f"2024-01-{i:02d},{i}.5,{i * i}.25,{i % 2}", "c"),
        ("name,a,b,kind", lambda i: f"bob,{i}.5,{i * i}.25,{'xy'[i % 2]}", "kind"),
        ("remark,a,b,kind", lambda i: f"seen {i},{i}.5,{i * i}.25,{'xyz'[i % 3]}", "kind"),
        ("word,a,b,flag", lambda i: f"{'rst'[i % 3]},{i}.5,{i * i}.25,{i % 2}", "word"),
    ],
)
def test_it_has_few_values_and_more_than_one(
    tmp_path: Path, head: str, cells: Callable[[int], str], label: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\n".join([head, *(cells(i) for i in range(1, 31))]) + "\n")
    table = open_table(path, Choice())
    _, target = table.chosen(Choice())
    assert table.names[target] == label
