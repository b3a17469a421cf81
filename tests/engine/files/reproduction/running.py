"""Scripts, run as a student runs them, and beside them what the engine says."""

import contextlib
import io
import warnings

from engine.files.reproduction import reproduction
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec


def experiment_of(**chosen):
    spec = Spec(**chosen)
    return Experiment.of(spec, spec.load())


def state_at(experiment, iterations, begun=None):
    """Return the engine's state after some iterations, scored."""
    descent = Descent(experiment)
    try:
        state = descent.first_state()
        if begun is not None:  # as the runner goes on after a change
            state = descent.state_at(begun.parameters.vector, begun.iteration, begun.memory, begun.made)
        while state.iteration < iterations:
            state = descent.step(state)
        return descent.scored(state)
    finally:
        descent.close()


def run(source):
    """Return what a script prints, and its last theta; no warning may come with it."""
    scope, printed = {"__name__": "script"}, io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(compile(source, "script.py", "exec"), scope)
        theta = scope["main"]()
    return printed.getvalue(), theta


def shown(state):
    """Return what the script must print for a state: the lines of `main.py train`."""
    lines = [f"{state.iteration:,} iterations"]
    train_cost, test_cost, train_accuracy, test_accuracy = state.scores[:4]
    for name, cost, accuracy in (
        ("train:", train_cost, train_accuracy),
        ("test: ", test_cost, test_accuracy),
    ):
        there = cost == cost
        digits = f"{cost:.6f}" if cost < 1e6 else f"{cost:.6g}"
        lines.append(
            f"{name} cost {digits if there else '—'}, accuracy {f'{accuracy:.1%}' if there else '—'}"
        )
    return "\n".join(lines) + "\n"


def check(experiment, iterations=50, begun=None):
    """Return the script of a run, after a look at whether it ends where the engine ends, to the last bit."""
    source = reproduction(experiment, iterations, begun)
    state = state_at(experiment, iterations, begun)
    printed, theta = run(source)
    assert printed == shown(state)
    assert theta.dtype == state.parameters.vector.dtype
    assert (theta == state.parameters.vector).all(), abs(theta - state.parameters.vector).max()
    return source
