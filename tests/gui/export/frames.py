"""Moments of runs, made without a window."""

from functools import cache

from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.series import frames
from engine.training.spec import Spec


def history_of_run(spec: Spec, iterations: int) -> History:
    """Return a run of so many iterations."""
    experiment = Experiment.of(spec, spec.load())
    descent, history = Descent(experiment), History()
    state = descent.first_state()
    history.begin(experiment, state)
    for _ in range(iterations):
        history.append(state)
        state = descent.step(state)
    history.append(state)
    return history


def frame_of(spec: Spec, iterations: int) -> Frame:
    """Return the end of a run."""
    (frame,) = frames(history_of_run(spec, iterations), [iterations])
    return frame


@cache
def frame_for(view: str) -> Frame:
    """Return a moment at which a view has much to show: 400 points of the moons, or two handwritten digits."""
    if view == "weightImage":
        return frame_of(Spec(data="digits", classes=("3", "8")), 30)
    return frame_of(Spec(samples=400), 300)
