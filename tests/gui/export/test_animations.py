"""An animation made from the window, while the window lives on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton

from engine.training.series import frames, history_of
from gui.export.easel import Easel
from gui.export.pictures import VIEWS
from gui.theme import DARK, LIGHT
from tests.gui.driving import Lab
from tests.gui.plots import LEFT


def open_dialog(lab: Lab, **values: str) -> QDialog:
    """Open the dialog and type over some of its numbers."""
    lab.action("ExportAnimation").trigger()
    dialog = lab.find("animationDialog", QDialog)
    lab.wait(dialog.isVisible)
    for name, text in values.items():
        lab.fill(f"animation{name}Spin", text)
    return dialog


def press(lab: Lab, name: str) -> None:
    QTest.mouseClick(lab.find(name, QPushButton), LEFT)


def refusal(lab: Lab) -> str:
    return lab.find("animationRefusal").text()  # type: ignore[attr-defined]


def summary(lab: Lab) -> str:
    return lab.find("animationSummary").text()  # type: ignore[attr-defined]


def seen(path: Path) -> list[np.ndarray]:
    """Return the pictures of a file."""
    with Image.open(path) as read:
        pictures = []
        for place in range(read.n_frames):
            read.seek(place)
            pictures.append(np.asarray(read.convert("RGB")).astype(int))
    return pictures


def test_the_pictures_are_those_of_the_runs_own_iterations(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    path = tmp_path / "run.gif"
    proposed = save_as(path)
    dialog = open_dialog(trained, Frames="9", Width="400", Height="320")
    press(trained, "animationSaveButton")
    trained.wait(lambda: not dialog.isVisible())
    assert Path(proposed[0]).name == "boundary.gif"
    assert (
        trained.status == f"Animation saved as run.gif, {path.stat().st_size / 2**20:.1f} MB, in {tmp_path}."
    )
    pictures = seen(path)
    assert len(pictures) == 9 and pictures[0].shape == (320, 400, 3)
    kept: list = []
    trained.window.playback.keep(kept.append)  # type: ignore[attr-defined]
    trained.wait(lambda: kept)
    view = trained.window.views["boundary"]  # type: ignore[attr-defined]
    first, last = frames(history_of(kept[0]), [0, 400])
    with Easel("boundary", view.theme, QSize(400, 320), last, view) as easel:
        for frame, picture in ((first, pictures[0]), (last, pictures[-1])):
            far = np.abs(easel.draw(frame).astype(int) - picture)
            assert far.mean() < 2.0, "but for the fewer colours of a GIF"
    assert np.abs(pictures[0] - pictures[-1]).mean() > 4.0


def test_the_axes_stay_while_the_curve_grows(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    path = tmp_path / "cost.gif"
    save_as(path)
    dialog = open_dialog(trained, Frames="5")
    trained.choose("animationViewCombo", "cost")
    trained.choose("animationThemeCombo", "dark")
    press(trained, "animationSaveButton")
    trained.wait(lambda: not dialog.isVisible())
    pictures = seen(path)
    left = [picture[:400, :44] for picture in pictures]  # the numbers at the axis
    assert all(np.array_equal(left[0], each) for each in left)
    ink = [
        int((np.abs(picture[40:400, 60:] - picture[42, 620]).sum(axis=2) > 60).sum()) for picture in pictures
    ]
    assert ink == sorted(ink) and ink[0] < ink[-1] / 4
    assert np.abs(pictures[0][2, 630] - np.array([0x14, 0x17, 0x1C])).max() < 6


def test_training_goes_on_while_pictures_are_drawn(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    path = tmp_path / "run.gif"
    save_as(path)
    dialog = open_dialog(trained, Frames="60", To="400")
    trained.action("Run").trigger()
    trained.wait_for_iterations(1)
    before = trained.iteration
    press(trained, "animationSaveButton")
    trained.wait(lambda: not dialog.isVisible())
    assert trained.is_running and trained.iteration > before
    assert len(seen(path)) == 60


def test_cancelling_leaves_the_old_file_and_no_half_one(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    path = folder / "run.gif"
    path.write_bytes(b"old")
    save_as(path)
    dialog = open_dialog(trained, Frames="400")
    press(trained, "animationSaveButton")
    progress = trained.find("animationProgress")
    trained.wait(lambda: progress.value() >= 3)  # type: ignore[attr-defined]
    assert "left" in trained.find("animationSummary").text()  # type: ignore[attr-defined]
    assert not trained.find("animationSaveButton").isEnabled()
    press(trained, "animationCloseButton")
    trained.wait(lambda: trained.window.takeaway._shooting is None)  # type: ignore[attr-defined]
    assert path.read_bytes() == b"old" and list(folder.iterdir()) == [path]
    assert refusal(trained) == "Cancelled: no animation is written."
    assert dialog.isVisible() and trained.find("animationSaveButton").isEnabled(), "back at the choices"
    assert trained.find("animationFramesSpin").value() == 400  # type: ignore[attr-defined]
    press(trained, "animationCloseButton")
    assert not dialog.isVisible()


def test_cancelling_before_the_first_picture_is_no_less_heard(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    save_as(folder / "run.gif")
    dialog = open_dialog(trained, Frames="4")
    press(trained, "animationSaveButton")
    assert trained.window.takeaway._shooting is None, "the run is still to come"  # type: ignore[attr-defined]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert refusal(trained) == "Cancelled: no animation is written." and dialog.isVisible()
    save_as(folder / "other.gif")
    press(trained, "animationSaveButton")
    trained.wait(lambda: not dialog.isVisible())
    assert [each.name for each in folder.iterdir()] == ["other.gif"]


def test_it_opens_again_where_it_was_left(trained: Lab) -> None:
    dialog = open_dialog(trained)
    handle = dialog.windowHandle()
    assert handle is not None
    handle.setFramePosition(QPoint(31, 47))  # as a window system does for the person
    trained.wait(lambda: dialog.pos() == QPoint(31, 47))
    size = dialog.size()
    press(trained, "animationCloseButton")
    open_dialog(trained)
    assert (dialog.pos(), dialog.size()) == (QPoint(31, 47), size)


def test_closing_the_window_ends_what_is_under_way(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    save_as(folder / "run.gif")
    open_dialog(trained, Frames="400")
    press(trained, "animationSaveButton")
    trained.wait(lambda: trained.find("animationProgress").value() >= 3)  # type: ignore[attr-defined]
    trained.close()
    assert not list(folder.iterdir())


def test_a_picture_that_cannot_be_drawn_ends_it_with_a_sentence(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("too large")

    save_as(tmp_path / "run.gif")
    dialog = open_dialog(trained, Frames="30")
    monkeypatch.setattr(Easel, "draw_in_pieces", fail)
    press(trained, "animationSaveButton")
    trained.wait(lambda: refusal(trained))
    assert refusal(trained) == "run.gif could not be made: MemoryError: too large."
    assert dialog.isVisible() and not (tmp_path / "run.gif").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("run.avi", "run.avi must end in one of .gif, .mp4."),
        ("none/run.gif", "run.gif could not be written: "),
    ],
)
def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], name: str, words: str
) -> None:
    save_as(tmp_path / name)
    dialog = open_dialog(trained, Frames="3")
    press(trained, "animationSaveButton")
    trained.wait(lambda: refusal(trained))
    assert words in refusal(trained)
    assert dialog.isVisible() and trained.find("animationSaveButton").isEnabled()


def test_a_range_that_is_none_is_refused(trained: Lab, save_as: Callable[..., list[str]]) -> None:
    asked = save_as(None)
    open_dialog(trained, From="300", To="200")
    press(trained, "animationSaveButton")
    assert refusal(trained) == "From iteration 300 must be before the last one, 200."
    trained.fill("animationFromSpin", "600")
    trained.fill("animationToSpin", "900")
    assert summary(trained) == "No pictures"
    press(trained, "animationSaveButton")
    assert refusal(trained) == "To iteration 900 is beyond the last one, 400."
    trained.fill("animationRateSpin", "70")
    assert refusal(trained) == "Pictures a second 70 is outside [1, 50]."
    assert asked == []


def test_without_a_run_there_is_nothing_to_show(lab: Lab, save_as: Callable[..., list[str]]) -> None:
    asked = save_as(None)
    open_dialog(lab)
    press(lab, "animationSaveButton")
    assert refusal(lab) == "There is nothing to show yet: Space runs."
    assert asked == []


def test_the_dialog_begins_with_the_view_used_last_and_the_windows_theme(trained: Lab) -> None:
    trained.window.views["cost"].plot.setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]
    open_dialog(trained)
    assert trained.find("animationViewCombo", QComboBox).currentData() == "cost"
    theme = trained.window.theme  # type: ignore[attr-defined]
    assert theme in (LIGHT, DARK)
    assert trained.find("animationThemeCombo", QComboBox).currentData() == theme.name
    assert summary(trained) == "200 pictures of iterations 0 to 400, 12.0 s"
    trained.fill("animationFramesSpin", "1")
    assert summary(trained) == "1 picture of iteration 400, 2.0 s"


def test_a_view_that_has_nothing_to_show_is_refused(trained: Lab, save_as: Callable[..., list[str]]) -> None:
    asked = save_as(None)
    open_dialog(trained)
    trained.choose("animationViewCombo", "weightImage")
    press(trained, "animationSaveButton")
    assert refusal(trained) == VIEWS["weightImage"].why_empty(trained.dataset) != ""
    assert asked == []


def test_a_file_that_is_gone_at_once_was_saved_all_the_same(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    path = tmp_path / "run.gif"
    save_as(path)
    dialog = open_dialog(trained, Frames="2")
    dialog.finished.connect(lambda _: path.unlink())
    press(trained, "animationSaveButton")
    trained.wait(lambda: not dialog.isVisible())
    assert trained.status == f"Animation saved as run.gif, in {tmp_path}."
