"""Sessions: an experiment as a whole in one file, from which it goes on to the same last bit."""

from engine.files.session.reading import Damaged, load_session, read_session
from engine.files.session.record import Session
from engine.files.session.versions import ENDING, FORMAT, VERSION
from engine.files.session.writing import save_session, write_session

__all__ = [
    "ENDING",
    "FORMAT",
    "VERSION",
    "Damaged",
    "Session",
    "load_session",
    "read_session",
    "save_session",
    "write_session",
]
