"""Which column is meant by a name, or by a number from 1; quick for thousands of columns."""

from collections import defaultdict
from functools import cached_property

from engine.data.dataset import DataError
from engine.data.rows import short


class ColumnNames:
    """The names of a table's columns, in their order."""

    def __init__(self, names: list[str], header: bool) -> None:
        self._names = names
        self._header = header

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(self._names):
            places[name].append(i)
        return dict(places)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {str(i + 1): i for i in range(len(self._names))}

    def find(self, name: str) -> int:
        """Return the place of a column. Raises DataError where there is none, or more than one."""
        places = self._places.get(name, [])
        if len(places) > 1:
            raise DataError(
                f"{len(places)} columns are called {short(name)}; choose one by its number, from 1."
            )
        if places:
            return places[0]
        if name not in self._numbers:
            listed = ", ".join(map(short, self._names[:20])) + (", …" if len(self._names) > 20 else "")
            why = "" if self._header else ", as there is no header"
            raise DataError(f"there is no column {short(name)}; the columns are {listed}{why}.")
        return self._numbers[name]

    def reference(self, column: int) -> str:
        """Return the name by which a choice finds a column: its own, or its number where others share it."""
        name = self._names[column]
        return name if len(self._places[name]) == 1 and self._header else str(column + 1)

    def chosen(self, columns: tuple[str, ...], label: str) -> tuple[list[int], int | None]:
        """Return the places of the inputs and of the label, None for no label. Raises DataError."""
        features = [self.find(name) for name in columns]
        target = self.find(label) if label else None
        if len({*features, target}) < len(features) + 1:
            raise DataError("the features and the label must be different columns.")
        return features, target
