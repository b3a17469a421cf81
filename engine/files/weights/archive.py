"""Weights as NumPy arrays: W1, b1, W2, …, and the description as the text `meta`.

`W1_own_units` and `b1_own_units` are the first layer once more, for inputs in the person's own units.
"""

import io
import json
from typing import Any, BinaryIO

import numpy as np

from engine.files.weights.description import array_of, describe, object_of, weights_from
from engine.files.weights.trained import LARGEST, Weights
from engine.model.network import Layer

OBJECTS = "Object arrays cannot be loaded"  # how NumPy begins to say so


def write_npz(weights: Weights, file: BinaryIO) -> None:
    """Write an .npz archive."""
    arrays: dict[str, Any] = {"meta": np.array(json.dumps(describe(weights)))}
    for number, (W, b) in enumerate(weights.parameters, start=1):
        arrays[f"W{number}"], arrays[f"b{number}"] = W, b
    np.savez(file, **{**arrays, **weights.own_units})


def read_npz(content: bytes) -> Weights:
    """Return the weights in an .npz archive; ValueError for anything else. Never reads a pickle."""
    # NumPy and zipfile let many kinds of errors out of a damaged archive; whatever else they say, it is one.
    try:
        archive = np.load(io.BytesIO(content), allow_pickle=False)
        with archive:
            unpacked = sum(part.file_size for part in archive.zip.infolist())
            arrays = {name: archive[name] for name in archive.files} if unpacked <= LARGEST else {}
    except Exception as error:
        if str(error).startswith(OBJECTS):
            raise ValueError(
                "it holds Python objects, which could run programs and are therefore never read"
            ) from None
        raise ValueError("it is not an .npz archive, or a damaged one") from None
    if unpacked > LARGEST:
        raise ValueError(f"unpacked it has {unpacked:,} bytes, and at most {LARGEST:,} are read")
    if "meta" not in arrays:
        raise ValueError(
            "the array meta is missing, a JSON text that says what the numbers mean; README shows how to write one"
        )
    meta = object_of(str(arrays["meta"]))
    layers: list[Layer] = []
    while f"W{len(layers) + 1}" in arrays:
        W, b = f"W{len(layers) + 1}", f"b{len(layers) + 1}"
        if b not in arrays:
            raise ValueError(f"the array {b} is missing")
        layers.append(Layer(array_of(arrays[W], W), array_of(arrays[b], b)))
    return weights_from(meta, layers)
