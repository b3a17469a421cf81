"""The options of an animation: how they are read and checked, and how its making is told."""

import argparse
import sys
from collections.abc import Iterable
from typing import Any, Self

from tqdm import tqdm

from engine.command_parser import UsageError
from engine.files.animation import FILM_SETTINGS, Film
from engine.training.settings import Choice, Number, SettingError, Switch


def add_film(parser: argparse.ArgumentParser) -> None:
    """Add the options of the animation, by the names of its settings."""
    for name, setting in FILM_SETTINGS.items():
        option, default = _option(name), getattr(Film(), name)
        if isinstance(setting, Switch):
            words = f"{setting.help} Without it: {setting.shown(default)}."
            parser.add_argument(
                option, dest=f"film_{name}", action=argparse.BooleanOptionalAction, help=words
            )
            continue
        values = f" In {setting.range}." if isinstance(setting, Number) else ""
        values += f" One of {', '.join(setting.registry)}." if isinstance(setting, Choice) else ""
        words = f"{setting.help}{values} Without it: {setting.text(default)}."
        parser.add_argument(option, dest=f"film_{name}", metavar="X", help=words)


def _option(name: str) -> str:
    return FILM_SETTINGS[name].option or f"--animation-{name}"


def film_of(given: dict[str, Any]) -> Film:
    """Return the animation that the options describe. Raises UsageError or SettingError."""
    chosen: dict[str, Any] = {}
    for name, setting in FILM_SETTINGS.items():
        value = given[f"film_{name}"]
        if value is not None:
            if not given["export_animation"]:
                raise UsageError(f"{_option(name)} does nothing without --export-animation.")
            chosen[name] = value if isinstance(value, bool) else setting.parse(_option(name), value)
    return Film(**chosen)


def check_film(film: Film, views: Iterable[str], themes: Iterable[str], first: int, newest: int) -> None:
    """Refuse what could not be drawn of a run from its iteration `first` to its newest. Raises SettingError."""
    for name, value, names in (("view", film.view, views), ("theme", film.theme, themes)):
        if value not in names:
            raise SettingError(f"{_option(name)} {value!r} is not one of {', '.join(names)}.")
    if film.first < first:
        raise SettingError(
            f"{_option('first')} {film.first:,} is before iteration {first:,}, the first that is still known."
        )
    if film.last > newest:
        raise SettingError(f"{_option('last')} {film.last:,} is beyond the last iteration, {newest:,}.")
    check_reached(film, film.last or newest)


def check_reached(film: Film, last: int) -> None:
    """Refuse a film that begins after a run has ended. Raises SettingError."""
    if film.first > last:
        raise SettingError(f"{_option('first')} {film.first:,} is beyond the last iteration, {last:,}.")


class Counted:
    """Tells on standard error how many of something are done: a bar on a terminal, else a line each tenth."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: tqdm | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, count: int) -> None:
        """Tell that so many of so many are done."""
        if sys.stderr.isatty():
            self._bar = self._bar or tqdm(total=count, unit=f" {self._what}", leave=False)
            self._bar.update(done - self._bar.n)
        elif done % max(1, count // 10) == 0:
            print(f"{self._what} {done:,} of {count:,}", file=sys.stderr)
