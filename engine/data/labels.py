"""The values of a label column as two classes: two of them, or one against the rest."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import MOST_LABELS, Column, is_number
from engine.data.dataset import DataError
from engine.data.gaps import is_gap
from engine.data.rows import short

REST = "*"  # in place of a label: all the others
OTHER, UNLABELLED = -1, -2  # the side of a row with another label, and of one without

Sides = NDArray[np.int8]  # (m,), 0 or 1, or one of these


def two_classes(
    column: Column,
    name: str,
    classes: tuple[str, ...] | None,
    prefix: str,
    place: Callable[[int], str],
    gaps_allowed: bool,
) -> tuple[Sides, tuple[str, str]]:
    """Return the class of each row and the names of the two classes.

    `classes` names the labels of class 0 and of class 1, one of them perhaps `*`; without it there must be
    exactly two, of which the smaller is class 0. `prefix` stands before labels that are numbers, and
    `place` says where a row is. Raises DataError.
    """
    where = f"column {short(name)}"
    if not gaps_allowed:
        for row, cell in column.classes.values():
            if is_gap(cell):
                what = f"{cell!r} is not a label" if cell else "the cell is empty"
                raise DataError(f"{place(row)}: {what}; every point needs one of two labels.")
    labels = column.labels
    if not labels:
        raise DataError(f"{where}: every cell is empty; there must be two different labels.")
    sides = _chosen(column, labels, classes, where) if classes else _both(column, labels, where, place)

    def shown(side: int) -> str:
        of_side = [value for value in labels if sides.get(value) == side]
        if len(of_side) > 1:
            return f"not {shown(1 - side)}"
        (value,) = of_side
        if value in column.names:
            return column.names[value]
        return (
            f"{prefix} {value!r}".removesuffix(".0") if isinstance(value, float) else column.classes[value][1]
        )

    for value, (_, cell) in column.classes.items():
        sides.setdefault(value, UNLABELLED if is_gap(cell) else OTHER)
    side_of_code = np.array([sides[value] for value in column.classes], np.int8)
    return side_of_code[np.concatenate(column.codes)], (shown(0), shown(1))


def _both(
    column: Column, labels: list[float | str], where: str, place: Callable[[int], str]
) -> dict[float | str, int]:
    """Return the class of each of exactly two labels."""
    said = [repr(short(column.classes[value][1])) for value in labels[:3]]
    if len(labels) > 2:
        row, third = column.classes[labels[2]]
        first = short(column.classes[labels[0]][1])
        raise DataError(
            f"{place(row)}: {said[2]} is a third label, after {said[0]} and {said[1]}; choose two, as with "
            f"--classes {first},{short(third)}, or one against the rest, as with --classes {first},*."
        )
    if len(labels) < 2:
        raise DataError(f"{where}: every label is {said[0]}; there must be exactly two different ones.")
    kinds = set(map(type, labels))
    if len(kinds) > 1:
        raise DataError(f"{where}: the labels {said[0]} and {said[1]} must be two numbers or two words.")
    zero, one = in_order(labels)
    return {zero: 0, one: 1}


def in_order(labels: list[float | str]) -> tuple[float | str, float | str]:
    """Return two labels, both numbers or both words, with that of class 0 first."""
    if all(isinstance(label, float) for label in labels):
        return min(labels), max(labels)
    zero, one = sorted(map(str, labels), key=lambda word: (word.casefold(), word))
    return zero, one


def _chosen(
    column: Column, labels: list[float | str], classes: tuple[str, ...], where: str
) -> dict[float | str, int]:
    """Return the class of each label that belongs to one."""
    if not column.has_few_classes:
        raise DataError(f"{where} has more than {MOST_LABELS:,} different labels, the most that can be used.")
    named = [None if each == REST else _find(column, labels, each, where) for each in classes]
    if named[0] == named[1]:
        raise DataError(f"{where}: {classes[0]!r} and {classes[1]!r} are the same label; name two.")
    sides: dict[float | str, int] = {}
    for side, value in enumerate(named):
        if value is not None:
            sides[value] = side
    for side, value in enumerate(named):
        if value is None:
            sides |= {each: side for each in labels if each not in sides}
    if len(sides) < 2:
        raise DataError(f"{where}: every label is {short(classes[0])!r}; there must be two different ones.")
    return sides


def _find(column: Column, labels: list[float | str], name: str, where: str) -> float | str:
    by_name = {shown: value for value, shown in column.names.items()}
    value = by_name.get(name, float(name) if is_number(name) else name)
    if value not in labels:
        listed = ", ".join(short(column.classes[each][1]) for each in labels[:20])
        listed += ", …" if len(labels) > 20 else ""
        raise DataError(f"{where}: there is no label {short(name)!r}; the labels are {listed}.")
    return value


def offered(column: Column, classes: tuple[str, ...] | None) -> dict[str, tuple[str, ...]]:
    """Return what a `Dataset` says of its labels: all, and the two chosen, where there are more than two."""
    labels = column.labels
    if len(labels) <= 2 or classes is None:
        return {}
    # Numbers by size, then words by the alphabet.
    ordered = sorted(labels, key=lambda label: (isinstance(label, str), label))
    chosen = (
        each if each == REST else column.classes[_find(column, labels, each, "")][1] for each in classes
    )
    return {"labels": tuple(column.classes[each][1] for each in ordered), "chosen_labels": tuple(chosen)}
