"""The options that name files to be written of a run: how they are read and checked, and the writing itself."""

import argparse
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from engine.command_film import Counted, add_film, check_film, check_reached, film_of
from engine.command_parser import UsageError
from engine.command_plots import add_plots, names_and_titles, plots_of, style_of
from engine.data.dataset import Dataset
from engine.files.animation import ANIMATION_FORMATS, Film, check_animation
from engine.files.atomic import FileError
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
from engine.training.settings import SettingError
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


class Outcome(NamedTuple):
    """What is written of."""

    frame: Frame
    history: History
    """It ends at the frame."""
    plotter: Plotter | None
    begun: State | None
    """The state at the last change on the way; None where nothing was changed."""


@dataclass(frozen=True)
class Kind:
    """A kind of file, and the option that asks for it."""

    name: str
    metavar: str
    help: str
    endings: tuple[str, ...]
    write: Callable[[Path, Outcome], object]
    drawn: bool = False

    @property
    def option(self) -> str:
        """How it is asked for."""
        return f"--export-{self.name}"


def _write_report(path: Path, of: Outcome) -> None:
    assert of.plotter is not None
    of.plotter.report(path, of.frame, of.begun)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "weights",
            "FILE",
            f"Save the weights, in the form that the ending names: {', '.join(WEIGHT_FORMATS)}.",
            tuple(WEIGHT_FORMATS),
            lambda path, of: save_weights(path, Weights.of(of.frame.experiment, of.frame.state)),
        ),
        Kind(
            "data",
            "FILE",
            f"Save the points, in the form that the ending names: {', '.join(DATA_FORMATS)}.",
            tuple(DATA_FORMATS),
            lambda path, of: save_data(path, of.frame.experiment.problem.dataset),
        ),
        Kind(
            "history",
            "FILE.csv",
            "Save the curve as a table.",
            (".csv",),
            lambda path, of: save_curve(path, of.frame.curve),
        ),
        Kind(
            "script",
            "FILE.py",
            "Save the run as a program in plain NumPy that makes it once more, to read and to hand out.",
            (".py",),
            lambda path, of: save_reproduction(path, of.frame.experiment, of.frame.state.iteration, of.begun),
        ),
        Kind(
            "report",
            "FILE.html",
            "Save a page about the run: settings, data, pictures, scores, weights, and how to make it once more.",
            (".html",),
            _write_report,
            drawn=True,
        ),
    )
}
ANIMATION, PLOT = "--export-animation", "--export-plot"


@dataclass(frozen=True)
class Exports:
    """What is to be written, and where."""

    files: dict[str, tuple[Path, ...]]
    """By the names of `KINDS`."""
    plots: tuple[tuple[str, Path], ...]
    style: PlotStyle
    animations: tuple[Path, ...]
    film: Film

    @property
    def places(self) -> Iterator[tuple[str, Path]]:
        """Every file, after its option."""
        for name, paths in self.files.items():
            yield from ((KINDS[name].option, path) for path in paths)
        yield from ((PLOT, path) for _, path in self.plots)
        yield from ((ANIMATION, path) for path in self.animations)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be written."""
        return not any(self.places)

    @property
    def drawn(self) -> bool:
        """Whether anything is to be drawn."""
        return bool(
            self.plots or self.animations or any(self.files[name] for name in KINDS if KINDS[name].drawn)
        )


def add_exports(parser: argparse.ArgumentParser) -> None:
    """Add an option for each kind of file; each may be given several times."""
    for kind in KINDS.values():
        _add(parser, kind.option, kind.metavar, kind.help)
    add_plots(parser)
    words = f"Save the run as a moving picture, in the form that the ending names: {', '.join(ANIMATION_FORMATS)}."
    _add(parser, ANIMATION, "FILE", words)
    add_film(parser)


def _add(parser: argparse.ArgumentParser, option: str, metavar: str, words: str) -> None:
    parser.add_argument(option, metavar=metavar, type=Path, action="append", default=[], help=words)


def exports_of(given: dict[str, Any]) -> Exports:
    """Return what the options ask for. Raises UsageError or SettingError."""
    return Exports(
        {name: tuple(given[f"export_{name}"]) for name in KINDS},
        plots_of(given),
        style_of(given),
        tuple(given["export_animation"]),
        film_of(given),
    )


def check_places(
    exports: Exports,
    plotter: Plotter | None,
    last: int,
    first: int = 0,
    read: Iterable[tuple[str, Path]] = (),
) -> None:
    """Refuse now what could not be written after an hour: `first` and `last` are the iterations to be had then.

    What is `read`, each file after its option, is not to be written over. Raises UsageError, SettingError or FileError.
    """
    for name, paths in exports.files.items():
        for path in paths:
            _check_file(KINDS[name].option, path, KINDS[name].endings)
    for view, path in exports.plots:
        assert plotter is not None
        if view not in plotter.titles:
            raise UsageError(f"{PLOT} {view!r} is not one of {names_and_titles(plotter.titles)}.")
        _check_file(PLOT, path, plotter.endings(view))
        if exports.style.theme not in plotter.themes:
            raise UsageError(
                f"--plot-theme {exports.style.theme!r} is not one of {', '.join(plotter.themes)}."
            )
    for path in exports.animations:
        assert plotter is not None
        _check_file(ANIMATION, path, ANIMATION_FORMATS)
        check_animation(path)
        check_film(exports.film, plotter.moving, plotter.themes, first, last)
    _check_one_use(read, exports.places)


def _check_file(option: str, path: Path, endings: Iterable[str]) -> None:
    if path.suffix.lower() not in endings:
        raise UsageError(must_end(f"{option} {path.name}", endings))
    if not os.path.isdir(path.parent):  # unlike Path.is_dir, never an error
        raise UsageError(f"{option} {path}: there is no folder {path.parent}.")
    if os.path.isdir(path):
        raise UsageError(f"{option} {path} is a folder.")
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"{option} {path}: there is no right to write in the folder {path.parent}.")


def _check_one_use(read: Iterable[tuple[str, Path]], written: Iterable[tuple[str, Path]]) -> None:
    """Refuse to write over what another option names."""
    known = {os.path.realpath(path): option for option, path in read}
    for option, path in written:
        other = known.setdefault(os.path.realpath(path), "")
        if other:
            raise UsageError(f"{option} {path} is the file of {other} as well; name another.")
        known[os.path.realpath(path)] = option


def check_forms(exports: Exports, experiment: Experiment, plotter: Plotter | None) -> None:
    """Refuse what has no words for an experiment, or nothing to show of it. Raises UsageError or FileError."""
    drawn = [(PLOT, view) for view, _ in exports.plots]
    drawn += [("--animation-view", exports.film.view) for _ in exports.animations]
    for option, view in drawn:
        assert plotter is not None
        why = plotter.why_empty(view, experiment.problem.dataset)
        if why:
            raise UsageError(f"{option} {view}: {why[:1].lower()}{why[1:]}")
    for path in exports.files["weights"]:
        check_writable(path, experiment.network, experiment.problem.features)
    if exports.files["script"]:
        check_reproducible(experiment)


def write_exports(exports: Exports, of: Outcome) -> str:
    """Write everything; return why some of it could not be written, in a sentence for each, or nothing."""
    failures = []
    for write in _writers(exports, of):
        try:
            write()
        except (FileError, SettingError) as error:  # what comes after it is not to be lost as well
            failures.append(str(error))
    return " ".join(failures)


def _writers(exports: Exports, of: Outcome) -> Iterator[Callable[[], object]]:
    for name, paths in exports.files.items():
        for path in paths:
            yield partial(KINDS[name].write, path, of)
    for view, path in exports.plots:
        assert of.plotter is not None
        yield partial(of.plotter.save, view, path, of.frame, of.history, exports.style)
    for path in exports.animations:
        yield partial(_animate, path, exports.film, of)


def _animate(path: Path, film: Film, of: Outcome) -> None:
    assert of.plotter is not None
    check_reached(film, of.history.last)
    with Counted("pictures") as counted:
        of.plotter.animate(path, film, of.history, counted.show)
