"""What a person may show beside the two costs: one row for each entry of the menu above them."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton


@dataclass(frozen=True)
class Entry:
    """One thing to show."""

    name: str
    text: str
    help: str
    on: bool = False
    """Whether it is shown at first."""


ENTRIES = (
    Entry(
        "Smoothed",
        "Smoothed",
        "Each curve as the median of a window around each place, a tenth of the width and centred: "
        "noise of mini-batches goes, a steep fall stays. The curve as it is stays faintly behind.",
    ),
    Entry(
        "Gradient",
        "Length of the gradient",
        "A second curve on an axis of its own, on the right and logarithmic: towards 0 the ground gets level. "
        "With mini-batches it is that of the batch.",
    ),
    Entry("Changes", "Changes", "A line where something was changed in mid run, with what it was.", True),
)


class CostMenu(QMenu):
    """The menu of a button. Its actions are called `cost` and the entry's name."""

    changed = Signal()

    def __init__(self, button: QToolButton) -> None:
        super().__init__(button)
        self.setToolTipsVisible(True)
        self._entries = {}
        for entry in ENTRIES:
            action = self._entries[entry.name] = self.addAction(entry.text)
            action.setObjectName(f"cost{entry.name}")
            action.setToolTip(entry.help)
            action.setCheckable(True)
            action.setChecked(entry.on)
            action.toggled.connect(self._notice)
        button.setMenu(self)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)

    def shows(self, name: str) -> bool:
        """Return whether an entry is on."""
        return self._entries[name].isChecked()

    def look_like(self, other: "CostMenu") -> None:
        """Show what another menu shows."""
        for name, action in self._entries.items():
            action.setChecked(other.shows(name))

    def _notice(self, on: bool) -> None:
        self.changed.emit()
