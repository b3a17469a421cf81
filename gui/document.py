"""What the person works on: the spec and the points, and every change of them, which can be undone."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from engine.data.dataset import DataError, Dataset
from engine.data.editing import Edit, add, clear, difference, paint
from engine.data.generators import REACH
from engine.data.offers import PLAIN, has_questions, proposal
from engine.data.sources import DATA_SOURCES
from engine.data.table import Choice
from engine.data.tables import naming
from engine.model.activations import Array
from engine.model.projection import Projection
from engine.training.settings import SettingError
from engine.training.spec import SETTINGS, Spec
from gui.change import Change
from gui.gesture import Editing, Gesture
from gui.reading import Opened, Reader
from gui.steps import SettingsStep, WeightStep

MANY = 20_000  # points; of more, a gesture tells the training of its edits only now and then
TOLD_EVERY = 100  # milliseconds
USUAL_CHOICE: dict[str, Any] = {
    "columns": None,
    "label": "",
    "classes": None,
    "gaps": "refuse",
}  # of a new table
SOURCE_SETTINGS = {"data", *USUAL_CHOICE}
USUAL_THRESHOLD = 0.5


class Document(QObject):
    """The current spec and data set. Views read them here, and every change goes through here."""

    changed = Signal(Change)
    """Told seldom while a gesture edits many points: to train on others takes time."""
    points_changed = Signal()
    """Told of each edit at once, before `changed`."""
    refused = Signal(str)
    """One sentence on why a change was not made."""
    followed = Signal()
    """Another example is followed through the views, or none."""
    threshold_changed = Signal()
    """Points are called positive from another probability on."""
    weights_set = Signal(object, object, str)
    """Other weights: the vector of all, the place of the only one that is new or None, and what was done."""
    undecided = Signal(Opened)
    """A table was read, and the person has to say how it is used; `take` goes on from there."""

    def __init__(self, spec: Spec | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec = spec or Spec()
        self.dataset = self.spec.load()
        self.undo_stack = QUndoStack(self)
        self.followed_id: int | None = None
        self.threshold = USUAL_THRESHOLD
        self._gesture: Gesture | None = None
        self._gestures = 0  # ended so far
        self._untold = QTimer(self, singleShot=True, interval=TOLD_EVERY)
        self._untold.timeout.connect(lambda: self.changed.emit(Change(edited=True)))
        self.reader = Reader(self)
        self.reader.read.connect(self._consider)
        self.reader.refused.connect(self.refused)

    def change(self, **values: Any) -> bool:
        """Change settings, as one step that can be undone. Says no, by `refused`, when a value is out of range."""
        try:
            spec = self._fitting(values)
            again = "data" in values and self.dataset.painted
            if spec == self.spec and not again:
                return True
            if spec.data != self.spec.data:
                self.reader.forget()  # a file still being read comes too late
            dataset = self.dataset
            if again or spec.source != self.spec.source:
                dataset = self._load(spec)
            spec.network(dataset.X.shape[0])
        except (SettingError, DataError) as error:
            self.refused.emit(_readable(str(error)))
            return False
        changed = self._changed_by(spec) | ({"data"} if again else set())
        self.end_gesture()
        self.undo_stack.push(SettingsStep(self, spec, dataset, changed))
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
        """Read a table and show it, or ask how it is meant. A large one is read beside the window's thread."""
        self.reader.start(str(path.resolve()), PLAIN, ask=False)

    def open_again(self) -> None:
        """Read the table that is shown once more, with the same choices."""
        self.reader.start(self.spec.data, self._choice(self.spec), ask=False)

    def paste(self, text: str) -> None:
        """Read a text, such as cells of a spreadsheet, as a table."""
        self.reader.start(self.reader.keep(text), PLAIN, ask=False)

    def choose_again(self) -> None:
        """Read the table that is shown once more, and ask how it is meant."""
        self.reader.start(self.spec.data, self._choice(self.spec), ask=True)

    def take(self, opened: Opened, choice: Choice) -> None:
        """Show the points that a choice gives of a table."""
        values = {name: getattr(choice, name) for name in USUAL_CHOICE}
        try:
            spec = replace(self.spec, data=opened.source, **values)
            with naming(Path(opened.source)):
                ours = opened.source in DATA_SOURCES
                dataset = self._load(spec) if ours else opened.table.dataset(choice)
            spec.network(dataset.X.shape[0])
        except (SettingError, DataError) as error:
            self.refused.emit(_readable(str(error)))
            return
        self.end_gesture()
        self.undo_stack.push(SettingsStep(self, spec, dataset, self._changed_by(spec) | {"data"}))

    def paint(
        self, X: np.ndarray, label: int, held: bool = False, verb: str = "Paint", afresh: bool = False
    ) -> None:
        """Add the points X (n_x, k) of a class, `held` for the test or not; see `edit`.

        ValueError for another n_x.
        """
        if X.shape[0] != self.dataset.X.shape[0]:  # here, as an error inside the undo stack ends the process
            raise ValueError(f"{X.shape[0]} features do not fit {self.dataset.X.shape[0]}")
        what = f"class {self.dataset.class_names[label]}" + (", for the test" if held else "")
        self.edit(lambda dataset: paint(dataset, X, label, held), verb, what, afresh)

    def add(self, made: Dataset, seed: int, plane: Projection) -> None:
        """Add made-up points: as they are among others of their kind, else stretched over the data on the plane."""
        X = made.X
        if not self.spec.is_generated:
            X = plane.stretched(X / REACH, self.dataset.lineage.X).astype(np.float64)
        self.make(lambda dataset: add(dataset, X, made.Y), "Add", f"{made.title}, seed {seed}")

    def clear(self) -> None:
        """Remove every point."""
        self.make(clear(self.dataset), "Clear")

    def make(self, edit: Edit | Callable[[Dataset], Edit], verb: str, what: str = "") -> None:
        """Make an edit, as a step to undo of its own."""
        self.end_gesture()
        self.edit(edit, verb, what)
        self.end_gesture()

    def edit(
        self, edit: Edit | Callable[[Dataset], Edit], verb: str, what: str = "", afresh: bool = False
    ) -> None:
        """Make an edit, or one that a function makes for the points as they are, named `verb`, such as Paint, and `what`.

        Until `end_gesture`, edits of the same name are one step to undo. `afresh` begins with the points as they
        were before the gesture, so that a drag may say where things are now instead of how they got there.
        """
        gesture = self._gesture
        if gesture is None or gesture.name != (verb, what):
            self.end_gesture()
            gesture = Gesture((verb, what), self.dataset)
        before = gesture.before if afresh else self.dataset
        try:
            after, _ = (edit(before) if callable(edit) else edit).apply(before)
        except DataError as error:
            self.refused.emit(str(error))
            return
        if gesture.command is None and not _changes(before, after):
            return
        self._gesture = gesture
        command = Editing(self, gesture, after)
        self.undo_stack.push(command)
        gesture.command = gesture.command or command  # Qt merges the others into it and deletes them

    def set_weight(self, before: Array, place: int, value: float, name: str) -> None:
        """Change one parameter, named such as `W2[1,3]`, of the weights `before` (parameter_count,).

        Until the gesture ends, changes of the same parameter are one step to undo.
        """
        self._end_edits()
        after = before.copy()
        after[place] = value
        self.undo_stack.push(WeightStep(self, before, after, place, name, self._gestures))

    def follow(self, id: int | None) -> None:
        """Follow a point through all views, by its id; None follows none."""
        if id != self.followed_id:
            self.followed_id = id
            self.followed.emit()

    def set_threshold(self, threshold: float) -> None:
        """Call points positive from another probability on. Training does not look at it."""
        if threshold != self.threshold:
            self.threshold = threshold
            self.threshold_changed.emit()

    def end_gesture(self) -> None:
        """Close the gesture: what is edited from now on is another step to undo."""
        self._gestures += 1
        self._end_edits()

    def _end_edits(self) -> None:
        """Close the gesture that edits points, if there is one."""
        gesture = self._gesture
        if gesture is not None and gesture.command is not None and not gesture.command.close():
            self.cancel_gesture()  # in the end nothing was changed
        self._gesture = None
        self.tell_of_points()

    def tell_of_points(self) -> None:
        """Tell now of the edits of which nobody was told yet."""
        if self._untold.isActive():
            self._untold.stop()
            self.changed.emit(Change(edited=True))

    def cancel_gesture(self) -> None:
        """Take the gesture back as if it had not been: the points are as before, and there is no step to undo."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self.undo_stack.push(Editing(self, gesture, gesture.before))
            self.tell_of_points()

    def begin(self, spec: Spec, dataset: Dataset) -> None:
        """Take over another experiment altogether. There is nothing to undo then."""
        self.end_gesture()
        self.reader.forget()
        self.reader.drop_all()
        self.undo_stack.clear()
        self.follow(None)
        self.set_threshold(USUAL_THRESHOLD)
        self.show(spec, dataset, Change(frozenset(SETTINGS), replaced=True))

    def close(self) -> None:
        """Let go of what could be undone, in good order, while everything that it changes is still there."""
        self._untold.stop()
        self._gesture = None
        self.reader.forget()
        self.undo_stack.clear()

    def undo(self) -> None:
        """Take the last change back."""
        self.end_gesture()
        self.undo_stack.undo()

    def redo(self) -> None:
        """Make the last change taken back once more."""
        self.end_gesture()
        self.undo_stack.redo()

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
            values = {**USUAL_CHOICE, **values}
        return replace(self.spec, **values)

    def _consider(self, opened: Opened) -> None:
        """Show a table that was read, unless there is something to decide first."""
        try:
            with naming(Path(opened.source)):
                if opened.ask or (opened.choice == PLAIN and has_questions(opened.table)):
                    proposed = proposal(opened.table, opened.choice)
                    self.undecided.emit(replace(opened, choice=proposed))
                    return
        except DataError as error:
            if opened.source != self.spec.data:
                self.reader.drop(opened.source)
            self.refused.emit(str(error))
            return
        self.take(opened, opened.choice)

    def _choice(self, spec: Spec) -> Choice:
        return Choice(**{name: getattr(spec, name) for name in USUAL_CHOICE})

    def _load(self, spec: Spec) -> Dataset:
        if spec.data in DATA_SOURCES:
            return spec.load()
        choice = self._choice(spec)
        table = self.reader.kept(spec.data, choice)
        if table is None and not self.reader.holds(spec.data):
            return spec.load()
        with naming(Path(spec.data)):
            table = table or self.reader.open(spec.data, choice)[0]
            return table.dataset(choice)

    def show_points(self, dataset: Dataset) -> None:
        """Take over points that were edited; the steps of the undo stack do so."""
        self.show(self.spec, dataset, Change(edited=True))

    def show(self, spec: Spec, dataset: Dataset, change: Change) -> None:
        """Take over another spec and other points; the steps of the undo stack do so."""
        self.spec, self.dataset = spec, dataset
        self.points_changed.emit()
        if self._gesture is None or dataset.m <= MANY:
            self._untold.stop()
            self.changed.emit(change)
        elif not self._untold.isActive():
            self._untold.start()

    def show_weights(self, vector: Array, place: int | None, done: str) -> None:
        """Let other weights be taken over; the steps of the undo stack do so."""
        self.weights_set.emit(vector, place, done)


def _changes(before: Dataset, after: Dataset) -> bool:
    """Return whether an edit changed anything."""
    return before.m != after.m or difference(before, after).size > 0


def _readable(message: str) -> str:
    """Name a setting as the window does."""
    for each in fields(Spec):
        if message.startswith(each.name + " "):
            setting = SETTINGS[each.name]
            return (setting.title.capitalize() or setting.label) + message[len(each.name) :]
    return message
