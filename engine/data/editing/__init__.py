"""Painting as commands: each gives the new points and the command that takes it back, to the last bit."""

from engine.data.editing.commands import Edit, Edits, Hold, Insert, Move, Relabel, Remove
from engine.data.editing.difference import difference
from engine.data.editing.making import add, clear, duplicate, paint, shift

__all__ = [
    "Edit",
    "Edits",
    "Hold",
    "Insert",
    "Move",
    "Relabel",
    "Remove",
    "add",
    "clear",
    "difference",
    "duplicate",
    "paint",
    "shift",
]
