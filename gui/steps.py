"""The steps of the undo stack, but for the edits of points: settings, single weights, and first weights."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from engine.data.dataset import Dataset
from engine.model.activations import Array
from engine.training.experiment import Start
from engine.training.settings import Number
from engine.training.spec import SETTINGS, Spec
from gui.change import Change

SAME_MOVE = 1.0  # seconds between two changes of a setting that are one step to undo


class Changed(Protocol):
    """What the steps change."""

    spec: Spec
    dataset: Dataset

    def show(self, spec: Spec, dataset: Dataset, change: Change) -> None:
        """Take over another spec and other points."""

    def show_weights(self, vector: Array, place: int | None, done: str) -> None:
        """Let other weights be taken over."""


class SettingsStep(QUndoCommand):
    """A change of settings, and of the data set where they decide it."""

    def __init__(self, document: Changed, spec: Spec, dataset: Dataset, changed: frozenset[str]) -> None:
        labels = ", ".join(SETTINGS[name].spoken for name in SETTINGS if name in changed)
        super().__init__(f"Open {dataset.title}" if "data" in changed else f"Change {labels}")
        self._document = document
        self._before = (document.spec, document.dataset)
        self._after = (spec, dataset)
        self._changed = changed
        self._made = time.monotonic()

    def redo(self) -> None:
        self._document.show(*self._after, self._change(self._before[1], self._after[1]))

    def undo(self) -> None:
        change = self._change(self._after[1], self._before[1])
        self._document.show(*self._before, replace(change, undone=True))

    def id(self) -> int:
        """Quick changes of one number, as the arrows of its control make them, are one step to undo."""
        numbers = all(isinstance(SETTINGS[name], Number) for name in self._changed)
        return 1 if numbers and len(self._changed) == 1 else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, SettingsStep) or other._changed != self._changed:
            return False
        if other._made - self._made > SAME_MOVE:
            return False
        self._after, self._made = other._after, other._made
        return True

    def _change(self, before: Dataset, after: Dataset) -> Change:
        replaced = before is not after
        return Change(self._changed, replaced=replaced, painted_over=replaced and before.painted)


class WeightStep(QUndoCommand):
    """The changes of one weight or bias in one gesture. Taken back, all weights are what they were before it."""

    def __init__(
        self, document: Changed, before: Array, after: Array, place: int, name: str, gesture: int
    ) -> None:
        super().__init__()
        self._document = document
        self._before, self._after, self._place, self._name = before, after, place, name
        self._gesture = gesture
        self._place_now: int | None = place  # at first the others stay what a run makes of them meanwhile
        self._show_text()

    def redo(self) -> None:
        place, self._place_now = self._place_now, None
        self._document.show_weights(self._after, place, self._done)

    def undo(self) -> None:
        done = f"All weights are again as they were before {self._name} was set"
        self._document.show_weights(self._before, None, done)

    def id(self) -> int:
        return 3

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, WeightStep):
            return False
        if (other._gesture, other._place) != (self._gesture, self._place):
            return False
        self._after = other._after
        self._show_text()
        return True

    @property
    def _done(self) -> str:
        return f"{self._name} is set to {self._after[self._place]:.6g}"

    def _show_text(self) -> None:
        self.setText(f"Set {self._name} to {self._after[self._place]:.6g}")


class StartStep(QUndoCommand):
    """A restart at weights that a person has chosen by hand."""

    def __init__(
        self, start: Callable[[Start | None, str], None], before: Start | None, after: Start
    ) -> None:
        """`start` restarts at first weights, or, with None, at those of the seed, and tells what was done."""
        super().__init__("Choose first weights")
        self._start, self._before, self._after = start, before, after

    def redo(self) -> None:
        self._start(self._after, "Starting from other weights")

    def undo(self) -> None:
        self._start(self._before, "Undone, first weights: those of before are back")
