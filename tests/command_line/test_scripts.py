"""Taking a run away: weights in every format, and the run as a program."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from engine.files.weights import READABLE_FORMATS, WEIGHT_FORMATS
from engine.model.activations import ACTIVATIONS, Activation
from tests.command_line.running import main

TRAIN = ("--data", "penguins", "--hidden", "3", "--iterations", "40")


def python(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-I", *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """Return the folder and the outcome of a run that is taken away in every form."""
    folder = tmp_path_factory.mktemp("taken")
    weights = [f"--export-weights=w{ending}" for ending in WEIGHT_FORMATS]
    return folder, main("train", *TRAIN, *weights, "--export-script=run.py", cwd=folder)


def test_every_format_is_written(taken):
    folder, outcome = taken
    assert outcome.returncode == 0
    assert {path.name for path in folder.iterdir()} == {
        "run.py",
        *(f"w{ending}" for ending in WEIGHT_FORMATS),
    }


def test_the_script_prints_what_train_prints(taken):
    folder, outcome = taken
    done = python("run.py", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    iterations, *scores = done.stdout.splitlines()
    assert iterations == "40 iterations"
    assert scores == outcome.stdout.splitlines()[-2:]


def test_onnx_and_python_say_the_same(taken):
    folder, _ = taken
    point = [44.5, 17.25]
    (p,) = onnxruntime.InferenceSession(folder / "w.onnx", providers=["CPUExecutionProvider"]).run(
        None, {"x": np.array([point])}
    )
    done = python("w.py", *map(str, point), cwd=folder)
    assert float(done.stdout) == pytest.approx(float(p[0, 0]), abs=1e-12)
    assert 0.01 < float(done.stdout) < 0.99


@pytest.mark.parametrize("ending", READABLE_FORMATS)
def test_what_can_be_read_is_where_a_run_begins(taken, result_of, ending):
    folder, _ = taken
    began = result_of("--data", "penguins", "--initial-weights", folder / f"w{ending}", "--iterations", 0)
    trained = result_of(*TRAIN)
    assert [began[score] for score in ("train_cost", "test_cost")] == [
        trained[score] for score in ("train_cost", "test_cost")
    ]


@pytest.mark.parametrize("ending", [".onnx", ".py"])
def test_what_is_only_written_is_refused_as_a_start(taken, refusal_of, ending):
    folder, _ = taken
    expected = (
        f"w{ending} must end in one of {', '.join(READABLE_FORMATS)}. "
        f"Weights can be saved as {ending}, but not loaded from it."
    )
    assert refusal_of("--initial-weights", folder / f"w{ending}") == expected


def test_a_run_from_saved_weights_is_a_script_too(taken, run, tmp_path):
    folder, _ = taken
    status, out, _ = run(
        "--data",
        "penguins",
        "--initial-weights",
        folder / "w.npz",
        "--iterations",
        7,
        "--export-script",
        "s.py",
    )
    assert status == 0
    assert "START = np.array(" in Path("s.py").read_text(encoding="utf-8")
    assert python("s.py", cwd=tmp_path).stdout.splitlines()[1:] == out.splitlines()[-2:]


def test_a_run_that_diverged_is_written_up_to_its_last_good_iteration(run, tmp_path):
    raw = ("--data", "penguins", "--no-standardize", "--activation", "identity", "--learning-rate", 10)
    status, out, _ = run(*raw, "--iterations", 500, "--export-script", "s.py")
    assert status == 3
    done = python("s.py", cwd=tmp_path)
    assert done.stdout.splitlines()[1:] == out.splitlines()[-2:]
    assert int(done.stdout.split()[0]) < 500


def test_where_a_script_cannot_be_written_is_told_before_training(refusal_of, tmp_path):
    assert refusal_of("--export-script", "run.txt") == "--export-script run.txt must end in .py."
    assert refusal_of("--export-script", "no/run.py") == "--export-script no/run.py: there is no folder no."
    Path("folder.py").mkdir()
    assert refusal_of("--export-script", "folder.py") == "--export-script folder.py is a folder."
    assert [path.name for path in tmp_path.iterdir()] == ["folder.py"]


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (
            "--export-weights=w.onnx",
            "w.onnx cannot be written: Odd has no `source`, its formula as a line of NumPy.",
        ),
        (
            "--export-weights=w.py",
            "w.py cannot be written: Odd has no `source`, its formula as a line of NumPy.",
        ),
        (
            "--export-script=run.py",
            "The run cannot be written as a program: Odd has no `source_of_derivative`, its slope as a line of NumPy.",
        ),
    ],
)
def test_an_activation_without_a_formula_is_told_before_training(
    refusal_of, monkeypatch, tmp_path, option, sentence
):
    tanh = ACTIVATIONS["tanh"]
    odd = Activation("odd", "Odd", tanh.formula, tanh.help, tanh.write, tanh.write_derivative)
    monkeypatch.setitem(ACTIVATIONS, "odd", odd)
    assert refusal_of(*TRAIN, "--activation", "odd", option) == sentence
    assert not list(tmp_path.iterdir())


def test_a_missing_package_is_told_before_training(refusal_of, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "onnx"]:
        monkeypatch.setitem(sys.modules, name, None)
    sentence = "w.onnx needs the Python package onnx: python -m pip install onnx brings it."
    assert refusal_of(*TRAIN, "--export-weights", "w.onnx") == sentence


def test_help_names_every_ending():
    words = " ".join(main("train", "--help").stdout.split())
    assert f"the form that the ending names: {', '.join(WEIGHT_FORMATS)}." in words
    assert f"a file that ends in one of {', '.join(READABLE_FORMATS)}." in words
    assert "--export-script FILE.py" in words
