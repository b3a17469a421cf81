"""Looking a name up, with a sentence for one that is not there."""

from collections.abc import Mapping
from typing import TypeVar

Record = TypeVar("Record")


def named(registry: Mapping[str, Record], name: str, what: str) -> Record:
    """Return the record of that name. ValueError names what is allowed."""
    found = registry.get(name)
    if found is None:
        raise ValueError(f"{what} {name!r} is not one of {', '.join(registry)}")
    return found
