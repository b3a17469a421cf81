"""What the program remembers between two starts; each kept value is read with its type."""

from PySide6.QtCore import QByteArray, QSettings

ORGANIZATION, APPLICATION = "Descent Lab", "Descent Lab"


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
