"""An archive whose arrays do not fit or lie is refused, and no pickle is ever loaded."""

import pickle
import struct
import zipfile

import numpy as np
import pytest

from engine.files.weights import archive, load_weights, save_weights
from engine.files.weights.trained import LARGEST
from tests.engine.files.weights.checking import READABLE, refusal


def arrays_of(weights, tmp_path):
    save_weights(tmp_path / "good.npz", weights)
    with np.load(tmp_path / "good.npz") as archive:
        return dict(archive)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"b1": None}, "the array b1 is missing"),
        ({"W2": None}, "it names the activations tanh, sigmoid for 1 layers"),
        ({"W1": None}, "it has no layers, or a W that is not a matrix"),
        ({"meta": None}, "the array meta is missing"),
        ({"meta": np.array("hello")}, "it is not JSON from line 1 on"),
        ({"meta": np.array("[]")}, "its JSON text is not an object"),
        ({"meta": np.array("{}")}, 'it does not say "format"'),
        ({"meta": np.array(3.0)}, "its JSON text is not an object"),
        ({"W1": np.full((3, 2), np.nan)}, "W1 holds a number that is not finite"),
        ({"b2": np.full((1, 1), np.inf)}, "b2 holds a number that is not finite"),
        ({"W1": np.ones((3, 2, 1))}, "it has no layers, or a W that is not a matrix"),
        ({"W1": np.ones((4, 2))}, "W1 (4, 2) and b1 (3, 1) must be (4, 2) and (4, 1)"),
        ({"b1": np.ones(3)}, "W1 (3, 2) and b1 (3,) must be (3, 2) and (3, 1)"),
        ({"W1": np.array([["a", "b"]] * 3)}, "W1 is not an array of numbers"),
        ({"W1": np.ones((3, 2)) + 1j}, "W1 is not an array of numbers"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_arrays_that_do_not_fit(tmp_path, weights, changed, reason):
    arrays = {
        name: each for name, each in (arrays_of(weights, tmp_path) | changed).items() if each is not None
    }
    np.savez(tmp_path / "w.npz", **arrays)
    assert refusal(tmp_path / "w.npz").startswith(f"w.npz does not hold weights that can be read: {reason}")


@pytest.mark.parametrize("dtype", [np.float32, np.int64, ">f8"])
def test_other_kinds_of_numbers_are_taken(tmp_path, weights, dtype):
    arrays = arrays_of(weights, tmp_path)
    arrays["W2"] = np.asfortranarray(np.array([[1, 2, 3]], dtype))
    np.savez(tmp_path / "w.npz", **arrays)
    loaded = load_weights(tmp_path / "w.npz").parameters[1].W
    assert loaded.dtype == np.float64
    assert loaded.tolist() == [[1.0, 2.0, 3.0]]


@READABLE
def test_a_file_that_is_far_too_large_is_not_read(tmp_path, ending):
    path = tmp_path / f"w{ending}"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)  # takes no room on the disk
    assert "it has 2,147,483,649 bytes, and at most 2,147,483,648 are read" in refusal(path)


def test_an_archive_that_unpacks_to_far_too_much_is_not_unpacked(tmp_path, weights, monkeypatch):
    arrays = arrays_of(weights, tmp_path) | {"more": np.zeros(10_000)}
    np.savez_compressed(tmp_path / "w.npz", **arrays)
    assert load_weights(tmp_path / "w.npz").network == weights.network
    monkeypatch.setattr(archive, "LARGEST", 50_000)
    assert "unpacked it has 8" in refusal(tmp_path / "w.npz")


def test_a_single_array_under_the_name_of_an_archive(tmp_path):
    path = tmp_path / "w.npz"
    with path.open("wb") as file:
        np.save(file, np.ones((3, 2)))
    assert "it is not an .npz archive" in refusal(path)


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.writestr("W1", "1.5")
    assert "the array meta is missing" in refusal(path)


def npy(header):
    """Return the bytes of a .npy file with this header and little after it."""
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + b"\0" * 64


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 1000)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000000000000, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-3, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (",
        "{'descr': 'O', 'fortran_order': False, 'shape': (3, 2)}",
        "__import__('os').getcwd()",
        "",
    ],
    ids=[
        "8 petabytes",
        "beyond any number",
        "negative",
        "more than there is",
        "open",
        "objects",
        "code",
        "none",
    ],
)
def test_an_array_whose_header_lies(tmp_path, weights, header):
    save_weights(tmp_path / "good.npz", weights)
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(tmp_path / "good.npz") as good, zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta.npy", good.read("meta.npy"))
        archive.writestr("W1.npy", npy(header))
    assert "does not hold weights that can be read: " in refusal(path)


def test_an_archive_with_a_password(tmp_path, weights):
    path = tmp_path / "w.npz"
    save_weights(path, weights)
    content = bytearray(path.read_bytes())
    # Bit 0 of the flags of each entry says that it is encrypted: here in the local header and in the directory.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(content)
    assert "does not hold weights that can be read: " in refusal(path)


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, marker):
        self.marker = str(marker)

    def __reduce__(self):
        return open, (self.marker, "w")


@pytest.mark.parametrize("place", ["W1", "b2", "meta", "extra"])
def test_a_pickle_inside_is_never_loaded(tmp_path, weights, place):
    marker = tmp_path / "sprung"
    arrays = arrays_of(weights, tmp_path)
    arrays[place] = np.array([[Trap(marker)]], dtype=object)
    np.savez(tmp_path / "w.npz", **arrays)
    reason = "it holds Python objects, which could run programs and are therefore never read"
    assert refusal(tmp_path / "w.npz") == f"w.npz does not hold weights that can be read: {reason}."
    assert not marker.exists()
    # The trap is a real one.
    with np.load(tmp_path / "w.npz", allow_pickle=True) as archive:
        archive[place].item().close()
    assert marker.exists()


@READABLE
def test_a_bare_pickle_is_never_loaded(tmp_path, ending):
    marker = tmp_path / "sprung"
    path = tmp_path / f"w{ending}"
    path.write_bytes(pickle.dumps(Trap(marker)))
    assert "does not hold weights" in refusal(path)
    assert not marker.exists()
    pickle.loads(path.read_bytes()).close()
    assert marker.exists()
