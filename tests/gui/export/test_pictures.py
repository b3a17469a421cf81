"""Pictures without a window, as `main.py train --export-plot` draws them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.files.atomic import FileError
from engine.training.commands import Frame
from engine.training.history import History
from engine.training.spec import Spec
from gui.export.pictures import SIZES, VIEWS
from gui.export.plotter import OffscreenPlotter
from tests.gui.export.frames import frame_of


@pytest.fixture(scope="module")
def frame() -> Frame:
    """The penguins after 200 iterations."""
    return frame_of(Spec(data="penguins"), 200)


def test_every_view_has_a_picture_of_its_own(qapp: QApplication, frame: Frame, tmp_path: Path) -> None:
    plotter = OffscreenPlotter(qapp)
    assert (*plotter.moving, "window") == (*VIEWS, "window") == tuple(plotter.titles)
    for name in plotter.moving:
        plotter.save(name, tmp_path / f"{name}.png", frame, History())
        image = QImage(str(tmp_path / f"{name}.png"))
        assert image.width() == SIZES[name].width() * 2
        if name != "step":  # which is as tall as what it says
            assert image.height() == SIZES[name].height() * 2
        assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > 20, name


def test_the_same_frame_gives_the_same_picture(qapp: QApplication, frame: Frame, tmp_path: Path) -> None:
    plotter = OffscreenPlotter(qapp)
    for name in plotter.moving:
        for attempt in (1, 2):
            plotter.save(name, tmp_path / f"{attempt}.png", frame, History())
        assert QImage(str(tmp_path / "1.png")) == QImage(str(tmp_path / "2.png")), name


def test_another_ending_is_refused(qapp: QApplication, frame: Frame, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"b.bmp must end in one of .png, .svg, .pdf, .csv"):
        OffscreenPlotter(qapp).save("boundary", tmp_path / "b.bmp", frame, History())
    assert not list(tmp_path.iterdir())
