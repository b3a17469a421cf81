"""The checks that run before Qt: no display, a dead one, a missing package, a missing library."""

from __future__ import annotations

import ctypes
import os
import runpy
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui import display

ROOT = Path(__file__).parents[2]
NOT_FOUND = "cannot open shared object file: No such file or directory"

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def plugins_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's plugins load, whatever libraries this machine has."""
    monkeypatch.setattr(display, "_plugin_does_not_load", lambda platform: None)


@pytest.fixture
def wayland_display() -> Iterator[str]:
    """A socket that accepts connections, as a Wayland compositor does."""
    # Not tmp_path: the path of a socket must be short.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        path = f"{folder}/wayland-9"
        listener.bind(path)
        listener.listen()
        yield path


def fail_to_load(monkeypatch: pytest.MonkeyPatch, message: str) -> None:
    def refuse(name: str) -> None:
        raise OSError(message)

    monkeypatch.setattr(ctypes, "CDLL", refuse)


def run_check(packages: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the module as `make run` does, with only the given packages beside the standard library."""
    return subprocess.run(
        [sys.executable, "-S", "-m", "gui.display"],
        cwd=ROOT,
        env={"PYTHONPATH": str(packages), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def make_packages(folder: Path, qt_widgets: str = "") -> Path:
    """Write stand-ins for the needed packages; `qt_widgets` is the source of PySide6.QtWidgets."""
    for package in display.PACKAGES:
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    (folder / "PySide6" / "QtWidgets.py").write_text(qt_widgets)
    return folder


# Packages


@pytest.mark.parametrize("package", display.PACKAGES)
def test_names_a_missing_package(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    expected = f"Python package {package} is missing; `make run` installs it."
    assert display.why_no_window() == expected
    assert display.why_no_pictures() == expected


def test_works_where_nothing_is_installed(tmp_path: Path) -> None:
    result = run_check(tmp_path)
    assert result.returncode == 1
    assert result.stderr == "Python package PySide6 is missing; `make run` installs it.\n"


def test_imports_the_standard_library_alone() -> None:
    program = "import sys; from gui import display; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not {"PySide6", "pyqtgraph", "numpy", "contourpy"} & set(result.stdout.split())


# Displays


@linux_only
def test_says_that_there_is_no_display(capsys: pytest.CaptureFixture[str]) -> None:
    assert display.main() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("There is no display (DISPLAY is not set)")
    assert "`python main.py train`" in printed.err
    assert printed.err.count("\n") == 1


@linux_only
def test_pictures_need_no_display() -> None:
    assert display.why_no_pictures() is None
    assert display.main(["--pictures"]) == 0


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600", "wayland;offscreen"])
def test_some_platforms_need_no_display(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display.why_no_window() is None
    assert display.main() == 0


@linux_only
def test_names_an_unknown_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such")
    assert display.why_no_window() == "QT_QPA_PLATFORM names no-such, which Qt does not have here; unset it."


@linux_only
@pytest.mark.parametrize("name", [":7654", "nonsense"])
def test_names_a_dead_display(name: str, monkeypatch: pytest.MonkeyPatch, plugins_load: None) -> None:
    monkeypatch.setenv("DISPLAY", name)
    problem = display.why_no_window()
    assert problem is not None
    assert problem.startswith(f"The display {name} does not answer; `python main.py train`")


@linux_only
def test_a_platform_without_its_display(monkeypatch: pytest.MonkeyPatch, plugins_load: None) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    problem = display.why_no_window()
    assert problem is not None
    assert problem.startswith("There is no display for xcb (DISPLAY is not set)")


def test_does_not_wait_for_a_silent_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "PATIENCE", 0.01)
    release = threading.Event()
    waiting: list[threading.Thread] = []

    def never() -> bool:
        waiting.append(threading.current_thread())
        return release.wait()

    assert not display._in_time(never)
    release.set()
    waiting[0].join()


@linux_only
def test_one_living_display_is_enough(
    monkeypatch: pytest.MonkeyPatch, plugins_load: None, wayland_display: str
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland_display)
    assert display.why_no_window() is None
    monkeypatch.setenv("DISPLAY", ":7654")
    assert display.why_no_window() is None


@linux_only
def test_wayland_sockets_live_in_the_runtime_folder(
    monkeypatch: pytest.MonkeyPatch, plugins_load: None, wayland_display: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", os.path.dirname(wayland_display))
    monkeypatch.setenv("WAYLAND_DISPLAY", os.path.basename(wayland_display))
    assert display.why_no_window() is None
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-8")
    assert str(display.why_no_window()).startswith("The display wayland-8 does not answer")


@linux_only
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_living_x_display(monkeypatch: pytest.MonkeyPatch) -> None:
    if missing := display._plugin_does_not_load("xcb"):
        pytest.skip(missing)
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            monkeypatch.setenv("DISPLAY", ":" + server.stdout.readline().strip())
            assert display.why_no_window() is None
        finally:
            server.terminate()


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_check_packages_alone(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert display.why_no_window() is None
    assert display.missing_libraries() == {}


# Libraries


@linux_only
def test_names_a_library_the_window_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7654")
    fail_to_load(monkeypatch, f"libxcb-cursor.so.0: {NOT_FOUND}")
    assert display.why_no_window() == (
        "Qt needs the library libxcb-cursor.so.0, which is missing; "
        "`make run` or, on Debian, `sudo apt-get install libxcb-cursor0` installs it."
    )


@linux_only
def test_names_a_library_qt_lacks(tmp_path: Path) -> None:
    packages = make_packages(tmp_path, f"raise ImportError('libEGL.so.1: {NOT_FOUND}')")
    result = run_check(packages, QT_QPA_PLATFORM="offscreen")
    assert result.returncode == 1
    assert result.stderr == (
        "Qt needs the library libEGL.so.1, which is missing; "
        "`make run` or, on Debian, `sudo apt-get install libegl1` installs it.\n"
    )


@linux_only
def test_a_broken_plugin(tmp_path: Path) -> None:
    plugins = make_packages(tmp_path) / "PySide6" / "Qt" / "plugins" / "platforms"
    plugins.mkdir(parents=True)
    (plugins / "libqxcb.so").write_text("not a library")
    result = run_check(tmp_path, DISPLAY=":7654")
    assert result.returncode == 1
    assert result.stderr.startswith("Qt does not load (")
    assert result.stderr.endswith("; `make clean run` installs it again.\n")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            f"libfancy.so.3: {NOT_FOUND}",
            "libfancy.so.3, which is missing; install it with your package manager.",
        ),
        (f"libQt6Gui.so.6: {NOT_FOUND}", "`make clean run` installs it again."),
        ("No module named 'PySide6.QtWidgets'", "`make clean run` installs it again."),
    ],
)
def test_explains_what_the_loader_says(message: str, expected: str) -> None:
    assert display._explain(ImportError(message)).endswith(expected)


@linux_only
def test_lists_missing_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"libc.so.6": "libc6", "libno-such-thing.so.1": "libno-such-thing1"}
    monkeypatch.setattr(display, "SYSTEM_LIBRARIES", table)
    assert display.missing_libraries() == {"libno-such-thing.so.1": "libno-such-thing1"}


def test_the_table_is_read_without_the_package() -> None:
    """As `.ci/system-libraries` does, before anything is installed."""
    assert callable(runpy.run_path(str(ROOT / "gui" / "display.py"))["missing_libraries"])
