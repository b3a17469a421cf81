"""A report of a run with its pictures: what the engine cannot draw."""

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize

from engine.command_text import NoCommand, command_for
from engine.data.generators import GENERATORS
from engine.data.sources import DATA_SOURCES
from engine.files.atomic import FileError
from engine.files.report import Again, Drawn, Report, save_report
from engine.files.reproduction import reproduction
from engine.training.commands import Frame
from engine.training.state import State
from gui.export.formats import FORMATS
from gui.export.pictures import VIEWS, Picture
from gui.theme import DARK, LIGHT, Theme
from gui.views.view import View

SIZE = QSize(496, 440)
SCALE = 2.0  # pixels of a picture for each of the page's
LARGEST = 400_000  # bytes of a drawing; one with more parts is better kept as pixels
POINT_BY_POINT = ("boundary",)  # drawings that grow with the points
MOST_POINTS = (
    1_500  # of which such a drawing is still smaller than that; to draw more only to see it takes seconds
)
COLOURS = ("window", "surface", "text", "muted", "line", "accent")


def make_report(
    path: Path,
    frame: Frame,
    like: dict[str, View] | None = None,
    threshold: float = 0.5,
    begun: State | None = None,
) -> None:
    """Write a report of a moment of a run. Raises FileError.

    With `like` its pictures show what these views show. `begun` is the state at the last change on the way.
    """
    here = frame.state.iteration
    frame = replace(frame, marks=tuple(mark for mark in frame.marks if mark.iteration < here))
    command = script = no_command = no_script = ""
    try:
        command = command_for(frame, changed=begun is not None)
    except NoCommand as error:
        no_command = f"No command line makes this run once more, as {error}."
    try:
        script = reproduction(frame.experiment, here, begun)
    except FileError as error:
        no_script = str(error)
    drawn = [_drawn(name, frame, (like or {}).get(name)) for name in views_of(frame)]
    save_report(
        path,
        Report(
            frame,
            drawn,
            (_colours(LIGHT), _colours(DARK)),
            date.today(),
            threshold,
            _source(frame),
            Again(command, no_command, script, no_script, begun.iteration if begun is not None else 0),
        ),
    )


def views_of(frame: Frame) -> list[str]:
    """Return the views that tell most about a run, but for the confusion matrix, which the page has in words."""
    network, dataset = frame.experiment.network, frame.experiment.problem.dataset
    names = ["boundary", "cost"]
    if dataset.image_shape is not None:
        names.append("weightImage")
    if network.hidden_activations:
        names.append("network")
    names.append("activation")
    return names


def _drawn(name: str, frame: Frame, like: View | None) -> Drawn:
    view = VIEWS[name]
    as_pixels = name in POINT_BY_POINT and frame.experiment.problem.dataset.m > MOST_POINTS
    light, dark = (_address(Picture(name, frame, theme, like, SIZE), as_pixels) for theme in (LIGHT, DARK))
    return Drawn(view.title, view.help, light, dark, SIZE.width(), SIZE.height())


def _address(picture: Picture, as_pixels: bool) -> str:
    """Return an address that is the picture itself: a drawing or, where that has too many parts, pixels."""
    kind, written = "svg+xml", b"" if as_pixels else FORMATS[".svg"].write(picture, SCALE)
    if as_pixels or len(written) > LARGEST:
        kind, written = "png", FORMATS[".png"].write(picture, SCALE)
    return f"data:image/{kind};base64,{base64.b64encode(written).decode()}"


def _colours(theme: Theme) -> dict[str, str]:
    return {name: getattr(theme, name) for name in COLOURS}


def _source(frame: Frame) -> str:
    """Say where the points came from; of a person's own file only its name, as a report may be sent to anyone."""
    source = frame.experiment.spec.data
    if source in GENERATORS:
        return "Made up."
    if source in DATA_SOURCES:
        return "Comes with Descent Lab."
    return f"From {Path(source).name}."
