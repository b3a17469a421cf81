"""What stands between a session and its file: another program, and a run that cannot be taken up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QPushButton

from engine.files.atomic import FileError
from engine.files.session import Session, load_session
from engine.training.descent import Descent
from gui.sessions import writer
from gui.sessions.asking import Answer, asking_to_replace
from tests.gui.driving import Lab
from tests.gui.plots import LEFT
from tests.gui.sessions.working import act, open_session, save, slowly


def fail_to_write(path: Path, session: Session) -> None:
    raise FileError(f"{path.name} could not be written: no room.")


@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_that_another_program_has_changed_is_asked_about(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], replaced: bool
) -> None:
    asked: list[str] = []
    path = tmp_path / "work.descent"
    sessions = lab.window.sessions  # type: ignore[attr-defined]
    sessions.ask_to_replace = lambda name: asked.append(name) or (Answer.SAVE if replaced else Answer.CANCEL)
    save_as(path)
    lab.step()
    save(lab)
    for _ in range(2):
        lab.step()
        save(lab)
    assert asked == [], "it is its own"
    path.write_text("another program was here")
    lab.step()
    act(lab, "SaveSession")
    lab.wait(lambda: asked == ["work.descent"] and not sessions._saving)
    assert (path.read_text() == "another program was here") is not replaced
    assert lab.window.isWindowModified() is not replaced
    path.unlink()
    lab.step()
    save(lab)
    assert len(asked) == 1 and path.exists(), "what is gone is nobody's"


def test_both_are_kept_by_saving_as_another(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.window.sessions.ask_to_replace = lambda name: Answer.SAVE_AS  # type: ignore[attr-defined]
    save_as(tmp_path / "work.descent")
    lab.step()
    save(lab)
    (tmp_path / "work.descent").write_text("another program was here")
    lab.step()
    save_as(tmp_path / "mine.descent")
    save(lab)
    assert (tmp_path / "work.descent").read_text() == "another program was here"
    assert load_session(tmp_path / "mine.descent").run.last == 2
    assert lab.window.windowTitle().startswith("mine[*]")


def test_the_question_whether_to_replace(lab: Lab) -> None:
    for name, expected in (
        ("replaceButton", Answer.SAVE),
        ("replaceSaveAsButton", Answer.SAVE_AS),
        ("", Answer.CANCEL),
    ):
        ask = asking_to_replace(lab.window)

        def answer(name: str = name) -> None:
            (box,) = lab.dialogs()
            assert isinstance(box, QMessageBox) and "work.descent" in box.text()
            button = (
                box.findChild(QPushButton, name) if name else box.button(QMessageBox.StandardButton.Cancel)
            )
            assert isinstance(button, QPushButton)
            button.click()

        QTimer.singleShot(0, answer)
        assert ask("work.descent") is expected


def test_a_run_that_cannot_be_taken_up_leaves_the_file_alone(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "work.descent"
    save_as(path)
    lab.click(lab.inside(0.3, 0.7), LEFT)
    lab.step(3)
    save(lab)
    act(lab, "NewSession")

    def fail(*_: object) -> None:
        raise ArithmeticError("boom")

    monkeypatch.setattr(Descent, "resumed", fail)
    open_session(lab, path)
    lab.wait(lambda: lab.failures)
    lab.failures.clear()
    lab.settle()
    assert "The run of work cannot be taken up again" in lab.status
    assert lab.window.windowTitle() == "Untitled[*] – Descent Lab" and lab.window.isWindowModified()
    assert (lab.dataset.m, lab.iteration) == (401, 0)
    act(lab, "Step")
    assert lab.iteration == 1


def test_what_was_done_while_it_was_written_is_not_in_it(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(tmp_path / "work.descent")
    lab.step(3)
    save(lab)
    lab.fill("learningRateSpin", "0.03")
    lab.step(3)
    begun, may = slowly(monkeypatch)
    act(lab, "SaveSession")
    lab.wait(begun.is_set)
    lab.window.playback.seek(2)  # type: ignore[attr-defined]
    lab.settle()
    lab.window.playback.cut()  # type: ignore[attr-defined]
    lab.settle()
    lab.step(4)
    may.set()
    lab.wait(lambda: not lab.window.sessions._saving)  # type: ignore[attr-defined]
    assert lab.iteration == 6 and lab.window.isWindowModified()


def test_a_file_that_was_written_is_its_own_though_the_next_time_failed(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(tmp_path / "work.descent")
    lab.step()
    save(lab)
    sessions, asked = lab.window.sessions, []  # type: ignore[attr-defined]
    sessions.ask_to_replace = lambda name: asked.append(name) or Answer.CANCEL
    begun, may = slowly(monkeypatch)
    lab.step()
    act(lab, "SaveSession")
    lab.wait(begun.is_set)
    lab.step()
    act(lab, "SaveSession")
    monkeypatch.setattr(writer, "save_session", fail_to_write)
    may.set()
    lab.wait(lambda: "no room" in lab.status)
    monkeypatch.undo()
    save_as(tmp_path / "work.descent")
    save(lab)
    assert asked == []
