"""Values in a JSON file, each with the place where it stands, so that whatever is wrong can be named."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 40  # letters of a value in a message
LARGEST = 2**53  # whole numbers beyond are not exact in other programs


class Wrong(ValueError):
    """A value that cannot be used; the message begins with its place."""


class Place:
    """A value of any kind, and the way to it, such as `run.segments[2].first`."""

    def __init__(self, value: Any, name: str = "") -> None:
        self.value = value
        self._name = name

    def __str__(self) -> str:
        return self._name or "the file"

    def __getitem__(self, name: str) -> "Place":
        """Return a part of an object. Raises Wrong where there is none."""
        fields = self._object()
        if name not in fields:
            raise Wrong(f"{self} has no {name}")
        return Place(fields[name], f"{self._name}.{name}" if self._name else name)

    def has(self, name: str) -> bool:
        """Return whether an object has a part."""
        return name in self._object()

    def names(self) -> Iterator[str]:
        """Return the names of an object's parts."""
        return iter(self._object())

    def items(self, most: int | None = None) -> list["Place"]:
        """Return the places of a list's values."""
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        if most is not None and len(self.value) > most:
            raise Wrong(f"{self} has {len(self.value):,} entries; at most {most:,} can be used")
        return [Place(value, f"{self._name}[{i}]") for i, value in enumerate(self.value)]

    @property
    def is_null(self) -> bool:
        """Whether there is nothing."""
        return self.value is None

    def whole(self, low: int, high: int = LARGEST) -> int:
        """Return a whole number in [low, high]."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            limits = [f"from {low:,}"] * (low > -LARGEST) + [f"to {high:,}"] * (high < LARGEST)
            raise self.wrong(f"a whole number {' '.join(limits) or 'of at most 15 digits'}")
        return value

    def is_beyond(self, high: int) -> bool:
        """Return whether it is a whole number greater than another, however great."""
        return isinstance(self.value, int) and self.value > high

    @property
    def shown(self) -> str:
        """It as a person reads it."""
        return _short(self.value)

    def number(self) -> float:
        """Return a finite number."""
        value = self.value
        try:
            number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        except OverflowError:
            number = None
        if number is None or not math.isfinite(number):
            raise self.wrong("a finite number")
        return number

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def texts(self, count: int | None = None) -> tuple[str, ...]:
        """Return a list of texts, of which there must be `count`."""
        texts = tuple(each.text() for each in self.items())
        if count is not None and len(texts) != count:
            raise Wrong(f"{self} has {len(texts):,} entries, and {count:,} are needed")
        return texts

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong("true or false")
        return self.value

    def one_of(self, names: Iterable[str]) -> str:
        """Return a name that is known."""
        known = list(names)
        if not isinstance(self.value, str) or self.value not in known:
            raise self.wrong(f"one of {', '.join(known)}")
        return self.value

    def object(self) -> dict[str, Any]:
        """Return an object as it is, unchecked."""
        return self._object()

    def wrong(self, wanted: str) -> Wrong:
        """Return the error of another value than is wanted."""
        return Wrong(f"{self} is {self.shown}, not {wanted}")

    def _object(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return self.value


def _short(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a huge number"  # and Python refuses to write the largest of them
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
