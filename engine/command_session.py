"""`main.py export`: everything that can be taken away of a session, without a window."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.command_exports import (
    Exports,
    Outcome,
    Plotter,
    add_exports,
    check_forms,
    check_places,
    exports_of,
    write_exports,
)
from engine.command_parser import DONE, Parser, guarded
from engine.command_result import show_result
from engine.files.atomic import FileError
from engine.files.session import load_session
from engine.training.kept import Kept
from engine.training.series import frames, history_of, last_change, remembered
from engine.training.settings import Number
from engine.training.state import Diverged, NoPoints

NEWEST = "last"
WHICH = (
    "Everything is of the iteration that the session shows, and is as it was when the run had got there: what came "
    "after it is left out. --at names another iteration."
)


@dataclass(frozen=True)
class Request:
    """What the command line asks for."""

    session: Path
    at: str | None
    exports: Exports
    as_json: bool


def export(arguments: list[str], open_plotter: Callable[[], Plotter]) -> int:
    """Do what the options say and return the exit status; every message is one line on standard error."""
    return guarded("export", lambda: _export(arguments, open_plotter))


def _parse(arguments: list[str]) -> Request:
    parser = Parser(
        prog="main.py export",
        description=f"Write files of a saved session without a window. {WHICH}",
        allow_abbrev=False,
    )
    parser.add_argument("session", metavar="SESSION", type=Path, help="A session, which ends in .descent.")
    words = f"The iteration, or {NEWEST} for the newest. Without it: the one that the session shows."
    parser.add_argument("--at", metavar="N", help=words)
    add_exports(parser)
    parser.add_argument("--json", action="store_true", help="Print the result as one JSON object.")
    given = vars(parser.parse_args(arguments))
    return Request(given["session"], given["at"], exports_of(given), given["json"])


def _export(arguments: list[str], open_plotter: Callable[[], Plotter]) -> int:
    request = _parse(arguments)
    exports, session = request.exports, load_session(request.session)
    kept = session.run
    iteration = _iteration(request.at, kept)
    plotter = open_plotter() if exports.drawn else None
    if plotter is not None:
        plotter.look_like(session)
    check_places(exports, plotter, iteration, remembered(kept), [("SESSION", request.session)])
    try:
        history = history_of(kept)
        check_forms(exports, history.experiment_at(iteration), plotter)
        print(f"{request.session.name}: iteration {iteration:,} of {kept.last:,}", file=sys.stderr)
        if iteration < kept.last:
            history.cut(history.recall(iteration))
        (frame,) = frames(history, [iteration])
        told = exports.files["script"] or exports.files["report"]
        begun = last_change(kept, frame) if told else None
        failed = write_exports(exports, Outcome(frame, history, plotter, begun))
    except (Diverged, NoPoints) as error:  # made once more where numbers end otherwise, or edited by hand
        raise FileError(f"{request.session.name}: {error}") from error
    show_result("export", frame, request.as_json)
    if failed:
        raise FileError(failed)
    if exports.is_empty:
        print("Nothing to be written was named; `main.py export --help` lists what can be.", file=sys.stderr)
    return DONE


def _iteration(at: str | None, kept: Kept) -> int:
    """Return the iteration that is asked for. Raises SettingError."""
    if at is None:
        return kept.shown
    if at == NEWEST:
        return kept.last
    reached = Number(
        label="Iteration",
        help="One that the run has reached and that can be made once more.",
        group="Session",
        low=remembered(kept),
        high=kept.last,
        integer=True,
    )
    return int(reached.parse("--at", at))
