"""Trained weights as files that other programs read, and back again to the last bit.

Beside the weights as they were trained, which are those that are read back, a file has the first layer once more for
inputs in the person's own units: `W1_own_units` (n_1, n_0) and `b1_own_units` (n_1, 1), as arrays or JSON lists. Only the
measured inputs fold; the columns of inputs made from the standardized ones, such as x1_squared, are those of W1. They
are left out where a number is too large for double precision.

Adding a format is adding one record to `WEIGHT_FORMATS`.
"""

import io
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np

from engine.files.atomic import FileError, write_atomically
from engine.model.activations import Array
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import Layer, Network, Parameters
from engine.model.standardization import Standardization
from engine.training.choices.training import PRECISIONS
from engine.training.experiment import Experiment
from engine.training.state import State

FORMAT = "descent-lab/weights"
VERSION = 1
PRECISION_OF = {np.dtype(each.dtype).name: each.name for each in PRECISIONS.values()}


@dataclass(frozen=True, eq=False)
class Weights:
    """A trained network with all that is needed to use it on numbers in the person's own units."""

    network: Network
    parameters: Parameters
    standardization: Standardization
    iterations: int = 0
    feature_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    loss: str = "log"
    features: tuple[str, ...] = ()
    """The inputs made from the standardized ones, by their names in `FEATURES`; they come last."""

    @property
    def precision(self) -> str:
        """The name of the precision of the parameters."""
        return PRECISION_OF[self.parameters.vector.dtype.name]

    @property
    def n_x(self) -> int:
        """How many measured inputs the network takes."""
        return self.network.sizes[0] - len(self.features)

    @property
    def own_units(self) -> dict[str, Array]:
        """The first layer for inputs in the person's own units, by the names that files have for it."""
        W, b = self.standardization.fold(*self.parameters[0])
        finite = np.isfinite(W).all() and np.isfinite(b).all()
        return {"W1_own_units": W, "b1_own_units": b} if finite else {}

    @classmethod
    def of(cls, experiment: Experiment, state: State) -> Self:
        """Return what is worth keeping of one moment of a run."""
        problem = experiment.problem
        dataset = problem.dataset
        return cls(
            experiment.network,
            state.parameters,
            problem.standardization,
            state.iteration,
            dataset.feature_names,
            dataset.class_names,
            experiment.spec.loss,
            problem.features,
        )


@dataclass(frozen=True)
class WeightFormat:
    """One way to write weights: `write` fills a file, `read` takes its bytes and complains with ValueError."""

    ending: str
    label: str
    write: Callable[[Weights, BinaryIO], object]
    read: Callable[[bytes], Weights]


def save_weights(path: Path, weights: Weights) -> None:
    """Write the weights in the format that the name's ending tells. Raises FileError."""
    chosen = _format_of(path)
    write_atomically(path, lambda file: chosen.write(weights, file))


def load_weights(path: Path) -> Weights:
    """Return the weights in a file, checked. Raises FileError with one sentence for the person."""
    chosen = _format_of(path)
    try:
        weights = chosen.read(path.read_bytes())
        _check(weights)
    except OSError as error:
        raise FileError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()).rstrip(".") or "too deeply nested"
        raise FileError(f"{path.name} does not hold weights that can be read: {reason}.") from error
    return weights


def _format_of(path: Path) -> WeightFormat:
    chosen = WEIGHT_FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise FileError(f"{path.name} must end in one of {', '.join(WEIGHT_FORMATS)}.")
    return chosen


def _check(weights: Weights) -> None:
    for number, layer in enumerate(weights.parameters, start=1):
        for name, array in (("W", layer.W), ("b", layer.b)):
            if not np.isfinite(array).all():
                raise ValueError(f"{name}{number} holds a number that is not finite")
    n_x = weights.n_x
    for name, array in (("mean", weights.standardization.mean), ("scale", weights.standardization.scale)):
        if array.shape != (n_x, 1) or not np.isfinite(array).all():
            raise ValueError(f"the standardization's {name} must be {n_x} finite numbers")
    if not (weights.standardization.scale > 0.0).all():
        raise ValueError("the standardization's scale must be positive")


def _meta(weights: Weights) -> dict[str, Any]:
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
        "feature_names": list(weights.feature_names),
        "class_names": list(weights.class_names),
        "versions": {"descent-lab": "0.1.0", "numpy": np.__version__, "python": platform.python_version()},
    }


def _weights(meta: dict[str, Any], layers: list[Layer]) -> Weights:
    """Return the weights that a file's `meta` and arrays describe; ValueError when they do not fit."""
    if meta.get("format") != FORMAT:
        raise ValueError(f'it does not say "format": "{FORMAT}"')
    if meta.get("version") != VERSION:
        raise ValueError(
            f"it is of version {meta.get('version')!r}, and this program reads version {VERSION}"
        )
    if not layers or any(layer.W.ndim != 2 for layer in layers):
        raise ValueError("it has no layers, or a W that is not a matrix")
    activations = tuple(map(str, _list(meta, "activations")))
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
            _array(_list(given, "mean"), "mean").reshape(-1, 1),
            _array(_list(given, "scale"), "scale").reshape(-1, 1),
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
    )


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


def _list(meta: dict[str, Any], name: str) -> list[Any]:
    value = meta.get(name)
    if not isinstance(value, list) or not value:
        raise ValueError(f"its {name} are missing or not a list")
    return value


def _array(value: Any, name: str) -> Array:
    try:
        if np.iscomplexobj(value):
            raise TypeError("complex numbers have no order")
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} is not an array of numbers") from None
    return array


def _write_npz(weights: Weights, file: BinaryIO) -> None:
    arrays: dict[str, Any] = {"meta": np.array(json.dumps(_meta(weights)))}
    for number, (W, b) in enumerate(weights.parameters, start=1):
        arrays[f"W{number}"], arrays[f"b{number}"] = W, b
    np.savez(file, **{**arrays, **weights.own_units})


def _read_npz(content: bytes) -> Weights:
    # NumPy and zipfile let many kinds of errors out of a damaged archive; whatever they say, it is one.
    try:
        archive = np.load(io.BytesIO(content), allow_pickle=False)
        with archive:
            arrays = {name: archive[name] for name in archive.files}
    except Exception:
        raise ValueError("it is not an .npz archive, or a damaged one") from None
    if "meta" not in arrays:
        raise ValueError("the array meta is missing")
    meta = _object(str(arrays["meta"]))
    layers: list[Layer] = []
    while f"W{len(layers) + 1}" in arrays:
        W, b = f"W{len(layers) + 1}", f"b{len(layers) + 1}"
        if b not in arrays:
            raise ValueError(f"the array {b} is missing")
        layers.append(Layer(_array(arrays[W], W), _array(arrays[b], b)))
    return _weights(meta, layers)


def _write_json(weights: Weights, file: BinaryIO) -> None:
    meta = _meta(weights)
    activations = meta.pop("activations")
    layers = [
        {"W": W.tolist(), "b": b.tolist(), "activation": activation}
        for (W, b), activation in zip(weights.parameters, activations, strict=True)
    ]
    own_units = {name: array.tolist() for name, array in weights.own_units.items()}
    text = json.dumps({**meta, "layers": layers, **own_units}, indent=1, allow_nan=False)
    file.write(text.encode() + b"\n")


def _read_json(content: bytes) -> Weights:
    meta = _object(content.decode())
    layers: list[Layer] = []
    activations = []
    for number, layer in enumerate(_list(meta, "layers"), start=1):
        if not isinstance(layer, dict):
            raise ValueError(f"layer {number} is not an object with W, b and activation")
        missing = {"W", "b", "activation"} - set(layer)
        if missing:
            raise ValueError(f"layer {number} has no {missing.pop()}")
        layers.append(Layer(_array(layer["W"], f"W{number}"), _array(layer["b"], f"b{number}")))
        activations.append(layer["activation"])
    return _weights({**meta, "activations": activations}, layers)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON from line {error.lineno} on") from None
    if not isinstance(value, dict):
        raise ValueError("its JSON text is not an object")
    return value


WEIGHT_FORMATS: dict[str, WeightFormat] = {
    each.ending: each
    for each in (
        WeightFormat(".npz", "NumPy arrays", _write_npz, _read_npz),
        WeightFormat(".json", "JSON text", _write_json, _read_json),
    )
}
