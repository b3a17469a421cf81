"""The menu above a view of what a person may show in it: one entry for each thing, on or off."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton


@dataclass(frozen=True)
class Entry:
    """One thing to show."""

    name: str
    text: str
    help: str
    on: bool = False
    """Whether it is shown at first."""
    instead: str = ""
    """The name of the choice that it belongs to, of which one is always on."""


class ShowMenu(QMenu):
    """The menu of a button. Its actions are called by the view's name and the entry's."""

    changed = Signal()

    def __init__(self, button: QToolButton, view: str, entries: Sequence[Entry]) -> None:
        super().__init__(button)
        self.setToolTipsVisible(True)
        groups: dict[str, QActionGroup] = {}
        self._entries = {}
        before = entries[0]
        for entry in entries:
            if entry.instead != before.instead:
                self.addSeparator()
            before = entry
            action = self._entries[entry.name] = self.addAction(entry.text)
            action.setObjectName(f"{view}{entry.name}")
            action.setToolTip(entry.help)
            action.setCheckable(True)
            action.setChecked(entry.on)
            if entry.instead:
                groups.setdefault(entry.instead, QActionGroup(self)).addAction(action)
            action.toggled.connect(self._notice)
        button.setMenu(self)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)

    @property
    def shown(self) -> frozenset[str]:
        """The names of the entries that are on."""
        return frozenset(name for name, action in self._entries.items() if action.isChecked())

    def look_like(self, other: "ShowMenu") -> None:
        """Show what another menu shows."""
        for name, action in self._entries.items():
            action.setChecked(name in other.shown)

    def _notice(self, on: bool) -> None:
        self.changed.emit()
