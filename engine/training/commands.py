"""What the window asks of the training thread, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.data.dataset import Dataset
from engine.model.activations import Array
from engine.model.network import Parameters
from engine.training.changes import Mark
from engine.training.experiment import Experiment, Start
from engine.training.kept import Curve, Kept
from engine.training.spec import Spec
from engine.training.state import State
from engine.training.trail import Moment


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of a run, complete and immutable: all that a view needs to draw it."""

    experiment: Experiment
    state: State
    curve: Curve
    running: bool
    last: int = 0
    """The newest iteration; the state is an earlier one where the person looks back."""
    obeyed: int = 0
    """How many commands the worker had obeyed by then."""
    notice: str = ""
    """Why the run paused by itself, in plain words; empty otherwise."""
    notices: int = 0
    """How many notices there were by then, so that the same words twice are noticed twice."""
    ended: bool = False
    """Whether the notice tells of an end that the person asked for, and not of trouble."""
    newest: Parameters | None = None
    """The weights of the newest iteration, where the state is an earlier one."""
    goes_on: Experiment | None = None
    """What the run goes on with, where the state is an earlier one."""
    failure: Exception | None = None
    """What last went wrong unexpectedly in the worker, to be shown once; the worker lives on, paused."""
    trail: tuple[Moment, ...] = ()
    """Where the run has been, also after the state where the person looks back."""
    marks: tuple[Mark, ...] = ()
    """What was changed in mid run, also after the state where the person looks back."""
    newest_experiment: Experiment | None = None
    """What the newest iteration belongs to, where the state is an earlier one."""
    stepping: bool = False
    """Whether some of the steps that were asked for are still to be made."""

    @property
    def is_moving(self) -> bool:
        """Whether the next moment follows at once, so that what takes long is better shown of a later one."""
        return self.running or self.stepping

    @property
    def looks_back(self) -> bool:
        """Whether the state is not the newest of the run."""
        return self.state.iteration < self.last

    @property
    def going_on(self) -> Experiment:
        """What the run belongs to as it goes on, also where the person looks back to before a change."""
        return self.newest_experiment or self.experiment


@dataclass(frozen=True, eq=False)
class Restart:
    """Begin again, at first weights that are new or, with a `start`, were trained before."""

    spec: Spec
    dataset: Dataset
    start: Start | None = None


@dataclass(frozen=True, eq=False)
class GoOn:
    """Train on from the current weights, with other points or another learning rate."""

    spec: Spec
    dataset: Dataset
    rescaled: bool = False
    """Whether the points are others altogether, and bring a scale of their own."""
    gesture: int = 0
    """Which gesture it belongs to; the changes of one are one mark. 0 is none."""


@dataclass(frozen=True)
class Run:
    """Step again and again, `rate` iterations a second or, with None, as fast as it goes."""

    rate: float | None = None


@dataclass(frozen=True)
class Pause:
    """Stop stepping."""


@dataclass(frozen=True)
class Step:
    """Make `count` steps more and pause; a negative count looks back by as many."""

    count: int = 1


@dataclass(frozen=True)
class Seek:
    """Pause and show an iteration that was reached; what came after it stays."""

    iteration: int


@dataclass(frozen=True)
class Cut:
    """Drop what came after the iteration that is shown, so that training goes on from it."""


@dataclass(frozen=True, eq=False)
class Replace:
    """Train on from other weights at the newest iteration; the optimizer keeps its memory."""

    vector: Array
    """All parameters, shape (parameter_count,)."""
    place: int | None = None
    """The only one of them that is new; the others stay what training makes of them. None where all are."""
    gesture: int = 0
    """As in `GoOn`."""


@dataclass(frozen=True, eq=False)
class Keep:
    """Hand the run as it is now to `take`, which is called in the training thread and must be quick."""

    take: Callable[[Kept], object]


@dataclass(frozen=True, eq=False)
class Resume:
    """Take up a run that was kept, paused, and show the iteration that was looked at."""

    kept: Kept


@dataclass(frozen=True)
class Stop:
    """End the thread."""


Command = Restart | GoOn | Run | Pause | Step | Seek | Cut | Replace | Keep | Resume | Stop
