"""An .onnx file gives the window's probabilities in ONNX Runtime, for numbers in the person's own units."""

import json
import re
import sys
from itertools import product
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from engine.files.atomic import FileError
from engine.files.weights import check_writable, save_weights
from engine.model.activations import ACTIVATIONS, Activation
from engine.model.features import FEATURES
from engine.model.network import Network
from tests.engine.files.weights.trained import points, probabilities, trained

README = Path(__file__).parents[4] / "README.md"


def answers(path, X):
    """Return what ONNX Runtime makes of points X (n_x, m), shape (m,), for a file that onnx finds correct."""
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (x,), (output,) = session.get_inputs(), session.get_outputs()
    assert (x.name, x.shape, x.type) == ("x", ["N", len(X)], "tensor(double)")
    assert (output.name, output.shape) == ("probability", ["N", 1])
    (probability,) = session.run(None, {"x": np.ascontiguousarray(X.T)})
    assert probability.shape == (X.shape[1], 1)
    return probability[:, 0]


def check(path, experiment, weights):
    save_weights(path, weights)
    X = experiment.problem.dataset.X
    for some in (X, X[:, :1], 10 * X, -1000 * X):
        expected = probabilities(experiment, weights, some)
        np.testing.assert_allclose(answers(path, some), expected, rtol=0, atol=1e-12)
    assert np.ptp(probabilities(experiment, weights, X)) > 0.01, "it tells points apart"


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_in_every_precision(tmp_path, activation):
    for precision, standardize in product(("double", "single"), (True, False)):
        chosen = {"hidden": (5, 3), "activation": (activation,), "precision": precision}
        check(tmp_path / "w.onnx", *trained(points(far=standardize), standardize=standardize, **chosen))


@pytest.mark.parametrize("features", [*((name,) for name in FEATURES), tuple(FEATURES)], ids=",".join)
def test_every_made_input(tmp_path, features):
    check(tmp_path / "w.onnx", *trained(features=features))
    check(tmp_path / "w.onnx", *trained(points(4), features=features, hidden=(2,)))


@pytest.mark.parametrize("n_x", [1, 2, 7])
def test_logistic_regression_on_any_number_of_features(tmp_path, n_x):
    check(tmp_path / "w.onnx", *trained(points(n_x), model="logistic", precision="single"))


def test_the_file_says_what_it_is(tmp_path):
    experiment, weights = trained()
    save_weights(tmp_path / "w.onnx", weights)
    model = onnx.load(tmp_path / "w.onnx")
    (meta,) = (json.loads(each.value) for each in model.metadata_props if each.key == "meta")
    assert meta["iterations"] == 20
    assert meta["activations"] == ["tanh", "sigmoid"]
    assert model.producer_name == "Descent Lab"
    assert model.doc_string.startswith(
        "The probability of B, for u0, u1 in their own units. 20 iterations (Gradient"
    )
    kept = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}
    for number, (W, b) in enumerate(weights.parameters, 1):
        assert kept[f"W{number}"].tobytes() == W.tobytes()
        assert kept[f"b{number}"].tobytes() == b.tobytes()
    assert kept["mean"].tolist() == experiment.problem.standardization.mean[:, 0].tolist()


def test_single_precision_is_kept_as_it_was_trained(tmp_path):
    _, weights = trained(precision="single")
    save_weights(tmp_path / "w.onnx", weights)
    kept = {
        each.name: onnx.numpy_helper.to_array(each)
        for each in onnx.load(tmp_path / "w.onnx").graph.initializer
    }
    assert kept["W1"].dtype == np.float32
    assert kept["W1"].tobytes() == weights.parameters[0].W.tobytes()


def softsign(**changed):
    """Return the activation that README adds."""
    code = re.search(r"```python\n(Activation\(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1]
    given = eval(code, {"Activation": lambda *values, **named: (values, named), "np": np})
    return Activation(*given[0], **(given[1] | changed))


def test_the_activation_that_readme_adds_is_written_too(tmp_path, monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "softsign", softsign())
    check(tmp_path / "w.onnx", *trained(activation=("softsign",)))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "Softsign has no `source`, its formula as a line of NumPy"),
        ("Z / (1 + np.fabs(Z))", "ONNX has no node for np.fabs(Z) in Z / (1 + np.fabs(Z))"),
        ("Z if Z else 1", "ONNX has no node for Z if Z else 1 in Z if Z else 1"),
    ],
)
def test_an_activation_that_onnx_cannot_express_is_refused_before_training(
    tmp_path, monkeypatch, source, reason
):
    monkeypatch.setitem(ACTIVATIONS, "softsign", softsign(source=source))
    path = tmp_path / "w.onnx"
    path.write_text("old")
    with pytest.raises(FileError) as caught:
        check_writable(path, Network((2, 3, 1), ("softsign",)), ())
    assert str(caught.value) == f"w.onnx cannot be written: {reason}."
    with pytest.raises(FileError, match=re.escape(reason)):
        save_weights(path, trained(activation=("softsign",))[1])
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["w.onnx"]
    for ending in (".npz", ".json", ".safetensors"):
        save_weights(tmp_path / f"w{ending}", trained(activation=("softsign",))[1])


@pytest.mark.parametrize(("ending", "package"), [(".onnx", "onnx"), (".safetensors", "safetensors")])
def test_without_the_package_a_sentence_says_how_to_get_it(tmp_path, monkeypatch, ending, package):
    _, weights = trained(iterations=0)
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)
    path = tmp_path / f"w{ending}"
    path.write_text("old")
    sentence = f"w{ending} needs the Python package {package}: python -m pip install {package} brings it."
    with pytest.raises(FileError) as caught:
        check_writable(path, weights.network, ())
    assert str(caught.value) == sentence
    with pytest.raises(FileError) as caught:
        save_weights(path, weights)
    assert str(caught.value) == sentence
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1
