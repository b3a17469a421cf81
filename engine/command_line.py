"""`main.py train`: the whole job without a window, for scripts and for machines without a screen."""

import math
import sys
import time
from collections.abc import Callable
from typing import Self

import numpy as np
from tqdm import tqdm

from engine.command_exports import Outcome, Plotter, check_forms, check_places, write_exports
from engine.command_options import Request, parse
from engine.command_parser import DIVERGED, DONE, INTERRUPTED, WRONG, UsageError, guarded, tell
from engine.command_plots import names_and_titles
from engine.command_result import show_result, shown_cost
from engine.data.dataset import Dataset
from engine.files.points import DATA_FORMATS
from engine.files.weights import WEIGHT_FORMATS
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.history import History
from engine.training.spec import SETTINGS
from engine.training.state import Diverged, State
from engine.training.stopping import Watch


def train(arguments: list[str], open_plotter: Callable[[], Plotter]) -> int:
    """Do what the options say and return the exit status; every message is one line on standard error."""
    if "--list" in arguments:
        _list_registries(open_plotter)
        return DONE
    return guarded("train", lambda: _train_as_asked(parse(arguments), open_plotter))


def _train_as_asked(request: Request, open_plotter: Callable[[], Plotter]) -> int:
    exports = request.exports
    plotter = open_plotter() if exports.drawn else None
    check_places(exports, plotter, request.iterations, read=request.read)
    experiment = _experiment(request, request.spec.load())
    check_forms(exports, experiment, plotter)
    frame, history, seconds, status = _train(experiment, request.iterations)
    failed = write_exports(exports, Outcome(frame, history, plotter, None))
    show_result("train", frame, request.as_json, seconds)
    if failed:
        tell("train", failed)
    return status or (WRONG if failed else DONE)


def _experiment(request: Request, dataset: Dataset) -> Experiment:
    if request.initial is None:
        return Experiment.of(request.spec, dataset)
    weights, n_x = request.initial, dataset.X.shape[0]
    if weights.n_x != n_x:
        raise UsageError(
            f"--initial-weights {request.initial_name} takes {weights.n_x} inputs, and the data has {n_x}."
        )
    note = weights.note_for(dataset.feature_names)
    if note:
        tell("train", f"--initial-weights {request.initial_name}: {note}")
    start = Start(weights.network, weights.parameters, weights.standardization)
    return Experiment.of(request.spec, dataset, start)


def _train(experiment: Experiment, iterations: int) -> tuple[Frame, History, float, int]:
    """Return the last moment, how it came there, the seconds that the loop took, and the exit status."""
    descent, history = Descent(experiment), History()
    state = descent.first_state()
    if not (math.isfinite(state.scores.batch_cost) and np.isfinite(state.parameters.vector).all()):
        raise UsageError("the cost of the first weights is not finite; try --standardize.")
    history.begin(experiment, state)
    history.append(state)
    watch, status = Watch(experiment.spec, state), DONE
    ended = watch.reason(state)
    began = time.perf_counter()
    try:
        with _Progress(iterations, "batch cost" if experiment.spec.batch_size else "cost") as progress:
            for _ in range(0 if ended else iterations):
                state = descent.step(state)
                history.append(state)
                progress.show(state)
                ended = watch.reason(state)
                if ended:
                    break
    except Diverged as diverged:
        ended, status = str(diverged), DIVERGED
    except KeyboardInterrupt:
        tell("train", f"stopped at iteration {state.iteration:,}.")
        status = INTERRUPTED
    seconds = time.perf_counter() - began
    state = descent.scored(state)
    descent.close()
    return (
        Frame(experiment, state, history.curve(), running=False, notice=ended, trail=history.trail),
        history,
        seconds,
        status,
    )


class _Progress:
    """Tells on standard error how far training is: a bar on a terminal, else a line each tenth."""

    def __init__(self, iterations: int, cost: str) -> None:
        self._iterations = iterations
        self._cost = cost
        self._tenth = max(1, iterations // 10)
        self._bar = tqdm(total=iterations, unit=" iterations", leave=False) if sys.stderr.isatty() else None
        self._told = time.perf_counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, state: State) -> None:
        """Tell that the state was reached."""
        if self._bar is not None:
            now = time.perf_counter()
            if now - self._told > 0.05:
                self._told = now
                self._bar.set_postfix_str(f"{self._cost} {state.scores.batch_cost:.4f}", refresh=False)
                self._bar.update(state.iteration - self._bar.n)
        elif state.iteration % self._tenth == 0:
            reached = f"iteration {state.iteration:,} of {self._iterations:,}"
            print(f"{reached}, {self._cost} {shown_cost(state.scores.batch_cost)}", file=sys.stderr)


def _list_registries(open_plotter: Callable[[], Plotter]) -> None:
    for name, setting in SETTINGS.items():
        registry = getattr(setting, "registry", None)
        if registry:
            print(f"{name}: {', '.join(registry)}")
    print(f"weights: {', '.join(WEIGHT_FORMATS)}")
    print(f"points: {', '.join(DATA_FORMATS)}")
    try:
        titles = open_plotter().titles
    except UsageError as error:
        print(f"plots: none here. {error}")
    else:
        print(f"plots: {', '.join(titles)}")
        print(f"plots as the window calls them: {names_and_titles(titles)}")
