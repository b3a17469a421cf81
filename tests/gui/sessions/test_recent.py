"""The menu of the files that were opened or saved last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu

from gui import settings
from gui.views.view import plain
from tests.gui.driving import Lab
from tests.gui.opening.looking import shows_the_penguins
from tests.gui.sessions.working import open_session, save


def entries(lab: Lab) -> list[tuple[str, bool]]:
    """Open the menu, and return the words of its files and whether they can be chosen."""
    menu = lab.find("menuRecent", QMenu)
    menu.aboutToShow.emit()
    found = [each for each in menu.actions() if each.objectName().startswith("actionRecent")]
    return [(each.text().replace("&", ""), each.isEnabled()) for each in found]


def test_tables_and_sessions_the_newest_first(
    lab: Lab, tmp_path: Path, penguins: Path, save_as: Callable[..., list[str]]
) -> None:
    menu = lab.find("menuFile", QMenu)
    menu.aboutToShow.emit()
    assert not lab.action("OpenRecent").isEnabled() and entries(lab) == []
    lab.drop(penguins, lab.window)
    lab.settle()
    lab.step(2)
    save_as(tmp_path / "work.descent")
    save(lab)
    menu.aboutToShow.emit()
    assert lab.action("OpenRecent").isEnabled()
    assert entries(lab) == [("1  work.descent", True), ("2  penguins.csv", True)]
    lab.action("NewSession").trigger()
    lab.settle()
    lab.action("Recent2").trigger()
    lab.settle()
    assert shows_the_penguins(lab)
    assert [name for name, _ in entries(lab)] == ["1  penguins.csv", "2  work.descent"]
    lab.action("Recent2").trigger()
    lab.settle()
    assert lab.iteration == 2 and lab.window.windowTitle().startswith("work")


def test_files_that_are_gone_cannot_be_chosen(lab: Lab, tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a&b.csv").write_text("x,y,c\n1,2,a\n2,1,b\n")
        settings.remember_recent_file(str(tmp_path / folder / "a&b.csv"))
    (tmp_path / "one" / "a&b.csv").unlink()
    menu = lab.find("menuRecent", QMenu)
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()[:2]] == [
        "&1  a&&b.csv in other",
        "&2  a&&b.csv in one (not found)",
    ]
    assert [each.isEnabled() for each in menu.actions()[:2]] == [True, False]
    assert menu.actions()[0].toolTip() == plain(str(tmp_path / "other" / "a&b.csv"))
    lab.action("ClearRecent").trigger()
    assert entries(lab) == []


def test_files_of_equal_names_in_folders_of_equal_names_are_told_apart(lab: Lab, tmp_path: Path) -> None:
    for folder in ("a/data", "b/data", "b/c/data", "b/more"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.csv").write_text("x,y,c\n1,2,a\n2,1,b\n")
        settings.remember_recent_file(str(tmp_path / folder / "x.csv"))
    names = [name for name, _ in entries(lab)]
    folders = [str(Path(each)) for each in ("more", "c/data", "b/data", "a/data")]
    assert names == [f"{number}  x.csv in {folder}" for number, folder in enumerate(folders, start=1)]


def test_a_file_in_a_linked_folder_is_one_file(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    save_as(tmp_path / "link" / "work.descent")
    lab.step()
    save(lab)
    assert settings.recent_files() == [str(tmp_path / "real" / "work.descent")]
    open_session(lab, tmp_path / "link" / "work.descent")
    assert entries(lab) == [("1  work.descent", True)]
    (tmp_path / "real" / "work.descent").write_text("odd")
    lab.action("Recent1").trigger()
    assert entries(lab) == []


def test_a_file_that_has_become_a_link_leaves_the_list_too(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "work.descent"
    settings.remember_recent_file(str(path))
    (tmp_path / "odd.descent").write_text("odd")
    path.symlink_to(tmp_path / "odd.descent")
    assert entries(lab) == [("1  work.descent", True)]
    lab.action("Recent1").trigger()
    assert entries(lab) == []


def test_at_most_eight_each_once(lab: Lab, tmp_path: Path) -> None:
    for number in (*range(10), 3):
        settings.remember_recent_file(str(tmp_path / f"{number}.csv"))
    names = [Path(each).name for each in settings.recent_files()]
    assert names == [f"{number}.csv" for number in (3, 9, 8, 7, 6, 5, 4, 2)]


def test_a_session_that_cannot_be_opened_leaves_the_list(lab: Lab, tmp_path: Path) -> None:
    path = tmp_path / "odd.descent"
    path.write_text("odd")
    settings.remember_recent_file(str(path))
    assert entries(lab) == [("1  odd.descent", True)]
    lab.action("Recent1").trigger()
    assert "odd.descent: it is no session" in lab.status and entries(lab) == []
