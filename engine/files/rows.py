"""Rows of named values as a table of text that every spreadsheet and every language reads."""

import csv
import io
import math
from collections.abc import Iterable, Mapping


def as_csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return CSV in UTF-8 with a header: one column for each name in any row, in the order they come up.

    Numbers are written to the last bit; what a row does not have, and what is no number, is left empty.
    """
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(names)
    lines.writerows([_cell(row.get(name, "")) for name in names] for row in rows)
    return text.getvalue().encode(errors="replace")  # of a name that is no text


def _cell(value: object) -> object:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    return value
