"""Weights as a JSON text: the description, and `layers` with W, b and activation."""

import json
from typing import BinaryIO

from engine.files.weights.description import array_of, describe, list_of, object_of, weights_from
from engine.files.weights.trained import Weights
from engine.model.network import Layer


def write_json(weights: Weights, file: BinaryIO) -> None:
    """Write a JSON text."""
    meta = describe(weights)
    activations = meta.pop("activations")
    layers = [
        {"W": W.tolist(), "b": b.tolist(), "activation": activation}
        for (W, b), activation in zip(weights.parameters, activations, strict=True)
    ]
    own_units = {name: array.tolist() for name, array in weights.own_units.items()}
    text = json.dumps({**meta, "layers": layers, **own_units}, indent=1, allow_nan=False)
    file.write(text.encode() + b"\n")


def read_json(content: bytes) -> Weights:
    """Return the weights in a JSON text; ValueError for anything else."""
    meta = object_of(content.decode())
    layers: list[Layer] = []
    activations = []
    for number, layer in enumerate(list_of(meta, "layers"), start=1):
        if not isinstance(layer, dict):
            raise ValueError(f"layer {number} is not an object with W, b and activation")
        missing = {"W", "b", "activation"} - set(layer)
        if missing:
            raise ValueError(f"layer {number} has no {missing.pop()}")
        layers.append(Layer(array_of(layer["W"], f"W{number}"), array_of(layer["b"], f"b{number}")))
        activations.append(layer["activation"])
    return weights_from({**meta, "activations": activations}, layers)
