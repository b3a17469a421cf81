"""What a change is about, as the document tells it to all who follow it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What was changed: names of settings, and whether points were edited or the whole set replaced."""

    settings: frozenset[str] = frozenset()
    edited: bool = False
    replaced: bool = False
    painted_over: bool = False
    """Whether the set that was replaced held painted points, which only undo brings back."""
    undone: bool = False
    """Whether it was taken back, and not made."""

    def then(self, later: "Change") -> "Change":
        """Return this change and a later one as one."""
        return Change(
            self.settings | later.settings,
            self.edited or later.edited,
            self.replaced or later.replaced,
            self.painted_over or later.painted_over,
            later.undone,
        )
