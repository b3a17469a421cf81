"""Plots for the command line, where there is no window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from engine.training.commands import Frame
from gui.export.formats import FORMATS, save_picture
from gui.export.pictures import VIEWS, Picture
from gui.theme import LIGHT

SCALE = 2.0  # pixels a point


class OffscreenPlotter:
    """Draws plots for the command line."""

    names = tuple(VIEWS)
    endings = tuple(FORMATS)

    def __init__(self, application: QApplication) -> None:
        """Keep the application alive, without which nothing can be drawn."""
        self._application = application

    def save(self, name: str, path: Path, frame: Frame) -> None:
        """Draw the named view of the frame into a file. Raises FileError."""
        save_picture(Picture(name, frame, LIGHT), path, SCALE)
