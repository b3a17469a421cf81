"""Finds out whether a window can be opened here, before Qt is asked.

Qt ends the whole process when there is no display or a library is missing. These checks run first and say
what is wrong in one sentence. They import the standard library alone, so they work before the installation.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

# Names to import. PySide6 comes with the distribution PySide6-Essentials.
PACKAGES = ("PySide6", "pyqtgraph", "numpy", "contourpy")

# Shared libraries Qt takes from the system, with their Debian packages: first those that draw pictures, then
# those that open a window on an X display. `.ci/system-libraries` reads this table.
SYSTEM_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

WITHOUT_A_WINDOW = "`python main.py train` does the same job without a window"
NO_DISPLAY = (
    f"There is no display (DISPLAY is not set): start the program from a desktop, or else {WITHOUT_A_WINDOW}."
)

# A display that has not answered by then is taken for dead, in seconds.
PATIENCE = 5.0


def why_no_window() -> str | None:
    """Return one sentence on why no window can be opened here, or None when one can."""
    return _missing_package() or _display_not_named() or _qt_does_not_load() or _platforms_do_not_start()


def why_no_pictures() -> str | None:
    """Return one sentence on why Qt cannot draw into files here, or None when it can. Needs no display."""
    return _missing_package() or _qt_does_not_load() or _plugin_does_not_load("offscreen")


def missing_libraries() -> dict[str, str]:
    """Return the shared libraries Qt needs that this Linux lacks, each with its Debian package."""
    if not _is_linux():
        return {}
    return {library: package for library, package in SYSTEM_LIBRARIES.items() if not _loads(library)}


def main(arguments: Sequence[str] = ()) -> int:
    """Print why there is no window, or with `--pictures` no picture, and return 1; return 0 when there is."""
    problem = why_no_pictures() if "--pictures" in arguments else why_no_window()
    if problem is None:
        return 0
    print(problem, file=sys.stderr)
    return 1


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _missing_package() -> str | None:
    for package in PACKAGES:
        if importlib.util.find_spec(package) is None:
            return f"Python package {package} is missing; `make run` installs it."
    return None


def _qt_does_not_load() -> str | None:
    """Import what every window and picture needs. Importing starts nothing, so Qt cannot abort here."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return _explain(error)
    return None


def _explain(error: Exception) -> str:
    """Turn the loader's words for a shared library that does not load into one sentence."""
    found = re.search(r"(lib[^\s/]+\.so[.\d]*): cannot open shared object file", str(error))
    if found is None or found[1].startswith(("libQt6", "libpyside6", "libshiboken6")):
        return f"Qt does not load ({error}); `make clean run` installs it again."
    package = SYSTEM_LIBRARIES.get(found[1])
    if package is None:
        return f"Qt needs the library {found[1]}, which is missing; install it with your package manager."
    cure = f"`make run` or, on Debian, `sudo apt-get install {package}`"
    return f"Qt needs the library {found[1]}, which is missing; {cure} installs it."


def _platforms() -> list[str]:
    """Return the platforms Qt would try, the likeliest first: xcb is X, wayland is Wayland."""
    named = [name.partition(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";")]
    if any(named):
        return [name for name in named if name]
    by_variable = {"DISPLAY": "xcb", "WAYLAND_DISPLAY": "wayland"}
    return [platform for variable, platform in by_variable.items() if os.environ.get(variable)]


def _display_not_named() -> str | None:
    """Check the environment alone. It comes before Qt's libraries, which nobody needs without a display."""
    return NO_DISPLAY if _is_linux() and not _platforms() else None


def _platforms_do_not_start() -> str | None:
    """Return what is wrong with the first platform, or None when any of them works."""
    if not _is_linux():
        return None
    problems = []
    for platform in _platforms():
        problem = _plugin_does_not_load(platform) or _display_does_not_answer(platform)
        if problem is None:
            return None
        problems.append(problem)
    return problems[0]


def _plugin_does_not_load(platform: str) -> str | None:
    """Load Qt's plugin for a platform, as Qt would, to find the libraries it lacks."""
    folder = _plugin_folder()
    if not _is_linux() or folder is None:
        return None
    # One plugin, or two as before Qt 6.10: wayland-egl and wayland-generic.
    name = platform.partition("-")[0]
    plugins = [*folder.glob(f"libq{name}.so"), *folder.glob(f"libq{name}-*.so")]
    if not plugins:
        return f"QT_QPA_PLATFORM names {platform}, which Qt does not have here; unset it."
    try:
        ctypes.CDLL(str(plugins[0]))
    except OSError as error:
        return _explain(error)
    return None


def _plugin_folder() -> Path | None:
    """Return the folder of Qt's platform plugins; None for a PySide6 that keeps them elsewhere."""
    specification = importlib.util.find_spec("PySide6")
    if specification is None or not specification.submodule_search_locations:
        return None
    folder = Path(specification.submodule_search_locations[0], "Qt", "plugins", "platforms")
    return folder if folder.is_dir() else None


def _display_does_not_answer(platform: str) -> str | None:
    """Connect to the display of a platform and hang up again."""
    if platform not in DISPLAYS:
        return None
    variable, answers = DISPLAYS[platform]
    display = os.environ.get(variable)
    if not display:
        return f"There is no display for {platform} ({variable} is not set); {WITHOUT_A_WINDOW}."
    if _in_time(answers):
        return None
    return f"The display {display} does not answer; {WITHOUT_A_WINDOW}."


def _in_time(answers: Callable[[], bool]) -> bool:
    """Return what `answers` says, or False when it takes too long: a display far away may never answer."""
    said: list[bool] = []
    thread = threading.Thread(target=lambda: said.append(answers()), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return said == [True]


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers() -> bool:
    path = Path(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"])
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


# A platform -> the variable that names its display, and a function that says whether the display answers.
DISPLAYS = {
    "xcb": ("DISPLAY", _x_answers),
    "wayland": ("WAYLAND_DISPLAY", _wayland_answers),
    "wayland-egl": ("WAYLAND_DISPLAY", _wayland_answers),
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
