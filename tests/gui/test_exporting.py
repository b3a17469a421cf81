"""Taking away: pictures at several sizes, the clipboard, weights, and weights back in."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from engine.files.weights import load_weights
from engine.model.surfaces import Rectangle, decision_grid
from gui.theme import DARK, LIGHT
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, line

PLOTS = ("boundary", "cost", "activation")


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A function that says what the save dialog will give; it returns the names the dialog proposed."""

    def give(path: object, picked: str = "") -> list[str]:
        proposed: list[str] = []

        def ask(parent: object, title: str, start: str, filters: str) -> tuple[str, str]:
            proposed.append(start)
            return str(path or ""), picked or filters.split(";;")[0]

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return proposed

    return give


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """A function that says what the open dialog will give."""
    return lambda path: monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))


@pytest.fixture
def trained(lab: Lab) -> Lab:
    """The window after 400 iterations on the moons, paused."""
    for _ in range(40):
        lab.action("StepMany").trigger()
    lab.settle()
    assert lab.iteration == 400
    return lab


def pixels(image: QImage) -> np.ndarray:
    """Return red, green and blue, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8).copy()
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].astype(np.int16)


def colours(image: QImage) -> int:
    """Return how many different colours a picture has."""
    red, green, blue = np.moveaxis(pixels(image), 2, 0).astype(np.int32)
    return np.unique(red << 16 | green << 8 | blue).size


def near(image: QImage, colour: str, reach: int = 12) -> int:
    """Return how many pixels have about that colour."""
    wanted = np.array(QColor(colour).getRgb()[:3], dtype=np.int16)
    return int((np.abs(pixels(image) - wanted) <= reach).all(axis=2).sum())


def test_save_a_picture_by_the_button_above_each_plot(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    for plot in PLOTS:
        with subtests.test(plot):
            proposed = save_as(tmp_path / f"my-{plot}.png")
            trained.picture_entry(plot, "Save").trigger()
            image = QImage(str(tmp_path / f"my-{plot}.png"))
            assert image.size() == trained.plot(plot).size() * 2
            assert colours(image) > 50
            assert Path(proposed[0]).name == f"{plot}.png"
            assert f"my-{plot}.png" in trained.status
    assert len(list(tmp_path.glob("*.*"))) == 3, "and nothing else is left beside them"


def test_every_size_is_an_exact_multiple_of_the_plot_on_the_screen(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    for scale in (1, 2, 3, 4):
        for plot in PLOTS:
            path = tmp_path / f"{plot}{scale}.png"
            save_as(path)
            trained.picture_entry(plot, f"{scale}×").trigger()
            trained.picture_entry(plot, "Save").trigger()
            image = QImage(str(path))
            assert image.size() == trained.plot(plot).size() * scale, (plot, scale)
            assert f"{scale}×" in trained.status
            (checked,) = [
                action for action in trained.picture_button(plot).menu().actions() if action.isChecked()
            ]
            assert checked.data() == scale


def test_ctrl_e_saves_and_ctrl_shift_c_copies_the_plot_that_was_used_last(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for plot in ("cost", "activation", "boundary"):
        with subtests.test(plot):
            proposed = save_as(tmp_path / f"{plot}.png")
            viewport = trained.plot(plot).viewport()
            QTest.mouseClick(viewport, Qt.MouseButton.MiddleButton, pos=viewport.rect().center())
            trained.plot(plot).setFocus(Qt.FocusReason.MouseFocusReason)
            trained.press(Qt.Key.Key_E, control)
            assert Path(proposed[0]).name == f"{plot}.png"
            size = trained.plot(plot).size() * 2
            assert QImage(str(tmp_path / f"{plot}.png")).size() == size
            QGuiApplication.clipboard().clear()
            trained.press(Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
            assert QGuiApplication.clipboard().image().size() == size


def test_the_boundary_picture_shows_both_classes_the_line_and_the_theme(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], subtests: pytest.Subtests
) -> None:
    for theme in (LIGHT, DARK):
        with subtests.test(theme.name):
            trained.action(f"Theme{theme.name.title()}").trigger()
            path = tmp_path / f"{theme.name}.png"
            save_as(path)
            trained.picture_entry("boundary", "Save").trigger()
            image = QImage(str(path))
            assert colours(image) > 500
            for colour in theme.classes:
                assert near(image, colour) > 2000, colour
            assert near(image, theme.text) > 500, "the line"
            assert image.pixelColor(1, 1).name().upper() == theme.window


def test_a_picture_at_the_screens_size_looks_like_the_screen(trained: Lab, subtests: pytest.Subtests) -> None:
    trained.press(Qt.Key.Key_L)
    start = trained.inside(0.5, 0.5)
    trained.drag(line(start, start + QPoint(60, 30), 6), Qt.MouseButton.MiddleButton)
    trained.settle()
    trained.qtbot.wait(50)
    for plot in PLOTS:
        with subtests.test(plot):
            trained.picture_entry(plot, "1×").trigger()
            trained.picture_entry(plot, "Copy").trigger()
            picture = pixels(QGuiApplication.clipboard().image())
            screen = pixels(trained.plot(plot).grab().toImage())
            assert picture.shape == screen.shape
            unlike = (np.abs(picture - screen) > 90).any(axis=2)
            assert unlike.mean() < 0.01


def test_copy_a_picture_to_the_clipboard_by_the_button_above_each_plot(
    trained: Lab, subtests: pytest.Subtests
) -> None:
    for plot in PLOTS:
        with subtests.test(plot):
            QGuiApplication.clipboard().clear()
            trained.picture_entry(plot, "Copy").trigger()
            image = QGuiApplication.clipboard().image()
            assert image.size() == trained.plot(plot).size() * 2
            assert colours(image) > 50
            assert "copied" in trained.status


def test_a_name_without_an_ending_gets_one(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "plot")
    trained.action("ExportPlot").trigger()
    assert (tmp_path / "plot.png").exists()
    save_as(tmp_path / "weights", "JSON text (*.json)")
    trained.action("ExportWeights").trigger()
    assert json.loads((tmp_path / "weights.json").read_text())["format"] == "descent-lab/weights"


def test_a_wrong_ending_is_told_and_writes_nothing(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "plot.jpg")
    trained.action("ExportPlot").trigger()
    assert "plot.jpg" in trained.status and ".png" in trained.status
    save_as(tmp_path / "weights.txt")
    trained.action("ExportWeights").trigger()
    assert "weights.txt" in trained.status and ".npz" in trained.status
    assert not list(tmp_path.glob("*.*"))


def test_saving_pictures_during_a_run_keeps_the_run_and_leaves_no_window_behind(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    windows = len(QApplication.topLevelWidgets())
    for number in range(6):
        save_as(tmp_path / f"{number}.png")
        lab.picture_entry(PLOTS[number % 3], "Save").trigger()
        lab.wait_for_iterations(1)
    assert lab.is_running
    assert len(list(tmp_path.glob("*.png"))) == 6
    lab.wait(lambda: len(QApplication.topLevelWidgets()) <= windows)


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_weights_saved_and_loaded_again_give_the_identical_cost_and_boundary(
    trained: Lab,
    tmp_path: Path,
    save_as: Callable[..., list[str]],
    open_as: Callable[[object], None],
    ending: str,
) -> None:
    path = tmp_path / f"w{ending}"
    save_as(path)
    trained.action("ExportWeights").trigger()
    assert path.name in trained.status and "400" in trained.status
    weights, cost, boundary = trained.weights, trained.value("trainCost"), grid(trained)
    assert same_weights(load_weights(path).parameters, weights)
    trained.action("StepMany").trigger()
    trained.settle()
    assert trained.value("trainCost") != cost
    open_as(path)
    trained.action("ImportWeights").trigger()
    trained.settle()
    assert same_weights(trained.weights, weights)
    assert trained.value("trainCost") == cost
    assert np.array_equal(grid(trained), boundary)
    assert path.name in trained.status and "2-4-1" in trained.status
    trained.step(3)
    trained.press(Qt.Key.Key_R)
    trained.settle()
    assert same_weights(trained.weights, weights), "reset goes back to where this run started"


def grid(lab: Lab) -> np.ndarray:
    """Return the network's logits over the plane that is seen."""
    frame = lab.frame
    (x_range, y_range) = lab.box().viewRange()
    standardization = frame.experiment.problem.standardization
    return decision_grid(
        frame.experiment.network,
        frame.state.parameters,
        standardization,
        lab.window.views["boundary"].projection,
        Rectangle(tuple(x_range), tuple(y_range), 40, 40),
    ).Z


def test_weights_loaded_on_other_data_keep_the_standardization_they_were_trained_with(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    path = tmp_path / "w.json"
    save_as(path)
    trained.action("ExportWeights").trigger()
    before = trained.frame.experiment.problem.standardization
    trained.choose("datasetCombo", "circles")
    trained.settle()
    open_as(path)
    trained.action("ImportWeights").trigger()
    trained.settle()
    after = trained.frame.experiment.problem.standardization
    assert np.array_equal(before.mean, after.mean) and np.array_equal(before.scale, after.scale)


def test_loading_another_architecture_changes_the_model_controls(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    lab.fill("hiddenLayersEdit", "6,3")
    lab.choose("layerActivationCombo2", "relu")
    lab.settle()
    saved = lab.weights
    save_as(tmp_path / "deep.npz")
    lab.action("ExportWeights").trigger()
    lab.choose("modelCombo", "logistic")
    lab.settle()
    save_as(tmp_path / "line.json")
    lab.action("ExportWeights").trigger()

    open_as(tmp_path / "deep.npz")
    lab.action("ImportWeights").trigger()
    lab.settle()
    assert lab.find("modelCombo", QComboBox).currentData() == "network"
    assert lab.text_of("hiddenLayersEdit").replace(" ", "") == "6,3"
    assert lab.find("layerActivationCombo1", QComboBox).currentData() == "tanh"
    assert lab.find("layerActivationCombo2", QComboBox).currentData() == "relu"
    assert lab.sizes == "2-6-3-1"
    assert same_weights(lab.weights, saved)

    open_as(tmp_path / "line.json")
    lab.action("ImportWeights").trigger()
    lab.settle()
    assert lab.find("modelCombo", QComboBox).currentData() == "logistic"
    assert lab.sizes == "2-1"
    lab.run()
    lab.wait_for_iterations(5)


def test_loaded_weights_bring_their_standardization_into_its_control(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    check = lab.find("standardizeCheck")
    check.click()  # type: ignore[attr-defined]
    lab.settle()
    save_as(tmp_path / "own-units.npz")
    lab.action("ExportWeights").trigger()
    check.click()  # type: ignore[attr-defined]
    lab.settle()
    assert check.isChecked()  # type: ignore[attr-defined]
    open_as(tmp_path / "own-units.npz")
    lab.action("ImportWeights").trigger()
    lab.settle()
    assert lab.frame.experiment.problem.standardization.changes_nothing
    assert not check.isChecked(), "the panel says what is trained"  # type: ignore[attr-defined]


def test_weights_loaded_during_a_run_are_trained_on(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(tmp_path / "w.npz")
    trained.action("ExportWeights").trigger()
    trained.press(Qt.Key.Key_R)
    trained.run()
    trained.wait_for_iterations(5)
    open_as(tmp_path / "w.npz")
    trained.action("ImportWeights").trigger()
    trained.settle()
    assert trained.is_running
    assert same_weights(trained.frame.experiment.start, load_weights(tmp_path / "w.npz").parameters)
    trained.wait_for_iterations(5)


def test_painting_after_loading_weights_keeps_the_weights(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(tmp_path / "w.npz")
    trained.action("ExportWeights").trigger()
    weights = trained.weights
    open_as(tmp_path / "w.npz")
    trained.action("ImportWeights").trigger()
    trained.settle()
    trained.click(trained.inside(0.2, 0.2), LEFT)
    trained.settle()
    assert same_weights(trained.weights, weights)


def test_cancelled_dialogs_change_nothing(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], open_as: Callable[[object], None]
) -> None:
    save_as(None)
    open_as(None)
    spec, dataset, weights, status = trained.spec, trained.dataset, trained.weights, trained.status
    for name in ("OpenData", "ImportWeights", "ExportWeights", "ExportPlot"):
        trained.action(name).trigger()
        trained.settle()
    for plot in PLOTS:
        trained.picture_entry(plot, "Save").trigger()
    assert (trained.spec, trained.dataset, trained.status) == (spec, dataset, status)
    assert same_weights(trained.weights, weights)
    assert trained.iteration == 400
    assert not list(tmp_path.glob("*.*"))


def test_a_file_is_replaced_whole_or_not_at_all(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.npz"
    path.write_bytes(b"precious")
    save_as(path)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full_disk)
    trained.action("ExportWeights").trigger()
    assert "w.npz" in trained.status and "No space left" in trained.status
    assert path.read_bytes() == b"precious"
    assert [each.name for each in tmp_path.glob("*.*")] == ["w.npz"]
