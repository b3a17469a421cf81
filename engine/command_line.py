"""`main.py train`: the whole job without a window, for scripts and for machines without a screen."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, Protocol, Self

import numpy as np
from tqdm import tqdm

from engine.data.dataset import DataError, Dataset
from engine.data.sources import load_data
from engine.files.atomic import FileError
from engine.files.curves import save_curve
from engine.files.weights import WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.model.network import Network
from engine.training.experiment import Experiment, Problem
from engine.training.history import History
from engine.training.runner import Frame
from engine.training.settings import Choice, Choices, Name, Number, SettingError, Switch
from engine.training.spec import SETTINGS, Spec
from engine.training.step import Diverged, State, first_state, step

DONE, WRONG, DIVERGED, INTERRUPTED = 0, 2, 3, 130
ITERATIONS = Number(
    label="Iterations",
    help="How many times the weights are updated.",
    group="Training",
    low=0,
    high=1e9,
    integer=True,
)
SEEDS = ("data_seed", "init_seed")
DEFAULT_ITERATIONS = 2000


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

    def save(self, name: str, path: Path, frame: Frame) -> None:
        """Draw the named view of the frame into a file. Raises FileError."""
        ...


class UsageError(ValueError):
    """Wrong options; the message is one line."""


@dataclass(frozen=True)
class Request:
    """What the command line asks for."""

    spec: Spec
    iterations: int
    initial_weights: Path | None
    weights: tuple[Path, ...]
    plots: tuple[tuple[str, Path], ...]
    history: Path | None
    as_json: bool


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message)


def train(arguments: list[str], open_plotter: Callable[[], Plotter]) -> int:
    """Do what the options say and return the exit status; every message is one line on standard error."""
    if "--list" in arguments:
        _list_registries()
        return DONE
    try:
        request, chosen = _parse(arguments)
        plotter = open_plotter() if request.plots else None
        _check_files(request, plotter)
        spec = request.spec
        dataset = load_data(spec.data, spec.samples, spec.noise, spec.data_seed, spec.columns, spec.label)
        experiment = _experiment(request, chosen, dataset)
        frame, seconds, status = _train(experiment, request.iterations)
        _export(request, frame, plotter)
    except (UsageError, SettingError, DataError, FileError) as error:
        print(f"main.py train: {error}", file=sys.stderr)
        return WRONG
    _report(request, frame, seconds)
    return status


def _parser() -> _Parser:
    parser = _Parser(prog="main.py train", description="Train without a window.", allow_abbrev=False)
    for name, setting in SETTINGS.items():
        if name in SEEDS:
            continue
        option = "--" + name.replace("_", "-")
        if isinstance(setting, Switch):
            parser.add_argument(
                option, dest=name, action=argparse.BooleanOptionalAction, help=_help(setting.help)
            )
        else:
            values = ""
            if isinstance(setting, Choice | Choices):
                values = f" One of {', '.join(setting.registry)}."
            elif isinstance(setting, Name) and setting.registry:
                values = f" A file, or one of {', '.join(setting.registry)}."
            elif isinstance(setting, Number):
                values = f" In {setting.range}."
            parser.add_argument(option, dest=name, metavar="X", help=_help(setting.help + values))
    parser.add_argument("--seed", metavar="N", help="The draw of the data, the split and the first weights.")
    parser.add_argument("--iterations", metavar="N", default=str(DEFAULT_ITERATIONS), help=ITERATIONS.help)
    parser.add_argument("--initial-weights", metavar="FILE", type=Path, help="Start from saved weights.")
    parser.add_argument(
        "--export-weights", metavar="FILE", type=Path, action="append", default=[], help="Save the weights."
    )
    parser.add_argument(
        "--export-plot", metavar="VIEW=FILE", action="append", default=[], help="Save a plot as a picture."
    )
    parser.add_argument("--export-history", metavar="FILE.csv", type=Path, help="Save the curve as a table.")
    parser.add_argument("--json", action="store_true", help="Print the result as one JSON object.")
    parser.add_argument("--list", action="store_true", help="Print the names of every registry.")
    return parser


def _help(text: str) -> str:
    return text.replace("%", "%%")


def _parse(arguments: list[str]) -> tuple[Request, dict[str, Any]]:
    """Return the request, and the settings that were given rather than left at their defaults."""
    given = vars(_parser().parse_args(arguments))
    chosen: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        value = given.get("seed") if name in SEEDS else given.get(name)
        if value is not None:
            option = "--seed" if name in SEEDS else "--" + name.replace("_", "-")
            chosen[name] = value if isinstance(value, bool) else setting.parse(option, value)
    plots = []
    for text in given["export_plot"]:
        view, equals, file = text.partition("=")
        if not (view and equals and file):
            raise UsageError(f"--export-plot {text!r} must be VIEW=FILE, such as boundary=boundary.png.")
        plots.append((view, Path(file)))
    request = Request(
        Spec(**chosen),
        int(ITERATIONS.parse("--iterations", given["iterations"])),
        given["initial_weights"],
        tuple(given["export_weights"]),
        tuple(plots),
        given["export_history"],
        given["json"],
    )
    return request, chosen


def _check_files(request: Request, plotter: Plotter | None) -> None:
    """Refuse now what could not be written after an hour of training."""
    for path in request.weights:
        _check_file("--export-weights", path, WEIGHT_FORMATS)
    for view, path in request.plots:
        assert plotter is not None
        if view not in plotter.names:
            raise UsageError(f"--export-plot {view!r} is not one of {', '.join(plotter.names)}.")
        _check_file("--export-plot", path, plotter.endings)
    if request.history is not None:
        _check_file("--export-history", request.history, (".csv",))


def _check_file(option: str, path: Path, endings: Iterable[str]) -> None:
    if path.suffix.lower() not in endings:
        raise UsageError(f"{option} {path.name} must end in one of {', '.join(endings)}.")
    if not path.parent.is_dir():
        raise UsageError(f"{option} {path}: there is no folder {path.parent}.")


def _experiment(request: Request, chosen: dict[str, Any], dataset: Dataset) -> Experiment:
    spec = request.spec
    if request.initial_weights is None:
        return Experiment.of(spec, dataset)
    weights = load_weights(request.initial_weights)
    _check_fit(request.initial_weights.name, weights, spec, chosen, dataset)
    problem = Problem.of(spec, dataset, weights.standardization)
    return Experiment(weights.network, problem, weights.parameters, spec.learning_rate)


def _check_fit(name: str, weights: Weights, spec: Spec, chosen: dict[str, Any], dataset: Dataset) -> None:
    """Refuse weights that contradict the data or an option that was given."""
    n_x = dataset.X.shape[0]
    network: Network = weights.network
    if network.sizes[0] != n_x:
        raise UsageError(f"--initial-weights {name} takes {network.sizes[0]} inputs, and the data has {n_x}.")
    if {"model", "hidden", "activation"} & set(chosen):
        filled = spec
        if "model" not in chosen:
            filled = replace(filled, model="network" if network.hidden_activations else "logistic")
        if "hidden" not in chosen and network.hidden_activations:
            filled = replace(filled, hidden=network.sizes[1:-1], activation=spec.activation[:1])
        if "activation" not in chosen and network.hidden_activations:
            filled = replace(filled, activation=network.hidden_activations)
        if filled.network(n_x) != network:
            raise UsageError(
                f"--initial-weights {name} holds a {network} network ({', '.join(network.activations)}), "
                "which the options --model, --hidden and --activation contradict."
            )


def _train(experiment: Experiment, iterations: int) -> tuple[Frame, float, int]:
    """Return the last moment, the seconds that the loop took, and the exit status."""
    state = first_state(experiment)
    if not np.isfinite(state.scores.train_cost):
        raise UsageError("the cost of the first weights is not finite; try --standardize.")
    history = History()
    history.append(state)
    status = DONE
    began = time.perf_counter()
    try:
        with _Progress(iterations) as progress:
            for _ in range(iterations):
                state = step(experiment, state)
                history.append(state)
                progress.show(state)
    except Diverged as diverged:
        print(f"main.py train: {diverged}", file=sys.stderr)
        status = DIVERGED
    except KeyboardInterrupt:
        print(f"main.py train: stopped at iteration {state.iteration:,}.", file=sys.stderr)
        status = INTERRUPTED
    seconds = time.perf_counter() - began
    return Frame(experiment, state, history.curve(), running=False), seconds, status


class _Progress:
    """Tells on standard error how far training is: a bar on a terminal, else a line each tenth."""

    def __init__(self, iterations: int) -> None:
        self._iterations = iterations
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
                self._bar.set_postfix_str(f"cost {state.scores.train_cost:.4f}", refresh=False)
                self._bar.update(state.iteration - self._bar.n)
        elif state.iteration % self._tenth == 0:
            reached = f"iteration {state.iteration:,} of {self._iterations:,}"
            print(f"{reached}, cost {state.scores.train_cost:.6f}", file=sys.stderr)


def _export(request: Request, frame: Frame, plotter: Plotter | None) -> None:
    for path in request.weights:
        save_weights(path, Weights.of(frame.experiment, frame.state))
    for view, path in request.plots:
        assert plotter is not None
        plotter.save(view, path, frame)
    if request.history is not None:
        save_curve(request.history, frame.curve)


def _report(request: Request, frame: Frame, seconds: float) -> None:
    scores = {name: None if score != score else score for name, score in frame.state.scores._asdict().items()}
    network = frame.experiment.network
    if request.as_json:
        result = {
            "iterations": frame.state.iteration,
            **scores,
            "seconds": seconds,
            "parameters": network.parameter_count,
        }
        print(json.dumps(result))
        return

    def show(name: str, percent: bool = False) -> str:
        score = scores[name]
        if score is None:
            return "—"
        return f"{score:.1%}" if percent else f"{score:.6f}"

    dataset = frame.experiment.problem.dataset
    print(f"{dataset.title}: {dataset.m:,} points; network {network}, {network.parameter_count} parameters")
    print(f"{frame.state.iteration:,} iterations in {seconds:.2f} s")
    print(f"train: cost {show('train_cost')}, accuracy {show('train_accuracy', True)}")
    print(f"test:  cost {show('test_cost')}, accuracy {show('test_accuracy', True)}")


def _list_registries() -> None:
    for name, setting in SETTINGS.items():
        registry = getattr(setting, "registry", None)
        if registry:
            print(f"{name}: {', '.join(registry)}")
    print(f"weights: {', '.join(WEIGHT_FORMATS)}")
