"""The window that asks how a table is meant, and shows what comes of each choice."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QListWidget,
    QTableView,
    QWidget,
)

from tests.gui.driving import Lab
from tests.gui.opening.asking import Options


def test_the_window_proposes_what_is_likely(options: Options) -> None:
    assert options.lab.dataset.title == "Moons", "nothing is changed before the answer"
    assert options.ticked == ["bill", "depth"]
    assert options.chosen("importLabel") == "species"
    assert (options.chosen("importClass0"), options.chosen("importClass1")) == ("Adelie", "*")
    assert options.chosen("importGaps") == "skip"
    assert options.summary == "5 points with 2 inputs; 1 row with gaps left out."
    assert options.drawn == [1, 4]
    assert options.legend == ["Adelie: 1", "not Adelie: 4"]


def test_the_first_rows_and_the_guessed_types_are_shown(options: Options) -> None:
    model = options.find(QTableView, "importTable").model()
    shown = [model.index(3, i).data() for i in range(6)]
    assert shown == ["4", "Adelie", "Dream", "NA", "19", "190"]
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(6)]
    assert heads == [
        "id\nnumbers",
        "species\nlabel: 3 words",
        "island\n2 words",
        "bill\ninput: numbers, 1 gap",
        "depth\ninput: numbers",
        "flipper\nnumbers",
    ]
    assert model.headerData(3, Qt.Orientation.Vertical) == "5", "the line of the file"


def test_taking_the_points_is_one_step_to_undo(options: Options) -> None:
    lab, before = options.lab, options.lab.dataset
    options.choose("importClass0", "Gentoo")
    options.choose("importClass1", "Chinstrap")
    options.tick("flipper")
    lab.answer()
    assert lab.dataset.class_names == ("Gentoo", "Chinstrap")
    assert lab.dataset.feature_names == ("bill", "depth", "flipper")
    assert lab.dataset.X.tolist() == [[47, 46, 50, 49], [14, 17, 15, 19], [211, 192, 220, 195]]
    spec = lab.spec
    assert (spec.columns, spec.label, spec.classes, spec.gaps) == (
        ("*",),
        "species",
        ("Gentoo", "Chinstrap"),
        "skip",
    )
    assert lab.sizes == "3-4-1"
    assert "2 rows with other labels left out" in lab.status
    assert lab.action("Undo").text() == "Undo: Open birds"
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.dataset is before and lab.spec.classes is None
    lab.action("Redo").trigger()
    lab.settle()
    assert lab.dataset.m == 4 and lab.spec == spec


def test_cancelling_leaves_everything_as_it_was(options: Options) -> None:
    lab, before, spec = options.lab, options.lab.dataset, options.lab.spec
    options.choose("importClass0", "Gentoo")
    lab.answer("importCancel")
    assert lab.dataset is before and lab.spec == spec
    assert not lab.action("Undo").isEnabled()


def test_what_is_wrong_is_said_at_once_and_cannot_be_taken(options: Options) -> None:
    options.choose("importGaps", "refuse")
    assert options.problem.startswith("Line 5, column bill: 'NA' is not a number;")
    assert not options.ok.isEnabled() and options.drawn == [] and options.legend == []
    options.tick("bill")
    assert options.ok.isEnabled() and options.problem == ""
    assert options.ticked == ["depth"]
    assert options.drawn == [2, 4]
    options.tick("depth")
    assert options.problem == "Tick at least one column as an input."
    assert not options.ok.isEnabled()
    QTest.keyClick(options.dialog, Qt.Key.Key_Return)
    assert options.dialog.isVisible()


def test_the_gaps_can_be_filled(options: Options) -> None:
    options.choose("importGaps", "mean")
    assert options.summary == "6 points with 2 inputs; 1 row with gaps filled by the column's mean."
    options.lab.answer()
    assert options.lab.dataset.X[0, 3] == np.mean([39, 47, 46, 50, 49])


def test_the_same_label_for_both_classes_changes_places(options: Options) -> None:
    options.choose("importClass1", "Adelie")
    assert (options.chosen("importClass0"), options.chosen("importClass1")) == ("*", "Adelie")
    assert options.legend == ["not Adelie: 4", "Adelie: 1"]
    options.choose("importClass0", "Gentoo")
    options.choose("importClass0", "Adelie")
    assert (options.chosen("importClass0"), options.chosen("importClass1")) == ("Adelie", "Gentoo")


def test_another_label_brings_its_own_classes_and_is_no_input(options: Options) -> None:
    options.choose("importLabel", "island")
    assert (options.chosen("importClass0"), options.chosen("importClass1")) == ("Biscoe", "Dream")
    options.choose("importLabel", "depth")
    assert options.ticked == ["bill"]
    options.choose("importLabel", "species")
    assert options.ticked == ["bill", "depth"]


def test_all_columns_at_once(options: Options) -> None:
    every = options.find(QAbstractButton, "importEvery")
    every.click()
    options.settle()
    assert options.ticked == ["bill", "depth", "flipper"], "a counter is no measurement"
    every.click()
    options.settle()
    assert options.ticked == [] and "Tick" in options.problem


def test_all_columns_where_there_are_none_says_so(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("a,b,c\n0,k,x\n1,l,y\n2,m,z\n")
    lab.drop(path, lab.window)
    options = Options(lab)
    assert options.ticked == ["a"]
    options.choose("importLabel", "a")
    every = options.find(QAbstractButton, "importEvery")
    every.click()
    options.settle()
    assert options.problem == "Beside the label, column a, there must be a column of numbers; there is none."
    assert not options.ok.isEnabled() and not every.isChecked()


def test_every_control_says_what_it_is_for(options: Options) -> None:
    for kind in (QAbstractButton, QComboBox, QListWidget, QTableView):
        for control in options.dialog.findChildren(kind):
            if control.objectName().startswith("import"):
                assert control.toolTip().endswith("."), control.objectName()
    names = {child.objectName() for child in options.dialog.findChildren(QWidget)}
    assert names >= {
        "importTable",
        "importInputs",
        "importEvery",
        "importLabel",
        "importClass0",
        "importClass1",
    }
    assert names >= {
        "importGaps",
        "importSummary",
        "importProblem",
        "importOk",
        "importCancel",
        "previewPlot",
    }


def test_the_window_can_be_answered_by_the_keyboard(options: Options) -> None:
    assert options.ok.hasFocus()
    QTest.keyClick(options.ok, Qt.Key.Key_Return)
    options.lab.wait(lambda: options.lab.dataset.title == "birds")


def test_escape_leaves_the_points_as_they_were(options: Options) -> None:
    dialog: QDialog = options.dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    options.lab.wait(lambda: QApplication.activeModalWidget() is None)
    assert options.lab.dataset.title == "Moons"
