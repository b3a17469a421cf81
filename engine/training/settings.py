"""Kinds of settings: what a person may choose, with its range, its words and its way from text to value.

The window's form, the command line and the checks all read these; none of them knows a setting by name.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


class SettingError(ValueError):
    """A value outside its range; the message names the setting, the value and the range."""


def setting(default: Any, kind: "Setting") -> Any:
    """Return a dataclass field that holds a setting."""
    return field(default=default, metadata={"setting": kind})


def _always(spec: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a person reads about a setting, and where it stands."""

    label: str
    help: str
    group: str
    control: str = ""
    """The object name of its control in the window; empty when the window has none."""
    restarts: bool = False
    """Whether a change starts training again, because the old weights would mean nothing."""
    title: str = ""
    """Its name in a sentence, where the label needs its group to be understood."""
    useful: Callable[[Any], bool] = _always
    """Tells whether the setting does anything, given the spec."""
    vanishes: bool = False
    """Whether its control is hidden, and not merely disabled, where it is not useful."""
    option: str | None = None
    """Its option on the command line, where that is not its name; empty when there is none."""

    @property
    def spoken(self) -> str:
        """Its name in a sentence."""
        return self.title or self.label[:1].lower() + self.label[1:]

    def check(self, name: str, value: Any) -> Any:
        """Return the value, made canonical, or raise SettingError."""
        raise NotImplementedError

    def parse(self, name: str, text: str) -> Any:
        """Return the checked value that `text` stands for."""
        return self.check(name, text)

    def text(self, value: Any) -> str:
        """Return the text that stands for a value; `parse` gives it back."""
        return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)

    def shown(self, value: Any) -> str:
        """Return a value as a person reads it in a sentence."""
        return str(value) or "none"


@dataclass(frozen=True, kw_only=True)
class Number(Setting):
    """A number in [low, high], or in (low, high] when `open_low`."""

    low: float
    high: float
    integer: bool = False
    open_low: bool = False
    decimals: int = 6
    step: float = 1.0
    factor: float = 0.0
    """When positive, the arrows of the control multiply by it instead of adding `step`."""
    zero: str = ""
    """The word for 0, where 0 stands for something else than a number."""

    @property
    def range(self) -> str:
        """The allowed range as mathematics writes it."""
        write = "{:,.0f}".format if self.integer else "{:g}".format
        return f"{'(' if self.open_low else '['}{write(self.low)}, {write(self.high)}]"

    def check(self, name: str, value: Any) -> int | float:
        """Return an int or a float inside the range."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise SettingError(f"{name} {value!r} is not a number in {self.range}.") from None
        above = number > self.low if self.open_low else number >= self.low
        if not (above and number <= self.high):
            shown = f"{number:,.0f}" if self.integer and number.is_integer() else _short(number)
            raise SettingError(f"{name} {shown} is outside {self.range}.")
        if not self.integer:
            return number
        if not number.is_integer():
            raise SettingError(f"{name} {_short(number)} is not a whole number in {self.range}.")
        return int(number)

    def shown(self, value: Any) -> str:
        """Return the number in few digits, or the word for 0."""
        if not value and self.zero:
            return self.zero
        return f"{value:,}" if self.integer else _short(value)


def _short(number: float) -> str:
    """Return the number in few digits, but never as another number."""
    return f"{number:g}" if float(f"{number:g}") == number else repr(number)


@dataclass(frozen=True, kw_only=True)
class Choice(Setting):
    """A name from a registry."""

    registry: Mapping[str, Any]

    def check(self, name: str, value: Any) -> str:
        """Return the name."""
        if value not in self.registry:
            raise SettingError(f"{name} {value!r} is not one of {', '.join(self.registry)}.")
        return str(value)

    def shown(self, value: Any) -> str:
        """Return the label of a name."""
        return str(self.registry[value].label)


@dataclass(frozen=True, kw_only=True)
class Choices(Setting):
    """A name from a registry for all layers, or one for each."""

    registry: Mapping[str, Any]

    def check(self, name: str, value: Any) -> tuple[str, ...]:
        """Return the names."""
        names = tuple(value)
        for each in names or ("",):
            if each not in self.registry:
                raise SettingError(f"{name} {each!r} is not one of {', '.join(self.registry)}.")
        return names

    def parse(self, name: str, text: str) -> tuple[str, ...]:
        """Return the names in a text such as `tanh` or `tanh,relu`."""
        return self.check(name, [part.strip() for part in text.split(",")])

    def shown(self, value: Any) -> str:
        """Return the labels of names."""
        return ", ".join(self.registry[name].label for name in value) or "none"


@dataclass(frozen=True, kw_only=True)
class Selection(Setting):
    """Any of the names in a registry, in its order, or none."""

    registry: Mapping[str, Any]

    def check(self, name: str, value: Any) -> tuple[str, ...]:
        """Return the names."""
        chosen = tuple(value)
        for each in chosen:
            if each not in self.registry:
                raise SettingError(f"{name} {each!r} is not one of {', '.join(self.registry)}.")
        return tuple(each for each in self.registry if each in chosen)

    def parse(self, name: str, text: str) -> tuple[str, ...]:
        """Return the names in a text such as `x1_squared,sin_x2`; an empty one names none."""
        return self.check(name, [part.strip() for part in text.split(",") if part.strip()])

    def shown(self, value: Any) -> str:
        """Return the labels of names."""
        return ", ".join(self.registry[name].label for name in value) or "none"


@dataclass(frozen=True, kw_only=True)
class Sizes(Setting):
    """The numbers of units in the hidden layers."""

    high: int
    most: int

    def check(self, name: str, value: Any) -> tuple[int, ...]:
        """Return the sizes as a tuple of ints."""
        sizes = tuple(value)
        if not 1 <= len(sizes) <= self.most:
            raise SettingError(f"{name} has {len(sizes)} layers, outside [1, {self.most}].")
        for size in sizes:
            if not (isinstance(size, int) and 1 <= size <= self.high):
                raise SettingError(f"{name} {size} is outside [1, {self.high}] units a layer.")
        return sizes

    def parse(self, name: str, text: str) -> tuple[int, ...]:
        """Return the sizes in a text such as `8`, `8,4` or `8 4`."""
        try:
            sizes = [int(part) for part in re.split(r"\s*,\s*|\s+", text.strip())]
        except ValueError:
            raise SettingError(
                f"{name} {text!r} is not a list of whole numbers in [1, {self.high}], such as 8 or 8,4."
            ) from None
        return self.check(name, sizes)

    def shown(self, value: Any) -> str:
        """Return the sizes with commas between."""
        return ", ".join(map(str, value))


@dataclass(frozen=True, kw_only=True)
class Switch(Setting):
    """Yes or no."""

    def check(self, name: str, value: Any) -> bool:
        """Return the truth value."""
        return bool(value)

    def shown(self, value: Any) -> str:
        """Return `on` or `off`."""
        return "on" if value else "off"


@dataclass(frozen=True, kw_only=True)
class Name(Setting):
    """A free text, or a registry's name: what it stands for is known only when it is used."""

    registry: Mapping[str, Any] | None = None

    def check(self, name: str, value: Any) -> str:
        """Return the text."""
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Names(Setting):
    """Different names, or nothing. A name with a comma in it stands in quotation marks."""

    what: str = "columns"
    example: str = "x,y"
    count: int = 0
    """How many names there must be; 0 is any number."""

    def check(self, name: str, value: Any) -> tuple[str, ...] | None:
        """Return the names."""
        if not value:
            return None
        names = tuple(map(str, value))
        if not all(names) or len(set(names)) < len(names) or self.count not in (0, len(names)):
            number = f"{self.count} " if self.count else ""
            raise SettingError(
                f"{name} {self.text(names)!r} must name {number}different {self.what}, such as {self.example}."
            )
        return names

    def parse(self, name: str, text: str) -> tuple[str, ...] | None:
        """Return the names in a text such as `x,y`; an empty one names none."""
        if not text.strip():
            return None
        (parts,) = csv.reader([text], skipinitialspace=True)
        return self.check(name, [part.strip() for part in parts])

    def shown(self, value: Any) -> str:
        """Return the names with commas between."""
        return ", ".join(value or ()) or "the usual"

    def text(self, names: tuple[str, ...] | None) -> str:
        """Return the text that stands for the names."""
        if not names:
            return ""
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(names)
        return written.getvalue()


@dataclass(frozen=True, kw_only=True)
class Pair(Names):
    """Two different labels of those that the data has, or nothing."""

    count: int = 2
    what: str = "labels"
