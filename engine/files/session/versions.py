"""The versions of the session's format, and the steps from each to the next.

When the format changes, add one to `VERSION` and a step to `MIGRATIONS`: a function from the JSON object of the version
before to that of the next. Files of all earlier versions then go through all later steps.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.files.session.places import Place, Wrong

FORMAT = "descent-lab/session"
VERSION = 1
ENDING = ".descent"


class Later(Wrong):
    """A session that a later version of the program has saved."""


Step = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Mapping[int, Step] = {}
"""By the version that a step begins with."""


def migrated(file: Place, version: int = VERSION, steps: Mapping[int, Step] = MIGRATIONS) -> Place:
    """Return a session's JSON object in the newest version. Raises Wrong for other formats and for later versions."""
    if not file.has("format") or file["format"].value != FORMAT:
        raise Wrong(f'it is no session: it does not say "format": "{FORMAT}"')
    told = file["version"]
    if told.is_beyond(version):
        raise Later(
            f"it was saved by a later version of the program: its version is {told.shown}, and up to {version} can be "
            "read; update the program to open it"
        )
    found = told.whole(1)
    fields = file.object()
    for each in range(found, version):
        try:
            fields = steps[each](fields)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise Wrong(f"it is of version {found} and damaged: it lacks what version {each} has") from error
    return Place(fields)
