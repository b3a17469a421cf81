"""The session is saved by itself, and what a program left that died is offered at the next start."""

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from engine.files.session import Session, load_session, save_session
from engine.training.descent import Descent
from gui import document as document_module
from gui.app import start_autosave
from gui.sessions import writer
from gui.sessions.asking import Answer
from gui.sessions.autosave import Autosave
from gui.sessions.recovery import usual_folder
from tests.gui.driving import Lab
from tests.gui.plots import LEFT
from tests.gui.sessions.working import begin, files, open_session, save, seen, slowly


def die() -> Path:
    """Let another program have died with what this one has saved by itself."""
    (file,) = files()
    return Path(shutil.copy(file, file.with_name("1-dead.descent")))


@pytest.fixture
def dead(saving: tuple[Lab, Autosave]) -> Path:
    """What a program left that died after a point was painted."""
    lab, _ = saving
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.wait(files)
    left = die()
    lab.window.close()
    return left


def fill_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no room to write."""

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)


def fail_to_resume(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no run be taken up."""

    def fail(*_: object) -> None:
        raise ArithmeticError("boom")

    monkeypatch.setattr(Descent, "resumed", fail)


def wait_for_failure(lab: Lab) -> None:
    """Wait until it was told that a run cannot be taken up."""
    lab.wait(lambda: lab.failures)
    lab.failures.clear()
    lab.settle()


def question(lab: Lab) -> QMessageBox:
    """Return the question whether to restore a session."""
    lab.wait(lambda: lab.dialogs())
    (box,) = lab.dialogs()
    assert box.objectName() == "restoreQuestion"
    return box


def press(lab: Lab, name: str) -> None:
    """Press a button of the question."""
    box = question(lab)
    button = box.findChild(QAbstractButton, f"{name}SessionButton")
    assert isinstance(button, QAbstractButton)
    button.click()
    lab.wait(lambda: box not in lab.dialogs())


def test_each_change_and_every_half_minute(saving: tuple[Lab, Autosave]) -> None:
    lab, autosave = saving
    assert not files(), "there is nothing to lose yet"
    (often,) = (each for each in autosave.findChildren(QTimer) if not each.isSingleShot())
    assert often.isActive() and often.interval() == 30_000
    lab.click(lab.inside(0.5, 0.5), LEFT)
    lab.settle()
    lab.wait(lambda: files() and load_session(files()[0]).dataset.m == 401)
    lab.fill("learningRateSpin", "0.25")
    lab.settle()
    lab.wait(lambda: load_session(files()[0]).spec.learning_rate == 0.25)
    lab.step(3)
    assert load_session(files()[0]).run.last == 0
    often.timeout.emit()
    lab.wait(lambda: load_session(files()[0]).run.last == 3)
    assert files()[0].name.startswith(f"{os.getpid()}-")
    lab.window.close()
    assert not list(usual_folder().iterdir()), "a good end leaves nothing"


def test_what_is_saved_or_not_wanted_is_not_to_be_restored(
    saving: tuple[Lab, Autosave], tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab, _ = saving
    lab.click(lab.inside(0.5, 0.5), LEFT)
    lab.wait(files)
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.wait(lambda: not files())
    lab.click(lab.inside(0.4, 0.5), LEFT)
    lab.wait(files)
    lab.action("NewSession").trigger()
    lab.settle()
    lab.wait(lambda: not files())


def test_restored_it_is_as_it_was(
    saving: tuple[Lab, Autosave],
    open_lab: Callable[..., Lab],
    tmp_path: Path,
    save_as: Callable[..., list[str]],
) -> None:
    lab, _ = saving
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.step(4)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.settle()
    lab.wait(lambda: files() and load_session(files()[0]).dataset.m == 401)
    before, dead = seen(lab), die()
    lab.window.close()
    other = open_lab()
    begin(other).offer()
    box = question(other)
    assert box.text() == "Restore the session work?"
    assert "401 points" in box.informativeText() and "iteration 4" in box.informativeText()
    press(other, "restore")
    other.settle()
    assert seen(other) == before
    assert other.window.windowTitle() == "work[*] – Descent Lab" and other.window.isWindowModified()
    other.wait(lambda: not dead.exists())
    (own,) = files()
    assert load_session(own).dataset.m == 401, "it is safe again"


@pytest.mark.parametrize(("button", "stays"), [("discard", False), ("later", True)])
def test_discarded_it_is_gone_and_later_it_is_offered_again(
    dead: Path, open_lab: Callable[..., Lab], button: str, stays: bool
) -> None:
    other = open_lab()
    begin(other).offer()
    press(other, button)
    assert dead.exists() is stays and other.dataset.m == 400
    other.window.close()
    assert dead.exists() is stays
    third = open_lab()
    begin(third).offer()
    assert bool(third.dialogs()) is stays


def test_a_damaged_file_is_told_and_the_next_is_offered(dead: Path, open_lab: Callable[..., Lab]) -> None:
    odd = dead.with_name("2-odd.descent")
    odd.write_bytes(dead.read_bytes()[:5000])
    os.utime(odd, (2e9, 2e9))
    other = open_lab()
    begin(other).offer()
    words = question(other).informativeText()
    assert "400" not in words and "401 points" in words and "<" not in words
    assert "cannot be restored: 2-odd.descent" in other.status
    aside = odd.parent / "damaged" / odd.name
    assert other.status.endswith(f"It is kept as {aside}.")
    assert aside.stat().st_size == 5000 and odd not in files(), "it is not told again at each start"
    press(other, "restore")
    other.settle()
    assert other.dataset.m == 401
    assert other.status == "Session Untitled restored at iteration 0. Save it to keep it."


def test_where_there_is_no_place_for_it_it_says_so_once(
    lab: Lab, quickly: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("no folder")
    assert start_autosave(lab.window) is None  # type: ignore[arg-type]
    assert lab.status.startswith("Nothing is saved by itself: ")
    (tmp_path / "data").unlink()
    begin(lab)
    fill_disk(monkeypatch)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.wait(lambda: "No space left on device" in lab.status)
    lab.window.status.tell("")  # type: ignore[attr-defined]
    lab.fill("learningRateSpin", "0.25")
    lab.settle()
    monkeypatch.undo()
    assert "No space" not in lab.status


def test_that_it_failed_is_told_again_once_it_has_worked(
    saving: tuple[Lab, Autosave], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, autosave = saving
    for x in (0.3, 0.4):
        with monkeypatch.context() as meanwhile:
            fill_disk(meanwhile)
            lab.click(lab.inside(x, 0.7), LEFT)
            lab.wait(lambda: "No space left on device" in lab.status)
        assert lab.status.startswith("Saving by itself failed, and is tried again every 30 seconds: ")
        lab.window.status.tell("")  # type: ignore[attr-defined]
        autosave.save()
        lab.wait(lambda: files() and load_session(files()[0]).dataset.m == lab.dataset.m)


def test_opening_another_session_and_saving_by_itself_do_not_mix(
    saving: tuple[Lab, Autosave], tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab, _ = saving
    lab.step(2)
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    open_session(lab, tmp_path / "work.descent")
    lab.wait(lambda: not files())
    assert (lab.dataset.m, lab.iteration) == (400, 2) and not lab.window.isWindowModified()


def test_what_a_gesture_painted_that_the_training_was_not_told_yet_is_saved(
    saving: tuple[Lab, Autosave], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, autosave = saving
    monkeypatch.setattr(document_module, "MANY", 10)
    lab.window.document.paint(np.zeros((2, 3)), 0)  # type: ignore[attr-defined]
    autosave.save()
    lab.settle()
    lab.wait(files)
    assert load_session(files()[0]).dataset.m == 403


def test_what_is_restored_stays_until_it_is_saved_itself(
    dead: Path, open_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_write, was_there = threading.Event(), threading.Event(), []

    def slowly(path: Path, session: Session) -> None:
        if begun.is_set():
            was_there.append(dead.exists())
        begun.set()
        may_write.wait()
        save_session(path, session)

    monkeypatch.setattr(writer, "save_session", slowly)
    other = open_lab()
    autosave = begin(other)
    other.step()
    autosave.save()
    assert begun.wait(10)
    autosave.offer()
    press(other, "restore")
    may_write.set()
    other.wait(lambda: not dead.exists())
    assert was_there == [True]


@pytest.mark.parametrize("full", [False, True], ids=["room", "no room"])
def test_what_was_restored_outlives_an_end_without_a_question(
    saving: tuple[Lab, Autosave], open_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    lab, _ = saving
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.wait(files)
    dead = die()
    lab.window.close()
    other = open_lab()
    if full:
        fill_disk(monkeypatch)
    autosave = begin(other)
    autosave.offer()
    press(other, "restore")
    autosave.leave()
    other.close()
    (left,) = files()
    assert (left == dead) is full
    assert load_session(left).dataset.m == 401


def test_what_was_restored_and_cannot_be_taken_up_is_kept_aside(
    dead: Path, open_lab: Callable[..., Lab], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = dead.read_bytes()
    other = open_lab()
    begin(other).offer()
    fail_to_resume(monkeypatch)
    press(other, "restore")
    wait_for_failure(other)
    aside = dead.parent / "damaged" / dead.name
    assert other.status.endswith(f"All of it is kept as {aside}.")
    assert aside.read_bytes() == content and other.dataset.m == 401


def test_what_was_restored_stays_where_another_session_cannot_be_taken_up(
    dead: Path,
    open_lab: Callable[..., Lab],
    tmp_path: Path,
    save_as: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = open_lab()
    save_as(tmp_path / "other.descent")
    other.step(2)
    save(other)
    fill_disk(monkeypatch)
    begin(other).offer()
    press(other, "restore")
    other.wait(lambda: "No space left on device" in other.status)
    fail_to_resume(monkeypatch)
    open_session(other, tmp_path / "other.descent")
    wait_for_failure(other)
    told = "The run of other cannot be taken up again: its points and settings are at iteration 0."
    assert other.status == told and dead.exists()


def test_a_session_of_a_later_version_is_left_to_it(dead: Path, open_lab: Callable[..., Lab]) -> None:
    dead.write_text(dead.read_text().replace('"version": 1', '"version": 999'))
    other = open_lab()
    begin(other).offer()
    assert "later version" in other.status and dead.exists()


def test_what_another_program_wrote_since_is_asked_about_when_a_restored_session_is_saved(
    saving: tuple[Lab, Autosave],
    tmp_path: Path,
    save_as: Callable[..., list[str]],
    open_lab: Callable[..., Lab],
) -> None:
    lab, _ = saving
    save_as(tmp_path / "work.descent")
    lab.step()
    save(lab)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.wait(files)
    die()
    lab.window.close()
    (tmp_path / "work.descent").write_text("another program was here")
    other, asked = open_lab(), []
    other.window.sessions.ask_to_replace = lambda name: asked.append(name) or Answer.CANCEL  # type: ignore[attr-defined]
    begin(other).offer()
    press(other, "restore")
    other.settle()
    other.action("SaveSession").trigger()
    other.settle()
    assert asked == ["work.descent"]
    assert (tmp_path / "work.descent").read_text() == "another program was here"


def test_an_end_without_a_question_leaves_the_newest_though_an_older_one_is_being_written(
    saving: tuple[Lab, Autosave], monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, autosave = saving
    begun, may = slowly(monkeypatch)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.wait(begun.is_set)
    lab.click(lab.inside(0.4, 0.7), LEFT)
    lab.settle()
    autosave.leave()
    may.set()
    lab.close()
    assert [load_session(each).dataset.m for each in files()] == [402]
