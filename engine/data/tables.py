"""Files as tables, each kind by its reader, and every reason why one cannot be read as one sentence.

Another kind of file is another row in `READERS`; which columns are used and what is refused is decided once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.data.dataset import DataError, Dataset
from engine.data.table import Choice, Table, table_of
from engine.data.text_rows import Row, text_rows


def read_table(
    path: Path,
    columns: tuple[str, ...] | None = None,
    label: str = "",
    classes: tuple[str, ...] | None = None,
    gaps: str = "refuse",
) -> Dataset:
    """Return the points of a table file, chosen as `Choice` says.

    Raises DataError, with one sentence that names the file and the place, for whatever cannot be read.
    """
    choice = Choice(columns, label, classes, gaps)
    with naming(path):
        return open_table(path, choice).dataset(choice)


def open_table(path: Path, choice: Choice) -> Table:
    """Return a file's table, in which the columns that the choice names can be found. Raises as `read_table`."""
    with naming(path):
        if path.is_dir():
            raise DataError("this is a folder, not a file.")
        with path.open("rb") as file:
            reader = READERS.get(path.suffix.lower())
            if reader is None:
                raise DataError(f"only tables that end in {', '.join(READERS)} can be read.")
            return table_of(reader(file), path.stem, choice)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before whatever is wrong with it, once."""
    name = path.name or str(path)
    try:
        yield
    except DataError as error:
        if str(error).startswith(f"{name}: "):
            raise
        raise DataError(f"{name}: {error}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(f"{name}: the file cannot be read ({reason}).") from error


READERS: dict[str, Callable[[BinaryIO], Iterator[Row]]] = {
    ".csv": text_rows,
    ".tsv": text_rows,
    ".txt": text_rows,
}
