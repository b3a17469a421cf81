"""The rows of the table: every point, sorted by a header, and up to date while it is open."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.data.dataset import held_out
from tests.gui.driving import Lab
from tests.gui.points_table.hands import (
    CLASS,
    NUMBER,
    SET,
    X1,
    X2,
    click,
    click_header,
    column,
    show_table,
    steps,
    table,
    text,
    type_into,
)


def test_it_is_hidden_at_first_and_shows_every_point_in_its_own_units(lab: Lab) -> None:
    assert not table(lab).isVisible()
    lab.choose("datasetCombo", "penguins")
    lab.settle()
    view = show_table(lab)
    model, dataset = view.model(), lab.dataset
    headers = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert headers == ["point", "bill length (mm)", "bill depth (mm)", "class", "set"]
    assert model.rowCount() == dataset.m
    test = held_out(dataset, 0.2, 0)
    for row in (0, 100, dataset.m - 1):
        shown = [text(lab, row, column) for column in range(5)]
        x = [f"{value:g}" for value in dataset.X[:, row]]
        name = dataset.class_names[int(dataset.Y[0, row])]
        assert shown == [str(row + 1), *x, name, "test" if test[row] else "train"]


@pytest.mark.parametrize("section", [X1, X2, CLASS, SET, NUMBER])
def test_a_click_on_a_header_sorts_then_backwards_then_not_at_all(lab: Lab, section: int) -> None:
    show_table(lab)
    dataset = lab.dataset
    values = {
        NUMBER: np.arange(400),
        X1: dataset.X[0],
        X2: dataset.X[1],
        CLASS: dataset.Y[0],
        SET: held_out(dataset, 0.2, 0).astype(float),
    }[section]
    natural = [str(i + 1) for i in range(400)]
    click_header(lab, section)
    assert column(lab, NUMBER) == [str(i + 1) for i in np.argsort(values, kind="stable")]
    click_header(lab, section)
    assert column(lab, NUMBER) == [str(i + 1) for i in np.argsort(-values, kind="stable")]
    click_header(lab, section)
    assert column(lab, NUMBER) == natural
    assert steps(lab) == 0 and lab.dataset is dataset


def test_an_open_table_is_open_again_at_the_next_start(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    show_table(first)
    first.close()
    second = open_lab()
    second.wait(lambda: table(second).isVisible())
    assert text(second, 0, NUMBER) == "1"


def test_painting_and_new_data_come_into_the_open_table(lab: Lab) -> None:
    view = show_table(lab)
    lab.click(lab.inside(0.5, 0.9))
    lab.wait(lambda: view.model().rowCount() == 401)
    click(lab, 5, X1)
    lab.action("Undo").trigger()
    lab.wait(lambda: view.model().rowCount() == 400)
    assert view.rows.tolist() == [5], "what was selected stays so"
    click_header(lab, X1)
    lab.choose("datasetCombo", "iris")
    lab.wait(lambda: view.model().rowCount() == 100)
    assert column(lab, NUMBER) == [str(i + 1) for i in range(100)]
    assert view.horizontalHeader().sortIndicatorSection() == -1


def test_another_split_shows_in_the_open_table(lab: Lab) -> None:
    show_table(lab)
    before = column(lab, SET)
    lab.fill("splitSeedSpin", "3")
    lab.wait(lambda: column(lab, SET) != before)
    assert column(lab, SET) == ["test" if test else "train" for test in held_out(lab.dataset, 0.2, 3)]


def test_a_hidden_table_does_nothing_until_it_is_shown(lab: Lab) -> None:
    view = table(lab)
    resets: list[None] = []
    view.model().modelReset.connect(lambda: resets.append(None))
    lab.click(lab.inside(0.5, 0.9))
    lab.choose("datasetCombo", "iris")
    lab.settle()
    assert resets == []
    show_table(lab)
    assert len(resets) == 1 and view.model().rowCount() == 100


def test_training_asks_nothing_of_the_open_table(lab: Lab) -> None:
    view = show_table(lab)
    lab.run()
    lab.wait_for_iterations(10)
    changes: list[object] = []
    view.model().modelReset.connect(lambda: changes.append("reset"))
    view.model().dataChanged.connect(lambda *_: changes.append("changed"))
    lab.wait_for_iterations(200)
    assert changes == []
    type_into(lab, 0, X1, "1")
    assert lab.is_running and lab.dataset.X[0, 0] == 1
    lab.wait(lambda: lab.frame.experiment.problem.dataset is lab.dataset)
