"""Weights as safetensors, named as PyTorch's Sequential(Linear, activation, Linear, …) names them.

`0.weight` (n_1, n_0) and `0.bias` (n_1,), then `2.weight` and so on: the places between are those of the activations,
which have no weights. The description stands in the header, as the text `meta`.
"""

import json
from typing import Any, BinaryIO

import numpy as np

from engine.files.weights.description import array_of, describe, object_of, weights_from
from engine.files.weights.trained import Weights
from engine.model.network import Layer, Network


def check_safetensors(network: Network, features: tuple[str, ...]) -> None:
    """Raise ImportError where the package is missing."""
    import safetensors.numpy  # noqa: F401


def write_safetensors(weights: Weights, file: BinaryIO) -> None:
    """Write the numbers in the precision in which they were trained."""
    from safetensors.numpy import save

    tensors = {}
    for depth, (W, b) in enumerate(weights.parameters):
        tensors[f"{2 * depth}.weight"] = np.ascontiguousarray(W)  # (n_l, n_{l-1})
        tensors[f"{2 * depth}.bias"] = np.ascontiguousarray(b[:, 0])  # (n_l,)
    file.write(save(tensors, {"meta": json.dumps(describe(weights))}))


def read_safetensors(content: bytes) -> Weights:
    """Return the weights that `write_safetensors` wrote; ValueError for anything else."""
    from safetensors.numpy import load

    try:
        tensors = load(content)
        length = int.from_bytes(content[:8], "little")  # of the header, a JSON text
        header: dict[str, Any] = json.loads(content[8 : 8 + length])
    except Exception:  # the package has an error of its own, and lets others out as well
        raise ValueError("it is not a .safetensors file, or a damaged one") from None
    meta = header.get("__metadata__", {}).get("meta")
    if meta is None:
        raise ValueError("the text meta is missing from its header")
    layers = []
    for depth in range(len(tensors) // 2):
        weight, bias = f"{2 * depth}.weight", f"{2 * depth}.bias"
        for name in (weight, bias):
            if name not in tensors:
                raise ValueError(f"the tensor {name} is missing")
        b = array_of(tensors[bias], bias)
        if b.ndim != 1:
            raise ValueError(f"the tensor {bias} is not a row of numbers")
        layers.append(Layer(array_of(tensors[weight], weight), b.reshape(-1, 1)))
    return weights_from(object_of(meta), layers)
