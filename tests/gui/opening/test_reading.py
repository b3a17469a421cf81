"""Files are read beside the window, which lives on: large ones, faults, and what is done meanwhile."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

import gui.reading
from engine.training.descent import Descent
from gui.reading import Reader
from tests.gui.driving import Lab
from tests.gui.opening.looking import all_points_are_in_sight, shows_the_penguins

ROWS = 100_000


def large_table(folder: Path, rows: int = ROWS) -> Path:
    """Write a table of two clouds with that many rows."""
    rng = np.random.default_rng(7)
    y = np.arange(rows) % 2
    x = rng.normal(y * 2.0, 1.0, (2, rows))
    path = folder / "large.csv"
    cells = (f"{a:.6f},{b:.6f},{'high' if c else 'deep'}" for a, b, c in zip(*x, y, strict=True))
    path.write_text("across,up,kind\n" + "\n".join(cells) + "\n")
    return path


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


def join_reading() -> None:
    """Wait until nothing is read beside the window any more."""
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join()


def test_the_file_that_was_opened_last_wins(
    lab: Lab, penguins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = hold_up_reading(monkeypatch)
    lab.drop(penguins.with_name("iris.csv"), lab.window)
    lab.drop(penguins, lab.window)
    go_on.set()
    lab.wait(lambda: lab.dataset.title != "Moons")
    join_reading()
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
    join_reading()
    QApplication.processEvents()
    lab.settle()
    assert lab.dataset.title == "Spiral"


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
    join_reading()
    assert not caught
