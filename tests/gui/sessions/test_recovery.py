"""The files in which sessions are saved by themselves: each belongs to one program, until it dies."""

import socket
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


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    names = ["notes.descent.bak", "notes.descent.lock.bak", "notes.txt"]
    for name in names:
        (tmp_path / name).write_text("not ours")
    mine = Recovery(tmp_path)
    assert not mine.orphans()
    mine.close(leave=False)
    assert sorted(each.name for each in tmp_path.iterdir()) == names


def test_the_lock_that_a_program_without_changes_left_is_removed(tmp_path: Path) -> None:
    nobody = 2**30  # no process has such a number
    (tmp_path / "1-dead.descent.lock").write_text(f"{nobody}\ndescent\n{socket.gethostname()}\n")
    mine = Recovery(tmp_path)
    assert not mine.orphans()
    mine.close(leave=False)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_moved_aside_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_text("no folder")
    path = tmp_path / "1-dead.descent"
    path.write_text("damaged")
    mine = Recovery(tmp_path)
    (orphan,) = mine.orphans()
    assert orphan.put_aside() == path and path.read_text() == "damaged"
    (again,) = mine.orphans()
    assert again.path == path, "it is let go of"
    again.release()
    mine.close(leave=False)
