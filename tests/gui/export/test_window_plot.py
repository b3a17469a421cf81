"""The whole window as a plot of the command line, drawn where there is no screen."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from engine.files.atomic import FileError
from engine.files.plots import PlotStyle
from engine.files.session import Session, load_session
from engine.training.descent import Descent
from engine.training.series import frames
from engine.training.spec import Spec
from gui.export.pictures import image_of
from gui.export.plotter import OffscreenPlotter
from gui.export.window_plot import USUAL, window_picture
from gui.theme import DARK
from gui.views.step import StepView
from gui.views.surface import SurfaceView
from tests.gui.driving import Lab
from tests.gui.export.frames import history_of_run
from tests.gui.sessions.working import save


@pytest.fixture
def session(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Session:
    """A session at iteration 30 that shows the cost surface as well, its cost on a logarithmic axis."""
    lab.step(30)
    lab.open_view("surface", SurfaceView)
    lab.window.views["cost"].set_log(True)  # type: ignore[attr-defined]
    lab.settle()
    save_as(tmp_path / "work.descent")
    save(lab)
    return load_session(tmp_path / "work.descent")


def remembered() -> dict[str, object]:
    """Return all that the program remembers."""
    settings = QSettings()
    return {key: settings.value(key) for key in settings.allKeys()}


def test_it_shows_the_session_as_it_looked(lab: Lab, session: Session) -> None:
    before, name = remembered(), QApplication.applicationName()
    readouts = ("iteration", "trainCost", "testCost", "trainAccuracy", "testAccuracy")
    with window_picture(session, PlotStyle()) as picture:
        window, views = picture.window, picture.views
        assert window.size() == USUAL
        shown = [window.findChild(QWidget, f"{each}Readout").property("value") for each in readouts]
        assert shown == [lab.value(each) for each in readouts] and shown[0] == 30
        assert views["surface"].plot.isVisible() and not views["network"].plot.isVisible()
        assert views["cost"].header.findChild(QToolButton, "costLogButton").isChecked()  # type: ignore[union-attr]
        assert window.findChild(QLabel, "firstClassCount").text().endswith("160 + 40 test")  # type: ignore[union-attr]
    assert (remembered(), QApplication.applicationName()) == (before, name)


def test_what_is_worked_out_beside_the_window_is_waited_for(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.fill("hiddenLayersEdit", "8,8,8")
    lab.settle()
    lab.step(3)
    lab.open_view("step", StepView)
    save_as(tmp_path / "work.descent")
    save(lab)
    with window_picture(load_session(tmp_path / "work.descent"), PlotStyle()) as picture:
        view = picture.views["step"]
        assert isinstance(view, StepView)
        assert len(view._sheet.lines) == len(view.lines) > 40


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_any_run_and_any_kind_of_file(
    qapp: QApplication, own_settings: Path, tmp_path: Path, ending: str
) -> None:
    history, plotter, path = (
        history_of_run(Spec(samples=60), 20),
        OffscreenPlotter(qapp),
        tmp_path / f"w{ending}",
    )
    (frame,) = frames(history, [20])
    plotter.save("window", path, frame, history, PlotStyle("dark"))
    assert path.stat().st_size > 10_000
    if ending == ".png":
        image = QImage(str(path))
        assert image.size() == 2 * USUAL
        assert image.pixelColor(image.width() // 2, 2).name().upper() == DARK.window
        assert len(np.unique(np.frombuffer(image.constBits(), np.uint32))) > 1000
    assert not own_settings.exists(), "nothing is remembered"


@pytest.mark.parametrize("size", [(300.0, 200.0), (1600.0, 700.0)])
def test_a_small_picture_is_that_of_a_larger_window(
    qapp: QApplication, own_settings: Path, size: tuple[float, float]
) -> None:
    history = history_of_run(Spec(samples=60), 3)
    style = PlotStyle(size=size, scale=1)
    with window_picture(Session(history.kept(3)), style) as picture:
        least = picture.window.minimumSize()
        assert picture.window.width() >= least.width() and picture.window.height() >= least.height()
        assert image_of(picture, 1).size() == QSize(*map(int, size))


def test_a_run_that_cannot_be_taken_up_is_told(
    qapp: QApplication, own_settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, path = history_of_run(Spec(samples=60), 3), tmp_path / "w.png"
    (frame,) = frames(history, [3])

    def fail(*_: object) -> None:
        raise ArithmeticError("boom")

    monkeypatch.setattr(Descent, "resumed", fail)
    with pytest.raises(FileError, match="could not show the run: ArithmeticError: boom"):
        OffscreenPlotter(qapp).save("window", path, frame, history)
    assert not path.exists()
    assert not [each for each in QApplication.topLevelWidgets() if each.isVisible()]
