"""What differs between two experiments, in plain words, and the marks of what was changed during a run."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.data.dataset import Dataset
from engine.model.activations import Array
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.settings import Setting
from engine.training.spec import SETTINGS, Spec
from engine.training.state import State

MOST = 64  # marks; of more the oldest go
ENDS = "Stop when"  # the group of settings that change when a run ends, and not how it goes
OF_A_TABLE = {"columns", "label", "classes", "gaps"}  # nothing to tell where the table itself is another
WENT_ON = "went on from here"


class Mark(NamedTuple):
    """A change in mid run."""

    iteration: int
    """The last one before it took effect."""
    words: str


class Setup(NamedTuple):
    """What decides how a run goes, as far as a person chooses it."""

    spec: Spec
    dataset: Dataset

    @classmethod
    def of(cls, experiment: Experiment) -> "Setup":
        """Return it without all that was made from it."""
        return cls(experiment.spec, experiment.problem.dataset)


def _names() -> dict[str, str]:
    """Return what each setting is called beside a value: without its symbol where it is known without."""
    plain = {name: _without_symbol(setting.spoken) for name, setting in SETTINGS.items()}
    count = Counter(plain.values())
    return {
        name: words if count[words] == 1 else _told_apart(SETTINGS[name], words)
        for name, words in plain.items()
    }


def _without_symbol(spoken: str) -> str:
    words, _, last = spoken.rpartition(" ")
    return words if words and len(last.rstrip("₁₂")) == 1 else spoken


def _told_apart(setting: Setting, words: str) -> str:
    """Name a setting that has its words in common with another: by its symbol, or else by its group."""
    return setting.spoken if setting.spoken != words else f"{setting.group.lower()} {words}"


NAMES = _names()


def changes(before: Setup, now: Setup) -> list[str]:
    """Return what was changed, such as `learning rate 0.1 → 0.01`."""
    said = [
        f"{NAMES[name]} {_value(name, before)} → {_value(name, now)}"
        for name in _differing(now.spec, before.spec)
    ]
    return [*said, "points edited"] if _other_points(before, now) else said


def distinction(this: Setup, other: Setup) -> list[str]:
    """Return in what one setup differs from another, such as `learning rate 0.1`."""
    said = [_named(NAMES[name], _value(name, this)) for name in _differing(this.spec, other.spec)]
    return [*said, "other points"] if _other_points(this, other) else said


def are_alike(before: Experiment | None, now: Experiment) -> bool:
    """Return whether two experiments make the same steps of the same state, to the last bit."""
    if before is now:
        return True
    if before is None or before.start is not now.start:
        return False
    scales = (each.problem.standardization for each in (before, now))
    (mean, scale), (other_mean, other_scale) = ((each.mean, each.scale) for each in scales)
    same_scale = np.array_equal(mean, other_mean) and np.array_equal(scale, other_scale)
    return same_scale and not changes(Setup.of(before), Setup.of(now))


def told_then(then: Experiment, now: Experiment) -> str:
    """Return what was different in an earlier part of a run, such as `learning rate 0.1`; empty where nothing was."""
    return "" if then is now else ", ".join(distinction(Setup.of(then), Setup.of(now)))


def _differing(one: Spec, other: Spec) -> list[str]:
    """Return the names of the settings that one has different from another, and that matter to it."""
    return [
        name
        for name, setting in SETTINGS.items()
        if getattr(one, name) != getattr(other, name)
        and setting.group != ENDS
        and not (name in OF_A_TABLE and one.data != other.data)
        and setting.useful(one)
    ]


def _named(name: str, value: str) -> str:
    return value if name in value.lower() else f"{name} {value}"  # a log loss is a loss


def _value(name: str, setup: Setup) -> str:
    if name == "data":  # a file's path is too long
        return setup.dataset.title
    return SETTINGS[name].shown(getattr(setup.spec, name))


def _other_points(one: Setup, other: Setup) -> bool:
    """Return whether points were edited; where the settings say already why they are others, they were not."""
    if one.spec.source != other.spec.source or one.dataset is other.dataset:
        return False
    return not all(
        np.array_equal(getattr(one.dataset, name), getattr(other.dataset, name), equal_nan=name == "X")
        for name in ("X", "Y", "ids", "held")
    )


class _Open(NamedTuple):
    """The newest mark, to which more may be added, and how the run was before it."""

    mark: Mark
    setup: Setup
    vector: Array
    said: tuple[str, ...]  # words that stay
    places: frozenset[int]  # parameters that were set by hand at earlier iterations
    forgot: bool  # whether the optimizer began anew
    gesture: int


class Marks:
    """Keeps what was changed in a run. What is changed at one iteration, or in one gesture, is one mark."""

    def __init__(self, marks: Sequence[Mark] = ()) -> None:
        """Go on from those that there are already."""
        self._closed = list(marks)
        self._open: _Open | None = None

    @property
    def all(self) -> tuple[Mark, ...]:
        """The marks, the oldest first."""
        newest = [self._open.mark] if self._open is not None and self._open.mark.words else []
        return (*self._closed, *newest)

    def change(self, before: Experiment, was: State, now: Experiment, state: State, gesture: int = 0) -> None:
        """Note that a run goes on otherwise, and maybe with other weights. A `gesture` of 0 is none."""
        open_ = self._open
        here = open_ is not None and open_.mark.iteration == state.iteration
        if open_ is None or not (here or (gesture and gesture == open_.gesture)):
            self._close()
            mark, here = Mark(state.iteration, ""), True
            open_ = _Open(mark, Setup.of(before), was.parameters.vector, (), frozenset(), False, gesture)
        since = open_.vector if here else was.parameters.vector
        places = open_.places | set(np.flatnonzero(since != state.parameters.vector).tolist())
        forgot = open_.forgot or (bool(state.memory) and state.made < was.made)
        words = [*open_.said, *changes(open_.setup, Setup.of(now))]
        if forgot and open_.setup.spec.optimizer == now.spec.optimizer:
            words.append(f"{OPTIMIZERS[now.spec.optimizer].label} begun anew")
        if len(places) == 1:
            words.append(f"{now.network.name_of(*places)} set by hand")
        elif np.count_nonzero(was.parameters.vector != state.parameters.vector) > 1:
            words.append("earlier weights brought back")  # by undo; the hand sets one at a time
        elif places:
            words.append(f"{len(places)} weights set by hand")
        self._open = open_._replace(
            mark=open_.mark._replace(words=", ".join(words)),
            places=open_.places if here else places,
            forgot=forgot,
            gesture=gesture or open_.gesture,
        )

    def cut(self, experiment: Experiment, state: State) -> None:
        """Drop what came after a state, from which the run goes on."""
        self._close()
        while self._closed and self._closed[-1].iteration > state.iteration:
            self._closed.pop()
        said = [WENT_ON] if state.iteration else []
        if self._closed and self._closed[-1].iteration == state.iteration:
            before = self._closed.pop().words
            said = [before] if before.endswith(WENT_ON) else [before, *said]
        mark = Mark(state.iteration, ", ".join(said))
        self._open = _Open(
            mark, Setup.of(experiment), state.parameters.vector, tuple(said), frozenset(), False, 0
        )

    def _close(self) -> None:
        """Add nothing more to the newest mark."""
        self._closed = list(self.all[-MOST + 1 :])
        self._open = None
