"""The options that name files to be written of a run: how they are read and checked, and the writing itself."""

import argparse
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from engine.command_film import Counted, add_film, check_film, film_of
from engine.command_parser import UsageError
from engine.command_plots import add_plots, names_and_titles, plots_of, style_of
from engine.data.dataset import Dataset
from engine.files.animation import ANIMATION_FORMATS, Film, check_animation
from engine.files.curves import save_curve
from engine.files.endings import must_end
from engine.files.plots import PlotStyle
from engine.files.points import DATA_FORMATS, save_data
from engine.files.reproduction import check_reproducible, save_reproduction
from engine.files.session import Session
from engine.files.weights import WEIGHT_FORMATS, Weights, check_writable, save_weights
from engine.training.commands import Frame
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.state import State


class Plotter(Protocol):
    """What draws plots; it lives in the gui and is asked for only when a plot is wanted."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The plots there are by their names, as the window calls them."""
        ...

    @property
    def moving(self) -> Mapping[str, str]:
        """Those of which it makes animations."""
        ...

    def endings(self, name: str) -> Iterable[str]:
        """Return the endings of the files that it can write a plot to."""
        ...

    @property
    def themes(self) -> Iterable[str]:
        """The colours they may have."""
        ...

    def look_like(self, session: Session) -> None:
        """Let what is drawn from now on show what the views of a session showed."""
        ...

    def why_empty(self, name: str, dataset: Dataset) -> str:
        """Say why a view has nothing to show of a data set; nothing where it has."""
        ...

    def save(self, name: str, path: Path, frame: Frame, history: History, style: PlotStyle) -> None:
        """Draw the named plot of the frame, where the history ends, or write its data. Raises FileError."""
        ...

    def report(self, path: Path, frame: Frame, begun: State | None) -> None:
        """Write a page about the run, whose last change on the way was at `begun`. Raises FileError."""
        ...

    def animate(self, path: Path, film: Film, history: History, show: Callable[[int, int], object]) -> None:
        """Draw a run into a moving picture, and tell `show` how many of how many are done. Raises FileError."""
        ...


@dataclass(frozen=True)
class Exports:
    """What is to be written, and where."""

    weights: tuple[Path, ...]
    plots: tuple[tuple[str, Path], ...]
    style: PlotStyle
    data: tuple[Path, ...]
    history: Path | None
    script: Path | None
    report: Path | None
    animation: Path | None
    film: Film

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        files = (self.history, self.script, self.report, self.animation)
        return not (self.weights or self.plots or self.data or any(files))

    @property
    def drawn(self) -> bool:
        """Whether anything is to be drawn."""
        return bool(self.plots or self.animation or self.report)


def add_exports(parser: argparse.ArgumentParser) -> None:
    """Add an option for each kind of file."""
    words = f"Save the weights, in the form that the ending names: {', '.join(WEIGHT_FORMATS)}."
    parser.add_argument(
        "--export-weights", metavar="FILE", type=Path, action="append", default=[], help=words
    )
    add_plots(parser)
    parser.add_argument(
        "--export-data", metavar="FILE", type=Path, action="append", default=[], help="Save the points."
    )
    parser.add_argument("--export-history", metavar="FILE.csv", type=Path, help="Save the curve as a table.")
    parser.add_argument(
        "--export-script",
        metavar="FILE.py",
        type=Path,
        help="Save the run as a program in plain NumPy that makes it once more, to read and to hand out.",
    )
    parser.add_argument(
        "--export-report",
        metavar="FILE.html",
        type=Path,
        help="Save a page about the run: settings, data, pictures, scores, weights, and how to make it once more.",
    )
    parser.add_argument(
        "--export-animation",
        metavar="FILE",
        type=Path,
        help="Save the run as a moving picture, in the form that the ending names: .gif or .mp4.",
    )
    add_film(parser)


def exports_of(given: dict[str, Any]) -> Exports:
    """Return what the options ask for. Raises UsageError or SettingError."""
    return Exports(
        tuple(given["export_weights"]),
        plots_of(given),
        style_of(given),
        tuple(given["export_data"]),
        given["export_history"],
        given["export_script"],
        given["export_report"],
        given["export_animation"],
        film_of(given),
    )


def check_places(exports: Exports, plotter: Plotter | None, last: int, first: int = 0) -> None:
    """Refuse now what could not be written after an hour: `first` and `last` are the iterations to be had then.

    Raises UsageError, SettingError or FileError.
    """
    for path in exports.weights:
        _check_file("--export-weights", path, WEIGHT_FORMATS)
    for path in exports.data:
        _check_file("--export-data", path, DATA_FORMATS)
    for view, path in exports.plots:
        assert plotter is not None
        if view not in plotter.titles:
            raise UsageError(f"--export-plot {view!r} is not one of {names_and_titles(plotter.titles)}.")
        _check_file("--export-plot", path, plotter.endings(view))
        if exports.style.theme not in plotter.themes:
            raise UsageError(
                f"--plot-theme {exports.style.theme!r} is not one of {', '.join(plotter.themes)}."
            )
    if exports.history is not None:
        _check_file("--export-history", exports.history, (".csv",))
    if exports.script is not None:
        _check_file("--export-script", exports.script, (".py",))
    if exports.report is not None:
        _check_file("--export-report", exports.report, (".html",))
    if exports.animation is not None:
        assert plotter is not None
        _check_file("--export-animation", exports.animation, ANIMATION_FORMATS)
        check_animation(exports.animation)
        check_film(exports.film, plotter.moving, plotter.themes, first, last)


def _check_file(option: str, path: Path, endings: Iterable[str]) -> None:
    if path.suffix.lower() not in endings:
        raise UsageError(must_end(f"{option} {path.name}", endings))
    if not os.path.isdir(path.parent):  # unlike Path.is_dir, never an error
        raise UsageError(f"{option} {path}: there is no folder {path.parent}.")
    if os.path.isdir(path):
        raise UsageError(f"{option} {path} is a folder.")


def check_forms(exports: Exports, experiment: Experiment, plotter: Plotter | None) -> None:
    """Refuse what has no words for an experiment, or nothing to show of it. Raises UsageError or FileError."""
    drawn = [("--export-plot", view) for view, _ in exports.plots]
    if exports.animation is not None:
        drawn.append(("--animation-view", exports.film.view))
    for option, view in drawn:
        assert plotter is not None
        why = plotter.why_empty(view, experiment.problem.dataset)
        if why:
            raise UsageError(f"{option} {view}: {why[:1].lower()}{why[1:]}")
    for path in exports.weights:
        check_writable(path, experiment.network, experiment.problem.features)
    if exports.script is not None:
        check_reproducible(experiment)


def write_exports(
    exports: Exports, frame: Frame, history: History, plotter: Plotter | None, begun: State | None = None
) -> None:
    """Write everything of the moment at which a history ends. Raises FileError.

    `begun` is the state at the last change on the way; None where nothing was changed.
    """
    for path in exports.weights:
        save_weights(path, Weights.of(frame.experiment, frame.state))
    for path in exports.data:
        save_data(path, frame.experiment.problem.dataset)
    for view, path in exports.plots:
        assert plotter is not None
        plotter.save(view, path, frame, history, exports.style)
    if exports.history is not None:
        save_curve(exports.history, frame.curve)
    if exports.script is not None:
        save_reproduction(exports.script, frame.experiment, frame.state.iteration, begun)
    if exports.report is not None:
        assert plotter is not None
        plotter.report(exports.report, frame, begun)
    if exports.animation is not None:
        assert plotter is not None
        with Counted("pictures") as counted:
            plotter.animate(exports.animation, exports.film, history, counted.show)
