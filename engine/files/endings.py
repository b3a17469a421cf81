"""The sentence about a file's name whose ending is not known, the same wherever a file is asked for."""

from collections.abc import Iterable


def must_end(name: str, endings: Iterable[str]) -> str:
    """Say how a name must end."""
    known = list(endings)
    return f"{name} must end in {'one of ' if len(known) > 1 else ''}{', '.join(known)}."
