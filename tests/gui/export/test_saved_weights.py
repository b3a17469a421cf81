"""Weights saved from the window, and loaded back into it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from engine.files.weights import READABLE_FORMATS, load_weights
from engine.model.surfaces import Rectangle, decision_grid
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import LEFT


@pytest.mark.parametrize("ending", READABLE_FORMATS)
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
    trained.load_weights()
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
    trained.load_weights()
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
    lab.load_weights()
    lab.settle()
    assert lab.find("modelCombo", QComboBox).currentData() == "network"
    assert lab.text_of("hiddenLayersEdit").replace(" ", "") == "6,3"
    assert lab.find("layerActivationCombo1", QComboBox).currentData() == "tanh"
    assert lab.find("layerActivationCombo2", QComboBox).currentData() == "relu"
    assert lab.sizes == "2-6-3-1"
    assert same_weights(lab.weights, saved)

    open_as(tmp_path / "line.json")
    lab.load_weights()
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
    lab.load_weights()
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
    trained.load_weights()
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
    trained.load_weights()
    trained.settle()
    trained.click(trained.inside(0.2, 0.2), LEFT)
    trained.settle()
    assert same_weights(trained.weights, weights)
