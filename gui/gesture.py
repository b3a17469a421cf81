"""A gesture of painting as one step to undo."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from engine.data.dataset import Dataset
from engine.data.editing.difference import Difference, difference


class Edited(Protocol):
    """Whose points a step changes."""

    dataset: Dataset

    def show_points(self, dataset: Dataset) -> None:
        """Take over other points."""


@dataclass(eq=False)
class Gesture:
    """Edits that are one step to undo: their name, the points before them, and the step once there is one."""

    name: tuple[str, str]
    before: Dataset
    command: "Editing | None" = None


class Editing(QUndoCommand):
    """The edits of one gesture. While it goes on it keeps the points before and after; then only what differs."""

    def __init__(self, document: Edited, gesture: Gesture, after: Dataset) -> None:
        super().__init__()
        self._document = document
        self._gesture = gesture
        self._ends: tuple[Dataset, Dataset] | None = (gesture.before, after)
        self._difference: Difference | None = None
        self._show_name(abs(after.m - gesture.before.m))

    def close(self) -> bool:
        """Forget the way and keep the difference; return whether there is any."""
        if self._ends is not None:
            self._difference, self._ends = difference(*self._ends), None
            self._show_name(self._difference.size)
        return self._difference is not None and self._difference.size > 0

    def redo(self) -> None:
        if self._ends is not None:
            self._document.show_points(self._ends[1])
        elif self._difference is not None:
            self._document.show_points(self._difference.forward.apply(self._document.dataset)[0])

    def undo(self) -> None:
        if self._ends is not None:
            self._document.show_points(self._ends[0])
        elif self._difference is not None:
            self._document.show_points(self._difference.back.apply(self._document.dataset)[0])

    def id(self) -> int:
        return 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Editing) or other._gesture is not self._gesture or other._ends is None:
            return False
        before, after = other._ends
        self._ends = other._ends
        self._show_name(abs(after.m - before.m))
        self.setObsolete(after is before)  # cancelled
        return True

    def _show_name(self, count: int) -> None:
        verb, what = self._gesture.name
        points = {0: "points", 1: "1 point"}.get(count, f"{count:,} points")
        self.setText(f"{verb} {points}" + (f", {what}" if what else ""))
