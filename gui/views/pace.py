"""How often something is worked out while training runs: seldom enough to be read, and to cost little."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

REST = 15.0  # times as long as the work took, until it is done again


class Pace:
    """Says when work is due. What takes longer is done less often."""

    def __init__(self, every: float) -> None:
        """Work at most each `every` seconds."""
        self._every = every
        self._due = 0.0

    def is_due(self, running: bool) -> bool:
        """Return whether to work now; where nothing runs, always."""
        return not running or time.perf_counter() >= self._due

    def hurry(self) -> None:
        """Let the work be due at once."""
        self._due = 0.0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Measure the work, which is done inside."""
        began = time.perf_counter()
        yield
        now = time.perf_counter()
        self._due = now + max(self._every, REST * (now - began))
