"""Plots for the command line, where there is no window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from engine.files.animation import Film
from engine.training.commands import Frame
from engine.training.history import History
from engine.training.state import State
from gui.export.animation import make_animation
from gui.export.formats import FORMATS, save_picture
from gui.export.pictures import VIEWS, Picture
from gui.export.report import make_report
from gui.theme import LIGHT, PICTURE_THEMES

SCALE = 2.0  # pixels a point


class OffscreenPlotter:
    """Draws plots for the command line."""

    names = tuple(VIEWS)
    endings = tuple(FORMATS)
    themes = tuple(PICTURE_THEMES)

    def __init__(self, application: QApplication) -> None:
        """Keep the application alive, without which nothing can be drawn."""
        self._application = application

    def save(self, name: str, path: Path, frame: Frame, theme: str = LIGHT.name) -> None:
        """Draw the named view of the frame into a file, or write its data there. Raises FileError."""
        save_picture(Picture(name, frame, PICTURE_THEMES[theme]), path, SCALE)

    def animate(self, path: Path, film: Film, history: History, show: Callable[[int, int], object]) -> None:
        """Draw the run as an animation. Raises FileError."""
        make_animation(path, film, history, show)

    def report(self, path: Path, frame: Frame, begun: State | None) -> None:
        """Write a page about the run, whose last change on the way was at `begun`. Raises FileError."""
        make_report(path, frame, begun=begun)
