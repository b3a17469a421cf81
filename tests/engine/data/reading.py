"""Writes a table, and reads it or is refused."""

from pathlib import Path
from typing import Any

import pytest

from engine.data.dataset import DataError, Dataset
from engine.data.tables import read_table

NEEDED = "every point needs a number, such as 39.1 or -2e3"


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
