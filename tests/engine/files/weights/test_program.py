"""The .py file gives the window's probabilities to the last bit, in an interpreter that has NumPy and nothing of ours."""

import ast
import json

import numpy as np
import pytest

from engine.files.atomic import FileError
from engine.files.weights import Weights, python_source, save_weights
from engine.model.activations import ACTIVATIONS, Activation
from engine.model.features import FEATURES
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.engine.files.bare import bare
from tests.engine.files.weights.trained import points, probabilities, trained

RUN = """
import importlib.util, json, sys
import numpy as np
for path, X in json.loads(sys.stdin.read()):
    spec = importlib.util.spec_from_file_location("weights", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    p = module.predict_proba(X)
    print(p.shape == (len(X),), p.dtype, p.tobytes().hex())
ours = {"engine", "gui", "PySide6", "onnx", "safetensors", "torch"}
assert not ours & {name.partition(".")[0] for name in sys.modules}
"""


def test_every_bit_is_the_windows_own(tmp_path):
    """One process for all: activations, features, precisions, numbers of features, one point and many."""
    chosen = [
        {"hidden": (5, 3), "activation": (name,), "precision": precision}
        for name in ACTIVATIONS
        for precision in ("double", "single")
    ]
    chosen += [{"features": (name,), "hidden": (2,)} for name in FEATURES]
    chosen += [{"features": tuple(FEATURES), "model": "logistic", "precision": "single"}]
    chosen += [{"hidden": (1,)}, {"hidden": (40, 17), "activation": ("relu", "tanh")}, {"standardize": False}]
    asked, expected = [], []
    for number, each in enumerate(chosen):
        data = points(2 + number % 4, far=each.get("standardize", True))
        experiment, weights = trained(data, **each)
        path = tmp_path / f"w{number}.py"
        save_weights(path, weights)
        for X in (data.X, data.X[:, :1], data.X[:, 5:8], -1000 * data.X):
            asked.append((str(path), X.T.tolist()))
            expected.append(probabilities(experiment, weights, X))
    done = bare("-c", RUN, cwd=tmp_path, given=json.dumps(asked))
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [["True", "float64", each.tobytes().hex()] for each in expected]
    assert len(lines) > 80


def test_as_a_script_it_prints_one_probability(tmp_path):
    experiment, weights = trained()
    save_weights(tmp_path / "weights.py", weights)
    done = bare("weights.py", "1999.5", "-2e3", cwd=tmp_path)
    (p,) = probabilities(experiment, weights, np.array([[1999.5], [-2e3]]))
    assert (done.stdout, done.stderr, done.returncode) == (f"{float(p)!r}\n", "", 0)


def test_run_with_other_than_its_numbers_it_says_how_whatever_it_is_called(tmp_path):
    _, weights = trained()
    save_weights(tmp_path / "my net-2.py", weights)
    mean = " ".join(f"{value:.4g}" for value in weights.standardization.mean[:, 0])
    usage = f"Usage: python my net-2.py {mean} (a number for each of: u0, u1)\n"
    for wrong in ([], ["1"], ["1", "2", "3"]):
        done = bare("my net-2.py", *wrong, cwd=tmp_path)
        assert (done.stdout, done.stderr, done.returncode) == ("", usage, 2)
    done = bare("my net-2.py", "1", "b", cwd=tmp_path)
    assert (done.stderr, done.returncode) == (f"could not convert string to float: 'b'. {usage}", 2)
    assert bare("my net-2.py", *mean.split(), cwd=tmp_path).returncode == 0
    assert "weights.py" not in (tmp_path / "my net-2.py").read_text(encoding="utf-8")


def test_the_wrong_number_of_columns_is_refused(tmp_path):
    scope = {"__name__": "weights"}
    exec(python_source(trained()[1]), scope)
    for X in (np.zeros(2), np.zeros((2, 3)), np.zeros((1, 2, 2))):
        with pytest.raises(ValueError, match=r"must be \(n_samples, 2\)"):
            scope["predict_proba"](X)
    assert scope["predict_proba"](np.zeros((0, 2))).shape == (0,)


def test_it_tells_what_it_is_and_fits_a_page():
    _, weights = trained(hidden=(30,), features=("x1_x2",))
    source = python_source(weights)
    assert max(map(len, source.splitlines())) <= 110
    story = ast.get_docstring(ast.parse(source))
    assert story.startswith("The probability of B, and not A: a 3-30-1 network.")
    flat = " ".join(story.split())
    assert "20 iterations (Gradient descent, learning rate 0.5) on 96 points of Points: training cost" in flat
    assert "1. u0 2. u1" in flat
    assert "Z1 = W1 @ A0 + b1  # (30, n_samples)" in source


def test_names_cannot_break_out(tmp_path):
    nasty = ('"""\nraise SystemExit(3)\n"""', "\\", "'''", "\ud800\0\x85 ü", "{x}", '"')
    network = Network((len(nasty), 1))
    parameters = Parameters(network, np.ones(network.parameter_count))
    weights = Weights(
        network, parameters, Standardization.none(len(nasty)), 1, nasty, nasty[:2], trained=nasty[0]
    )
    save_weights(tmp_path / "w.py", weights)
    scope = {"__name__": "weights"}
    exec((tmp_path / "w.py").read_text(encoding="utf-8"), scope)
    assert tuple(scope["FEATURES"]) == nasty
    assert tuple(scope["CLASSES"]) == nasty[:2]
    assert scope["predict_proba"](np.zeros((1, len(nasty))))[0] == 1 / (1 + np.exp(-1.0))


def test_weights_without_names_get_some():
    network = Network((2, 1))
    source = python_source(Weights(network, Parameters(network, np.ones(3)), Standardization.none(2)))
    assert "1. x₁" in source
    assert "The probability of class 1, and not class 0: logistic regression." in source


def test_an_activation_without_a_formula_is_refused(tmp_path, monkeypatch):
    other = ACTIVATIONS["tanh"]
    bare_record = Activation("odd", "Odd", other.formula, other.help, other.write, other.write_derivative)
    monkeypatch.setitem(ACTIVATIONS, "odd", bare_record)
    with pytest.raises(FileError) as caught:
        save_weights(tmp_path / "w.py", trained(activation=("odd",))[1])
    assert str(caught.value) == "w.py cannot be written: Odd has no `source`, its formula as a line of NumPy."
    assert not list(tmp_path.iterdir())
