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
        names = [path.name for path in paths]
        for number, path in enumerate(paths, start=1):
            name = path.name if names.count(path.name) == 1 else f"{path.name} in {path.parent.name}"
            there = path.is_file()
            words = name.replace("&", "&&")
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
