"""The weights as numbers: every layer, and the first in the person's own units as well."""

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDockWidget, QTableView

from engine.model.activations import Array
from gui.views.weights import shown
from tests.gui.driving import Lab


@pytest.fixture
def weights(lab: Lab) -> Lab:
    """The window with the penguins, and their weights shown by the menu."""
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    assert not lab.find("weightsView").isVisible()
    lab.find("weightsDock", QDockWidget).toggleViewAction().trigger()
    lab.find("weightsDock", QDockWidget).raise_()
    lab.wait(lab.find("weightsView").isVisible)
    lab.settle()
    return lab


def rows(lab: Lab) -> list[list[str]]:
    """Return what stands in the table, without empty cells and rows."""
    model = lab.find("weightsTable", QTableView).model()
    cells = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return [[cell for cell in row if cell] for row in cells if any(row)]


def written(W: Array, b: Array) -> list[list[str]]:
    """Return the rows of a layer as the table must write them."""
    return [
        [f"unit {i}", *map(shown, map(float, [*w, *c]))] for i, (w, c) in enumerate(zip(W, b, strict=True), 1)
    ]


def test_every_layer_stands_there_and_the_first_in_both_units(weights: Lab) -> None:
    weights.step(3)
    table = rows(weights)
    (W1, b1), (W2, b2) = weights.weights
    problem = weights.frame.experiment.problem
    mean, scale = problem.standardization.mean[:, 0], problem.standardization.scale[:, 0]
    own_W, own_b = W1 / scale, b1 - ((W1 / scale) @ mean)[:, None]
    names = ["bill length (mm)", "bill depth (mm)", "b"]
    assert table == [
        ["W[1], b[1] · tanh · as trained"],
        ["on (x − mean) / deviation"],
        names,
        *written(W1, b1),
        ["W[1], b[1] · tanh · in your own units"],
        names,
        *written(own_W, own_b),
        ["W[2], b[2] · sigmoid"],
        ["unit 1", "unit 2", "unit 3", "unit 4", "b"],
        *written(W2, b2),
    ]


def test_without_standardization_the_first_layer_stands_there_once(weights: Lab) -> None:
    weights.choose("modelCombo", "logistic")
    weights.window.document.change(standardize=False)  # type: ignore[attr-defined]
    weights.settle()
    W, b = weights.weights[0]
    assert rows(weights) == [
        ["W[1], b[1] · sigmoid · in your own units"],
        ["bill length (mm)", "bill depth (mm)", "b"],
        *written(W, b),
    ]


def test_made_inputs_are_said_not_to_fold(weights: Lab) -> None:
    weights.window.document.change(features=("x1_squared",), model="logistic")  # type: ignore[attr-defined]
    weights.settle()
    table = rows(weights)
    assert ["x₁²: made from standardized inputs, so not folded"] in table
    trained, own = (row for row in table if row[0] == "unit 1")
    assert trained[3] == own[3] == shown(float(weights.weights[0].W[0, 2]))
    assert trained[1] != own[1]


def test_the_numbers_follow_a_run_and_are_exact_once_it_pauses(weights: Lab) -> None:
    before = rows(weights)
    weights.run()
    weights.wait(lambda: rows(weights) != before)
    weights.pause()
    (W1, b1), _ = weights.weights
    assert written(W1, b1)[0] in rows(weights)
    table = weights.find("weightsTable", QTableView)
    cell = table.model().index(3, 1)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == repr(float(W1[0, 0]))
    assert table.indexAt(table.visualRect(cell).center()).row() == 3


def test_columns_stand_still_while_numbers_change(weights: Lab) -> None:
    table = weights.find("weightsTable", QTableView)
    widths = [table.columnWidth(column) for column in range(table.model().columnCount())]
    resets: list[int] = []
    table.model().modelReset.connect(lambda: resets.append(1))
    weights.step(5)
    assert [table.columnWidth(column) for column in range(len(widths))] == widths
    assert not resets
    weights.fill("hiddenLayersEdit", "2")
    weights.settle()
    assert resets and table.model().rowCount(QModelIndex()) < 20


def test_a_hidden_table_costs_nothing(weights: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(
        weights.window.weights,  # type: ignore[attr-defined]
        "draw",
        lambda frame: drawn.append(frame.state.iteration),
    )
    weights.step()
    assert drawn
    weights.find("weightsDock", QDockWidget).close()
    drawn.clear()
    weights.step()
    assert not drawn


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.0000"),
        (-0.5, "−0.5000"),
        (1234.56789, "1234.5679"),
        (0.01, "0.0100"),
        (-0.00123, "−1.23e−03"),
        (1e7, "1.00e+07"),
    ],
)
def test_numbers_keep_their_digits(value: float, text: str) -> None:
    assert shown(value) == text
    assert np.isclose(float(text.replace("−", "-")), value, rtol=0.01)
