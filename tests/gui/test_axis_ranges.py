"""Axes in the person's own units, and the part of them that is shown, chosen by the person."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit

from gui.export.pictures import draw_picture
from gui.panels.axis_ranges import RangeError, read_range
from tests.gui.driving import Lab

FIELDS = ("acrossFrom", "acrossTo", "upFrom", "upTo")


def dialog(lab: Lab) -> QDialog:
    return lab.find("axisRangesDialog", QDialog)


def is_open(lab: Lab) -> bool:
    return any(each.isVisible() for each in lab.window.findChildren(QDialog, "axisRangesDialog"))


def field(lab: Lab, name: str) -> QLineEdit:
    return lab.find(f"{name}Edit", QLineEdit)


def press_ok(lab: Lab) -> None:
    (buttons,) = dialog(lab).findChildren(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    if not is_open(lab):
        lab.window.activateWindow()  # without a desktop nobody else does
        lab.wait(lab.window.isActiveWindow)


def choose(lab: Lab, *texts: str) -> None:
    """Open the dialog by the menu, type the four ends, and confirm."""
    lab.action("AxisRanges").trigger()
    for name, text in zip(FIELDS, texts, strict=True):
        field(lab, name).setText(text)
    press_ok(lab)


def ranges(lab: Lab) -> list[float]:
    return [end for pair in lab.box().viewRange() for end in pair]


def test_the_ranges_are_exactly_what_was_typed_until_f_fits_all_points(penguins_lab: Lab) -> None:
    lab = penguins_lab
    fitted = ranges(lab)
    choose(lab, "40", "50.5", "16", "19")
    assert not is_open(lab)
    assert ranges(lab) == pytest.approx([40, 50.5, 16, 19])
    lab.window.resize(1400, 800)
    lab.step(2)
    assert ranges(lab) == pytest.approx([40, 50.5, 16, 19])
    lab.press(Qt.Key.Key_F)
    assert ranges(lab) == pytest.approx(fitted)


def test_equal_units_do_not_change_what_was_typed(lab: Lab) -> None:
    choose(lab, "-1", "1", "-0.1", "0.1")
    assert ranges(lab) == pytest.approx([-1, 1, -0.1, 0.1])
    lab.press(Qt.Key.Key_F)
    width, height = lab.pixel_size
    assert width == pytest.approx(height), "fitted, made-up points have equal units again"


def test_the_dialog_names_the_axes_and_begins_with_what_is_shown(penguins_lab: Lab) -> None:
    lab = penguins_lab
    before = ranges(lab)
    lab.action("AxisRanges").trigger()
    words = {label.text() for label in dialog(lab).findChildren(QLabel)}
    assert {"bill length (mm)", "bill depth (mm)"} <= words
    assert [float(field(lab, name).text()) for name in FIELDS] == pytest.approx(before, rel=1e-5)
    press_ok(lab)
    assert ranges(lab) == before, "what is only confirmed keeps all its digits"


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("40", "30", "1", "2"), "bill length (mm): 30 is not above 40; the second number must be larger."),
        (("40", "40", "1", "2"), "bill length (mm): 40 is not above 40; the second number must be larger."),
        (
            ("1", "2", "3,5", "4"),
            "bill depth (mm): '3,5' is not a number from −1e300 to 1e300, such as 39.1.",
        ),
        (("1", "2", "1", ""), "bill depth (mm): '' is not a number from −1e300 to 1e300, such as 39.1."),
        (
            ("1", "inf", "1", "2"),
            "bill length (mm): 'inf' is not a number from −1e300 to 1e300, such as 39.1.",
        ),
        (
            ("nan", "1", "1", "2"),
            "bill length (mm): 'nan' is not a number from −1e300 to 1e300, such as 39.1.",
        ),
        (
            ("1", "1.0000000000001", "1", "2"),
            "bill length (mm): 1 and 1.0000000000001 are too near each other for an axis.",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_nothing_is_lost(
    penguins_lab: Lab, texts: tuple[str, ...], sentence: str
) -> None:
    lab = penguins_lab
    before = ranges(lab)
    choose(lab, *texts)
    assert is_open(lab)
    assert lab.find("axisRangesMessage", QLabel).text() == sentence
    assert [field(lab, name).text() for name in FIELDS] == list(texts)
    assert ranges(lab) == before
    dialog(lab).reject()


def test_a_minus_may_be_the_typographic_one() -> None:
    assert read_range("x", " −2.5", "1e3 ") == (-2.5, 1000.0)
    with pytest.raises(RangeError, match="1_0"):
        read_range("x", "1_0", "20")


@pytest.mark.parametrize(
    ("side", "share", "name"),
    [
        ("bottom", 0.1, "acrossFrom"),
        ("bottom", 0.9, "acrossTo"),
        ("left", 0.1, "upFrom"),
        ("left", 0.9, "upTo"),
    ],
)
def test_a_double_click_on_an_axis_begins_with_the_nearer_end(
    penguins_lab: Lab, side: str, share: float, name: str
) -> None:
    lab = penguins_lab
    m = lab.dataset.m
    area = lab.box().sceneBoundingRect()
    place = (
        QPointF(area.left() + share * area.width(), area.bottom() + 14)
        if side == "bottom"
        else QPointF(area.left() - 14, area.bottom() - share * area.height())
    )
    lab.double_click(lab.plot().mapFromScene(place))
    assert is_open(lab)
    lab.wait(field(lab, name).hasFocus)
    assert field(lab, name).selectedText() == field(lab, name).text()
    dialog(lab).reject()
    assert lab.dataset.m == m, "nothing was painted"


def test_a_double_click_among_the_points_opens_nothing(penguins_lab: Lab) -> None:
    penguins_lab.double_click(penguins_lab.inside(0.9, 0.9))
    assert not is_open(penguins_lab)


def test_painting_and_new_noise_leave_the_chosen_ranges_and_another_set_does_not(lab: Lab) -> None:
    choose(lab, "-0.5", "0.5", "-0.5", "0.5")
    lab.click(lab.inside(0.5, 0.5))
    lab.settle()
    lab.fill("noiseSpin", "0.3")
    lab.settle()
    assert ranges(lab) == pytest.approx([-0.5, 0.5, -0.5, 0.5])
    lab.choose("datasetCombo", "iris")
    lab.settle()
    X = lab.dataset.X
    x_low, x_high, y_low, y_high = ranges(lab)
    assert np.all((x_low < X[0]) & (X[0] < x_high) & (y_low < X[1]) & (X[1] < y_high))


def test_a_picture_has_the_chosen_ranges(penguins_lab: Lab) -> None:
    lab = penguins_lab
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    fitted = draw_picture("boundary", lab.frame, view.theme, 1, like=view)
    choose(lab, "40", "45", "16", "19")
    assert draw_picture("boundary", lab.frame, view.theme, 1, like=view) != fitted


def test_the_axes_have_the_names_of_the_file_and_a_note_tells_of_standardizing(
    lab: Lab, tmp_path: Path
) -> None:
    caption = lab.window.views["boundary"].caption  # type: ignore[attr-defined]
    assert caption.text == "Trained on (x − mean) / deviation; axes in your own units."
    path = tmp_path / "plain.csv"
    path.write_text("1.5,200,a\n2.5,300,b\n3.5,250,a\n4.5,900,b\n")
    lab.window.exchange.open_file(path)  # type: ignore[attr-defined]
    lab.settle()
    assert (lab.axis_label("bottom"), lab.axis_label("left")) == ("column 1", "column 2")
    x_low, x_high, y_low, y_high = ranges(lab)
    assert x_low < 1.5 < 4.5 < x_high and y_low < 200 < 900 < y_high
    lab.window.document.change(standardize=False)  # type: ignore[attr-defined]
    lab.settle()
    assert caption.text == ""
