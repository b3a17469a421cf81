"""What the program still knows at its next start; and light and dark."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QFileDialog, QWidget

from gui.theme import DARK, LIGHT, Theme
from gui.views.switches import settings_of
from gui.views.view import View
from tests.gui.driving import Lab
from tests.gui.sessions.working import open_session, save

PLOTS = ("boundary", "cost", "activation")


def background(lab: Lab, plot: str) -> str:
    """Return the colour in the corner of a plot, as it is on the screen."""
    return lab.plot(plot).grab().toImage().pixelColor(2, 2).name().upper()


def looks_like(lab: Lab, theme: Theme) -> bool:
    """Return whether the plots and the panel have a theme's colours."""
    panel = lab.find("panel").grab().toImage()
    corner = panel.pixelColor(panel.width() - 2, panel.height() - 2).name().upper()
    return all(background(lab, plot) == theme.window for plot in PLOTS) and corner == theme.window


def test_switching_between_light_and_dark_changes_plots_panel_and_words(lab: Lab) -> None:
    for theme in (DARK, LIGHT, DARK):
        lab.action(f"Theme{theme.name.title()}").trigger()
        lab.settle()
        assert looks_like(lab, theme)
        assert QApplication.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.text)
        for item in lab.plot("cost").scene().items():
            if type(item).__name__ == "AxisItem" and item.isVisible():
                assert item.textPen().color() == QColor(theme.muted)


def test_the_theme_can_be_changed_during_a_run(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(20)
    lab.action("ThemeDark").trigger()
    lab.wait_for_iterations(20)
    assert lab.is_running
    assert looks_like(lab, DARK)


def test_a_status_message_can_be_read_after_a_change_of_theme(lab: Lab) -> None:
    lab.action("ThemeLight").trigger()
    lab.fill("learningRateSpin", "1e9")
    lab.action("ThemeDark").trigger()
    assert LIGHT.warning not in lab.find("statusMessage").styleSheet()


def test_the_theme_comes_back(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    first.action("ThemeDark").trigger()
    first.close()
    second = open_lab()
    assert second.action("ThemeDark").isChecked()
    assert looks_like(second, DARK)


def test_the_size_and_the_place_come_back(open_lab: Callable[..., Lab]) -> None:
    first = open_lab(1180, 700)
    first.window.move(90, 70)
    first.qtbot.wait(20)
    placed = first.window.geometry()
    first.close()
    second = open_lab(shown=False)
    second.window.show()
    second.qtbot.waitExposed(second.window)
    assert second.window.geometry() == placed


def test_a_closed_dock_stays_closed_at_the_next_start(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    first.find("costDock", QDockWidget).close()
    first.close()
    second = open_lab()
    assert not second.find("costDock", QDockWidget).isVisible()
    assert second.find("activationDock", QDockWidget).isVisible()


def switches(lab: Lab) -> dict[str, Any]:
    """Return what the switches above each view are set to."""
    views: dict[str, View] = lab.window.views  # type: ignore[attr-defined]
    return {name: settings_of(view.header) for name, view in views.items()}


def choose_switches(lab: Lab) -> None:
    """Set the switches above several views otherwise than they are at the first start."""
    lab.action("LogCost").trigger()
    for name in ("costGradient", "boundaryMargin"):
        lab.find(name, QAction).setChecked(True)
    lab.find("networkFlowButton", QAbstractButton).click()
    lab.settle()


def test_what_the_views_show_comes_back(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    usual = switches(first)
    choose_switches(first)
    chosen = switches(first)
    first.close()
    second = open_lab()
    assert switches(second) == chosen != usual
    second.step(5)
    assert second.action("LogCost").isChecked()
    assert all(second.find(name, QAction).isChecked() for name in ("costGradient", "boundaryMargin"))
    second.action("LogCost").trigger()
    second.close()
    assert not open_lab().action("LogCost").isChecked()


def test_a_session_brings_its_own_switches(
    open_lab: Callable[..., Lab], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_lab()
    first.step(3)
    usual = switches(first)
    monkeypatch.setattr(first.window.exchange, "ask_path", lambda *_: tmp_path / "usual.descent")
    save(first)
    choose_switches(first)
    first.close()
    second = open_lab()
    assert second.action("LogCost").isChecked()
    open_session(second, tmp_path / "usual.descent")
    assert second.iteration == 3
    assert not second.action("LogCost").isChecked()
    assert switches(second) == usual


def test_the_last_folder_comes_back(
    open_lab: Callable[..., Lab], penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[str] = []

    def ask(parent: QWidget, title: str, folder: str, filters: str) -> tuple[str, str]:
        began.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    first = open_lab()
    first.drop(penguins, first.window)
    first.settle()
    first.close()
    second = open_lab()
    for name in ("OpenData", "ImportWeights", "ExportWeights"):
        second.action(name).trigger()
    second.save_picture()
    assert began[:2] == [str(penguins.parent)] * 2
    assert [Path(start).parent for start in began[2:]] == [penguins.parent] * 2


def test_the_picture_size_comes_back(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    first.picture_entry("cost", "4×").trigger()
    first.close()
    second = open_lab()
    assert second.picture_entry("boundary", "4×").isChecked()


def test_nothing_of_the_work_itself_comes_back(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    first.choose("datasetCombo", "spiral")
    first.step(3)
    first.close()
    second = open_lab()
    assert (second.dataset.title, second.iteration) == ("Moons", 0)


def test_settings_that_make_no_sense_do_not_keep_the_window_from_opening(
    open_lab: Callable[..., Lab], own_settings: Path
) -> None:
    settings = QSettings()
    for key, value in (
        ("theme", "purple"),
        ("folder", "/no/such/folder"),
        ("picture_scale", "many"),
        ("geometry", "rubbish"),
        ("state", "rubbish"),
        ("switches", '{"cost": {"costLogButton": 7, "costGradient": null}, "boundary": []}'),
    ):
        settings.setValue(key, value)
    settings.sync()
    lab = open_lab()
    assert any(looks_like(lab, theme) for theme in (LIGHT, DARK))
    lab.picture_entry("cost", "Copy").trigger()
    assert "copied" in lab.status


def test_a_test_never_writes_to_the_persons_own_settings(lab: Lab, own_settings: Path) -> None:
    lab.action("ThemeDark").trigger()
    QSettings().sync()
    assert list(own_settings.rglob("*.*"))
    assert Path(QSettings().fileName()).is_relative_to(own_settings)
