"""A file is the old one or the new one, never half of either."""

import errno
import os

import pytest

from engine.files.atomic import FileError, write_atomically


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_holds_what_was_written(tmp_path):
    path = tmp_path / "new.bin"
    write_atomically(path, lambda file: (file.write(b"one "), file.write(b"two")))
    assert path.read_bytes() == b"one two"
    assert names(tmp_path) == ["new.bin"]


def test_what_a_program_that_was_killed_left_beside_is_in_nobodys_way(tmp_path):
    path = tmp_path / "w.bin"
    (tmp_path / f".w.bin.{os.getpid()}.part").write_bytes(b"half")
    write_atomically(path, lambda file: write_atomically(path, lambda other: file.write(b"both")))
    assert path.read_bytes() == b"both"


def test_an_old_file_is_replaced_whole(tmp_path):
    path = tmp_path / "w.bin"
    path.write_bytes(b"a much longer text than the new one")
    write_atomically(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "w.bin"
    path.write_bytes(b"old")

    def write(file):
        file.write(b"ne")
        file.flush()
        assert path.read_bytes() == b"old"
        assert len(names(tmp_path)) == 2
        file.write(b"w")

    write_atomically(path, write)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("failure", "raised", "message"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
            FileError,
            r"^w\.bin .* No space left on device\.$",
        ),
        (OSError("the disk is on fire"), FileError, r"^w\.bin could not be written: the disk is on fire\.$"),
        (ValueError("a bug"), ValueError, r"^a bug$"),
        (KeyboardInterrupt(), KeyboardInterrupt, None),
    ],
)
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_failing_write_leaves_what_was_there(tmp_path, failure, raised, message, old):
    path = tmp_path / "w.bin"
    if old is not None:
        path.write_bytes(old)

    def write(file):
        file.write(b"half of the n")
        raise failure

    with pytest.raises(raised, match=message):
        write_atomically(path, write)
    assert names(tmp_path) == ([] if old is None else ["w.bin"])
    assert old is None or path.read_bytes() == old


def test_a_failing_replacement_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "w.bin"
    path.write_bytes(b"old")

    def refuse(source, target):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(FileError, match=r"^w\.bin could not be written: Permission denied\.$"):
        write_atomically(path, lambda file: file.write(b"new"))
    assert names(tmp_path) == ["w.bin"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match=r"^w\.bin could not be written: there is no folder .*missing\.$"):
        write_atomically(tmp_path / "missing" / "w.bin", lambda file: file.write(b"x"))


def test_a_folder_is_not_replaced(tmp_path):
    (tmp_path / "w.bin").mkdir()
    with pytest.raises(FileError, match=r"^w\.bin could not be written: Is a directory\.$"):
        write_atomically(tmp_path / "w.bin", lambda file: file.write(b"x"))
    assert names(tmp_path) == ["w.bin"]


def test_a_file_in_the_place_of_a_folder(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileError, match=r"^w\.bin could not be written: Not a directory\.$"):
        write_atomically(tmp_path / "file" / "w.bin", lambda file: file.write(b"x"))


def test_a_link_and_the_rights_of_a_file_stay(tmp_path):
    file, link = tmp_path / "file.txt", tmp_path / "link.txt"
    file.write_bytes(b"old")
    file.chmod(0o600)
    link.symlink_to(file)
    write_atomically(link, lambda opened: opened.write(b"new"))
    assert link.is_symlink() and file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(tmp_path.iterdir()) == [file, link]


def test_a_protected_file_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")
    monkeypatch.setattr("engine.files.atomic.os.access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(FileError, match=r"^a\.txt could not be written: Permission denied\.$"):
        write_atomically(path, lambda file: file.write(b"new"))
    assert path.read_text() == "old" and names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("letter", ["a", "é", "数", "🙂"])
def test_a_name_as_long_as_any_can_be_written(tmp_path, letter):
    path = tmp_path / (letter * (251 // len(letter.encode())) + ".txt")
    write_atomically(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new"
