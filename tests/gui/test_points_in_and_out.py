"""Points come in from the clipboard and from files of every kind, reading can be stopped, and points are saved."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar, QToolButton

import gui.reading
from engine.data.table import Watch
from engine.data.tables import read_table
from engine.files.points import DATA_FORMATS
from gui.reading import Reader
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT

CELLS = "width\theight\tkind\n1,5\t2\tcat\n3\t4,25\tant\n"


def copy(text: str) -> None:
    """Put a text on the clipboard, as a spreadsheet does."""
    QGuiApplication.clipboard().setText(text)


def paste(lab: Lab) -> None:
    """Press the key that pastes."""
    lab.plot().setFocus()
    lab.press(Qt.Key.Key_V, CONTROL)
    lab.settle()


def test_cells_of_a_spreadsheet_are_pasted_as_points(lab: Lab) -> None:
    moons = lab.dataset
    copy(CELLS)
    paste(lab)
    assert lab.dataset.X.tolist() == [[1.5, 3.0], [2.0, 4.25]]
    assert lab.dataset.class_names == ("ant", "cat")
    assert lab.spec.data == "pasted points"
    assert lab.find("datasetCombo").currentText() == "pasted points"  # type: ignore[attr-defined]
    assert "pasted points" in lab.status and "ecimal commas" in lab.status
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.dataset is moons
    lab.action("Redo").trigger()
    lab.settle()
    assert lab.dataset.m == 2


def test_each_paste_is_a_table_of_its_own_with_its_own_options(lab: Lab) -> None:
    copy("a\tb\tc\tkind\n1\t2\t3\tx\n4\t5\t6\ty\n")
    paste(lab)
    lab.answer()
    copy(CELLS)
    paste(lab)
    assert lab.spec.data == "pasted points 2"
    lab.action("Undo").trigger()
    lab.settle()
    lab.fill("columnsEdit", "c,a")
    lab.settle()
    assert lab.dataset.X.tolist() == [[3, 6], [1, 4]]
    lab.action("ImportOptions").trigger()
    lab.answer()
    assert lab.dataset.feature_names == ("c", "a"), "the axes stay where they are"


def test_a_pasted_text_that_is_refused_is_let_go(lab: Lab) -> None:
    reader = lab.window.document.reader  # type: ignore[attr-defined]
    for refused in ("no table at all", "a\tb\nk\tx\nl\ty\n"):
        copy(refused)
        paste(lab)
        assert not reader.holds("pasted points"), refused
    copy(CELLS)
    paste(lab)
    assert lab.spec.data == "pasted points" and reader.holds("pasted points")


def test_a_copied_file_is_opened(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,y,kind\n1,2,b\n3,4,a\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    paste(lab)
    assert lab.dataset.title == "points"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The clipboard holds no table; copy some cells of a spreadsheet first."),
        ("just words", "pasted points: line 1: the number of columns is 1;"),
        ("a\tb\tk\n1\ttwo\tx\n3\t4\ty\n", "pasted points: line 2, column b: 'two' is not a number;"),
    ],
)
def test_what_is_no_table_is_not_pasted(lab: Lab, text: str, words: str) -> None:
    before = lab.dataset
    copy(text)
    paste(lab)
    assert lab.status.startswith(words)
    assert lab.dataset is before and not lab.action("Undo").isEnabled()


def test_pasting_into_a_field_is_typing(lab: Lab) -> None:
    before = lab.dataset
    copy("8,3")
    field = lab.focus("hiddenLayersEdit")
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert lab.text_of("hiddenLayersEdit") == "8,3"
    assert lab.dataset is before


def test_a_sheet_and_an_archive_are_dropped_on_the_window(lab: Lab, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("a", "b", "kind"), (1, 2.5, "x"), (3, 4.5, "y")):
        book.active.append(row)
    book.save(tmp_path / "sheet.xlsx")
    lab.drop(tmp_path / "sheet.xlsx", lab.window)
    lab.wait(lambda: lab.dataset.title == "sheet")
    assert lab.dataset.X.tolist() == [[1, 3], [2.5, 4.5]]
    np.savez(tmp_path / "archive.npz", X=[[1.0, 2.0], [3.0, 4.0]], y=[0, 1])
    lab.drop(tmp_path / "archive.npz", lab.window)
    lab.wait(lambda: lab.dataset.title == "archive")


def test_the_open_dialog_offers_every_kind_of_file(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[str] = []

    def ask(parent: object, title: str, folder: str, filters: str) -> tuple[str, str]:
        offered.append(filters)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    lab.action("OpenData").trigger()
    assert all(f"*{ending}" in offered[0] for ending in (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".npz"))


class Held:
    """A reading that goes on only when it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.stopped = threading.Event()
        really_open = Reader.open
        monkeypatch.setattr(gui.reading, "READ_AT_ONCE", 0)
        monkeypatch.setattr(gui.reading, "TELL_EVERY", 0.0)
        held = self

        def open_slowly(reader: Reader, source: str, choice: object, watch: Watch) -> object:
            try:
                watch(0.42)
                held.go_on.wait(10)
                watch(0.43)
            except BaseException:
                held.stopped.set()
                raise
            return really_open(reader, source, choice, watch)  # type: ignore[arg-type]

        monkeypatch.setattr(Reader, "open", open_slowly)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Reading that waits."""
    return Held(monkeypatch)


def points(folder: Path) -> Path:
    """Write a small table."""
    path = folder / "points.csv"
    path.write_text("x,y,kind\n1,2,b\n3,4,a\n")
    return path


def test_the_status_bar_shows_how_far_reading_has_come(lab: Lab, held: Held, tmp_path: Path) -> None:
    bar = lab.find("readingProgress", QProgressBar)
    assert not bar.isVisible()
    lab.drop(points(tmp_path), lab.window)
    assert lab.status == "Reading points.csv …"
    lab.wait(lambda: bar.isVisible() and bar.value() == 42)
    held.go_on.set()
    lab.wait(lambda: lab.dataset.title == "points")
    assert not bar.isVisible()


@pytest.mark.parametrize("way", ["button", "key"])
def test_reading_can_be_stopped(lab: Lab, held: Held, tmp_path: Path, way: str) -> None:
    before = lab.dataset
    lab.drop(points(tmp_path), lab.window)
    if way == "button":
        QTest.mouseClick(lab.find("stopReadingButton", QToolButton), LEFT)
    else:
        lab.press(Qt.Key.Key_Escape)
    assert lab.status == "Reading was stopped; the points stay as they were."
    assert not lab.find("readingProgress").isVisible()
    held.go_on.set()
    assert held.stopped.wait(10), "the thread reads on for nobody"
    QApplication.processEvents()
    assert lab.dataset is before and not lab.action("Undo").isEnabled()


def test_a_file_that_is_read_beside_the_window_asks_too(lab: Lab, held: Held, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x,y,kind\n1,2,b\n3,4,a\n5,6,c\n")
    lab.drop(path, lab.window)
    held.go_on.set()
    lab.answer()
    assert lab.dataset.class_names == ("b", "not b")


@pytest.mark.parametrize("ending", DATA_FORMATS)
def test_painted_points_are_saved_and_opened_again(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], ending: str
) -> None:
    lab.click(lab.inside(0.3, 0.6))
    lab.settle()
    saved = lab.dataset
    path = tmp_path / f"mine{ending}"
    save_as(path)
    lab.action("SaveData").trigger()
    assert lab.status == f"401 points saved as mine{ending}."
    lab.drop(path, lab.window)
    lab.wait(lambda: lab.dataset.title == "mine")
    assert same_points(lab.dataset, saved)
    assert lab.dataset.feature_names == saved.feature_names
    assert lab.dataset.class_names == saved.class_names


def test_saving_that_fails_is_told_and_nothing_is_left(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "no such folder" / "points.csv")
    lab.action("SaveData").trigger()
    assert lab.status.startswith("points.csv could not be written")
    lab.action("Clear").trigger()
    assert not lab.action("SaveData").isEnabled(), "there is nothing to save"


def test_classes_in_an_unusual_order_are_told_when_saved(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    copy("x\ty\tkind\n1\t2\tb\n3\t4\ta\n")
    paste(lab)
    lab.window.document.change(classes=("b", "a"))  # type: ignore[attr-defined]
    lab.settle()
    save_as(tmp_path / "points.csv")
    lab.action("SaveData").trigger()
    assert lab.status == "2 points saved as points.csv. To read b as class 0 again, choose the classes b,a."
    again = read_table(tmp_path / "points.csv", classes=("b", "a"))
    assert same_points(again, lab.dataset)
