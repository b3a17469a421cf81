"""What the person works on: the spec and the points, and every change of them, which can be undone."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.data.dataset import DataError, Dataset
from engine.data.editing import Edit, clear, erase, paint
from engine.data.generators import GENERATORS
from engine.data.sources import load_data
from engine.model.activations import Array
from engine.training.settings import Number, SettingError
from engine.training.spec import SETTINGS, Spec

# A smaller file is read at once; a larger one beside the window's thread.
READ_AT_ONCE = 256 * 1024  # bytes
SAME_MOVE = 1.0  # seconds between two changes of a setting that are one step to undo
SOURCE_SETTINGS = {"data", "columns", "label"}


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


class Document(QObject):
    """The current spec and data set. Views read them here, and every change goes through here."""

    changed = Signal(Change)
    refused = Signal(str)
    """One sentence on why a change was not made."""
    followed = Signal()
    """Another example is followed through the views, or none."""
    reading = Signal(str)
    """The name of a file that is being read beside the window's thread."""
    weights_set = Signal(object, object, str)
    """Other weights: the vector of all, the place of the only one that is new or None, and what was done."""
    _read = Signal(object, object)

    def __init__(self, spec: Spec | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec = spec or Spec()
        self.dataset = _load(self.spec)
        self.undo_stack = QUndoStack(self)
        self.followed_id: int | None = None
        self._gesture = 0
        self._newest_read = 0
        self._read.connect(self._finish_reading)

    def change(self, **values: Any) -> bool:
        """Change settings, as one step that can be undone. Says no, by `refused`, when a value is out of range."""
        try:
            spec = self._fitting(values)
            again = "data" in values and self.dataset.painted
            if spec == self.spec and not again:
                return True
            if spec.data != self.spec.data:
                self._newest_read += 1  # a file still being read comes too late
            dataset = self.dataset
            if again or _source_of(spec) != _source_of(self.spec):
                dataset = _load(spec)
            spec.network(dataset.X.shape[0])
        except (SettingError, DataError) as error:
            self.refused.emit(_readable(str(error)))
            return False
        changed = self._changed_by(spec) | ({"data"} if again else set())
        self.undo_stack.push(_Settings(self, spec, dataset, changed))
        return True

    def change_text(self, name: str, text: str) -> bool:
        """Change a setting to what a typed text stands for."""
        try:
            value = SETTINGS[name].parse(name, text)
        except SettingError as error:
            self.refused.emit(_readable(str(error)))
            return False
        return self.change(**{name: value})

    def open_file(self, path: Path) -> None:
        """Read a table and show it. A large one is read beside the window's thread."""
        spec = replace(self.spec, data=str(path.resolve()), columns=None, label="")
        self._newest_read += 1
        number = self._newest_read
        try:
            small = path.stat().st_size <= READ_AT_ONCE
        except OSError:
            small = True  # reading it will say why not
        if small:
            self._finish_reading(number, _try_to_load(spec))
            return
        self.reading.emit(path.name)
        threading.Thread(target=self._read_beside, args=(number, spec), name="reading", daemon=True).start()

    def paint(self, X: np.ndarray, label: int) -> None:
        """Add the points X (n_x, k) of a class; one gesture is one step to undo. ValueError for another n_x."""
        if X.shape[0] != self.dataset.X.shape[0]:  # here, as an error inside the undo stack ends the process
            raise ValueError(f"{X.shape[0]} features do not fit {self.dataset.X.shape[0]}")
        try:
            edit = paint(self.dataset, X, label)
            self._push_edit(edit, X.shape[1], f"class {self.dataset.class_names[label]}", "Paint")
        except DataError as error:
            self.refused.emit(str(error))

    def erase(self, places: np.ndarray, centre: tuple[float, float], radii: tuple[float, float]) -> None:
        """Remove the points under the round brush, drawn at `places` (2, m); one gesture is one step to undo."""
        edit = erase(places, centre, radii)
        if edit.rows.size:
            self._push_edit(edit, edit.rows.size, "", "Erase")

    def clear(self) -> None:
        """Remove every point."""
        if self.dataset.m:
            self.end_gesture()
            self._push_edit(clear(self.dataset), self.dataset.m, "", "Clear")
            self.end_gesture()

    def set_weight(self, before: Array, place: int, value: float, name: str) -> None:
        """Change one parameter, named such as `W2[1,3]`, of the weights `before` (parameter_count,).

        Until the gesture ends, changes of the same parameter are one step to undo.
        """
        after = before.copy()
        after[place] = value
        self.undo_stack.push(_Weight(self, before, after, place, name, self._gesture))

    def follow(self, id: int | None) -> None:
        """Follow a point through all views, by its id; None follows none."""
        if id != self.followed_id:
            self.followed_id = id
            self.followed.emit()

    def end_gesture(self) -> None:
        """Close the gesture: what is painted from now on is another step to undo."""
        self._gesture += 1

    def close(self) -> None:
        """Let go of what could be undone, in good order, while everything that it changes is still there."""
        self._newest_read += 1
        self.undo_stack.clear()

    def undo(self) -> None:
        """Take the last change back."""
        self.end_gesture()
        self.undo_stack.undo()

    def redo(self) -> None:
        """Make the last change taken back once more."""
        self.end_gesture()
        self.undo_stack.redo()

    def _push_edit(self, edit: Edit, count: int, what: str, verb: str) -> None:
        self.undo_stack.push(_Editing(self, edit, count, what, verb, self._gesture))

    def _changed_by(self, spec: Spec) -> frozenset[str]:
        """Return the names of the settings that another spec has different."""
        return frozenset(name for name in SETTINGS if getattr(spec, name) != getattr(self.spec, name))

    def _fitting(self, values: dict[str, Any]) -> Spec:
        """Return the changed spec, with one activation for each layer stretched to another number of layers."""
        hidden = values.get("hidden", self.spec.hidden)
        activation = values.get("activation", self.spec.activation)
        if "hidden" in values and len(activation) > 1:
            each = tuple(activation) + (activation[-1],) * len(hidden)
            values = {**values, "activation": each[: len(hidden)]}
        if "data" in values and values["data"] != self.spec.data:
            values = {"columns": None, "label": "", **values}
        return replace(self.spec, **values)

    def _read_beside(self, number: int, spec: Spec) -> None:
        outcome = _try_to_load(spec)
        with suppress(RuntimeError):  # the window may be closed and gone
            self._read.emit(number, outcome)

    def _finish_reading(self, number: int, outcome: tuple[Spec, Dataset] | DataError) -> None:
        if number != self._newest_read:
            return  # another file was opened meanwhile
        if isinstance(outcome, DataError):
            self.refused.emit(str(outcome))
            return
        read, dataset = outcome
        spec = replace(self.spec, data=read.data, columns=None, label="")
        self.undo_stack.push(_Settings(self, spec, dataset, self._changed_by(spec) | {"data"}))

    def _show(self, spec: Spec, dataset: Dataset, change: Change) -> None:
        self.spec, self.dataset = spec, dataset
        self.changed.emit(change)


class _Settings(QUndoCommand):
    """A change of settings, and of the data set where they decide it."""

    def __init__(self, document: Document, spec: Spec, dataset: Dataset, changed: frozenset[str]) -> None:
        labels = ", ".join(SETTINGS[name].spoken for name in SETTINGS if name in changed)
        super().__init__(f"Open {dataset.title}" if "data" in changed else f"Change {labels}")
        self._document = document
        self._before = (document.spec, document.dataset)
        self._after = (spec, dataset)
        self._changed = changed
        self._made = time.monotonic()

    def redo(self) -> None:
        self._document._show(*self._after, self._change(self._before[1], self._after[1]))

    def undo(self) -> None:
        change = self._change(self._after[1], self._before[1])
        self._document._show(*self._before, replace(change, undone=True))

    def id(self) -> int:
        """Quick changes of one number, as the arrows of its control make them, are one step to undo."""
        numbers = all(isinstance(SETTINGS[name], Number) for name in self._changed)
        return 1 if numbers and len(self._changed) == 1 else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Settings) or other._changed != self._changed:
            return False
        if other._made - self._made > SAME_MOVE:
            return False
        self._after, self._made = other._after, other._made
        return True

    def _change(self, before: Dataset, after: Dataset) -> Change:
        replaced = before is not after
        return Change(self._changed, replaced=replaced, painted_over=replaced and before.painted)


class _Editing(QUndoCommand):
    """The edits of one gesture of painting or erasing."""

    def __init__(
        self, document: Document, edit: Edit, count: int, what: str, verb: str, gesture: int
    ) -> None:
        super().__init__()
        self._document = document
        self._edits: list[Edit] = [edit]
        self._inverses: list[Edit] = []
        self._count, self._what, self._verb, self._gesture = count, what, verb, gesture
        self._name()

    def redo(self) -> None:
        dataset = self._document.dataset
        self._inverses = []
        for edit in self._edits:
            dataset, inverse = edit.apply(dataset)
            self._inverses.append(inverse)
        self._document._show(self._document.spec, dataset, Change(edited=True))

    def undo(self) -> None:
        dataset = self._document.dataset
        for inverse in reversed(self._inverses):
            dataset, _ = inverse.apply(dataset)
        self._document._show(self._document.spec, dataset, Change(edited=True))

    def id(self) -> int:
        return 2

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Editing):
            return False
        if (other._gesture, other._verb, other._what) != (self._gesture, self._verb, self._what):
            return False
        self._edits += other._edits
        self._inverses += other._inverses
        self._count += other._count
        self._name()
        return True

    def _name(self) -> None:
        points = "1 point" if self._count == 1 else f"{self._count:,} points"
        self.setText(f"{self._verb} {points}" + (f", {self._what}" if self._what else ""))


class _Weight(QUndoCommand):
    """The changes of one weight or bias in one gesture. Taken back, all weights are what they were before it."""

    def __init__(
        self, document: Document, before: Array, after: Array, place: int, name: str, gesture: int
    ) -> None:
        super().__init__()
        self._document = document
        self._before, self._after, self._place, self._name = before, after, place, name
        self._gesture = gesture
        self._place_now: int | None = place  # at first the others stay what a run makes of them meanwhile
        self._show_text()

    def redo(self) -> None:
        place, self._place_now = self._place_now, None
        self._document.weights_set.emit(self._after, place, self._done)

    def undo(self) -> None:
        done = f"All weights are again as they were before {self._name} was set"
        self._document.weights_set.emit(self._before, None, done)

    def id(self) -> int:
        return 3

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Weight):
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


def _source_of(spec: Spec) -> tuple[Any, ...]:
    """Return what decides the points before any painting."""
    made = (spec.samples, spec.noise, spec.data_seed) if spec.data in GENERATORS else ()
    return (spec.data, spec.columns, spec.label, *made)


def _load(spec: Spec) -> Dataset:
    return load_data(spec.data, spec.samples, spec.noise, spec.data_seed, spec.columns, spec.label)


def _try_to_load(spec: Spec) -> tuple[Spec, Dataset] | DataError:
    try:
        return spec, _load(spec)
    except DataError as error:
        return error


def _readable(message: str) -> str:
    """Name a setting as the window does."""
    for each in fields(Spec):
        if message.startswith(each.name + " "):
            setting = SETTINGS[each.name]
            return (setting.title.capitalize() or setting.label) + message[len(each.name) :]
    return message
