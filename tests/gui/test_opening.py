"""Opening points of one's own: from the menu, by dropping a file, from the command line."""

import argparse
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPushButton, QWidget

import engine.data.sources
import gui.reading
from engine.training.descent import Descent
from gui import app
from gui.reading import Reader
from gui.views.dots import Dots
from gui.views.view import Key
from tests.gui.driving import Lab

ROWS = 100_000


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


def shows_the_penguins(lab: Lab) -> bool:
    (points,) = [dots for dots in lab.items("boundary", Dots) if len(dots.places) == 4]
    drawn = sum(len(x) for x, _ in points.places)
    return (
        lab.dataset.class_names == ("Adelie", "Chinstrap")
        and lab.dataset.feature_names == ("bill_length_mm", "bill_depth_mm")
        and lab.frame.experiment.problem.dataset is lab.dataset
        and (lab.axis_label("bottom"), lab.axis_label("left")) == lab.dataset.feature_names
        and drawn == lab.dataset.m == 219
    )


def all_points_are_in_sight(lab: Lab) -> bool:
    (x_low, x_high), (y_low, y_high) = lab.box().viewRange()
    x, y = lab.dataset.X
    return bool(np.all((x_low < x) & (x < x_high) & (y_low < y) & (y < y_high)))


def large_table(folder: Path, rows: int = ROWS) -> Path:
    """Write a table of two clouds with that many rows."""
    rng = np.random.default_rng(7)
    y = np.arange(rows) % 2
    x = rng.normal(y * 2.0, 1.0, (2, rows))
    path = folder / "large.csv"
    cells = (f"{a:.6f},{b:.6f},{'high' if c else 'deep'}" for a, b, c in zip(*x, y, strict=True))
    path.write_text("across,up,kind\n" + "\n".join(cells) + "\n")
    return path


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


def test_the_status_line_names_the_file_that_was_opened(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    assert "penguins" in lab.status
    assert "columns" not in lab.status


def test_opening_a_file_is_undone_and_made_again(lab: Lab, penguins: Path) -> None:
    moons = lab.dataset
    lab.drop(penguins, lab.window)
    lab.settle()
    table = lab.dataset
    assert lab.action("Undo").text() == "Undo: Open penguins"
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.dataset is moons
    assert lab.spec.data == "moons"
    assert lab.find("datasetCombo").currentData() == "moons"  # type: ignore[attr-defined]
    assert all_points_are_in_sight(lab)
    lab.action("Redo").trigger()
    lab.settle()
    assert lab.dataset is table
    assert shows_the_penguins(lab)
    assert all_points_are_in_sight(lab)


def test_a_file_opened_during_a_run_goes_on_from_the_weights(lab: Lab, penguins: Path) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    reached = lab.iteration
    lab.drop(penguins, lab.window)
    lab.settle()
    assert shows_the_penguins(lab)
    assert lab.is_running
    assert lab.iteration >= reached
    lab.wait_for_iterations(50)


def test_another_file_of_the_same_name_is_shown_whole(lab: Lab, tmp_path: Path) -> None:
    for folder, shift in (("one", 0), ("two", 1000)):
        path = tmp_path / folder / "data.csv"
        path.parent.mkdir()
        path.write_text(f"x,y,label\n{shift},0,a\n{shift + 5},1,b\n{shift + 3},4,a\n{shift + 2},2,b\n")
        lab.drop(path, lab.window)
        lab.settle()
        assert all_points_are_in_sight(lab), folder


def test_the_class_names_of_the_file_stand_in_the_legend(lab: Lab, penguins: Path) -> None:
    (legend,) = lab.items("boundary", Key)
    lab.drop(penguins, lab.window)
    lab.settle()
    assert [name for _, name in legend._entries][:2] == ["Adelie", "Chinstrap"]


def test_generator_settings_are_off_while_a_file_is_open(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    assert not lab.find("samplesSpin").isEnabled()
    assert not lab.find("noiseSpin").isEnabled()
    assert not lab.find("dataSeedSpin").isEnabled()
    assert lab.find("splitSeedSpin").isEnabled()
    lab.choose("datasetCombo", "circles")
    lab.settle()
    assert lab.find("samplesSpin").isEnabled()
    assert lab.dataset.title == "Circles"


BUNDLED = {
    "penguins": ("Adelie", "Chinstrap"),
    "iris": ("versicolor", "virginica"),
    "breast_cancer": ("benign", "malignant"),
}


def test_choose_a_bundled_set_and_train_on_it(lab: Lab, subtests: pytest.Subtests) -> None:
    for name, classes in BUNDLED.items():
        with subtests.test(name):
            lab.choose("datasetCombo", name)
            lab.action("Reset").trigger()
            lab.settle()
            assert lab.dataset.class_names == classes
            assert all_points_are_in_sight(lab)
            lab.action("Run").trigger()
            lab.wait(lambda: lab.value("trainAccuracy") > 0.85)


def test_a_large_table_is_read_beside_the_window(lab: Lab, tmp_path: Path) -> None:
    path = large_table(tmp_path)
    lab.drop(path, lab.window)
    assert "reading" in lab.status.lower() and "large.csv" in lab.status
    assert lab.dataset.title == "Moons"
    lab.step()
    assert lab.iteration == 1, "training cannot wait for a file"
    lab.wait(lambda: lab.dataset.m == ROWS)
    lab.settle()
    assert lab.dataset.class_names == ("deep", "high")
    assert lab.frame.experiment.problem.dataset is lab.dataset
    assert all_points_are_in_sight(lab)
    assert "reading" not in lab.status.lower()


def test_a_large_table_trains_without_freezing_the_window(lab: Lab, tmp_path: Path) -> None:
    lab.drop(large_table(tmp_path), lab.window)
    lab.wait(lambda: lab.dataset.m == ROWS)
    lab.settle()
    frames: list[int] = []
    lab.window.playback.frame_changed.connect(lambda frame: frames.append(frame.state.iteration))  # type: ignore[attr-defined]
    lab.run()
    lab.wait(lambda: len(frames) > 8)
    lab.pause()
    assert frames == sorted(frames)


def hold_up_reading(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Make the reading beside the window wait for the event."""
    go_on = threading.Event()
    really_open = Reader.open

    def wait_and_open(*arguments: object) -> object:
        if threading.current_thread() is not threading.main_thread():
            go_on.wait(10)
        return really_open(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "open", wait_and_open)
    monkeypatch.setattr(gui.reading, "READ_AT_ONCE", 0)
    return go_on


def test_the_file_that_was_opened_last_wins(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_up_reading(monkeypatch)
    lab.drop(penguins.with_name("iris.csv"), lab.window)
    lab.drop(penguins, lab.window)
    go_on.set()
    lab.wait(lambda: lab.dataset.title != "Moons")
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join()
    QApplication.processEvents()
    lab.settle()
    assert shows_the_penguins(lab)
    lab.action("Undo").trigger()
    assert lab.dataset.title == "Moons"


def test_a_fault_while_reading_ends_the_bar_and_is_shown(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(Reader, "open", fail)
    monkeypatch.setattr(gui.reading, "READ_AT_ONCE", 0)
    bar = lab.find("readingProgress")
    lab.drop(penguins, lab.window)
    assert bar.isVisible()
    lab.wait(lambda: not bar.isVisible())
    assert "nobody thought of this" in lab.dialogs()[0].text() + lab.dialogs()[0].detailedText()
    lab.failures.clear()
    lab.dialogs()[0].accept()
    assert lab.dataset.title == "Moons"


def test_another_choice_of_an_open_table_reads_nothing(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("p,q,kind\n1,2,b\n3,4,a\n5,6,b\n")
    lab.drop(path, lab.window)
    lab.settle()
    assert lab.dataset.feature_names == ("p", "q")
    before = lab.dataset
    read: list[object] = []
    really = engine.data.sources.read_table
    monkeypatch.setattr(
        engine.data.sources, "read_table", lambda *choice: read.append(choice) or really(*choice)
    )
    lab.fill("columnsEdit", "q,p")
    lab.settle()
    assert lab.dataset.X.tolist() == [[2, 4, 6], [1, 3, 5]] and not read
    lab.action("Undo").trigger()
    assert lab.dataset is before
    path.write_text("p,q,kind\n1,2,b\n3,4,a\n5,6,b\n7,8,a\n")
    lab.fill("columnsEdit", "q,p")
    lab.settle()
    assert lab.dataset.X.tolist() == [[2, 4, 6, 8], [1, 3, 5, 7]] and read, "the file has changed"


def test_points_painted_while_a_file_is_read_come_back_by_undo(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_up_reading(monkeypatch)
    lab.drop(penguins, lab.window)
    lab.click(lab.inside(0.5, 0.5))
    painted = lab.dataset
    assert painted.m == 401
    go_on.set()
    lab.wait(lambda: lab.dataset.m == 219)
    lab.action("Undo").trigger()
    assert lab.dataset is painted


def test_a_set_chosen_while_a_file_is_read_stays(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_up_reading(monkeypatch)
    lab.drop(penguins, lab.window)
    lab.choose("datasetCombo", "spiral")
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join()
    QApplication.processEvents()
    lab.settle()
    assert lab.dataset.title == "Spiral"


def test_choosing_the_files_own_entry_again_reads_it_again(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    lab.click(lab.inside(0.5, 0.5))
    lab.settle()
    assert lab.dataset.painted
    combo = lab.find("datasetCombo", QComboBox)
    combo.activated.emit(combo.currentIndex())
    lab.settle()
    assert not lab.dataset.painted
    assert shows_the_penguins(lab)


def test_a_file_opened_right_after_painting_is_shown_whole(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The painted points are still on their way through the training thread when the file arrives."""
    lab.step()
    gates = [threading.Event(), threading.Event()]
    entered: list[threading.Event] = []
    state_at = Descent.state_at

    def slowly(*arguments: object) -> object:
        gate = gates[len(entered)]
        entered.append(gate)
        gate.wait(10)
        return state_at(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Descent, "state_at", slowly)
    lab.click(lab.inside(0.5, 0.5))
    lab.wait(lambda: entered)
    lab.drop(penguins, lab.window)
    gates[0].set()
    lab.wait(lambda: len(entered) == 2)
    lab.wait(lambda: lab.frame.experiment.problem.dataset.m == 401)
    gates[1].set()
    lab.settle()
    assert shows_the_penguins(lab)
    assert all_points_are_in_sight(lab)


def test_the_window_is_closed_and_gone_while_a_file_is_read(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_up_reading(monkeypatch)
    caught: list[str] = []
    lab.drop(penguins, lab.window)
    lab.close()
    threading.excepthook = lambda hook: caught.append(str(hook.exc_value))  # `open_lab` puts it back
    lab.window.document.deleteLater()  # type: ignore[attr-defined]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join()
    assert not caught
