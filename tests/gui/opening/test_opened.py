"""What a file that was opened changes in the window, and how to come back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

import engine.data.sources
from gui.views.view import Key
from tests.gui.driving import Lab
from tests.gui.opening.looking import all_points_are_in_sight, shows_the_penguins


def test_the_status_line_names_the_file_that_was_opened(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    assert "penguins" in lab.status
    assert "columns" not in lab.status


def test_opening_a_file_is_undone_and_made_again(lab: Lab, penguins: Path) -> None:
    moons = lab.dataset
    lab.drop(penguins, lab.window)
    lab.settle()
    table = lab.dataset
    assert lab.action("Undo").text() == "Undo: Open penguins"
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.dataset is moons
    assert lab.spec.data == "moons"
    assert lab.find("datasetCombo").currentData() == "moons"  # type: ignore[attr-defined]
    assert all_points_are_in_sight(lab)
    lab.action("Redo").trigger()
    lab.settle()
    assert lab.dataset is table
    assert shows_the_penguins(lab)
    assert all_points_are_in_sight(lab)


def test_a_file_opened_during_a_run_goes_on_from_the_weights(lab: Lab, penguins: Path) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    reached = lab.iteration
    lab.drop(penguins, lab.window)
    lab.settle()
    assert shows_the_penguins(lab)
    assert lab.is_running
    assert lab.iteration >= reached
    lab.wait_for_iterations(50)


def test_another_file_of_the_same_name_is_shown_whole(lab: Lab, tmp_path: Path) -> None:
    for folder, shift in (("one", 0), ("two", 1000)):
        path = tmp_path / folder / "data.csv"
        path.parent.mkdir()
        path.write_text(f"x,y,label\n{shift},0,a\n{shift + 5},1,b\n{shift + 3},4,a\n{shift + 2},2,b\n")
        lab.drop(path, lab.window)
        lab.settle()
        assert all_points_are_in_sight(lab), folder


def test_the_class_names_of_the_file_stand_in_the_legend(lab: Lab, penguins: Path) -> None:
    (legend,) = lab.items("boundary", Key)
    lab.drop(penguins, lab.window)
    lab.settle()
    assert [name for _, name in legend._entries][:2] == ["Adelie", "Chinstrap"]


def test_generator_settings_are_off_while_a_file_is_open(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    assert not lab.find("samplesSpin").isEnabled()
    assert not lab.find("noiseSpin").isEnabled()
    assert not lab.find("dataSeedSpin").isEnabled()
    assert lab.find("splitSeedSpin").isEnabled()
    lab.choose("datasetCombo", "circles")
    lab.settle()
    assert lab.find("samplesSpin").isEnabled()
    assert lab.dataset.title == "Circles"


BUNDLED = {
    "penguins": ("Adelie", "Chinstrap"),
    "iris": ("versicolor", "virginica"),
    "breast_cancer": ("benign", "malignant"),
}


def test_choose_a_bundled_set_and_train_on_it(lab: Lab, subtests: pytest.Subtests) -> None:
    for name, classes in BUNDLED.items():
        with subtests.test(name):
            lab.choose("datasetCombo", name)
            lab.action("Reset").trigger()
            lab.settle()
            assert lab.dataset.class_names == classes
            assert all_points_are_in_sight(lab)
            lab.action("Run").trigger()
            lab.wait(lambda: lab.value("trainAccuracy") > 0.85)


def test_another_choice_of_an_open_table_reads_nothing(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("p,q,kind\n1,2,b\n3,4,a\n5,6,b\n")
    lab.drop(path, lab.window)
    lab.settle()
    assert lab.dataset.feature_names == ("p", "q")
    before = lab.dataset
    read: list[object] = []
    really = engine.data.sources.read_table
    monkeypatch.setattr(
        engine.data.sources, "read_table", lambda *choice: read.append(choice) or really(*choice)
    )
    lab.fill("columnsEdit", "q,p")
    lab.settle()
    assert lab.dataset.X.tolist() == [[2, 4, 6], [1, 3, 5]] and not read
    lab.action("Undo").trigger()
    assert lab.dataset is before
    path.write_text("p,q,kind\n1,2,b\n3,4,a\n5,6,b\n7,8,a\n")
    lab.fill("columnsEdit", "q,p")
    lab.settle()
    assert lab.dataset.X.tolist() == [[2, 4, 6, 8], [1, 3, 5, 7]] and read, "the file has changed"


def test_choosing_the_files_own_entry_again_reads_it_again(lab: Lab, penguins: Path) -> None:
    lab.drop(penguins, lab.window)
    lab.settle()
    lab.click(lab.inside(0.5, 0.5))
    lab.settle()
    assert lab.dataset.painted
    combo = lab.find("datasetCombo", QComboBox)
    combo.activated.emit(combo.currentIndex())
    lab.settle()
    assert not lab.dataset.painted
    assert shows_the_penguins(lab)
