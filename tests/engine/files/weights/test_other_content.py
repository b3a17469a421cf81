"""A file that holds no weights, or breaks off, is refused in one sentence."""

import numpy as np
import pytest

from engine.files.atomic import FileError
from engine.files.weights import load_weights, save_weights
from tests.engine.files.weights.checking import READABLE, bits, refusal


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


@pytest.mark.parametrize("compressed", [False, True])
def test_an_archive_that_breaks_off(tmp_path, weights, compressed):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    if compressed:
        np.savez_compressed(path, **dict(np.load(path)))
        assert bits(load_weights(path)) == bits(weights)
    content = path.read_bytes()
    for length in range(0, len(content), 61):
        path.write_bytes(content[:length])
        assert "does not hold weights" in refusal(path)


@pytest.mark.parametrize("compressed", [False, True])
def test_an_archive_with_flipped_bytes_is_refused_or_read_in_peace(tmp_path, weights, compressed):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    if compressed:
        np.savez_compressed(path, **dict(np.load(path)))
    content = path.read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(300):
        damaged = bytearray(content)
        for place in rng.integers(len(content), size=3):
            damaged[place] = rng.integers(256)
        path.write_bytes(damaged)
        try:
            load_weights(path)
        except FileError:
            refused += 1
    assert refused > 30


def test_text_that_breaks_off(tmp_path, weights):
    path = tmp_path / "w.json"
    save_weights(path, weights)
    content = path.read_bytes().rstrip()
    for length in range(0, len(content), 23):
        path.write_bytes(content[:length])
        assert "does not hold weights" in refusal(path)
