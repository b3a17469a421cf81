"""Python as text: numbers that come back to the last bit, names that cannot break out, lines that fit a page."""

import json
import re
from collections.abc import Iterable
from typing import Protocol

import numpy as np

from engine.model.activations import Array

WIDTH = 110
ALIKE = 4  # numbers, beyond which equal ones are written once


class Recorded(Protocol):
    """A record of a registry that may be written as a program."""

    @property
    def label(self) -> str: ...
    @property
    def source(self) -> str: ...


def source_of(record: Recorded) -> str:
    """Return a record's `source`; ValueError, which names it, where it has none."""
    if not record.source:
        raise ValueError(f"{record.label} has no `source`, its formula as a line of NumPy")
    return record.source


def plain(text: str) -> str:
    """Return a person's text so that it may stand in a docstring or a comment."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split()).replace("\\", "/").replace('"""', "'''")


def number(value: np.generic) -> str:
    """Return the shortest text that is this number again."""
    text = str(value)
    if not np.isfinite(value):
        return "-np.inf" if text == "-inf" else f"np.{text}"
    # The shortest digits of 32 bits are read as 64 first, and might then be rounded the other way.
    return text if value.dtype.type(float(text)) == value else repr(float(value))


def quoted(text: str) -> str:
    """Return a literal of Python that is the text, whatever it holds."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else repr(text)


def named_in(source: str, **names: str) -> str:
    """Return an expression with its variables called otherwise, such as Z1 for Z."""
    return re.sub(rf"\b({'|'.join(names)})\b", lambda found: names[found[1]], source)


def filled(texts: Iterable[str], first: str, last: str, indent: str = "    ") -> list[str]:
    """Return texts with commas between, in lines that fit the page, between `first` and `last`."""
    *before, final = texts
    lines, line = [], first
    for piece in (*(f"{text}, " for text in before), final + last):
        if len(line) + len(piece.rstrip()) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = indent
        line += piece
    return [*lines, line]


def array_source(name: str, array: Array, note: str = "") -> str:
    """Return lines that make an array of one or two dimensions; a column is written as a row and turned."""
    single = ", dtype=np.float32" if array.dtype == np.float32 else ""
    column = array.ndim == 2 and array.shape[1] == 1 and len(array) > 1
    comment = f"  # {note}" if note else ""
    if array.ndim == 2 and array.size > ALIKE and array.tobytes() == array[:1, :1].tobytes() * array.size:
        return f"{name} = np.full({array.shape}, {number(array.flat[0])}{single}){comment}"
    rows = [*(array.T if column else np.atleast_2d(array))]
    opening, closing = ("[", "]") if array.ndim == 1 else ("[[", "]]")
    end = f"{single}){'.T' if column else ''}{comment}"
    if len(rows) == 1:
        return "\n".join(filled(map(number, rows[0]), f"{name} = np.array({opening}", closing + end))
    lines = [f"{name} = np.array(["]
    for row in rows:
        lines += filled(map(number, row), "    [", "],", "     ")
    return "\n".join([*lines, f"]{end}"])
