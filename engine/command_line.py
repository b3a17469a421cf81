"""`main.py train`: the whole job without a window, for scripts and for machines without a screen."""

import json
import math
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from tqdm import tqdm

from engine.command_film import Counted, check_film
from engine.command_options import Request, UsageError, parse
from engine.data.dataset import DataError, Dataset
from engine.files.animation import ANIMATION_FORMATS, Film, check_animation
from engine.files.atomic import FileError
from engine.files.curves import save_curve
from engine.files.points import DATA_FORMATS, save_data
from engine.files.reproduction import check_reproducible, save_reproduction
from engine.files.weights import WEIGHT_FORMATS, Weights, check_writable, save_weights
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.history import History
from engine.training.settings import SettingError
from engine.training.spec import SETTINGS
from engine.training.state import Diverged, State
from engine.training.stopping import Watch

DONE, WRONG, DIVERGED, INTERRUPTED = 0, 2, 3, 130


class Plotter(Protocol):
    """What draws plots; it lives in the gui and is asked for only when a plot is wanted."""

    @property
    def names(self) -> Iterable[str]:
        """The views there are."""
        ...

    @property
    def endings(self) -> Iterable[str]:
        """The endings of the pictures it can write."""
        ...

    @property
    def themes(self) -> Iterable[str]:
        """The colours they may have."""
        ...

    def save(self, name: str, path: Path, frame: Frame, theme: str) -> None:
        """Draw the named view of the frame into a file, or write its data there. Raises FileError."""
        ...

    def report(self, path: Path, frame: Frame) -> None:
        """Write a page about the run. Raises FileError."""
        ...

    def animate(self, path: Path, film: Film, history: History, show: Callable[[int, int], object]) -> None:
        """Draw a run into a moving picture, and tell `show` how many of how many are done. Raises FileError."""
        ...


def train(arguments: list[str], open_plotter: Callable[[], Plotter]) -> int:
    """Do what the options say and return the exit status; every message is one line on standard error."""
    if "--list" in arguments:
        _list_registries(open_plotter)
        return DONE
    try:
        request = parse(arguments)
        plotter = open_plotter() if request.plots or request.animation or request.report else None
        _check_files(request, plotter)
        experiment = _experiment(request, request.spec.load())
        for path in request.weights:
            check_writable(path, experiment.network, experiment.problem.features)
        if request.script is not None:
            check_reproducible(experiment)
        frame, history, seconds, status = _train(experiment, request.iterations)
        _export(request, frame, history, plotter)
    except (UsageError, SettingError, DataError, FileError) as error:
        return _complain(str(error))
    except MemoryError as error:
        return _complain(f"there is not enough memory: {error or 'try fewer points or units'}.")
    _report(request, frame, seconds)
    return status


def _complain(message: str) -> int:
    print("main.py train:", " ".join(message.split()), file=sys.stderr)
    return WRONG


def _check_files(request: Request, plotter: Plotter | None) -> None:
    """Refuse now what could not be written after an hour of training."""
    for path in request.weights:
        _check_file("--export-weights", path, WEIGHT_FORMATS)
    for path in request.data:
        _check_file("--export-data", path, DATA_FORMATS)
    for view, path in request.plots:
        assert plotter is not None
        if view not in plotter.names:
            raise UsageError(f"--export-plot {view!r} is not one of {', '.join(plotter.names)}.")
        _check_file("--export-plot", path, plotter.endings)
        if request.plot_theme not in plotter.themes:
            raise UsageError(
                f"--plot-theme {request.plot_theme!r} is not one of {', '.join(plotter.themes)}."
            )
    if request.history is not None:
        _check_file("--export-history", request.history, (".csv",))
    if request.script is not None:
        _check_file("--export-script", request.script, (".py",))
    if request.report is not None:
        _check_file("--export-report", request.report, (".html",))
    if request.animation is not None:
        assert plotter is not None
        _check_file("--export-animation", request.animation, ANIMATION_FORMATS)
        check_animation(request.animation)
        check_film(request.film, plotter.names, plotter.themes, request.iterations)


def _check_file(option: str, path: Path, endings: Iterable[str]) -> None:
    if path.suffix.lower() not in endings:
        raise UsageError(f"{option} {path.name} must end in one of {', '.join(endings)}.")
    if not os.path.isdir(path.parent):  # unlike Path.is_dir, never an error
        raise UsageError(f"{option} {path}: there is no folder {path.parent}.")
    if os.path.isdir(path):
        raise UsageError(f"{option} {path} is a folder.")


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
        print(f"main.py train: --initial-weights {request.initial_name}: {note}", file=sys.stderr)
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
        print(f"main.py train: {diverged}", file=sys.stderr)
        status = DIVERGED
    except KeyboardInterrupt:
        print(f"main.py train: stopped at iteration {state.iteration:,}.", file=sys.stderr)
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
            print(f"{reached}, {self._cost} {_shown(state.scores.batch_cost)}", file=sys.stderr)


def _export(request: Request, frame: Frame, history: History, plotter: Plotter | None) -> None:
    for path in request.weights:
        save_weights(path, Weights.of(frame.experiment, frame.state))
    for path in request.data:
        save_data(path, frame.experiment.problem.dataset)
    for view, path in request.plots:
        assert plotter is not None
        plotter.save(view, path, frame, request.plot_theme)
    if request.history is not None:
        save_curve(request.history, frame.curve)
    if request.script is not None:
        save_reproduction(request.script, frame.experiment, frame.state.iteration)
    if request.report is not None:
        assert plotter is not None
        plotter.report(request.report, frame)
    if request.animation is not None:
        assert plotter is not None
        with Counted("pictures") as counted:
            plotter.animate(request.animation, request.film, history, counted.show)


def _report(request: Request, frame: Frame, seconds: float) -> None:
    scores = {
        name: score if math.isfinite(score) else None for name, score in frame.state.scores._asdict().items()
    }
    if frame.notice:
        print(f"main.py train: {frame.notice}", file=sys.stderr)
    network = frame.experiment.network
    if request.as_json:
        result = {
            "iterations": frame.state.iteration,
            **scores,
            "seconds": seconds,
            "parameters": network.parameter_count,
            "ended": frame.notice or None,
        }
        print(json.dumps(result))
        return

    def show(name: str, percent: bool = False) -> str:
        score = scores[name]
        if score is None:
            return "—"
        if percent:
            return f"{score:.1%}"
        return _shown(score)

    dataset = frame.experiment.problem.dataset
    print(f"{dataset.title}: {dataset.m:,} points; network {network}, {network.parameter_count} parameters")
    for note in dataset.notes:
        print(f"{note}")
    print(f"{frame.state.iteration:,} iterations in {seconds:.2f} s")
    print(f"train: cost {show('train_cost')}, accuracy {show('train_accuracy', True)}")
    print(f"test:  cost {show('test_cost')}, accuracy {show('test_accuracy', True)}")


def _shown(cost: float) -> str:
    return f"{cost:.6f}" if cost < 1e6 else f"{cost:.6g}"


def _list_registries(open_plotter: Callable[[], Plotter]) -> None:
    for name, setting in SETTINGS.items():
        registry = getattr(setting, "registry", None)
        if registry:
            print(f"{name}: {', '.join(registry)}")
    print(f"weights: {', '.join(WEIGHT_FORMATS)}")
    print(f"points: {', '.join(DATA_FORMATS)}")
    try:
        print(f"plots: {', '.join(open_plotter().names)}")
    except UsageError as error:
        print(f"plots: none here. {error}")
