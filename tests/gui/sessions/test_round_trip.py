"""A session that is saved and opened, in another window, is the same to the last bit, and goes on the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gui.driving import Lab
from tests.gui.sessions.working import READOUTS, act, live, open_session, save, seen


@pytest.fixture
def lived(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Lab:
    """A window that was worked in and whose session was saved as `work.descent`, looking back."""
    live(lab)
    save_as(tmp_path / "work.descent")
    save(lab)
    return lab


def test_everything_is_the_same_in_another_window(
    lived: Lab, open_lab: Callable[..., Lab], tmp_path: Path
) -> None:
    before = seen(lived)
    assert lived.frame.looks_back and len(lived.frame.marks) == 3
    other = open_lab()
    open_session(other, tmp_path / "work.descent")
    assert seen(other) == before
    assert "work" in other.status or "as it was" in other.status
    for lab in (lived, other):
        act(lab, "Last", *["Step"] * 9)
    assert seen(other) == seen(lived)
    for lab in (lived, other):
        act(lab, "First")
    assert seen(other) == seen(lived)


def test_reset_and_painting_go_on_the_same(lived: Lab, open_lab: Callable[..., Lab], tmp_path: Path) -> None:
    other = open_lab()
    open_session(other, tmp_path / "work.descent")
    for lab in (lived, other):
        act(lab, "Last")
        lab.click(lab.inside(0.4, 0.6), Qt.MouseButton.LeftButton)
        lab.settle()
        act(lab, *["Step"] * 3)
    assert seen(other) == seen(lived)
    assert other.dataset.ids.tolist() == lived.dataset.ids.tolist()
    for lab in (lived, other):
        act(lab, "Reset", *["Step"] * 3)
    assert [other.value(name) for name in READOUTS] == [lived.value(name) for name in READOUTS]


def test_it_opens_during_a_run_and_is_paused(lived: Lab, tmp_path: Path) -> None:
    before = seen(lived)
    lived.press(Qt.Key.Key_R)
    lived.run()
    lived.wait_for_iterations(20)
    open_session(lived, tmp_path / "work.descent")
    assert not lived.is_running and seen(lived) == before
    assert not lived.action("Undo").isEnabled()


def test_a_table_need_not_be_there_any_more(
    lab: Lab,
    open_lab: Callable[..., Lab],
    tmp_path: Path,
    penguins: Path,
    save_as: Callable[..., list[str]],
) -> None:
    table = tmp_path / "birds.csv"
    table.write_bytes(penguins.read_bytes())
    lab.drop(table, lab.window)
    lab.settle()
    lab.click(lab.inside(0.5, 0.5), Qt.MouseButton.LeftButton)
    lab.settle()
    act(lab, *["Step"] * 5)
    save_as(tmp_path / "work.descent")
    save(lab)
    before = seen(lab)
    table.unlink()
    other = open_lab()
    open_session(other, tmp_path / "work.descent")
    assert seen(other) == before
    assert other.find("datasetCombo").currentText() == "birds.csv"  # type: ignore[attr-defined]
    other.action("ImportOptions").trigger()
    assert other.status.startswith("birds.csv: the file cannot be read (no such file")
    table.write_bytes(penguins.read_bytes())
    other.action("ImportOptions").trigger()
    other.answer()
    assert other.dataset.title == "birds" and other.dataset.m == 219


def test_another_sessions_pasted_points_are_not_mistaken_for_these(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    document = lab.window.document  # type: ignore[attr-defined]
    document.paste("x,y,c\n1,2,a\n2,1,b\n3,1,b\n")
    lab.settle()
    save_as(tmp_path / "work.descent")
    lab.action("SaveSession").trigger()
    lab.wait(lambda: "saved as" in lab.status)
    lab.action("NewSession").trigger()
    document.paste("x,y,c\n9,9,a\n8,8,b\n")
    lab.settle()
    open_session(lab, tmp_path / "work.descent")
    lab.action("ImportOptions").trigger()
    assert "pasted points" in lab.status and lab.dataset.m == 3
