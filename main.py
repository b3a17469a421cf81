"""Descent Lab: `python main.py` opens the window, `main.py train` and `main.py export` work without one."""

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from gui.display import why_no_pictures, why_no_window

if TYPE_CHECKING:
    from engine.command_exports import Plotter

WRONG = 2
COMMANDS = ("train", "export")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with the message."""
        sys.exit(complain(f"main.py: {message}"))


def complain(message: str) -> int:
    """Write one line to standard error and return the exit status for it."""
    print(message, file=sys.stderr)
    return WRONG


def main(arguments: list[str]) -> int:
    """Do what the command line says and return the exit status."""
    if arguments and arguments[0] in COMMANDS:
        return without_window(arguments[0], arguments[1:])
    parser = Parser(
        prog="main.py",
        description="See gradient descent in a window. `main.py train --help` tells of the way without one, and "
        "`main.py export --help` of files made of a saved session.",
    )
    parser.add_argument("--session", metavar="FILE", help="a session to open, which ends in .descent")
    parser.add_argument(
        "data_file", metavar="DATA_FILE", nargs="?", help="a table to open, such as points.csv, or a session"
    )
    given, more = parser.parse_known_args(arguments)
    word = arguments[0] if arguments else ""
    if more and word == given.data_file and not os.path.splitext(word)[1] and not os.path.exists(word):
        parser.error(f"{word!r} is neither a command, which are {' and '.join(COMMANDS)}, nor a file.")
    if more:
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    trouble = why_no_window()
    if trouble is not None:
        return complain(trouble)
    from gui.app import run

    return run(given)


def without_window(command: str, arguments: list[str]) -> int:
    """Train, or take away what a session holds."""
    try:
        from engine import command_line, command_session
    except ModuleNotFoundError as error:
        return complain(f"The Python package {error.name} is missing; `make run` installs it.")
    commands = {"train": command_line.train, "export": command_session.export}
    return commands[command](arguments, open_plotter)


def open_plotter() -> "Plotter":
    """Return what draws plots. Raises UsageError where Qt cannot draw."""
    from engine.command_parser import UsageError

    trouble = why_no_pictures()
    if trouble is not None:
        raise UsageError(trouble)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.app import create_application
    from gui.export.plotter import OffscreenPlotter

    return OffscreenPlotter(create_application(sys.argv))


def guarded(arguments: list[str]) -> int:
    """Do what `main` does, on terminals that know few letters and for readers that hang up."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = main(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("main.py: interrupted.", file=sys.stderr)
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    return status


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:]))
