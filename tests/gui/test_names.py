"""The names that stay: objects that scripts, lessons and screen readers look for, and what each says of itself."""

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QScrollBar,
    QToolButton,
    QWidget,
)

from engine.data.sources import DATA_SOURCES
from engine.model.activations import ACTIVATIONS
from engine.model.network import INITIALIZATIONS
from engine.training.choices.model import MODELS
from engine.training.spec import SETTINGS
from tests.gui.driving import Lab

# From contracts.md, as far as this issue goes.
CONTROLS = [
    "datasetCombo",
    "samplesSpin",
    "noiseSpin",
    "dataSeedSpin",
    "testFractionSpin",
    "modelCombo",
    "hiddenLayersEdit",
    "activationCombo",
    "initCombo",
    "learningRateSpin",
    "initSeedSpin",
    "speedSlider",
]
ACTIONS = [
    "actionRun",
    "actionStep",
    "actionReset",
    "actionOpenData",
    "actionExportPlot",
    "actionExportWeights",
    "actionImportWeights",
    "actionUndo",
    "actionRedo",
]
READOUTS = [
    "iterationReadout",
    "trainCostReadout",
    "testCostReadout",
    "trainAccuracyReadout",
    "testAccuracyReadout",
]
PLOTS = ["boundaryPlot", "costPlot", "activationPlot"]
REGISTRIES = {
    "datasetCombo": DATA_SOURCES,
    "modelCombo": MODELS,
    "activationCombo": ACTIVATIONS,
    "initCombo": INITIALIZATIONS,
}


def is_a_sentence(text: str) -> bool:
    """Return whether a tooltip teaches in a sentence."""
    return len(text.split()) >= 3 and not text[0].islower() and text.rstrip().endswith((".", "?", "!"))


def described(thing: QObject) -> str:
    return f"{type(thing).__name__} {thing.objectName()} {getattr(thing, 'text', lambda: '')()!r}"


def test_every_name_of_the_contract_is_there_and_teaches_in_a_sentence(
    lab: Lab, subtests: pytest.Subtests
) -> None:
    in_menus = {
        action
        for entry in lab.window.menuBar().actions()  # type: ignore[attr-defined]
        for action in entry.menu().actions()
    }
    for name in CONTROLS + READOUTS:
        with subtests.test(name):
            widget = lab.find(name)
            assert widget.isVisible()
            assert widget.accessibleName()
            assert is_a_sentence(widget.toolTip()), widget.toolTip()
    for name in READOUTS:
        with subtests.test(name, what="value"):
            assert isinstance(lab.find(name).property("value"), int | float)
    for name in PLOTS:
        with subtests.test(name):
            plot = lab.find(name, pg.GraphicsView)
            assert plot.isVisible() and plot.accessibleName()
    for name in ACTIONS:
        with subtests.test(name):
            action = lab.find(name, QAction)
            assert action in in_menus
            assert action.text()
            assert is_a_sentence(action.toolTip()), action.toolTip()
    assert lab.find("actionRun", QAction).isCheckable()


def test_every_action_of_the_menus_has_a_name_and_a_sentence(lab: Lab) -> None:
    for entry in lab.window.menuBar().actions():  # type: ignore[attr-defined]
        for action in entry.menu().actions():
            if action.isSeparator() or "Dock" in (action.parent().objectName() if action.parent() else ""):
                continue
            assert action.objectName().startswith("action"), action.text()
            assert is_a_sentence(action.toolTip()), action.text()


def test_every_combo_box_carries_the_names_of_its_registry(lab: Lab) -> None:
    for control, registry in REGISTRIES.items():
        combo = lab.find(control, QComboBox)
        assert [combo.itemData(place) for place in range(combo.count())] == list(registry)
        for place, name in enumerate(registry):
            assert combo.findData(name) == place
            assert combo.itemText(place)
            assert is_a_sentence(combo.itemData(place, Qt.ItemDataRole.ToolTipRole)), (control, name)


def test_every_setting_with_a_control_has_it_in_the_window(lab: Lab) -> None:
    for setting in SETTINGS.values():
        if setting.control:
            assert lab.find(setting.control).accessibleName() == setting.label


def test_whatever_can_be_operated_has_an_accessible_name_and_teaches(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,4")
    lab.settle()
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
    for widget in lab.window.findChildren(QWidget):
        if not isinstance(widget, kinds) or isinstance(widget, QScrollBar) or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_"):
            continue  # the parts that Qt makes its widgets of
        said = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        assert said.strip(), described(widget)
        assert widget.toolTip(), described(widget)
        assert is_a_sentence(widget.toolTip()), f"{described(widget)}: {widget.toolTip()}"


def test_the_tab_key_goes_through_the_panel_from_top_to_bottom(lab: Lab) -> None:
    names = ["datasetCombo", "samplesSpin", "noiseSpin", "dataSeedSpin", "testFractionSpin", "splitSeedSpin"]
    lab.focus(names[0])
    for name in names[1:]:
        lab.press(Qt.Key.Key_Tab)
        assert lab.find(name).hasFocus(), name


def test_the_help_menu_tells_the_keys_and_who_made_what(lab: Lab, monkeypatch: object) -> None:
    shown: list[tuple[str, str]] = []
    for kind in ("information", "about"):
        monkeypatch.setattr(QMessageBox, kind, lambda parent, title, text: shown.append((title, text)))  # type: ignore[attr-defined]
    lab.action("Keys").trigger()
    lab.action("About").trigger()
    keys, about = (text for _, text in shown)
    for key in ("Space", "Right", "Shift+Right", "R", "Shift+drag"):
        assert f"<b>{key}</b>" in keys
    assert "MIT" in about and "Descent Lab" in about


def test_standardization_can_be_switched_without_the_mouse(lab: Lab) -> None:
    """Space belongs to run and pause, so unless it does both, another key must do it."""
    check = lab.focus("standardizeCheck")
    before = check.isChecked()  # type: ignore[attr-defined]
    lab.press(Qt.Key.Key_Return)
    if check.isChecked() == before:  # type: ignore[attr-defined]
        lab.press(Qt.Key.Key_Space)
    assert check.isChecked() != before  # type: ignore[attr-defined]


def test_the_toolbar_shows_everything_however_small_the_window(lab: Lab, subtests: pytest.Subtests) -> None:
    for size in (QSize(1280, 720), lab.window.minimumSize()):
        with subtests.test(width=size.width(), height=size.height()):
            lab.window.resize(size)
            lab.qtbot.wait(20)
            extension = lab.window.findChildren(QToolButton, "qt_toolbar_ext_button")
            assert not any(button.isVisible() for button in extension)
            for name in [*READOUTS, "speedSlider", "runButton"]:
                widget = lab.find(name)
                assert widget.isVisible(), name
                corner = widget.mapTo(lab.window, widget.rect().bottomRight())
                assert lab.window.rect().contains(corner), name
