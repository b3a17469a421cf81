"""What loading weights will change is shown before it is done."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QTableWidget

from engine.files.weights import Weights, load_weights, save_weights
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import LEFT
from tests.gui.sessions.working import act


def rows(lab: Lab) -> dict[str, tuple[str, str, bool]]:
    """Return what the preview says: now, then, and whether it stands out."""
    table = lab.options("weightsPreview").findChild(QTableWidget, "weightsChanges")
    assert table is not None
    return {
        table.item(row, 0).text(): (
            table.item(row, 1).text(),
            table.item(row, 2).text(),
            table.item(row, 2).font().bold(),
        )
        for row in range(table.rowCount())
    }


@pytest.fixture
def other(trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Path:
    """Weights of another network, and the window back at the usual one."""
    trained.fill("hiddenLayersEdit", "6,3")
    trained.settle()
    trained.step(30)
    save_as(tmp_path / "other.npz")
    trained.action("ExportWeights").trigger()
    trained.fill("hiddenLayersEdit", "4")
    trained.settle()
    trained.step(5)
    return tmp_path / "other.npz"


def test_it_says_what_changes_and_what_stays_and_does_that(
    trained: Lab, other: Path, open_as: Callable[[object], None]
) -> None:
    cost = trained.value("trainCost")
    open_as(other)
    trained.action("ImportWeights").trigger()
    said = rows(trained)
    assert said["Network"] == ("2-4-1", "2-6-3-1", True)
    assert said["Activations"] == ("Tanh", "Tanh", False)
    assert said["Loss"] == ("Log loss", "Log loss", False)
    assert said["Iteration"] == ("5", "0", True)
    assert float(said["Training cost"][0]) == pytest.approx(cost, rel=1e-5)
    trained.answer("weightsLoad", "weightsPreview")
    assert trained.sizes == "2-6-3-1" and trained.iteration == 0
    assert trained.value("trainCost") == pytest.approx(float(said["Training cost"][1]), rel=1e-5)
    assert trained.value("testCost") == pytest.approx(float(said["Test cost"][1]), rel=1e-5)
    assert trained.value("testAccuracy") == pytest.approx(
        float(said["Test accuracy"][1][:-1]) / 100, abs=6e-4
    )


def test_cancelling_leaves_everything_as_it_is(
    trained: Lab, other: Path, open_as: Callable[[object], None]
) -> None:
    spec, weights, steps = trained.spec, trained.weights, trained.steps
    open_as(other)
    trained.action("ImportWeights").trigger()
    trained.answer("weightsCancel", "weightsPreview")
    assert (trained.spec, trained.steps) == (spec, steps)
    assert same_weights(trained.weights, weights)


def test_features_of_other_names_and_another_scale_are_told(
    trained: Lab, tmp_path: Path, open_as: Callable[[object], None]
) -> None:
    weights = Weights.of(trained.frame.experiment, trained.frame.state)
    scale = replace(weights.standardization, mean=weights.standardization.mean + 1.0)
    named = replace(weights, feature_names=("<b>width</b>", "height"), standardization=scale, loss="squared")
    save_weights(tmp_path / "named.json", named)
    open_as(tmp_path / "named.json")
    trained.action("ImportWeights").trigger()
    said = rows(trained)
    assert said["Features"] == ("x₁, x₂", "<b>width</b>, height", True)
    assert said["Inputs are"] == ("standardized", "standardized as when they were trained", True)
    assert said["Loss"][2]
    note = trained.options("weightsPreview").findChild(QLabel, "weightsNote")
    assert note is not None and "trained on <b>width</b>, height" in note.text() and note.isVisible()
    trained.answer("weightsLoad", "weightsPreview")
    assert "<b>width</b>" in trained.status
    assert same_weights(trained.weights, load_weights(tmp_path / "named.json").parameters)


def test_it_says_that_the_run_goes_for_good_and_so_it_is(
    trained: Lab, other: Path, open_as: Callable[[object], None]
) -> None:
    open_as(other)
    trained.action("ImportWeights").trigger()
    meant = trained.options("weightsPreview").findChild(QLabel, "weightsMeant")
    assert meant is not None and meant.isVisible()
    assert meant.text().startswith("The run of 5 iterations and its curve go: training starts at iteration 0")
    assert "Undo does not bring the run back" in meant.text()
    trained.answer("weightsLoad", "weightsPreview")
    trained.action("Undo").trigger()
    trained.settle()
    assert trained.sizes == "2-4-1" and trained.iteration == trained.frame.last == 0


def test_long_words_take_the_lines_they_need(
    trained: Lab, tmp_path: Path, open_as: Callable[[object], None]
) -> None:
    weights = Weights.of(trained.frame.experiment, trained.frame.state)
    names = ("mean concave points of the cell", "largest radius of all cells in the picture")
    save_weights(tmp_path / "named.json", replace(weights, feature_names=names))
    open_as(tmp_path / "named.json")
    trained.action("ImportWeights").trigger()
    table = trained.options("weightsPreview").findChild(QTableWidget, "weightsChanges")
    assert table is not None and table.viewport().height() >= table.verticalHeader().length()
    for row in range(table.rowCount()):
        for column in (1, 2):
            item = table.item(row, column)
            room = table.visualItemRect(item)
            words = QFontMetrics(item.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            assert words.width() <= room.width() and words.height() <= room.height(), item.text()
    assert table.rowHeight(3) > table.rowHeight(0), "those of the features"
    trained.answer("weightsCancel", "weightsPreview")


def test_looking_back_it_is_about_the_run_that_will_be(
    trained: Lab, tmp_path: Path, open_as: Callable[[object], None]
) -> None:
    save_weights(tmp_path / "own.npz", Weights.of(trained.frame.experiment, trained.frame.state))
    trained.step(5)
    trained.fill("l2Spin", "3")
    for x in np.linspace(0.1, 0.9, 5):
        trained.click(trained.inside(x, 0.9), LEFT)
    trained.settle()
    trained.step(2)
    for _ in range(6):
        act(trained, "StepBack")
    assert trained.frame.looks_back
    open_as(tmp_path / "own.npz")
    trained.action("ImportWeights").trigger()
    said = rows(trained)
    trained.answer("weightsLoad", "weightsPreview")
    trained.settle()
    assert trained.value("trainCost") == pytest.approx(float(said["Training cost"][1]), rel=1e-5)


def test_a_change_that_is_not_told_yet_counts(
    trained: Lab, tmp_path: Path, open_as: Callable[[object], None]
) -> None:
    save_weights(tmp_path / "own.npz", Weights.of(trained.frame.experiment, trained.frame.state))
    open_as(tmp_path / "own.npz")
    trained.choose("datasetCombo", "penguins")
    trained.action("ImportWeights").trigger()
    said = rows(trained)
    trained.answer("weightsLoad", "weightsPreview")
    trained.settle()
    assert trained.value("trainCost") == pytest.approx(float(said["Training cost"][1]), rel=1e-5)
