"""Saving, opening and beginning sessions by the menus: names, the mark of changes, and what would be lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from engine.files.session import Session, load_session, save_session
from engine.files.weights import Weights
from gui.sessions import writer
from gui.sessions.asking import Answer, asking
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, SHIFT
from tests.gui.sessions.working import act, open_session, save


def title(lab: Lab) -> str:
    return lab.window.windowTitle()


def is_marked(lab: Lab) -> bool:
    return lab.window.isWindowModified()


def test_a_new_window_has_nothing_to_save(lab: Lab) -> None:
    assert title(lab) == "Untitled[*] – Descent Lab" and not is_marked(lab)
    lab.press(Qt.Key.Key_L)
    lab.action("Fit").trigger()
    lab.settle()
    assert not is_marked(lab), "a look changes nothing"


@pytest.mark.parametrize("deed", ["paint", "train", "set", "weight"])
def test_what_is_of_value_marks_the_title_until_it_is_saved(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], deed: str
) -> None:
    match deed:
        case "paint":
            lab.click(lab.inside(0.5, 0.5), LEFT)
        case "train":
            lab.step()
        case "set":
            lab.fill("learningRateSpin", "0.2")
        case "weight":
            lab.window.playback.set_parameter(0, 2.5)  # type: ignore[attr-defined]
    lab.settle()
    assert is_marked(lab)
    proposed = save_as(tmp_path / "work.descent")
    lab.press(Qt.Key.Key_S, CONTROL)
    lab.wait(lambda: "saved as work.descent" in lab.status)
    assert [Path(each).name for each in proposed] == ["Untitled.descent"]
    assert title(lab) == "work[*] – Descent Lab" and not is_marked(lab)
    lab.action("Undo" if deed == "paint" else "Step").trigger()
    lab.settle()
    assert is_marked(lab)


def test_a_run_that_was_kept_is_of_value(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> None:
    lab.step()
    save_as(tmp_path / "work.descent")
    save(lab)
    assert not is_marked(lab)
    lab.action("KeepRun").trigger()
    assert is_marked(lab)


def test_undoing_down_to_what_was_saved_takes_the_mark_away(lab: Lab) -> None:
    lab.click(lab.inside(0.5, 0.5), LEFT)
    lab.settle()
    lab.action("Undo").trigger()
    lab.settle()
    assert not is_marked(lab)


def test_other_points_that_are_only_looked_at_are_nothing_to_save(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    assert not is_marked(lab)
    lab.step()
    assert is_marked(lab)


def test_a_second_saving_asks_nothing_and_save_as_takes_another_file(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.step(3)
    save_as(tmp_path / "one.descent")
    save(lab)
    lab.step(2)
    proposed = save_as(tmp_path / "two")  # without an ending
    lab.window.status.tell("")  # type: ignore[attr-defined]
    save(lab)
    assert not proposed and load_session(tmp_path / "one.descent").run.last == 5
    lab.step()
    lab.action("SaveSessionAs").trigger()
    lab.wait(lambda: "two.descent" in lab.status)
    assert [Path(each).name for each in proposed] == ["one.descent"]
    assert load_session(tmp_path / "two.descent").run.last == 6
    assert load_session(tmp_path / "one.descent").run.last == 5
    assert title(lab).startswith("two[*]")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("work.json", "work.json must end in .descent."),
        ("folder.descent", "folder.descent is a folder, not a file."),
        ("missing/work.descent", "work.descent could not be written: there is no folder {}/missing."),
    ],
)
def test_what_cannot_be_written_is_told_and_stays_unsaved(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], name: str, expected: str
) -> None:
    (tmp_path / "folder.descent").mkdir()
    lab.click(lab.inside(0.5, 0.5), LEFT)
    lab.settle()
    save_as(tmp_path / name)
    lab.action("SaveSession").trigger()
    lab.wait(lambda: lab.status == expected.format(tmp_path))
    lab.settle()
    assert is_marked(lab) and title(lab).startswith("Untitled")


def test_a_damaged_session_is_refused_and_all_stays(
    lab: Lab, tmp_path: Path, answer: Callable[[Lab, Answer], list[str]]
) -> None:
    lab.step(2)
    asked, dataset = answer(lab, Answer.DISCARD), lab.dataset
    (tmp_path / "odd.descent").write_bytes(b'{"format": "descent-lab/session"')
    assert lab.drop(tmp_path / "odd.descent", lab.window)
    assert lab.status.startswith("odd.descent: it is no session, or it is cut off")
    assert lab.dataset is dataset and lab.iteration == 2 and not asked


@pytest.fixture
def changed(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Lab:
    """A window with a session of 3 iterations in `work.descent`, and one iteration more."""
    lab.step(3)
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.step()
    return lab


@pytest.mark.parametrize("way", ["new", "open", "close"])
@pytest.mark.parametrize("chosen", [Answer.SAVE, Answer.DISCARD, Answer.CANCEL])
def test_what_would_be_lost_is_asked_about(
    changed: Lab,
    tmp_path: Path,
    open_as: Callable[[object], None],
    answer: Callable[[Lab, Answer], list[str]],
    way: str,
    chosen: Answer,
) -> None:
    other = tmp_path / "other.descent"
    other.write_bytes((tmp_path / "work.descent").read_bytes())
    asked = answer(changed, chosen)
    open_as(other)
    match way:
        case "new":
            changed.action("NewSession").trigger()
        case "open":
            changed.action("OpenSession").trigger()
        case "close":
            changed.window.close()
    stays = chosen is Answer.CANCEL
    assert asked == ["work"]
    assert load_session(tmp_path / "work.descent").run.last == (4 if chosen is Answer.SAVE else 3)
    if way == "close":
        assert changed.window.isVisible() is stays
        return
    changed.settle()
    name, iteration = {"new": ("Untitled", 0)}.get(way, ("other", 3))
    assert title(changed) == f"{'work' if stays else name}[*] – Descent Lab"
    assert changed.iteration == (4 if stays else iteration)
    assert is_marked(changed) is stays


def test_where_saving_fails_the_window_stays(
    changed: Lab, tmp_path: Path, answer: Callable[[Lab, Answer], list[str]]
) -> None:
    answer(changed, Answer.SAVE)
    (tmp_path / "work.descent").unlink()
    (tmp_path / "work.descent").mkdir()
    changed.window.close()
    assert changed.window.isVisible() and is_marked(changed)
    assert changed.status == "work.descent is a folder, not a file."


def test_nothing_is_asked_where_nothing_would_be_lost(
    lab: Lab, answer: Callable[[Lab, Answer], list[str]]
) -> None:
    asked = answer(lab, Answer.CANCEL)
    lab.action("NewSession").trigger()
    lab.window.close()
    assert not asked and not lab.window.isVisible()


def test_a_new_session_is_that_of_a_new_window(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.fill("hiddenLayersEdit", "7")
    lab.action("Run").trigger()
    lab.wait_for_iterations(5)
    lab.press(Qt.Key.Key_N, CONTROL)
    lab.settle()
    assert (lab.dataset.title, lab.sizes, lab.iteration, lab.is_running) == ("Moons", "2-4-1", 0, False)
    assert lab.text_of("hiddenLayersEdit") == "4" and not lab.action("Undo").isEnabled()


@pytest.mark.parametrize(
    ("button", "chosen"),
    [
        (QMessageBox.StandardButton.Save, Answer.SAVE),
        (QMessageBox.StandardButton.Discard, Answer.DISCARD),
        (QMessageBox.StandardButton.Cancel, Answer.CANCEL),
        (None, Answer.CANCEL),
    ],
)
def test_the_question_has_three_answers(
    lab: Lab, button: QMessageBox.StandardButton | None, chosen: Answer
) -> None:
    said: list[str] = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox) and box.objectName() == "unsavedQuestion"
        said.append(box.text())
        if button is None:
            box.reject()
        else:
            found = box.button(button)
            assert isinstance(found, QPushButton)
            found.click()

    QTimer.singleShot(50, reply)
    assert asking(lab.window)("work") is chosen
    assert said == ["Save the changes in work?"]


def test_open_by_the_key_during_a_run(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.run()
    lab.wait_for_iterations(5)
    open_as(tmp_path / "work.descent")
    lab.press(Qt.Key.Key_O, CONTROL | SHIFT)
    lab.settle()
    assert lab.iteration == 0 and not lab.is_running
    assert "work opened: a 2-4-1 network, 400 points, iteration 0" in lab.status


def test_a_session_opened_twice_is_the_same_file(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.step(2)
    save_as(tmp_path / "work.descent")
    save(lab)
    open_session(lab, tmp_path / "work.descent")
    lab.step()
    save(lab)
    assert load_session(tmp_path / "work.descent").run.last == 3


def test_a_change_just_before_saving_lets_go_of_the_weights_it_does_not_fit(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.window.playback.use_weights(Weights.of(lab.frame.experiment, lab.frame.state))  # type: ignore[attr-defined]
    lab.settle()
    lab.window.document.change(hidden=(5,))  # type: ignore[attr-defined]
    save_as(tmp_path / "work.descent")
    save(lab)  # before the thread was told
    session = load_session(tmp_path / "work.descent")
    assert session.start is None and session.run.experiment.network.sizes == (2, 5, 1)
    assert not is_marked(lab)


@pytest.mark.parametrize("fails", [False, True])
def test_a_saving_under_way_is_noticed_before_another_session_begins(
    lab: Lab,
    tmp_path: Path,
    save_as: Callable[..., list[str]],
    answer: Callable[[Lab, Answer], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
) -> None:
    other, work = tmp_path / "other.descent", tmp_path / "folder" / "work.descent"
    save_as(other)
    save(lab)
    lab.action("NewSession").trigger()
    lab.settle()
    lab.click(lab.inside(0.5, 0.5), LEFT)
    lab.settle()
    begun, may_write = threading.Event(), threading.Event()

    def slowly(path: Path, session: Session) -> None:
        begun.set()
        may_write.wait()
        save_session(path, session)

    monkeypatch.setattr(writer, "save_session", slowly)
    if not fails:
        work.parent.mkdir()
    save_as(work)
    asked = answer(lab, Answer.CANCEL)
    lab.action("SaveSession").trigger()
    assert begun.wait(10)
    threading.Timer(0.1, may_write.set).start()
    open_session(lab, other)
    if fails:
        assert asked == ["Untitled"] and lab.dataset.m == 401 and is_marked(lab)
    else:
        lab.wait(lambda: lab.dataset.m == 400)
        assert not asked and title(lab) == "other[*] – Descent Lab" and load_session(work).dataset.m == 401


def test_the_file_that_changes_were_just_saved_to_opens_with_them(
    changed: Lab, tmp_path: Path, answer: Callable[[Lab, Answer], list[str]]
) -> None:
    asked = answer(changed, Answer.SAVE)
    open_session(changed, tmp_path / "work.descent")
    assert asked == ["work"] and changed.iteration == 4 and not is_marked(changed)
    answer(changed, Answer.DISCARD)
    changed.step()
    open_session(changed, tmp_path / "work.descent")
    assert changed.iteration == 4 and not is_marked(changed)


def test_back_at_the_same_iteration_by_another_way_it_is_another_session(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.step(3)
    save_as(tmp_path / "work.descent")
    save(lab)
    lab.fill("learningRateSpin", "2")
    lab.step(3)
    act(lab, "Reset", "Undo")
    lab.step(3)
    assert lab.iteration == 3
    assert is_marked(lab)
    save(lab)
    lab.wait(lambda: not is_marked(lab))
