"""Files as tables, each kind by its reader, and every reason why one cannot be read as one sentence.

Another kind of file is another row in `READERS`; which columns are used and what is refused is decided once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from engine.data.archives import read_archive
from engine.data.dataset import DataError, Dataset
from engine.data.sheets import sheet_rows
from engine.data.table import Choice, Table, Watch, table_of, unwatched
from engine.data.text_rows import text_rows


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
        return open_table(path, choice, whole=False).dataset(choice)


def open_table(path: Path, choice: Choice, watch: Watch = unwatched, whole: bool = True) -> Table:
    """Return a file's table, in which the columns that the choice names can be found. Raises as `read_table`."""
    with naming(path):
        if path.is_dir():
            raise DataError("this is a folder, not a file.")
        with path.open("rb") as file:
            reader = READERS.get(path.suffix.lower())
            if reader is None:
                raise DataError(f"only tables that end in {', '.join(READERS)} can be read.")
            return replace(reader(file, choice, watch, whole), title=path.stem)


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
    except MemoryError as error:
        raise DataError(f"{name}: there is not enough memory to read it.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(f"{name}: the file cannot be read ({reason}).") from error


def read_text(file: BinaryIO, choice: Choice, watch: Watch = unwatched, whole: bool = True) -> Table:
    """Return the table in a text."""
    return table_of(text_rows(file), choice, watch, whole)


def read_sheet(file: BinaryIO, choice: Choice, watch: Watch = unwatched, whole: bool = True) -> Table:
    """Return the table in the first sheet that holds one."""
    return table_of(sheet_rows(file), choice, watch, whole)


TEXTS = (".csv", ".tsv", ".txt")
READERS: dict[str, Callable[[BinaryIO, Choice, Watch, bool], Table]] = {
    **dict.fromkeys(TEXTS, read_text),
    ".xlsx": read_sheet,
    ".ods": read_sheet,
    ".npz": read_archive,
}
