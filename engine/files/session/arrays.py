"""Arrays in a session: each is written once, as base64 of its little-endian bytes, exact to the last bit.

A record is `{"dtype": "<f8", "shape": [2, 400], "crc32": 1234, "data": "…"}`, with `"zlib": true` where the bytes are
compressed. The sum is that of the array's own bytes, and tells whether any were damaged.
Other parts of the file name an array by its place in the list of all.
"""

import base64
import binascii
import json
import math
import zlib
from typing import Any, BinaryIO

import numpy as np

from engine.files.session.places import Place, Wrong

DTYPES = {name: np.dtype(name) for name in ("<f8", "<f4", "<i8", "|u1", "|b1")}
WORTH = 1024  # bytes from which an array is compressed
SAMPLE = 16 * 1024  # bytes by which is judged whether compressing helps
LEVEL = 1  # of zlib; higher ones take several times as long for a few percent
MOST = 2**31  # bytes of one array


class ArrayWriter:
    """Gathers the arrays of a session; the same array has one place however often it is asked for."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, str], int] = {}
        self._arrays: list[tuple[np.ndarray, str]] = []

    def place(self, array: np.ndarray, dtype: str = "") -> int:
        """Return where an array is in the list of all, to be written as another type where one is given."""
        written = dtype or array.dtype.newbyteorder("<").str
        key = id(array), written
        if key not in self._places:
            self._places[key] = len(self._arrays)
            self._arrays.append((array, written))  # and so it lives on, and its id stays its own
        return self._places[key]

    def write(self, file: BinaryIO) -> None:
        """Write the list as JSON, one array after another: as one text it would be in memory three times."""
        file.write(b"[")
        for place, (array, dtype) in enumerate(self._arrays):
            file.write(b",\n" if place else b"\n")
            head: dict[str, Any] = {"dtype": dtype, "shape": list(array.shape)}
            data = array.astype(dtype, copy=False).tobytes()
            head["crc32"] = zlib.crc32(data)
            if len(data) >= WORTH and len(zlib.compress(data[:SAMPLE], LEVEL)) < 0.8 * len(data[:SAMPLE]):
                head["zlib"] = True
                data = zlib.compress(data, LEVEL)
            file.write(json.dumps(head).encode()[:-1] + b', "data": "')
            file.write(base64.b64encode(data))
            file.write(b'"}')
        file.write(b"\n]")


class ArrayReader:
    """Gives the arrays of a session by their places, each checked, read once and shared."""

    def __init__(self, records: Place) -> None:
        self._records = records.items()
        self._read: dict[int, np.ndarray] = {}

    def array(self, named: Place, dtypes: str, *shape: int | None) -> np.ndarray:
        """Return the array that is named, read-only, of one of some types and of a shape; None is any length.

        Raises Wrong, which says which one and what is the matter.
        """
        array = self._at(named)
        if array.dtype.str not in dtypes.split():
            raise Wrong(f"{named} is of type {array.dtype.str}, not {' or '.join(dtypes.split())}")
        fits = len(shape) == array.ndim and all(
            want in (None, have) for want, have in zip(shape, array.shape, strict=True)
        )
        if not fits:
            raise Wrong(f"{named} has {_shape(array.shape)} numbers, and {_shape(shape)} are needed")
        return array

    def length(self, named: Place) -> int:
        """Return how many numbers the array has that is named."""
        return self._at(named).size

    def _at(self, named: Place) -> np.ndarray:
        place = named.whole(0, len(self._records) - 1)
        if place not in self._read:
            self._read[place] = _decoded(self._records[place])
        return self._read[place]


def _shape(shape: tuple[int | None, ...]) -> str:
    return " × ".join("any" if length is None else f"{length:,}" for length in shape) or "single"


def _decoded(record: Place) -> np.ndarray:
    dtype = DTYPES[record["dtype"].one_of(DTYPES)]
    shape = tuple(each.whole(0, MOST) for each in record["shape"].items(most=2))
    size = math.prod(shape) * dtype.itemsize
    data_place = record["data"]
    if size > MOST:
        raise Wrong(f"{record['shape']} is too large")
    try:
        data = base64.b64decode(data_place.text(), validate=True)
    except (binascii.Error, ValueError):
        raise Wrong(f"{data_place} is not base64") from None
    if record.has("zlib") and record["zlib"].flag():
        data = _decompressed(data, size, data_place)
    if len(data) != size:
        raise Wrong(f"{data_place} holds {len(data):,} bytes, and its shape needs {size:,}")
    if record.has("crc32") and record["crc32"].whole(0) != zlib.crc32(data):
        raise Wrong(f"{data_place} is damaged: its sum is not the crc32 beside it")
    if dtype.kind == "b" and data.strip(b"\0\1"):
        raise Wrong(f"{data_place} holds something else than yes and no")
    return np.frombuffer(data, dtype).reshape(shape)


def _decompressed(data: bytes, size: int, place: Place) -> bytes:
    """Return the bytes, no more of them than are wanted: a small file can unpack to a huge one."""
    unpacking = zlib.decompressobj()
    try:
        unpacked = unpacking.decompress(data, size + 1)
    except zlib.error:
        raise Wrong(f"{place} cannot be unpacked") from None
    if not unpacking.eof and len(unpacked) <= size:
        raise Wrong(f"{place} is cut off")
    return unpacked
