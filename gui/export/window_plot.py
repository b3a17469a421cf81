"""The whole window where there is no screen, for a picture of it on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QSizeF, QTimer

from engine.files.atomic import FileError
from engine.files.plots import PlotStyle
from engine.files.session import Session
from gui import settings
from gui.export.pictures import delete
from gui.export.window_picture import WindowPicture
from gui.failures import Failures
from gui.main_window import MainWindow
from gui.theme import PICTURE_THEMES
from gui.views.beside import Beside

USUAL = QSize(1440, 900)
A_WHILE = 20  # milliseconds for Qt's events between two looks


@contextmanager
def window_picture(session: Session, style: PlotStyle) -> Iterator[WindowPicture]:
    """Give a picture of a window that shows a session. Raises FileError where its run cannot be taken up again.

    Nothing that a person has set counts, and nothing is remembered. A small picture is that of a larger window.
    """
    wanted = QSizeF(USUAL) if style.size is None else QSizeF(*style.size)
    with settings.as_at_first_start():
        failures = Failures()
        window = MainWindow(failures)
        failures.setParent(window)
        try:
            least = window.minimumSize()
            larger = max(1.0, least.width() / wanted.width(), least.height() / wanted.height())
            window.take_theme(PICTURE_THEMES[style.theme])
            window.resize((wanted * larger).toSize())
            window.show()
            _let_show(window, session)
            yield WindowPicture(window, window.views, window.playback.frame, size=wanted)
        finally:
            window.end()
            delete(window)


def _let_show(window: MainWindow, session: Session) -> None:
    """Let a window live until it shows the session."""
    failures: list[Exception] = []
    window.playback.failed.connect(failures.append)
    window.sessions.take(session)
    while window.sessions.is_coming or window.playback.is_waiting or _is_at_work(window):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, A_WHILE)
    QCoreApplication.processEvents()  # what was written last is laid out
    if failures:
        raise FileError(f"The window could not show the run: {type(failures[0]).__name__}: {failures[0]}.")


def _is_at_work(window: MainWindow) -> bool:
    """Return whether a part of it is to be drawn soon, or is worked out beside it."""
    timers, workers = window.findChildren(QTimer), window.findChildren(Beside)
    return any(each.isSingleShot() and each.isActive() for each in timers) or any(
        each.is_busy for each in workers
    )
