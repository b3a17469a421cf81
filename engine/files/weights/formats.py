"""The kinds of files for weights, and how to save and load them whatever the kind."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.files.atomic import FileError, write_atomically
from engine.files.endings import must_end
from engine.files.weights.archive import read_npz, write_npz
from engine.files.weights.graph import check_onnx, write_onnx
from engine.files.weights.program import check_python, write_python
from engine.files.weights.tensors import check_safetensors, read_safetensors, write_safetensors
from engine.files.weights.text import read_json, write_json
from engine.files.weights.trained import LARGEST, Weights, check
from engine.model.network import Network


@dataclass(frozen=True)
class WeightFormat:
    """One way to keep weights. All functions complain with ValueError, and with ImportError for want of a package."""

    ending: str
    label: str
    write: Callable[[Weights, BinaryIO], object]
    read: Callable[[bytes], Weights] | None = None
    """Return the weights in a file's bytes; None for a format that is only written."""
    check: Callable[[Network, tuple[str, ...]], object] | None = None
    """Complain where a network with such made inputs cannot be written; None where all can be."""


WEIGHT_FORMATS: dict[str, WeightFormat] = {
    each.ending: each
    for each in (
        WeightFormat(".npz", "NumPy arrays", write_npz, read_npz),
        WeightFormat(".json", "JSON text", write_json, read_json),
        WeightFormat(
            ".safetensors",
            "Tensors for PyTorch",
            write_safetensors,
            read_safetensors,
            check_safetensors,
        ),
        WeightFormat(".onnx", "ONNX model", write_onnx, check=check_onnx),
        WeightFormat(".py", "Python program", write_python, check=check_python),
    )
}
READABLE_FORMATS = {ending: each for ending, each in WEIGHT_FORMATS.items() if each.read is not None}


def check_writable(path: Path, network: Network, features: tuple[str, ...]) -> None:
    """Raise FileError where a network cannot be written under that name, before any time is spent on training it."""
    check = _format_of(path).check
    if check is not None:
        _told(path, lambda: check(network, features))


def save_weights(path: Path, weights: Weights) -> None:
    """Write the weights in the format that the name's ending tells. Raises FileError."""
    chosen = _format_of(path)
    _told(path, lambda: write_atomically(path, lambda file: chosen.write(weights, file)))


def load_weights(path: Path) -> Weights:
    """Return the weights in a file, checked. Raises FileError with one sentence for the person."""
    ending = path.suffix.lower()
    read = WEIGHT_FORMATS[ending].read if ending in WEIGHT_FORMATS else None
    if read is None:
        only = (
            f" Weights can be saved as {ending}, but not loaded from it." if ending in WEIGHT_FORMATS else ""
        )
        raise FileError(must_end(path.name, READABLE_FORMATS) + only)
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it has {path.stat().st_size:,} bytes, and at most {LARGEST:,} are read")
        weights = read(path.read_bytes())
        check(weights)
    except OSError as error:
        raise FileError(f"{path.name} could not be read: {error.strerror or error}.") from error
    except ImportError as error:
        raise FileError(_missing(path, error)) from error
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()).rstrip(".") or "too deeply nested"
        raise FileError(f"{path.name} does not hold weights that can be read: {reason}.") from error
    return weights


def _format_of(path: Path) -> WeightFormat:
    chosen = WEIGHT_FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise FileError(must_end(path.name, WEIGHT_FORMATS))
    return chosen


def _told(path: Path, do: Callable[[], object]) -> None:
    """Do something, and turn its complaint into a sentence about the file."""
    try:
        do()
    except FileError:
        raise
    except ImportError as error:
        raise FileError(_missing(path, error)) from error
    except ValueError as error:
        raise FileError(f"{path.name} cannot be written: {error}.") from error


def _missing(path: Path, error: ImportError) -> str:
    package = (error.name or str(error)).partition(".")[0]
    return f"{path.name} needs the Python package {package}: python -m pip install {package} brings it."
