"""What the program remembers between two starts; each kept value is read with its type."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QSettings

ORGANIZATION, APPLICATION = "Descent Lab", "Descent Lab"


@contextmanager
def as_at_first_start() -> Iterator[None]:
    """Meanwhile nothing is remembered, whatever a person has chosen; who asks must keep nothing."""
    QCoreApplication.setApplicationName(f"{APPLICATION}, nothing remembered")
    try:
        yield
    finally:
        QCoreApplication.setApplicationName(APPLICATION)


def remembered_theme() -> str:
    """Return `light`, `dark` or `system`."""
    return str(QSettings().value("theme", "system", type=str))


def remember_theme(name: str) -> None:
    """Keep the theme."""
    QSettings().setValue("theme", name)


FOLDED = ("Made-up points", "Stop when")  # groups of the panel that are folded at the first start


def is_folded(group: str) -> bool:
    """Return whether a group of the panel shows its title alone."""
    return bool(QSettings().value(f"folded/{group}", group in FOLDED, type=bool))


def remember_folded(group: str, folded: bool) -> None:
    """Keep whether a group of the panel is folded."""
    QSettings().setValue(f"folded/{group}", folded)


def remembered_folder() -> str:
    """Return the folder of the last file, or an empty text."""
    return str(QSettings().value("folder", "", type=str))


def remember_folder(folder: str) -> None:
    """Keep the folder of the last file."""
    QSettings().setValue("folder", folder)


def remembered_picture_scale() -> int:
    """Return how many times the window's size pictures have, 1 to 4."""
    scale = QSettings().value("picture_scale", 2, type=int)
    return min(4, max(1, int(scale)))  # type: ignore[call-overload]


def remember_picture_scale(scale: int) -> None:
    """Keep the pictures' size."""
    QSettings().setValue("picture_scale", scale)


def remembered_for_pictures(name: str, usual: str = "") -> str:
    """Return what was last chosen for pictures, such as their format."""
    return str(QSettings().value(f"picture/{name}", usual, type=str))


def remember_for_pictures(name: str, value: str) -> None:
    """Keep what was chosen for pictures."""
    QSettings().setValue(f"picture/{name}", value)


def remembered_layout() -> tuple[QByteArray, QByteArray]:
    """Return the window's geometry and the state of its docks, empty at the first start."""
    settings = QSettings()
    geometry = settings.value("geometry", QByteArray(), type=QByteArray)
    state = settings.value("state", QByteArray(), type=QByteArray)
    return QByteArray(geometry), QByteArray(state)  # type: ignore[call-overload]


def remember_layout(geometry: QByteArray, state: QByteArray) -> None:
    """Keep the window's geometry and the state of its docks."""
    settings = QSettings()
    settings.setValue("geometry", geometry)
    settings.setValue("state", state)


def remembered_switches() -> dict[str, Any]:
    """Return what the switches above the views were set to, by the views' names; nothing where that is no JSON."""
    try:
        found = json.loads(str(QSettings().value("switches", "", type=str)))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def remember_switches(chosen: dict[str, Any]) -> None:
    """Keep what the switches above the views are set to."""
    QSettings().setValue("switches", json.dumps(chosen))


MOST_RECENT = 8  # files


def recent_files() -> list[str]:
    """Return the files that were opened or saved last, the newest first."""
    found = QSettings().value("recent_files", [])
    paths = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return [each for each in paths if isinstance(each, str) and each][:MOST_RECENT]


def remember_recent_file(path: str) -> None:
    """Keep a file as the newest, once, by whichever links it was reached."""
    path = os.path.realpath(path)
    others = [each for each in recent_files() if each != path]
    QSettings().setValue("recent_files", [path, *others][:MOST_RECENT])


def forget_recent_file(path: str) -> None:
    """Keep a file no longer, whether it was kept by this name or by the one to which links lead."""
    gone = path, os.path.realpath(path)
    QSettings().setValue("recent_files", [each for each in recent_files() if each not in gone])


def forget_recent_files() -> None:
    """Keep none of them."""
    QSettings().remove("recent_files")
