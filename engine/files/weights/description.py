"""What a file says about its weights beside the numbers, as a JSON object, and the weights from it."""

import json
import platform
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.files.weights.trained import Weights
from engine.model.activations import Array
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import Layer, Network, Parameters
from engine.model.standardization import Standardization
from engine.training.choices.training import PRECISIONS

FORMAT = "descent-lab/weights"
VERSION = 1


def describe(weights: Weights) -> dict[str, Any]:
    """Return what the numbers mean, as JSON has it."""
    standardization = weights.standardization
    return {
        "format": FORMAT,
        "version": VERSION,
        "model": "network" if weights.network.hidden_activations else "logistic",
        "activations": list(weights.network.activations),
        "loss": weights.loss,
        "features": list(weights.features),
        "precision": weights.precision,
        "standardization": None
        if standardization.changes_nothing
        else {"mean": standardization.mean[:, 0].tolist(), "scale": standardization.scale[:, 0].tolist()},
        "iterations": weights.iterations,
        "trained": weights.trained,
        "feature_names": list(weights.feature_names),
        "class_names": list(weights.class_names),
        "versions": {"descent-lab": "0.1.0", "numpy": np.__version__, "python": platform.python_version()},
    }


def weights_from(meta: dict[str, Any], layers: list[Layer]) -> Weights:
    """Return the weights that a file's `meta` and arrays describe; ValueError when they do not fit."""
    if meta.get("format") != FORMAT:
        raise ValueError(f'it does not say "format": "{FORMAT}"')
    if meta.get("version") != VERSION:
        raise ValueError(
            f"it is of version {meta.get('version')!r}, and this program reads version {VERSION}"
        )
    if not layers or any(layer.W.ndim != 2 for layer in layers):
        raise ValueError("it has no layers, or a W that is not a matrix")
    activations = tuple(map(str, list_of(meta, "activations")))
    sizes = (layers[0].W.shape[1], *(layer.W.shape[0] for layer in layers))
    if len(activations) != len(layers) or activations[-1] != "sigmoid":
        raise ValueError(f"it names the activations {', '.join(activations)} for {len(layers)} layers")
    network = Network(sizes, activations[:-1])
    features = _known(_names(meta, "features"), FEATURES, "feature")
    if features != tuple(name for name in FEATURES if name in features):
        raise ValueError(
            f"its features {', '.join(features)} must be each there once, in the order {', '.join(FEATURES)}"
        )
    (loss,) = _known((str(meta.get("loss", "log")),), LOSSES, "loss")
    (precision,) = _known((str(meta.get("precision", "double")),), PRECISIONS, "precision")
    parameters = Parameters.of(network, layers, PRECISIONS[precision].dtype)
    n_x = sizes[0] - len(features)
    given = meta.get("standardization")
    if given is None:
        standardization = Standardization.none(n_x)
    elif isinstance(given, dict):
        standardization = Standardization(
            array_of(list_of(given, "mean"), "mean").reshape(-1, 1),
            array_of(list_of(given, "scale"), "scale").reshape(-1, 1),
        )
    else:
        raise ValueError("its standardization is neither null nor an object with mean and scale")
    iterations = meta.get("iterations", 0)
    if not (isinstance(iterations, int) and iterations >= 0):
        raise ValueError(f"its iterations are {iterations!r}, not a whole number from 0")
    return Weights(
        network,
        parameters,
        standardization,
        iterations,
        _names(meta, "feature_names"),
        _names(meta, "class_names"),
        loss,
        features,
        str(meta.get("trained", "")),
    )


def object_of(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds; ValueError for anything else."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON from line {error.lineno} on") from None
    if not isinstance(value, dict):
        raise ValueError("its JSON text is not an object")
    return value


def _known(names: tuple[str, ...], registry: Mapping[str, Any], what: str) -> tuple[str, ...]:
    for name in names:
        if name not in registry:
            raise ValueError(f"its {what} {name!r} is not one of {', '.join(registry)}")
    return names


def _names(meta: dict[str, Any], name: str) -> tuple[str, ...]:
    value = meta.get(name) or []
    if not isinstance(value, list):
        raise ValueError(f"its {name} are not a list")
    return tuple(map(str, value))


def list_of(meta: dict[str, Any], name: str) -> list[Any]:
    """Return the list of that name in a description; ValueError without one."""
    value = meta.get(name)
    if not isinstance(value, list) or not value:
        raise ValueError(f"its {name} are missing or not a list")
    return value


def array_of(value: Any, name: str) -> Array:
    """Return numbers as an array; ValueError, with the name, for anything else."""
    try:
        if np.iscomplexobj(value):
            raise TypeError("complex numbers have no order")
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} is not an array of numbers") from None
    return array
