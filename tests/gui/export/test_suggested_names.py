"""What the save dialogs suggest: names and folders of the session, and views that have something to show."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog

from gui.views.weight_image import NO_PIXELS
from tests.gui.driving import Lab
from tests.gui.sessions.working import save

SaveAs = Callable[..., list[str]]


def suggested(lab: Lab, save_as: SaveAs) -> list[str]:
    """Return the places that the dialogs suggest, in the order of the menu."""
    asked = save_as(None)
    lab.save_picture("cost")
    for name in ("SaveData", "ExportReport", "ExportWeights", "ExportScript"):
        lab.action(name).trigger()
    return asked


def test_names_begin_as_the_sessions_and_lie_beside_it(lab: Lab, tmp_path: Path, save_as: SaveAs) -> None:
    (tmp_path / "other").mkdir()
    save_as(tmp_path / "work.descent")
    save(lab)
    save_as(tmp_path / "other" / "w.npz")
    lab.action("ExportWeights").trigger()
    names = ["cost.png", "points.csv", "report.html", "weights.npz", "run.py"]
    assert suggested(lab, save_as) == [str(tmp_path / f"work-{name}") for name in names]
    asked = save_as(None)
    lab.action("SaveSessionAs").trigger()
    assert asked == [str(tmp_path / "work.descent")]


def test_without_a_session_it_is_the_folder_used_last_and_at_first_the_documents(
    lab: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert suggested(lab, save_as)[0] == str(Path(documents) / "cost.png")
    save_as(tmp_path / "w.npz")
    lab.action("ExportWeights").trigger()
    assert suggested(lab, save_as)[0] == str(tmp_path / "cost.png")


@pytest.mark.parametrize("entry", ["Save picture", "Copy picture", "Save data"])
def test_a_view_with_nothing_to_show_is_no_picture(lab: Lab, save_as: SaveAs, entry: str) -> None:
    asked = save_as(None)
    QGuiApplication.clipboard().clear()
    lab.picture_entry("weightImage", entry).trigger()
    assert lab.status == NO_PIXELS
    assert not asked and QGuiApplication.clipboard().image().isNull()
    assert not lab.window.findChildren(QDialog, "exportDialog")


def test_it_is_offered_for_pixels_alone(lab: Lab) -> None:
    for data, offered in (("moons", False), ("digits", True)):
        lab.choose("datasetCombo", data)
        lab.settle()
        lab.export_dialog("cost")
        assert (lab.find("exportViewCombo", QComboBox).findData("weightImage") >= 0) == offered
        lab.close_export()


def test_the_key_says_which_plot_it_saves(lab: Lab) -> None:
    assert "used last" in lab.action("ExportPlot").toolTip()
