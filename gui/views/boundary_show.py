"""What a person may show of the decision boundary: one row for each entry of the menu above it."""

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


ENTRIES = (
    Entry("Probability", "Probability", "The colour fades where the network is not sure.", True, "colours"),
    Entry("Class", "Class", "Two flat colours: what each point of the plane is called.", False, "colours"),
    Entry("Levels", "Level lines", "The lines where the probability is 0.1, 0.25, 0.75 and 0.9."),
    Entry(
        "Margin",
        "Margin",
        "The strip where the network is not sure: between the dashed lines z is between −1 and +1, the probability "
        "between 0.27 and 0.73. Below the plot: how many training points lie in it, and the smallest (2y − 1) z, "
        "negative for a misclassified point.",
    ),
    Entry("Earlier", "Earlier lines", "Where the line was at earlier iterations: the older, the fainter."),
    Entry(
        "Rings", "Rings around wrong points", "A ring around each point on the wrong side of the line.", True
    ),
)


class ShowMenu(QMenu):
    """The menu of a button. Its actions are called `show` and the entry's name."""

    changed = Signal()

    def __init__(self, button: QToolButton) -> None:
        super().__init__(button)
        self.setToolTipsVisible(True)
        groups: dict[str, QActionGroup] = {}
        self._entries = {}
        for entry in ENTRIES:
            action = self._entries[entry.name] = self.addAction(entry.text)
            action.setObjectName(f"show{entry.name}")
            action.setToolTip(entry.help)
            action.setCheckable(True)
            action.setChecked(entry.on)
            if entry.instead:
                groups.setdefault(entry.instead, QActionGroup(self)).addAction(action)
            action.toggled.connect(self._notice)
        self.insertSeparator(self._entries["Levels"])
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
