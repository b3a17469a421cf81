"""Work beside the window's thread: it begins soon, the newest that waits is done, and asking often delays nothing."""

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.views.beside import AFTER, LATEST, Beside


def test_the_newest_of_those_that_wait_is_done(qtbot: QtBot) -> None:
    parent, done = QObject(), []
    beside = Beside(parent)
    beside.done.connect(lambda key, outcome: done.append((key, outcome)))
    for key in (1, 2, 3):
        beside.ask(key, lambda key=key: 10 * key)  # type: ignore[misc]
    assert done == [], "the picture that asks is painted first"
    qtbot.waitUntil(lambda: len(done) == 1)
    assert done == [(3, 30)]
    beside.ask(4, lambda: 1 / 0)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert isinstance(done[1][1], ZeroDivisionError)


def test_who_asks_all_the_time_is_answered_too(qtbot: QtBot) -> None:
    parent, done, asked = QObject(), [], []
    beside = Beside(parent)
    beside.done.connect(lambda key, outcome: done.append(key))

    def ask() -> None:
        asked.append(len(asked))
        beside.ask(asked[-1], lambda: None)

    timer = QTimer(parent, interval=AFTER // 3)
    timer.timeout.connect(ask)
    timer.start()
    qtbot.waitUntil(lambda: len(done) >= 3, timeout=20 * LATEST)
    timer.stop()
    assert done == sorted(done) and len(asked) > len(done)
    qtbot.waitUntil(lambda: done[-1] == asked[-1])
