"""Made-up points in the window: their settings, their split, their pictures, and adding them to others."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QToolButton

from engine.data.bundled import load_bundled
from engine.data.generators import REACH, generate
from engine.data.sources import DATA_SOURCES
from gui.theme import DARK, LIGHT
from tests.gui.comparing import same_points, undo_and_redo
from tests.gui.driving import Lab

FIELDS = {
    "addSamplesSpin": "100",
    "addNoiseSpin": "0.05",
    "addClassBalanceSpin": "0.3",
    "addLabelNoiseSpin": "0.1",
    "addRotationSpin": "45",
    "addDataSeedSpin": "7",
}


def unfold(lab: Lab, title: str) -> None:
    """Open a group of the panel."""
    (button,) = [each for each in lab.window.findChildren(QToolButton, "groupTitle") if each.text() == title]
    assert not button.isChecked()
    button.click()


def open_adding(lab: Lab) -> QDialog:
    """Open the dialog that adds points, by its key, and wait until it has the focus."""
    lab.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    dialog = lab.find("addingDialog", QDialog)
    assert dialog.isVisible() and not dialog.isModal()
    dialog.activateWindow()
    lab.wait(dialog.isActiveWindow)
    return dialog


def press_add(lab: Lab) -> None:
    """Click on Add, and let what is trained on follow."""
    button = lab.find("addButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    lab.settle()


def colours(combo: QComboBox, index: int) -> set[str]:
    """Return the colours of the solid pixels of an entry's picture."""
    picture = combo.itemIcon(index).pixmap(QSize(32, 32)).toImage()
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize(
    ("control", "text", "setting"),
    [
        ("classBalanceSpin", "0.2", {"class_balance": 0.2}),
        ("labelNoiseSpin", "0.1", {"label_noise": 0.1}),
        ("rotationSpin", "-30", {"rotation": -30.0}),
    ],
)
def test_each_setting_changes_the_points_and_is_one_step_to_undo(
    lab: Lab, control: str, text: str, setting: dict[str, float]
) -> None:
    before = lab.dataset
    unfold(lab, "Made-up points")
    lab.fill(control, text)
    lab.settle()
    assert same_points(lab.dataset, generate("moons", 400, 0.1, 0, **setting))
    assert lab.frame.experiment.problem.dataset is lab.dataset
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    assert lab.text_of(control) == f"{float(lab.text_of(control)):g}" != text


def test_they_cannot_be_chosen_for_points_that_were_measured(lab: Lab) -> None:
    unfold(lab, "Made-up points")
    controls = ("classBalanceSpin", "labelNoiseSpin", "rotationSpin", "dataSeedSpin", "samplesSpin")
    assert all(lab.find(control).isEnabled() for control in controls)
    lab.choose("datasetCombo", "penguins")
    assert not any(lab.find(control).isEnabled() for control in controls)
    assert lab.find("splitSeedSpin").isEnabled()


def test_a_value_outside_the_range_is_refused_by_name(lab: Lab) -> None:
    unfold(lab, "Made-up points")
    lab.fill("classBalanceSpin", "1.5")
    assert lab.status == "Class balance 1.5 is outside [0.01, 0.99]."
    assert lab.text_of("classBalanceSpin") == "0.5"


@pytest.mark.parametrize("data", ["moons", "iris"])
def test_a_new_split_never_touches_the_points(lab: Lab, data: str) -> None:
    lab.choose("datasetCombo", data)
    lab.settle()
    before, held_out = lab.dataset, lab.frame.experiment.problem.test
    lab.fill("splitSeedSpin", "9")
    lab.settle()
    other = lab.frame.experiment.problem.test
    assert lab.dataset is before
    assert (other != held_out).any() and other.sum() == held_out.sum()
    lab.action("Undo").trigger()
    lab.settle()
    assert np.array_equal(lab.frame.experiment.problem.test, held_out)


def test_new_points_do_not_need_a_new_split(lab: Lab) -> None:
    before = lab.frame.experiment.problem.test
    lab.fill("dataSeedSpin", "5")
    lab.settle()
    assert np.array_equal(lab.frame.experiment.problem.test, before)


def test_every_data_set_has_a_picture_of_its_own_in_the_colours_of_the_theme(lab: Lab) -> None:
    combo = lab.find("datasetCombo", QComboBox)
    assert not combo.itemIcon(combo.currentIndex()).isNull()
    for theme in (LIGHT, DARK):
        lab.action(f"Theme{theme.name.title()}").trigger()
        combo.showPopup()
        combo.hidePopup()
        for index in range(len(DATA_SOURCES)):
            seen = colours(combo, index)
            assert set(theme.class_lines) <= seen, combo.itemText(index)
    pictures = {combo.itemIcon(i).pixmap(32).toImage().bits().tobytes() for i in range(len(DATA_SOURCES))}
    assert len(pictures) == len(DATA_SOURCES)


def test_adding_puts_the_visible_draw_to_the_points_as_one_step(lab: Lab) -> None:
    before = lab.dataset
    open_adding(lab)
    lab.find("addDatasetCombo", QComboBox).setCurrentIndex(2)
    for control, text in FIELDS.items():
        lab.fill(control, text)
    press_add(lab)
    made = generate("circles", 100, 0.05, 7, 0.3, 0.1, 45.0)
    after = lab.dataset
    assert after.m == 500
    assert np.array_equal(after.X, np.hstack([before.X, made.X]))
    assert np.array_equal(after.Y, np.hstack([before.Y, made.Y]))
    assert lab.undo_text == "Add 100 points, Circles, seed 7"
    assert lab.spec.samples == 400 and lab.spec.data == "moons", "the panel keeps what it has"
    assert lab.frame.experiment.problem.dataset is after
    undo_and_redo(lab, before)


def test_two_additions_never_lie_on_top_of_each_other(lab: Lab) -> None:
    open_adding(lab)
    assert lab.text_of("addDataSeedSpin") == "1", "0 is the seed of the points that are there"
    press_add(lab)
    assert lab.text_of("addDataSeedSpin") == "2"
    press_add(lab)
    assert lab.dataset.m == 1200
    assert np.unique(lab.dataset.X, axis=1).shape[1] == 1200
    assert np.array_equal(lab.dataset.X[:, 800:], generate("moons", 400, 0.1, 2).X)
    QTest.mouseClick(lab.find("addCloseButton"), Qt.MouseButton.LeftButton)
    assert not lab.find("addingDialog").isVisible()
    lab.window.activateWindow()
    lab.wait(lab.window.isActiveWindow)
    open_adding(lab)
    assert lab.text_of("addDataSeedSpin") == "3"


def test_return_confirms_a_number_and_only_then_adds(lab: Lab) -> None:
    dialog = open_adding(lab)
    lab.fill("addSamplesSpin", "50")
    assert lab.dataset.m == 400
    lab.wait(lambda: not lab.find("addSamplesSpin").hasFocus())
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert lab.dataset.m == 450


def test_an_addition_can_be_undone_by_its_key_while_the_dialog_is_open(lab: Lab) -> None:
    dialog = open_adding(lab)
    press_add(lab)
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lab.dataset.m == 400


def test_the_dialog_refuses_by_one_sentence_and_keeps_the_value(lab: Lab) -> None:
    open_adding(lab)
    lab.fill("addNoiseSpin", "7")
    refusal = lab.find("addingRefusal", QLabel)
    assert refusal.isVisible() and refusal.text() == "Noise 7 is outside [0, 2]."
    assert lab.text_of("addNoiseSpin") == "0.1"
    lab.fill("addNoiseSpin", "0.3")
    assert not refusal.isVisible()
    assert lab.dataset.m == 400


def test_the_dialogs_picture_follows_its_settings(lab: Lab) -> None:
    open_adding(lab)
    picture = lab.find("addingPicture", QLabel)
    before = picture.pixmap().toImage()
    lab.fill("addRotationSpin", "90")
    assert picture.pixmap().toImage() != before
    lab.fill("addRotationSpin", "0")
    assert picture.pixmap().toImage() == before


def test_among_measured_points_the_shape_is_stretched_over_their_range(lab: Lab) -> None:
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    open_adding(lab)
    note = lab.find("addingNote", QLabel)
    assert note.isVisible() and "bill length (mm) and bill depth (mm)" in note.text()
    press_add(lab)
    measured, made = load_bundled("penguins"), generate("moons", 400, 0.1, 1)
    low, high = measured.X.min(axis=1, keepdims=True), measured.X.max(axis=1, keepdims=True)
    expected = (low + high) / 2 + (high - low) / 2 * made.X / REACH
    np.testing.assert_allclose(lab.dataset.X[:, measured.m :], expected, rtol=1e-12)
    first = lab.dataset
    lab.action("Undo").trigger()
    lab.action("Fit").trigger()
    lab.find("addDataSeedSpin").setValue(1)  # type: ignore[attr-defined]
    press_add(lab)
    assert same_points(lab.dataset, first), "whatever is in sight, the same seed gives the same points"


def test_many_features_take_the_points_on_the_plane_that_is_shown(lab: Lab, tmp_path: Path) -> None:
    rows = [f"{i},{-i},{i * i},{'ab'[i % 2]}" for i in range(20)]
    (tmp_path / "three.csv").write_text("\n".join(["one,two,three,kind", *rows]))
    lab.drop(tmp_path / "three.csv", lab.window)
    lab.answer()
    lab.fill("columnsEdit", "*")
    lab.settle()
    open_adding(lab)
    press_add(lab)
    added = lab.dataset.X[:, 20:]
    assert added.shape == (3, 400)
    assert np.ptp(added[:2], axis=1).min() > 10
    np.testing.assert_allclose(added[2], lab.dataset.X[2, :20].mean(), rtol=1e-12)


def test_points_can_be_added_while_it_trains(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(20)
    open_adding(lab)
    press_add(lab)
    lab.wait(lambda: lab.frame.experiment.problem.dataset.m == 800)
    lab.wait_for_iterations(20)
    assert lab.is_running


def test_more_than_can_be_used_are_refused_and_none_is_added(lab: Lab) -> None:
    open_adding(lab)
    lab.fill("addSamplesSpin", "1000000")
    press_add(lab)
    assert lab.status == "There are 400 points; at most 1,000,000 can be used."
    assert lab.dataset.m == 400 and lab.undo_text == ""


def test_points_are_added_to_a_data_set_that_is_not_drawn_yet(lab: Lab) -> None:
    lab.window.adding.begin()
    lab.window.document.change(data="digits")
    note = lab.window.adding.findChild(QLabel, "addingNote")
    assert "principal component" in note.text()
    before = lab.dataset.m
    lab.window.adding.add_points(replace(lab.spec, data="moons", samples=20))
    lab.settle()
    assert lab.dataset.m == before + 20
    lab.window.document.change(data="moons")
    assert note.text() == ""
    lab.window.adding.close()
