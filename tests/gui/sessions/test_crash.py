"""The program is killed hard at random moments while it paints and trains: what was saved is whole and comes back.

`make bench ARGS="--only crash"` does so fifty times.
"""

import sys
from pathlib import Path
from random import Random

import pytest

from tests.gui.sessions.crashing import crash

KILLS = 5


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to send there")
def test_what_was_saved_survives_a_hard_end_again_and_again(tmp_path: Path) -> None:
    random, left = Random(6), (400, 0)
    for number in range(KILLS):
        found = crash(tmp_path, random)
        assert found.began == left, "everything that the last file had was restored"
        # What was restored is in the new file; the old one is gone, or was to go when the program was killed.
        assert len(found.files) <= 2
        for session in found.sessions[-1:]:
            left = (session.dataset.m, session.run.last)
            points, last = found.told[-1] if found.told else found.began
            assert left[0] >= points and left[1] >= last, f"kill {number}"
    assert left[0] > 400 and left[1] > 0
    parts = [each.name for each in (tmp_path / "data").rglob("*") if each.name.endswith(".part")]
    assert len(parts) <= 1, "what half-written files there were is cleared away at the next start"
