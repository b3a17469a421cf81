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
from gui.sessions.asking import asking, asking_to_replace, discard
from gui.sessions.autosave import Autosave
from gui.sessions.recovery import usual_folder
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


def start_autosave(window: MainWindow) -> Autosave | None:
    """Let the session be saved by itself from now on, where there is a place for it; else say why not."""
    try:
        autosave = Autosave(window, window.document, window.sessions, usual_folder())
    except OSError as error:
        window.status.warn(f"Nothing is saved by itself: {usual_folder()} {error.strerror or error}.")
        return None
    autosave.warned.connect(window.status.warn)
    return autosave


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return the exit status once it is closed."""
    application = create_application(sys.argv)
    window = create_window()
    window.show()
    window.sessions.ask = asking(window)
    window.sessions.ask_to_replace = asking_to_replace(window)
    autosave = start_autosave(window)

    def interrupt() -> None:
        """End without a question, as nobody may be there to answer it; the next start offers what was not saved."""
        window.sessions.ask = discard
        if autosave is not None:
            autosave.leave()
        application.quit()

    # Not the usual exception: it would come out in the middle of whatever Qt just called.
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, interrupt))
    if arguments.session:
        window.sessions.open(Path(arguments.session))
    if arguments.data_file:
        window.exchange.open_file(Path(arguments.data_file))
    if autosave is not None:
        autosave.offer()
    return application.exec()
