"""The menu of the files that were opened or saved last: tables and sessions."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui import settings
from gui.views.view import plain


class RecentFiles(QMenu):
    """Filled each time it opens. Files that are not there any more are shown, and cannot be chosen."""

    chosen = Signal(Path)

    def __init__(self, parent: QWidget, before: QAction, menu: QMenu) -> None:
        """Put it into a menu, before one of its entries."""
        super().__init__("Open recent", parent)
        self.setObjectName("menuRecent")
        self.setToolTipsVisible(True)
        action = self.menuAction()
        action.setObjectName("actionOpenRecent")
        action.setToolTip("The tables and sessions that were opened or saved last.")
        menu.insertMenu(before, self)
        self.aboutToShow.connect(self.fill)
        menu.aboutToShow.connect(lambda: action.setEnabled(bool(settings.recent_files())))

    def fill(self) -> None:
        """Show the files, the newest first, by their names, and where two have the same, by their folders."""
        self.clear()
        paths = [Path(each) for each in settings.recent_files()]
        for number, path in enumerate(paths, start=1):
            there = path.is_file()
            words = _told_apart(path, paths).replace("&", "&&")
            action = self.addAction(f"&{number}  {words}" if there else f"&{number}  {words} (not found)")
            action.setObjectName(f"actionRecent{number}")
            action.setToolTip(plain(str(path)))
            action.setEnabled(there)
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        self.addSeparator()
        forget = self.addAction("Clear list")
        forget.setObjectName("actionClearRecent")
        forget.setToolTip("Forget these files; the files themselves stay.")
        forget.triggered.connect(settings.forget_recent_files)


def _told_apart(path: Path, paths: list[Path]) -> str:
    """Return a file's name and, where others have the same, as much of its folder as none of them has."""
    others = [each.parent.parts for each in paths if each.name == path.name and each != path]
    if not others:
        return path.name
    own, count = path.parent.parts, 1
    while count < len(own) and any(each[-count:] == own[-count:] for each in others):
        count += 1
    return f"{path.name} in {Path(*own[-count:])}"
