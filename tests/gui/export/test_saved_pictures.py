"""Pictures of the plots, saved and copied from the window at several sizes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.theme import DARK, LIGHT
from tests.gui.driving import Lab
from tests.gui.export.images import PLOTS, colours, near, pixels
from tests.gui.plots import line


def test_save_a_picture_by_the_button_above_each_plot(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    for plot in PLOTS:
        with subtests.test(plot):
            proposed = save_as(tmp_path / f"my-{plot}.png")
            trained.save_picture(plot)
            image = QImage(str(tmp_path / f"my-{plot}.png"))
            assert image.size() == trained.plot(plot).size() * 2
            assert colours(image) > 50
            assert Path(proposed[0]).name == f"{plot}.png"
            assert f"my-{plot}.png" in trained.status
    assert len(list(tmp_path.glob("*.*"))) == 3, "and nothing else is left beside them"


def test_every_size_is_an_exact_multiple_of_the_plot_on_the_screen(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    for scale in (1, 2, 3, 4):
        for plot in PLOTS:
            path = tmp_path / f"{plot}{scale}.png"
            save_as(path)
            trained.picture_entry(plot, f"{scale}×").trigger()
            trained.save_picture(plot)
            image = QImage(str(path))
            assert image.size() == trained.plot(plot).size() * scale, (plot, scale)
            assert f"{scale}×" in trained.status
            (checked,) = [
                action for action in trained.picture_button(plot).menu().actions() if action.isChecked()
            ]
            assert checked.data() == scale


def test_ctrl_e_saves_and_ctrl_shift_c_copies_the_plot_that_was_used_last(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for plot in ("cost", "activation", "boundary"):
        with subtests.test(plot):
            proposed = save_as(tmp_path / f"{plot}.png")
            viewport = trained.plot(plot).viewport()
            QTest.mouseClick(viewport, Qt.MouseButton.MiddleButton, pos=viewport.rect().center())
            trained.plot(plot).setFocus(Qt.FocusReason.MouseFocusReason)
            trained.press(Qt.Key.Key_E, control)
            trained.answer_export()
            assert Path(proposed[0]).name == f"{plot}.png"
            size = trained.plot(plot).size() * 2
            assert QImage(str(tmp_path / f"{plot}.png")).size() == size
            QGuiApplication.clipboard().clear()
            trained.press(Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
            assert QGuiApplication.clipboard().image().size() == size


def test_the_boundary_picture_shows_both_classes_the_line_and_the_theme(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    for theme in (LIGHT, DARK):
        with subtests.test(theme.name):
            trained.action(f"Theme{theme.name.title()}").trigger()
            path = tmp_path / f"{theme.name}.png"
            save_as(path)
            trained.save_picture("boundary")
            image = QImage(str(path))
            assert colours(image) > 500
            for colour in theme.classes:
                assert near(image, colour) > 2000, colour
            assert near(image, theme.text) > 500, "the line"
            assert image.pixelColor(1, 1).name().upper() == theme.window


def test_a_picture_at_the_screens_size_looks_like_the_screen(trained: Lab, subtests: pytest.Subtests) -> None:
    trained.press(Qt.Key.Key_L)
    start = trained.inside(0.5, 0.5)
    trained.drag(line(start, start + QPoint(60, 30), 6), Qt.MouseButton.MiddleButton)
    trained.settle()
    trained.qtbot.wait(50)
    for plot in PLOTS:
        with subtests.test(plot):
            trained.picture_entry(plot, "1×").trigger()
            trained.picture_entry(plot, "Copy").trigger()
            picture = pixels(QGuiApplication.clipboard().image())
            screen = pixels(trained.plot(plot).grab().toImage())
            assert picture.shape == screen.shape
            unlike = (np.abs(picture - screen) > 90).any(axis=2)
            assert unlike.mean() < 0.01


def test_copy_a_picture_to_the_clipboard_by_the_button_above_each_plot(
    trained: Lab, subtests: pytest.Subtests
) -> None:
    for plot in PLOTS:
        with subtests.test(plot):
            QGuiApplication.clipboard().clear()
            trained.picture_entry(plot, "Copy").trigger()
            image = QGuiApplication.clipboard().image()
            assert image.size() == trained.plot(plot).size() * 2
            assert colours(image) > 50
            assert "copied" in trained.status


def test_saving_pictures_during_a_run_keeps_the_run_and_leaves_no_window_behind(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    windows = len(QApplication.topLevelWidgets())
    for number in range(6):
        save_as(tmp_path / f"{number}.png")
        lab.save_picture(PLOTS[number % 3])
        lab.wait_for_iterations(1)
    assert lab.is_running
    assert len(list(tmp_path.glob("*.png"))) == 6
    lab.wait(lambda: len(QApplication.topLevelWidgets()) <= windows)
