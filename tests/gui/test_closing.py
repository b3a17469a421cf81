"""Closing the window, and starting without a display, in processes of their own: nothing is said on the way out."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.files.session import load_session
from tests.gui.driving import ROOT
from tests.gui.programs import start_program

DRIVE = """
import sys
from pathlib import Path
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox, QSlider, QWidget
import main
from gui import app

create = app.create_window

def create_and_drive():
    window = create()
    iteration = lambda: window.findChild(QWidget, "iterationReadout").property("value")
    action = lambda name: window.findChild(QAction, "action" + name)
    def when(condition, act):
        timer = QTimer(window, interval=5)
        def look():
            if condition():
                timer.stop()
                act()
        timer.timeout.connect(look)
        timer.start()
    def discard():
        QApplication.activeModalWidget().button(QMessageBox.StandardButton.Discard).click()
    def leave(close=window.close):
        when(QApplication.activeModalWidget, discard)
        close()
    {drive}
    return window

app.create_window = create_and_drive
sys.exit(main.main({arguments!r}))
"""


def start(drive: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program by its own `main`, with the window driven by a few lines of Python."""
    script = DRIVE.format(drive=drive.strip().replace("\n", "\n    "), arguments=list(arguments))
    return start_program(script, folder, stderr=subprocess.PIPE)


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return the exit status, standard output, and standard error without what Qt's screenless platform says."""
    try:
        output, errors = process.communicate(timeout=20)
    finally:
        process.kill()  # else a program that does not end would outlive its test
    lines = [each for each in errors.splitlines() if "This plugin does not support" not in each]
    return process.returncode, output, "\n".join(lines)


@pytest.mark.parametrize(
    "drive",
    [
        'QTimer.singleShot(0, action("Run").trigger)\nwhen(lambda: iteration() > 500, leave)',
        'window.findChild(QSlider, "speedSlider").setValue(0)\nQTimer.singleShot(0, action("Run").trigger)\n'
        "when(lambda: iteration() >= 1, leave)",
        'QTimer.singleShot(0, action("Run").trigger)\n'
        'when(lambda: iteration() > 500, lambda: leave(action("Quit").trigger))',
        "QTimer.singleShot(50, window.close)",
    ],
    ids=["as fast as it goes", "at 1 iteration a second", "by the Quit action", "without a run"],
)
def test_close_the_window_and_nothing_is_said(tmp_path: Path, drive: str) -> None:
    assert end(start(drive, tmp_path)) == (0, "", "")


def test_close_the_window_while_a_large_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("x,y,label\n" + "".join(f"{i % 97},{i % 89},{'ab'[i % 2]}\n" for i in range(300_000)))
    drive = 'QTimer.singleShot(0, action("Run").trigger)\nQTimer.singleShot(60, leave)'
    assert end(start(drive, tmp_path, str(path))) == (0, "", "")


def test_close_the_window_while_a_failure_is_shown(tmp_path: Path) -> None:
    drive = """
def boom():
    raise RuntimeError("boom")
QTimer.singleShot(10, boom)
when(lambda: any(isinstance(w, QMessageBox) and w.isVisible() for w in QApplication.topLevelWidgets()), window.close)
"""
    assert end(start(drive, tmp_path)) == (0, "", "")


def test_open_the_file_that_the_command_line_names(tmp_path: Path, penguins: Path) -> None:
    drive = """
def tell():
    print(window.document.dataset.title, window.document.dataset.m, flush=True)
    window.close()
when(lambda: window.document.dataset.title != "Moons", tell)
"""
    assert end(start(drive, tmp_path, str(penguins))) == (0, "penguins 219\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send there")
def test_ctrl_c_in_the_terminal_ends_the_program_quietly(tmp_path: Path) -> None:
    drive = """
QTimer.singleShot(0, action("Run").trigger)
when(lambda: iteration() > 100, lambda: print("running", flush=True))
"""
    process = start(drive, tmp_path)
    assert process.stdout is not None and process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    assert end(process) == (0, "", "")
    (left,) = (tmp_path / "data").rglob("*.descent")
    assert load_session(left).run.last > 100, "the next start offers what was not saved"


def test_open_the_session_that_the_command_line_names(tmp_path: Path) -> None:
    drive = """
def saved():
    print(window.sessions.name, flush=True)
    window.close()
window.playback.step(7)
def save():
    window.sessions.path = Path("FOLDER/w.descent")
    window.sessions.save()
    when(lambda: not window.isWindowModified(), saved)
when(lambda: iteration() == 7, save)
""".replace("FOLDER", str(tmp_path))
    assert end(start(drive, tmp_path)) == (0, "w\n", "")
    tell = """
def tell():
    print(window.sessions.name, iteration(), flush=True)
    window.close()
when(lambda: iteration() == 7, tell)
"""
    for arguments in (["--session", f"{tmp_path}/w.descent"], [f"{tmp_path}/w.descent"]):
        assert end(start(tell, tmp_path, *arguments)) == (0, "w 7\n", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_main_says_so_in_one_line_and_exits_2() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stdout == ""
    (said,) = done.stderr.splitlines()
    assert "no display" in said and "main.py train" in said and said.endswith(".")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["one.csv", "two.csv"]])
def test_wrong_usage_is_told_in_one_line_and_exits_2(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "main.py", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert arguments[-1] in done.stderr
