"""What the window finds around it here: settings of its own, and a screen that need not be one."""

import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler

EXPECTED = "This plugin does not support"


def keep_settings_in(folder: Path) -> None:
    """Let the program remember things in a folder, not among the person's own. To be called before the window is made."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


def expect_no_screen() -> None:
    """Let Qt say what it has to say, but not that the screen in memory is no real one."""

    def tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith(EXPECTED):
            print(message, file=sys.stderr)

    qInstallMessageHandler(tell)
