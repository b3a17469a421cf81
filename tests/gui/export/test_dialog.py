"""The dialog that asks how a plot is to be taken away, driven by its controls."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDoubleSpinBox, QLabel, QPushButton

from gui.export.preview import PicturePreview
from gui.theme import DARK, LIGHT, PRINT
from tests.gui.driving import Lab
from tests.gui.export.images import colours, near
from tests.gui.plots import LEFT
from tests.gui.test_names import is_a_sentence

SaveAs = Callable[..., list[str]]


def button(dialog: QDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, f"export{name}Button")
    assert isinstance(found, QPushButton)
    return found


def preview(lab: Lab) -> PicturePreview:
    """Return the preview, once it shows what is chosen."""
    shown = lab.find("exportPreview", PicturePreview)
    before = shown.image, shown.text
    lab.wait(lambda: (shown.image, shown.text) != before)
    return shown


def test_every_control_has_its_name_and_teaches(trained: Lab) -> None:
    dialog = trained.export_dialog("cost")
    for name in ("View", "Format", "Theme", "Unit", "Scale"):
        combo = trained.find(f"export{name}Combo", QComboBox)
        assert combo.accessibleName() and is_a_sentence(combo.toolTip())
    for name in ("Width", "Height"):
        spin = trained.find(f"export{name}Spin", QDoubleSpinBox)
        assert spin.accessibleName() and is_a_sentence(spin.toolTip())
    assert is_a_sentence(trained.find("exportTransparentCheck", QCheckBox).toolTip())
    for name in ("Save", "Copy", "Close", "AsSeen"):
        assert is_a_sentence(button(dialog, name).toolTip())
    assert trained.find("exportViewCombo", QComboBox).currentData() == "cost"
    size = trained.plot("cost").size()
    assert trained.find("exportWidthSpin", QDoubleSpinBox).value() == size.width()
    assert trained.find("exportHeightSpin", QDoubleSpinBox).value() == size.height()
    trained.close_export()


def test_the_preview_shows_the_plot_in_the_chosen_colours(trained: Lab) -> None:
    trained.export_dialog("boundary")
    for theme in (LIGHT, DARK, PRINT):
        trained.choose("exportThemeCombo", theme.name)
        image = preview(trained).image
        assert image is not None and colours(image) > 50
        assert image.pixelColor(1, 1).name().upper() == theme.window
        assert near(image, theme.text) > 100, "the line"
    room = trained.find("exportPreview", PicturePreview).room
    assert image.width() <= room.width() and image.height() <= room.height()
    trained.close_export()


def test_a_size_in_millimetres_is_that_of_the_file_and_its_width_that_of_other_plots(
    trained: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    trained.export_dialog("cost")
    trained.choose("exportFormatCombo", ".svg")
    trained.choose("exportUnitCombo", "millimetres")
    trained.find("exportProportionsCheck", QCheckBox).setChecked(False)
    trained.find("exportWidthSpin", QDoubleSpinBox).setValue(127)
    trained.find("exportHeightSpin", QDoubleSpinBox).setValue(84.7)
    proposed = save_as(tmp_path / "plot")
    trained.answer_export()
    assert Path(proposed[0]).name == "cost.svg", "the chosen kind comes first"
    root = ElementTree.fromstring((tmp_path / "plot.svg").read_bytes())
    assert root.attrib["viewBox"] == "0 0 480 320"
    assert float(root.attrib["width"].removesuffix("mm")) == pytest.approx(127, abs=0.01)
    assert "plot.svg" in trained.status
    dialog = trained.export_dialog("boundary")
    assert trained.find("exportFormatCombo", QComboBox).currentData() == ".svg"
    assert trained.find("exportWidthSpin", QDoubleSpinBox).value() == 127
    QTest.mouseClick(button(dialog, "AsSeen"), LEFT)
    assert trained.find("exportUnitCombo", QComboBox).currentData() == "millimetres"
    seen = trained.plot("boundary").width() * 25.4 / 96
    assert trained.find("exportWidthSpin", QDoubleSpinBox).value() == pytest.approx(seen, abs=0.05)
    trained.close_export()


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_plot_and_the_whole_window_are_saved_in_every_kind(
    trained: Lab, tmp_path: Path, save_as: SaveAs, ending: str, begins: bytes
) -> None:
    for name in ("activation", "window"):
        trained.export_dialog("activation")
        trained.choose("exportViewCombo", name)
        trained.choose("exportFormatCombo", ending)
        save_as(tmp_path / name)
        trained.answer_export()
        assert (tmp_path / f"{name}{ending}").read_bytes().startswith(begins)
    if ending == ".png":
        image = QImage(str(tmp_path / "window.png"))
        assert image.size() == trained.window.size() * 2
        assert near(image, LIGHT.classes[1]) > 500, "the points of the boundary"


def test_a_transparent_picture_and_its_size_reach_the_file_and_the_clipboard(
    trained: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    dialog = trained.export_dialog("cost")
    trained.choose("exportScaleCombo", 3)  # type: ignore[arg-type]
    trained.find("exportTransparentCheck", QCheckBox).setChecked(True)
    trained.find("exportProportionsCheck", QCheckBox).setChecked(False)
    trained.find("exportWidthSpin", QDoubleSpinBox).setValue(400)
    trained.find("exportHeightSpin", QDoubleSpinBox).setValue(300)
    assert "1,200 × 900 pixels" in (preview(trained), trained.find("exportNote", QLabel).text())[1]
    QTest.mouseClick(button(dialog, "Copy"), LEFT)
    copied = QGuiApplication.clipboard().image()
    save_as(tmp_path / "clear.png")
    trained.answer_export()
    saved = QImage(str(tmp_path / "clear.png"))
    for image in (copied, saved):
        assert image.size() == QSize(1200, 900)
        assert image.pixelColor(1, 1).alpha() == 0
    assert saved.dotsPerMeterX() == round(3 * 96 / 0.0254)


def test_the_data_is_previewed_copied_and_saved_and_the_window_has_none(
    trained: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    dialog = trained.export_dialog("cost")
    trained.choose("exportFormatCombo", ".csv")
    assert preview(trained).text.startswith("iteration,train_cost")
    QTest.mouseClick(button(dialog, "Copy"), LEFT)
    assert QGuiApplication.clipboard().text().count("\n") == 402
    trained.choose("exportViewCombo", "window")
    assert not button(dialog, "Save").isEnabled()
    assert "no table" in preview(trained).text
    trained.close_export()
    proposed = save_as(tmp_path / "costs")
    trained.picture_entry("cost", "Save data").trigger()
    assert Path(proposed[0]).name == "cost.csv"
    assert (tmp_path / "costs.csv").read_text().count("\n") == 402
    assert "costs.csv" in trained.status


def test_what_cannot_be_written_is_said_and_the_old_file_stays(
    trained: Lab, tmp_path: Path, save_as: SaveAs, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    def fail(number: int) -> Callable[..., object]:
        def fsync(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        return fsync

    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "old.svg").write_text("precious")
    for name, number, words in (
        ("folder.svg", 0, "directory"),
        ("old.jpg", 0, "must end in one of .png, .svg, .pdf, .csv."),
        ("old.svg", errno.ENOSPC, "No space left"),
        ("old.svg", errno.EACCES, "Permission denied"),
    ):
        with subtests.test(name, number=number), monkeypatch.context() as patched:
            if number:
                patched.setattr(os, "fsync", fail(number))
            dialog = trained.export_dialog("cost")
            save_as(tmp_path / name)
            QTest.mouseClick(button(dialog, "Save"), LEFT)
            said = trained.find("exportMessage", QLabel).text()
            assert dialog.isVisible() and name in said and words in said
            assert said.endswith(".") and trained.status == said
            trained.close_export()
            assert (tmp_path / "old.svg").read_text() == "precious"
            assert sorted(each.name for each in tmp_path.glob("*.*")) == ["folder.svg", "old.svg"]


def test_settings_that_make_no_sense_are_the_usual_ones(trained: Lab) -> None:
    settings = QSettings()
    for name, value in (("format", ".doc"), ("theme", "pink")):
        settings.setValue(f"picture/{name}", value)
    trained.export_dialog("cost")
    assert trained.find("exportFormatCombo", QComboBox).currentData() == ".png"
    assert trained.find("exportThemeCombo", QComboBox).currentData() == "screen"
    assert trained.find("exportWidthSpin", QDoubleSpinBox).value() == trained.plot("cost").width()
    trained.close_export()


def test_the_training_goes_on_behind_the_dialog_and_the_picture_is_that_of_the_title(
    lab: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    dialog = lab.export_dialog("cost")
    lab.choose("exportFormatCombo", ".csv")
    lab.wait_for_iterations(50)
    save_as(tmp_path / "costs.csv")
    title = dialog.windowTitle()
    lab.answer_export()
    assert lab.is_running
    last = (tmp_path / "costs.csv").read_text().splitlines()[-1].split(",")[0]
    assert f"iteration {int(last):,}" in title


def test_the_dialog_stays_open_and_says_what_was_saved_and_where(
    trained: Lab, tmp_path: Path, save_as: SaveAs
) -> None:
    dialog = trained.export_dialog("cost")
    for ending in (".png", ".svg", ".csv"):
        trained.choose("exportFormatCombo", ending)
        save_as(tmp_path / f"mine{ending}")
        QTest.mouseClick(button(dialog, "Save"), LEFT)
        said = trained.find("exportMessage", QLabel).text().replace("\u200b", "")
        assert said == f"Saved as mine{ending} in {tmp_path}."
        assert dialog.isVisible() and (tmp_path / f"mine{ending}").stat().st_size > 500
    trained.close_export()
