"""Plots that are taken of a session without a window show what its views showed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.files.animation import Film
from engine.files.session import Session, load_session
from engine.training.history import History
from engine.training.series import frames, history_of
from gui.export.pictures import SIZES, Picture, image_of
from gui.export.plotter import USUALLY, OffscreenPlotter
from gui.theme import LIGHT
from tests.gui.driving import Lab
from tests.gui.export.test_animations import seen
from tests.gui.sessions.working import save


@pytest.fixture
def arranged(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Session:
    """A session in which much is shown otherwise than at first."""
    lab.step(30)
    lab.window.document.set_threshold(0.8)  # type: ignore[attr-defined]
    lab.window.document.follow(7)  # type: ignore[attr-defined]
    lab.window.views["cost"].set_log(True)  # type: ignore[attr-defined]
    lab.action("KeepRun").trigger()
    lab.settle()
    save_as(tmp_path / "work.descent")
    save(lab)
    return load_session(tmp_path / "work.descent")


@pytest.mark.parametrize("name", ["boundary", "cost", "numbers"])
def test_a_plot_is_the_one_that_the_window_would_give(
    lab: Lab, arranged: Session, qapp: QApplication, tmp_path: Path, name: str
) -> None:
    plotter, plain, alike = OffscreenPlotter(qapp), tmp_path / "plain.png", tmp_path / "alike.png"
    plotter.save(name, plain, lab.frame, History())
    plotter.look_like(arranged)
    plotter.save(name, alike, lab.frame, History())
    view = lab.window.views[name]  # type: ignore[attr-defined]
    expected = image_of(Picture(name, lab.frame, LIGHT, view, SIZES[name]), USUALLY.scale)
    expected.save(str(tmp_path / "expected.png"))
    assert QImage(str(alike)) == QImage(str(tmp_path / "expected.png")), "by another way, the same picture"
    assert QImage(str(alike)) != QImage(str(plain))


def test_an_animation_and_a_report_show_it_too(
    arranged: Session, qapp: QApplication, tmp_path: Path, lab: Lab
) -> None:
    history, film = history_of(arranged.run), Film("cost", frames=3, width=320, height=240)
    for path, session in ((tmp_path / "plain", None), (tmp_path / "alike", arranged)):
        plotter = OffscreenPlotter(qapp)
        if session is not None:
            plotter.look_like(session)
        plotter.animate(path.with_suffix(".gif"), film, history, lambda *_: None)
        (frame,) = frames(history, [history.last])
        plotter.report(path.with_suffix(".html"), frame, None)
    plain, alike = (seen(tmp_path / f"{name}.gif")[-1] for name in ("plain", "alike"))
    assert np.abs(plain - alike).mean() > 0.1
    words = (tmp_path / "alike.html").read_text()
    assert "0.8" in words and words != (tmp_path / "plain.html").read_text()
