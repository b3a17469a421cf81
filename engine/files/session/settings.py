"""The settings in a session: each is of its kind in JSON, and then checked as the window checks it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.files.session.places import Place, Wrong
from engine.training.settings import (
    Choice,
    Choices,
    Name,
    Names,
    Number,
    Pair,
    Selection,
    Setting,
    SettingError,
    Sizes,
    Switch,
)
from engine.training.spec import SETTINGS, Spec

USUAL = Spec()
FARTHEST = 2**53


def _texts(setting: Any, file: Place) -> tuple[str, ...]:
    return file.texts()


def _maybe_texts(setting: Any, file: Place) -> tuple[str, ...] | None:
    return None if file.is_null else file.texts()


READERS: Mapping[type[Setting], Callable[[Any, Place], Any]] = {
    Number: lambda setting, file: file.whole(-FARTHEST) if setting.integer else file.number(),
    Switch: lambda setting, file: file.flag(),
    Choice: lambda setting, file: file.text(),
    Name: lambda setting, file: file.text(),
    Sizes: lambda setting, file: tuple(each.whole(0) for each in file.items(most=1024)),
    Choices: _texts,
    Selection: _texts,
    Names: _maybe_texts,
    Pair: _maybe_texts,
}
"""How a value of each kind stands in JSON."""


def read_spec(file: Place, before: Spec = USUAL) -> Spec:
    """Return the settings with those that a file names; the others are as `before`.

    A setting that the program did not have when it wrote the file is at its default. Raises Wrong.
    """
    values = {}
    for name in file.names():
        if name not in SETTINGS:
            raise Wrong(f"{file} has {name!r}, which is no setting")
        values[name] = _value(name, file[name])
    try:
        return replace(before, **values)
    except SettingError as error:
        raise Wrong(f"{file}: {error}") from None


def _value(name: str, file: Place) -> Any:
    setting = SETTINGS[name]
    value = READERS[type(setting)](setting, file)
    try:
        return setting.check(name, value)
    except SettingError as error:
        raise Wrong(f"{file}{str(error).removeprefix(name)}") from None
