"""What a table leaves to the person to decide, and what is proposed to begin with."""

from dataclasses import replace

from engine.data.columns import MOST_LABELS, Column
from engine.data.dataset import DataError
from engine.data.gaps import is_gap
from engine.data.labels import REST, in_order
from engine.data.table import EVERY, Choice, Table

PLAIN = Choice()


def has_questions(table: Table) -> bool:
    """Return whether more than one way to use the table makes sense. Raises DataError where none does."""
    features, target = table.chosen(PLAIN)
    more_inputs = len(table.measured(target)) > len(features)
    return more_inputs or len(table.columns[target].labels) > 2 or has_gaps(table, features, target)


def has_gaps(table: Table, features: list[int], target: int) -> bool:
    """Return whether any of these columns has a gap."""
    labels = table.columns[target].classes.values()
    return any(table.columns[i].gaps for i in features) or any(is_gap(cell) for _, cell in labels)


def proposal(table: Table, choice: Choice) -> Choice:
    """Return a choice with everything that it leaves open filled in with what is likely. Raises DataError."""
    if not any(column.can_be_label for column in table.columns.values()):
        raise DataError(f"no column has 2 to {MOST_LABELS:,} different values, so none can be the label.")
    features, target = table.chosen(choice)
    gaps = choice.gaps
    if choice == PLAIN and has_gaps(table, features, target):
        gaps = "skip"
    classes = choice.classes or likely_classes(table.columns[target])
    return Choice(
        tuple(map(table.by_name.reference, features)), table.by_name.reference(target), classes, gaps
    )


def likely_classes(column: Column) -> tuple[str, str] | None:
    """Return the two labels of a column, or the first of more against the rest; None where there are no two."""
    labels = column.labels
    if len(labels) < 2:
        return None
    if len(labels) == 2 and len(set(map(type, labels))) == 1:
        zero, one = in_order(labels)
        return column.spelled(zero), column.spelled(one)
    return column.spelled(labels[0]), column.spelled(labels[1]) if len(labels) == 2 else REST


def shortened(table: Table, choice: Choice) -> Choice:
    """Return a choice that gives the same, without the classes or the columns that go without saying."""
    features, target = table.chosen(choice)
    column = table.columns[target]
    of_a_kind = len(set(map(type, column.labels))) == 1
    if len(column.labels) == 2 and of_a_kind and choice.classes == likely_classes(column):
        choice = replace(choice, classes=None)
    if len(features) > 2 and features == table.measured(target):
        choice = replace(choice, columns=(EVERY,))
    return choice
