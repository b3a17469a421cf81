"""Wires the program together: one application, one window."""

import argparse
import signal
import sys
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui import settings
from gui.failures import Failures
from gui.main_window import MainWindow
from gui.theme import ASSETS, font, load_fonts


def create_application(argv: list[str]) -> QApplication:
    """Return the application, with the program's name, fonts and style."""
    existing = QApplication.instance()
    application = (
        existing if isinstance(existing, QApplication) else QApplication(argv[:1] or ["descent-lab"])
    )
    QCoreApplication.setOrganizationName(settings.ORGANIZATION)
    QCoreApplication.setApplicationName(settings.APPLICATION)
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(font())
    application.setWindowIcon(QIcon(str(ASSETS / "icons" / "descent-lab.svg")))
    pg.setConfigOptions(antialias=True, mouseRateLimit=-1)
    return application


def create_window() -> MainWindow:
    """Return the window, not shown yet. Exceptions that nobody catches are shown in it from now on."""
    failures = Failures()
    window = MainWindow(failures)
    failures.setParent(window)
    failures.install()
    return window


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return the exit status once it is closed."""
    application = create_application(sys.argv)
    # Not the usual exception: it would come out in the middle of whatever Qt just called.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, application.quit))
    window = create_window()
    window.show()
    if arguments.data_file:
        window.exchange.open_file(Path(arguments.data_file))
    return application.exec()
