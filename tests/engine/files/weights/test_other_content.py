"""A file that holds no weights, or breaks off, is refused in one sentence."""

import numpy as np
import pytest

from engine.files.atomic import FileError
from engine.files.weights import load_weights, save_weights
from tests.engine.files.weights.checking import (
    READABLE,
    bits,
    check_that_beginnings_are_refused,
    count_refusals,
    refusal,
)


@pytest.mark.parametrize("name", ["w.txt", "w", "w.npz.bak", "w.pkl"])
def test_another_ending(tmp_path, weights, name):
    expected = f"{name} must end in one of .npz, .json, .safetensors."
    assert refusal(tmp_path / name) == expected
    with pytest.raises(FileError, match="must end in one of"):
        save_weights(tmp_path / name, weights)
    assert not list(tmp_path.iterdir())


@READABLE
def test_no_file_and_a_folder(tmp_path, ending):
    path = tmp_path / f"w{ending}"
    assert refusal(path) == f"{path.name} could not be read: No such file or directory."
    path.mkdir()
    assert refusal(path) == f"{path.name} could not be read: Is a directory."


@READABLE
@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe\x00\x01", b"\n\n", b"x,y,k\n1,2,A\n", b"null", b"[]", b"3", b'"text"', b"{}"],
    ids=["empty", "text", "binary", "blank", "csv", "null", "list", "number", "string", "object"],
)
def test_another_kind_of_content(tmp_path, ending, content):
    path = tmp_path / f"w{ending}"
    path.write_bytes(content)
    assert "does not hold weights that can be read: " in refusal(path)


@pytest.fixture(params=[False, True], ids=["plain", "compressed"])
def archive(request, tmp_path, weights):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    if request.param:
        np.savez_compressed(path, **dict(np.load(path)))
        assert bits(load_weights(path)) == bits(weights)
    return path


def test_an_archive_that_breaks_off(archive):
    check_that_beginnings_are_refused(archive, archive.read_bytes(), 61)


def test_an_archive_with_flipped_bytes_is_refused_or_read_in_peace(archive):
    assert count_refusals(archive) > 30


def test_text_that_breaks_off(tmp_path, weights):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    check_that_beginnings_are_refused(path, path.read_bytes().rstrip(), 23)
