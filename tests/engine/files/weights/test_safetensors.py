"""A .safetensors file has the names and shapes that PyTorch expects, and comes back to the last bit."""

import json

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from engine.files.weights import Weights, save_weights
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.engine.files.weights.checking import check_that_beginnings_are_refused, count_refusals, refusal


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_names_and_shapes_are_those_of_sequential(tmp_path, dtype):
    network = Network((3, 5, 4, 1), ("tanh", "relu"))
    vector = np.random.default_rng(0).standard_normal(network.parameter_count).astype(dtype)
    weights = Weights(network, Parameters(network, vector), Standardization.none(3))
    path = tmp_path / "w.safetensors"
    save_weights(path, weights)
    tensors = load_file(path)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        **{"0.weight": (5, 3), "0.bias": (5,)},
        **{"2.weight": (4, 5), "2.bias": (4,)},
        **{"4.weight": (1, 4), "4.bias": (1,)},
    }
    for depth, (W, b) in enumerate(weights.parameters):
        assert tensors[f"{2 * depth}.weight"].tobytes() == W.tobytes()
        assert tensors[f"{2 * depth}.bias"].tobytes() == b.tobytes()
        assert tensors[f"{2 * depth}.weight"].dtype == dtype


def test_the_header_says_what_the_numbers_mean(tmp_path, weights):
    save_weights(tmp_path / "w.safetensors", weights)
    with safe_open(tmp_path / "w.safetensors", "numpy") as file:
        meta = json.loads(file.metadata()["meta"])
    assert meta["activations"] == ["tanh", "sigmoid"]
    assert meta["standardization"] == {"mean": [42.7, 18.0], "scale": [5.2, 1.1]}
    assert meta["iterations"] == 3000


def changed(path, weights, change, meta=True):
    """Write the weights, and again with their tensors changed."""
    save_weights(path, weights)
    with safe_open(path, "numpy") as file:
        header = file.metadata()
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path, header if meta else None)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda tensors: tensors.pop("0.weight"), "the tensor 0.weight is missing"),
        (
            lambda tensors: (tensors.pop("2.weight"), tensors.pop("2.bias")),
            "it names the activations tanh, sigmoid",
        ),
        (lambda tensors: tensors.clear(), "it has no layers"),
        (
            lambda tensors: tensors.update({"0.bias": np.zeros((3, 1))}),
            "the tensor 0.bias is not a row of numbers",
        ),
        (lambda tensors: tensors.update({"0.weight": np.zeros((2, 2))}), "W1 (2, 2) and b1 (3, 1) must be"),
        (
            lambda tensors: tensors.update({"0.weight": np.full((3, 2), np.nan)}),
            "W1 holds a number that is not finite",
        ),
    ],
    ids=["no weight", "a layer less", "nothing", "bias a column", "other shape", "not finite"],
)
def test_tensors_that_do_not_fit(tmp_path, weights, change, reason):
    path = tmp_path / "w.safetensors"
    changed(path, weights, change)
    assert refusal(path).startswith(f"w.safetensors does not hold weights that can be read: {reason}")


def test_a_file_of_somebody_else(tmp_path, weights):
    path = tmp_path / "w.safetensors"
    changed(path, weights, lambda tensors: None, meta=False)
    assert refusal(path).endswith(": the text meta is missing from its header.")


def test_a_file_that_breaks_off_or_has_flipped_bytes(tmp_path, weights):
    path = tmp_path / "w.safetensors"
    save_weights(path, weights)
    content = path.read_bytes()
    check_that_beginnings_are_refused(path, content, 13)
    path.write_bytes(content)
    assert count_refusals(path) > 30
