"""What a session is: a run with its points and settings, where it would start again, and how the window looked."""

from dataclasses import dataclass, field
from typing import Any

from engine.data.dataset import Dataset
from engine.training.comparison import KeptRun
from engine.training.experiment import Start
from engine.training.kept import Kept
from engine.training.spec import Spec


@dataclass(frozen=True, eq=False)
class Session:
    """All that a person works on. Records that never change, so that another thread may write it."""

    run: Kept
    start: Start | None = None
    """First weights that were chosen or read, to which a reset goes back; None for those of the seed."""
    compared: tuple[KeptRun, ...] = ()
    """Runs that were kept to be compared with this one."""
    window: dict[str, Any] = field(default_factory=dict)
    """How the window looked, in JSON; whoever reads it makes of it what there still is."""

    @property
    def spec(self) -> Spec:
        """The settings."""
        return self.run.experiment.spec

    @property
    def dataset(self) -> Dataset:
        """The points."""
        return self.run.experiment.problem.dataset
