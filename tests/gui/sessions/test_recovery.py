"""The files in which sessions are saved by themselves: each belongs to one program, until it dies."""

import subprocess
import sys
from pathlib import Path

from gui.sessions.recovery import Recovery
from tests.gui.driving import ROOT


def test_what_a_living_program_has_is_its_own(tmp_path: Path, qapp: object) -> None:
    one, other = Recovery(tmp_path), Recovery(tmp_path)
    one.path.write_bytes(b"one")
    other.path.write_bytes(b"other")
    assert one.path != other.path and not one.orphans() and not other.orphans()
    one.close(leave=True)  # as after a crash
    (orphan,) = other.orphans()
    assert orphan.path == one.path
    third = Recovery(tmp_path)
    assert not third.orphans(), "it is being asked about in another window"
    orphan.release()
    (orphan,) = third.orphans()
    orphan.discard()
    other.close(leave=False)
    third.close(leave=False)
    assert not list(tmp_path.iterdir())


def test_that_of_another_process_is_its_own_until_it_dies(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from gui.sessions.recovery import Recovery; "
        "mine = Recovery(Path(sys.argv[1])); mine.path.write_bytes(b'x'); print(mine.path, flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdin is not None and process.stdout is not None
        path = Path(process.stdout.readline().strip())
        mine = Recovery(tmp_path)
        assert path.exists() and not mine.orphans()
    finally:
        process.kill()
        process.communicate()
    (tmp_path / f".{path.name}.1.part").write_bytes(b"half")
    (orphan,) = mine.orphans()
    assert orphan.path == path
    orphan.discard()
    mine.close(leave=False)
    assert not list(tmp_path.iterdir())
