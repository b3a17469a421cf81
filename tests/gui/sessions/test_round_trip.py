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
