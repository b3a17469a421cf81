"""The ways in for points of one's own: the menu, the button, a dropped file, the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from gui import app
from tests.gui.driving import Lab
from tests.gui.opening.looking import all_points_are_in_sight, shows_the_penguins


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], list[str]]:
    """A function that says which file the open dialog will give; it returns the folders the dialog began in."""

    def give(path: object) -> list[str]:
        began: list[str] = []

        def ask(parent: QWidget, title: str, folder: str, filters: str) -> tuple[str, str]:
            began.append(folder)
            return str(path or ""), filters

        monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
        return began

    return give


def test_open_from_the_menu(lab: Lab, penguins: Path, answer: Callable[[object], list[str]]) -> None:
    answer(penguins)
    lab.action("OpenData").trigger()
    lab.settle()
    assert shows_the_penguins(lab)
    assert all_points_are_in_sight(lab)
    assert lab.find("datasetCombo").currentText() == "penguins.csv"  # type: ignore[attr-defined]


def test_open_with_the_button_in_the_panel(
    lab: Lab, penguins: Path, answer: Callable[[object], list[str]]
) -> None:
    answer(penguins)
    (button,) = [each for each in lab.window.findChildren(QPushButton) if each.text().startswith("Open")]
    button.click()
    lab.settle()
    assert shows_the_penguins(lab)


def test_the_menu_is_left_without_choosing_a_file(lab: Lab, answer: Callable[[object], list[str]]) -> None:
    before, status = lab.dataset, lab.status
    answer(None)
    lab.action("OpenData").trigger()
    lab.settle()
    assert lab.dataset is before
    assert lab.status == status
    assert not lab.action("Undo").isEnabled()


def test_drop_a_file_anywhere_on_the_window(lab: Lab, penguins: Path, subtests: pytest.Subtests) -> None:
    places = {"window": lab.window, "panel": lab.find("panel")}
    places |= {name: lab.plot(name).viewport() for name in ("boundary", "cost", "activation")}
    for place, on in places.items():
        with subtests.test(place):
            assert lab.drop(penguins, on)
            lab.settle()
            assert shows_the_penguins(lab)
            lab.action("Undo").trigger()
            lab.settle()
            assert lab.dataset.title == "Moons"


def test_several_files_dropped_at_once_are_not_taken(lab: Lab, penguins: Path) -> None:
    before = lab.dataset
    assert not lab.drop(penguins, lab.window, penguins.with_name("iris.csv"))
    assert lab.dataset is before


def test_open_a_file_by_the_command_line(
    open_lab: Callable[..., Lab], penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Lab] = []

    def create_window() -> QWidget:
        made.append(open_lab(shown=False))
        return made[0].window

    monkeypatch.setattr(app, "create_window", create_window)
    monkeypatch.setattr(QApplication, "exec", lambda *_: 0)
    assert app.run(argparse.Namespace(data_file=str(penguins), session=None, lesson=None)) == 0
    (lab,) = made
    lab.show()
    assert shows_the_penguins(lab)
