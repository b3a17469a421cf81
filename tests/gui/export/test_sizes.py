"""Sizes of pictures: as typed, in range, in proportion, and small without anything cut off."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QPushButton

from engine.files.atomic import FileError
from engine.files.plots import DPI, PlotStyle
from engine.training.commands import Frame
from engine.training.history import History
from engine.training.spec import Spec
from gui import settings
from gui.export.formats import FORMATS
from gui.export.pictures import LEAST, SIZES, VIEWS, Picture, image_of
from gui.export.plotter import OffscreenPlotter
from gui.theme import LIGHT
from tests.gui.driving import Lab
from tests.gui.export.frames import frame_for, frame_of
from tests.gui.export.images import pixels
from tests.gui.export.test_vectors import assert_alike
from tests.gui.plots import LEFT

MILLIMETRE = DPI / 25.4  # points
SaveAs = Callable[..., list[str]]


def sides(lab: Lab) -> tuple[QDoubleSpinBox, QDoubleSpinBox]:
    return lab.find("exportWidthSpin", QDoubleSpinBox), lab.find("exportHeightSpin", QDoubleSpinBox)


def type_in(field: QDoubleSpinBox, text: str) -> None:
    """Type as a person does, and confirm it."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def of_size(view: str, width: float, height: float, captioned: bool = False) -> Picture:
    return Picture(view, frame_for(view), LIGHT, size=QSizeF(width, height), captioned=captioned)


@pytest.mark.parametrize(("width", "height"), [(60, 45), (85, 63.7), (127, 120)])
@pytest.mark.parametrize("view", ["boundary", "cost"])
def test_sizes_in_millimetres_are_exact(
    qapp: QApplication, tmp_path: Path, view: str, width: float, height: float
) -> None:
    picture = of_size(view, width * MILLIMETRE, height * MILLIMETRE)
    root = ElementTree.fromstring(FORMATS[".svg"].write(picture, 1.0))
    found = [float(root.attrib[side].removesuffix("mm")) for side in ("width", "height")]
    assert found == pytest.approx([width, height], abs=2e-3)
    page = re.search(rb"/MediaBox \[([^]]+)\]", FORMATS[".pdf"].write(picture, 1.0))
    assert page is not None
    left, bottom, right, top = (float(each) * 25.4 / 72 for each in page[1].split())
    assert (right - left, top - bottom) == pytest.approx((width, height), abs=0.01)
    (tmp_path / "a.png").write_bytes(FORMATS[".png"].write(picture, 4.0))
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() / image.dotsPerMeterX() * 1000 == pytest.approx(width, rel=1e-3)
    assert image.height() / image.dotsPerMeterY() * 1000 == pytest.approx(height, rel=1e-3)


@pytest.mark.parametrize("view", [name for name in VIEWS if not VIEWS[name].grows])
def test_a_small_picture_is_a_larger_one_made_smaller(qapp: QApplication, view: str) -> None:
    least = LEAST[view].toSizeF()
    whole = image_of(of_size(view, least.width(), least.height()), 1.0)
    half = image_of(of_size(view, least.width() / 2, least.height() / 2), 2.0)
    assert half.size() == whole.size() == LEAST[view]
    assert np.abs(pixels(half) - pixels(whole)).mean() < 0.5
    (svg, small) = (
        ElementTree.fromstring(FORMATS[".svg"].write(of_size(view, *size), 1.0))
        for size in (least.toTuple(), (least / 2).toTuple())
    )
    assert small.attrib["viewBox"] == svg.attrib["viewBox"]
    assert float(small.attrib["width"][:-2]) == pytest.approx(float(svg.attrib["width"][:-2]) / 2, abs=0.01)


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm (poppler-utils) is not installed")
@pytest.mark.parametrize("view", ["boundary", "activation", "cost", "surface"])
def test_another_program_draws_a_small_pdf_as_the_png(qapp: QApplication, tmp_path: Path, view: str) -> None:
    picture = of_size(view, 60 * MILLIMETRE, 45 * MILLIMETRE)
    (tmp_path / "a.pdf").write_bytes(FORMATS[".pdf"].write(picture, 1.0))
    subprocess.run(
        ["pdftoppm", "-r", "192", "-png", "-singlefile", tmp_path / "a.pdf", tmp_path / "a"], check=True
    )
    assert_alike(QImage(str(tmp_path / "a.png")), image_of(picture, 2.0), far=0.03)


def test_sizes_in_pixels_are_exact_at_every_scale(qapp: QApplication) -> None:
    for scale in (1, 2, 4):
        assert image_of(of_size("boundary", 320, 240), scale).size() == QSize(320, 240) * scale


def test_a_view_that_grows_keeps_its_proportions_where_it_is_narrow(qapp: QApplication) -> None:
    wide = image_of(of_size("step", LEAST["step"].width(), 100), 1.0)
    narrow = image_of(of_size("step", LEAST["step"].width() / 2, 100), 2.0)
    assert narrow.size() == wide.size()
    assert wide.height() > 800


@pytest.fixture(scope="module")
def deep() -> Frame:
    return frame_of(Spec(samples=40, hidden=(8,) * 5), 3)


def test_a_sheet_of_a_deep_network_is_drawn_to_its_end(qapp: QApplication, deep: Frame) -> None:
    picture = Picture("step", deep, LIGHT)
    image = image_of(picture, 2.0)
    assert image.height() > 16_000
    tail = pixels(image)[-300:]
    assert (tail != tail[-1, -1]).any(), "it ends with words"
    drawing = ElementTree.fromstring(FORMATS[".svg"].write(picture, 1.0))
    assert float(drawing.attrib["viewBox"].split()[3]) == image.height() / 2
    with pytest.raises(FileError, match="pixels high, and 32,767 is the most: choose fewer"):
        image_of(picture, 4.0)


def test_a_picture_with_too_many_pixels_is_told_before_it_is_saved_or_copied(
    lab: Lab, save_as: SaveAs
) -> None:
    lab.fill("hiddenLayersEdit", "8,8,8,8,8")
    lab.settle()
    lab.step()
    dialog = lab.export_dialog("cost")
    lab.choose("exportViewCombo", "step")
    message = lab.find("exportMessage", QLabel)
    for scale, told in ((2, False), (4, True)):
        lab.find("exportScaleCombo", QComboBox).setCurrentIndex(scale - 1)
        lab.wait(lambda: "pixels" in lab.find("exportNote", QLabel).text())
        lab.wait(lambda told=told: ("pixels high" in message.text()) is told)
    button = dialog.findChild(QPushButton, "exportCopyButton")
    message.clear()
    QTest.mouseClick(button, LEFT)
    assert "pixels high, and 32,767 is the most" in message.text()
    lab.close_export()


def test_a_caption_stands_below_within_the_size(qapp: QApplication) -> None:
    plain, told = (image_of(of_size("cost", 640, 420, captioned), 1.0) for captioned in (False, True))
    assert plain.size() == told.size() == QSize(640, 420)
    strip = (pixels(told)[392:] != pixels(told)[-1, 0]).any(axis=2)
    assert strip[:, :200].any() and strip[:, 300:].any(), "iteration on the left, scores on the right"
    words = FORMATS[".svg"].write(of_size("cost", 640, 420, True), 1.0).decode()
    assert 'aria-label="iteration 300"' in words and "test cost" in words
    assert "iteration 300" not in FORMATS[".svg"].write(of_size("cost", 640, 420), 1.0).decode()


def test_what_is_typed_stays_as_it_is_and_the_other_side_follows(trained: Lab) -> None:
    trained.export_dialog("cost")
    width, height = sides(trained)
    ratio = height.value() / width.value()
    trained.choose("exportUnitCombo", "millimetres")
    for typed in (60, 85, 127.5):
        type_in(width, str(typed))
        assert width.value() == typed
        assert height.value() == pytest.approx(typed * ratio, abs=0.051)
    type_in(height, "60")
    assert (height.value(), width.value()) == (60, pytest.approx(60 / ratio, abs=0.051))
    trained.find("exportProportionsCheck", QCheckBox).setChecked(False)
    type_in(width, "200")
    assert (width.value(), height.value()) == (200, 60)
    trained.find("exportProportionsCheck", QCheckBox).setChecked(True)
    type_in(width, "100")
    assert height.value() == 30
    trained.close_export()


@pytest.mark.parametrize(
    ("unit", "typed", "words"),
    [
        ("pixels", "99999", "Width 99,999 px is outside [80, 2,000] px."),
        ("millimetres", "99999", "Width 99,999.0 mm is outside [20, 530] mm."),
        ("millimetres", "3", "Width 3.0 mm is outside [20, 530] mm."),
    ],
)
def test_a_size_outside_the_range_is_refused_in_a_sentence(
    trained: Lab, save_as: SaveAs, unit: str, typed: str, words: str
) -> None:
    asked = save_as(None)
    trained.export_dialog("cost")
    trained.choose("exportUnitCombo", unit)
    width, _ = sides(trained)
    before = width.value()
    type_in(width, typed)
    assert trained.find("exportMessage", QLabel).text() == words
    assert width.value() == before
    assert not asked, "and Return only confirmed the number"
    trained.close_export()


def test_a_side_that_was_not_typed_may_be_out_of_the_other_units_range(trained: Lab) -> None:
    trained.export_dialog("cost")
    trained.find("exportProportionsCheck", QCheckBox).setChecked(False)
    trained.choose("exportUnitCombo", "millimetres")
    width, height = sides(trained)
    type_in(width, "530")
    type_in(height, "20")
    trained.choose("exportUnitCombo", "pixels")
    type_in(height, "100")
    assert (width.value(), height.value()) == (2003, 100)
    assert trained.find("exportMessage", QLabel).text() == ""
    type_in(width, "2004")
    assert trained.find("exportMessage", QLabel).text() == "Width 2,004 px is outside [80, 2,000] px."
    trained.close_export()


def test_figures_of_a_page_are_typed_once(trained: Lab) -> None:
    trained.export_dialog("cost")
    trained.choose("exportUnitCombo", "millimetres")
    type_in(sides(trained)[0], "85")
    for view in ("boundary", "window", "cost"):
        trained.choose("exportViewCombo", view)
        width, height = sides(trained)
        plot = trained.window if view == "window" else trained.plot(view)
        ratio = plot.height() / plot.width()
        assert width.value() == pytest.approx(plot.width() / MILLIMETRE if view == "window" else 85, abs=0.06)
        assert height.value() == pytest.approx(width.value() * ratio, abs=0.06)
    trained.find("exportTransparentCheck", QCheckBox).setChecked(True)
    trained.find("exportCaptionCheck", QCheckBox).setChecked(True)
    trained.find("exportProportionsCheck", QCheckBox).setChecked(False)
    type_in(sides(trained)[1], "40")
    trained.close_export()
    trained.export_dialog("boundary")
    assert not trained.find("exportProportionsCheck", QCheckBox).isChecked()
    assert sides(trained)[1].value() == 40
    trained.find("exportProportionsCheck", QCheckBox).setChecked(True)
    assert sides(trained)[0].value() == 85 and sides(trained)[0].suffix() == " mm"
    assert trained.find("exportTransparentCheck", QCheckBox).isChecked()
    assert trained.find("exportCaptionCheck", QCheckBox).isChecked()
    QTest.mouseClick(trained.find("exportAsSeenButton", QPushButton), LEFT)
    trained.choose("exportUnitCombo", "pixels")
    trained.close_export()
    trained.export_dialog("cost")
    assert [side.value() for side in sides(trained)] == [*trained.plot("cost").size().toTuple()]  # type: ignore[misc]
    trained.close_export()


def test_a_width_that_a_plot_cannot_have_is_passed_over(trained: Lab) -> None:
    settings.remember_for_pictures("size", "2000.0x100.0")
    trained.export_dialog("boundary")
    assert sides(trained)[0].value() == 2000, "as it is wider than high"
    trained.close_export()
    for odd in ("9000.0x1.0", "nanxinf", "1x2x3", "wide"):
        settings.remember_for_pictures("size", odd)
        trained.export_dialog("boundary")
        assert sides(trained)[0].value() == trained.plot("boundary").width()
        trained.close_export()


@pytest.mark.parametrize("name", ["boundary", "numbers"])
def test_the_command_line_takes_sizes_scales_and_no_ground(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    plotter, path = OffscreenPlotter(qapp), tmp_path / "a.png"
    style = PlotStyle(size=(480, 400), scale=3, transparent=True)
    plotter.save(name, path, frame_for(name), History(), style)
    image = QImage(str(path))
    assert image.size() == QSize(1440, 1200)
    assert image.pixelColor(1, 1).alpha() == 0
    plotter.save(name, path, frame_for(name), History())
    image = QImage(str(path))
    assert image.size() == SIZES[name] * 2
    assert image.pixelColor(1, 1).alpha() == 255
