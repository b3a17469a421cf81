"""When it is asked how a table is meant: where there is something to decide, and again from the menu."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox

from tests.gui.driving import Lab
from tests.gui.opening.asking import BIRDS, Options


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
