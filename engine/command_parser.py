"""What the commands without a window have in common: options that are refused in one line, and so is all else."""

import argparse
import sys
from collections.abc import Callable
from typing import NoReturn

from engine.data.dataset import DataError
from engine.files.atomic import FileError
from engine.training.history import Forgotten
from engine.training.settings import SettingError

DONE, WRONG, DIVERGED, INTERRUPTED = 0, 2, 3, 130


class UsageError(ValueError):
    """Wrong options; the message is one line."""


class Parser(argparse.ArgumentParser):
    """Raises UsageError instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Raise it with the message."""
        raise UsageError(message)


def guarded(command: str, work: Callable[[], int]) -> int:
    """Return the exit status of the work, or what is wrong in one line on standard error and the status for that."""
    try:
        return work()
    except (UsageError, SettingError, DataError, FileError, Forgotten) as error:
        message = str(error)
    except MemoryError as error:
        message = f"there is not enough memory: {error or 'try fewer points or units'}."
    tell(command, message)
    return WRONG


def tell(command: str, message: str) -> None:
    """Write one line to standard error."""
    print(f"main.py {command}:", " ".join(message.split()), file=sys.stderr)
