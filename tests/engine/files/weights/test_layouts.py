"""What a weight file says, in both formats, and what a file written by hand must say."""

import json

import numpy as np

from engine.files.weights import FORMAT, READABLE_FORMATS, WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.engine.files.weights.checking import bits


def test_files_have_the_first_layer_for_the_persons_own_units_as_well(tmp_path):
    network = Network((3, 1))
    parameters = Parameters.of(network, [(np.array([[6.0, -1.0, 0.5]]), np.array([[1.0]]))])
    standardization = Standardization(np.array([[10.0], [4.0]]), np.array([[2.0], [0.5]]))
    weights = Weights(network, parameters, standardization, features=("x1_squared",))
    expected = {"W1_own_units": [[3.0, -2.0, 0.5]], "b1_own_units": [[-21.0]]}  # 1 - 3 * 10 + 2 * 4
    for ending in WEIGHT_FORMATS:
        save_weights(tmp_path / f"w{ending}", weights)
    with np.load(tmp_path / "w.npz") as arrays_of_file:
        assert {name: arrays_of_file[name].tolist() for name in expected} == expected
    text = json.loads((tmp_path / "w.json").read_text())
    assert {name: text[name] for name in expected} == expected
    for ending in READABLE_FORMATS:
        assert bits(load_weights(tmp_path / f"w{ending}")) == bits(weights), "what was trained is read back"


def test_a_first_layer_too_large_for_its_own_units_is_left_out(tmp_path):
    network = Network((1, 1))
    parameters = Parameters.of(network, [(np.array([[1e300]]), np.array([[0.0]]))])
    weights = Weights(network, parameters, Standardization(np.zeros((1, 1)), np.full((1, 1), 1e-20)))
    save_weights(tmp_path / "w.json", weights)
    assert "W1_own_units" not in json.loads((tmp_path / "w.json").read_text())
    assert bits(load_weights(tmp_path / "w.json")) == bits(weights)


def test_the_json_layout_is_the_public_one(tmp_path, weights):
    save_weights(tmp_path / "w.json", weights)
    text = (tmp_path / "w.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert content["format"] == FORMAT == "descent-lab/weights"
    assert content["version"] == 1
    assert content["layers"] == [
        {
            "W": [[0.1, -1 / 3], [5e-324, 1.7e308], [-0.0, 2.0]],
            "b": [[0.0], [1e-9], [-7.0]],
            "activation": "tanh",
        },
        {"W": [[1.0, 2.0, 3.0]], "b": [[0.5]], "activation": "sigmoid"},
    ]
    assert content["standardization"] == {"mean": [42.7, 18.0], "scale": [5.2, 1.1]}
    assert content["model"] == "network"
    assert content["loss"] == "log"
    assert content["features"] == []
    assert content["precision"] == "double"
    assert content["iterations"] == 3000
    assert set(content["versions"]) == {"descent-lab", "numpy", "python"}
    assert text.endswith("}\n")


def test_the_npz_layout_is_the_public_one(tmp_path, weights):
    save_weights(tmp_path / "w.npz", weights)
    with np.load(tmp_path / "w.npz", allow_pickle=False) as archive:
        arrays = dict(archive)
    assert set(arrays) == {"W1", "b1", "W2", "b2", "meta"}
    shapes = {name: arrays[name].shape for name in ("W1", "b1", "W2", "b2", "meta")}
    assert shapes == {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1), "meta": ()}
    meta = json.loads(str(arrays["meta"]))
    assert meta["model"] == "network"
    assert meta["activations"] == ["tanh", "sigmoid"]
    assert meta["loss"] == "log"
    assert meta["features"] == []
    assert meta["precision"] == "double"
    assert meta["standardization"] == {"mean": [42.7, 18.0], "scale": [5.2, 1.1]}
    assert meta["iterations"] == 3000
    assert set(meta["versions"]) == {"descent-lab", "numpy", "python"}


def test_a_file_written_by_hand_needs_only_the_contract(tmp_path):
    path = tmp_path / "hand.json"
    layers = [{"W": [[1, 2]], "b": [[3]], "activation": "sigmoid"}]
    content = {"format": "descent-lab/weights", "version": 1, "layers": layers, "standardization": None}
    path.write_text(json.dumps(content))
    loaded = load_weights(path)
    assert loaded.parameters[0].W.tolist() == [[1.0, 2.0]]
    assert loaded.parameters[0].W.dtype == np.float64
    assert loaded.parameters[0].b.tolist() == [[3.0]]
    assert (loaded.iterations, loaded.feature_names, loaded.class_names) == (0, (), ())
    assert (loaded.loss, loaded.features, loaded.n_x) == ("log", (), 2)


def test_weights_for_inputs_of_other_names_are_noted():
    network = Network((2, 1))
    parameters = Parameters.of(network, [(np.ones((1, 2)), np.zeros((1, 1)))])
    weights = Weights(network, parameters, Standardization.none(2), feature_names=("a", "b"))
    assert weights.note_for(("a", "b")) == ""
    assert weights.note_for(("b", "a")) == "They were trained on a, b, and the data has b, a."
    unnamed = Weights(network, parameters, Standardization.none(2))
    assert unnamed.note_for(("b", "a")) == ""
    assert weights.note_for(tuple("cdefgh")).endswith("the data has c, d, e, f, g, ….")
