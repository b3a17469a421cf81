"""The window that asks how a table is meant: it opens where there is something to decide, and shows what comes of it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QTableView,
    QWidget,
)

from gui.dialogs.preview import Preview
from gui.views.dots import Dots
from gui.views.view import Key
from tests.gui.driving import Lab
from tests.gui.plots import LEFT

BIRDS = """id,species,island,bill,depth,flipper
1,Adelie,Dream,39,18,181
2,Gentoo,Biscoe,47,14,211
3,Chinstrap,Dream,46,17,192
4,Adelie,Dream,NA,19,190
5,Gentoo,Biscoe,50,15,220
6,Chinstrap,Dream,49,19,195
"""


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """A table with three labels, three measurements and a gap."""
    path = tmp_path / "birds.csv"
    path.write_text(BIRDS)
    return path


class Options:
    """The window, and the hands and eyes of the person before it."""

    def __init__(self, lab: Lab) -> None:
        self.dialog = lab.options()
        self.lab = lab
        self.inputs = self.find(QListWidget, "importInputs")
        self.settle()

    def find(self, kind: type, name: str) -> QWidget:
        """Return the one control of that name."""
        (found,) = self.dialog.findChildren(kind, name)
        return found

    def settle(self) -> None:
        """Let what was chosen be shown."""
        QApplication.processEvents()
        QApplication.processEvents()

    def choose(self, name: str, data: str) -> None:
        """Choose an item of a box, as a click in its list does."""
        combo = self.find(QComboBox, name)
        assert combo.findData(data) >= 0, f"{name} offers no {data}"
        combo.setCurrentIndex(combo.findData(data))
        combo.activated.emit(combo.currentIndex())
        self.settle()

    def chosen(self, name: str) -> str:
        """Return what a box shows."""
        return self.find(QComboBox, name).currentData()

    def tick(self, name: str) -> None:
        """Click the small box of an input."""
        (item,) = self.inputs.findItems(name, Qt.MatchFlag.MatchExactly)
        area = self.inputs.visualItemRect(item)
        QTest.mouseClick(self.inputs.viewport(), LEFT, pos=QPoint(area.left() + 10, area.center().y()))
        self.settle()

    @property
    def ticked(self) -> list[str]:
        """The inputs that are chosen."""
        items = [self.inputs.item(row) for row in range(self.inputs.count())]
        return [
            item.text()
            for item in items
            if not item.isHidden() and item.checkState() == Qt.CheckState.Checked
        ]

    @property
    def problem(self) -> str:
        """The sentence that says what is wrong."""
        return self.find(QLabel, "importProblem").text()

    @property
    def summary(self) -> str:
        """The sentence that says what comes of it."""
        return self.find(QLabel, "importSummary").text()

    @property
    def drawn(self) -> list[int]:
        """How many points of each class the preview shows."""
        (preview,) = self.dialog.findChildren(Preview)
        (dots,) = [item for item in preview.plot.scene().items() if isinstance(item, Dots)]
        return [len(x) for x, _ in dots.places] if dots.isVisible() else []

    @property
    def legend(self) -> list[str]:
        """The words above the preview."""
        (preview,) = self.dialog.findChildren(Preview)
        (key,) = [item for item in preview.plot.scene().items() if isinstance(item, Key)]
        return [name for _, name in key._entries]

    @property
    def ok(self) -> QPushButton:
        """The button that takes the points."""
        return self.find(QPushButton, "importOk")


@pytest.fixture
def options(lab: Lab, birds: Path) -> Options:
    """The window with the birds."""
    lab.drop(birds, lab.window)
    return Options(lab)


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


def test_a_table_without_a_column_for_the_label_is_refused(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text("a,b,c\n" + "".join(f"{i},{i}.5,-{i}\n" for i in range(1500)))
    lab.drop(path, lab.window)
    assert QApplication.activeModalWidget() is None
    assert lab.status.startswith("numbers.csv: no column has 2 to 1,000 different values,")
    assert lab.dataset.title == "Moons"


def test_a_plain_table_of_one_column_opens_at_once(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("x,kind\n1,b\n3,a\n5,a\n")
    lab.drop(path, lab.window)
    lab.settle()
    assert lab.dataset.X.tolist() == [[1, 3, 5]]
    assert lab.sizes == "1-4-1"


def test_the_options_of_an_open_table_can_be_seen_again(options: Options) -> None:
    lab = options.lab
    options.choose("importClass1", "Gentoo")
    options.choose("importGaps", "mean")
    lab.answer()
    lab.action("ImportOptions").trigger()
    again = Options(lab)
    assert again.ticked == ["bill", "depth"]
    assert (again.chosen("importClass0"), again.chosen("importClass1")) == ("Adelie", "Gentoo")
    assert again.chosen("importGaps") == "mean"
    again.choose("importClass1", "Chinstrap")
    lab.answer()
    assert lab.dataset.class_names == ("Adelie", "Chinstrap")


def test_a_plain_table_opens_at_once_and_its_options_can_still_be_seen(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("x,y,kind\n1,2,b\n3,4,a\n5,7,a\n")
    lab.drop(path, lab.window)
    lab.settle()
    assert QApplication.activeModalWidget() is None
    assert lab.dataset.class_names == ("a", "b")
    lab.action("ImportOptions").trigger()
    options = Options(lab)
    options.choose("importClass0", "b")
    lab.answer()
    assert lab.dataset.class_names == ("b", "a")
    assert lab.dataset.Y.tolist() == [[0, 1, 1]]


def test_a_bundled_set_has_options_and_made_up_points_have_none(lab: Lab) -> None:
    assert not lab.action("ImportOptions").isEnabled()
    lab.choose("datasetCombo", "iris")
    lab.settle()
    lab.action("ImportOptions").trigger()
    options = Options(lab)
    assert options.ticked == ["petal_length_cm", "petal_width_cm"]
    options.choose("importClass0", "virginica")
    lab.answer()
    assert lab.dataset.class_names == ("virginica", "versicolor")
    assert lab.dataset.feature_names == ("petal length (cm)", "petal width (cm)")
    assert lab.spec.data == "iris"


def test_opening_the_entry_of_the_file_again_keeps_the_choice(options: Options, birds: Path) -> None:
    lab = options.lab
    lab.answer()
    birds.write_text(BIRDS + "7,Adelie,Dream,40,18,185\n")
    combo = lab.find("datasetCombo", QComboBox)
    combo.activated.emit(combo.currentIndex())
    lab.settle()
    assert QApplication.activeModalWidget() is None
    assert lab.dataset.counts == (2, 4)


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
