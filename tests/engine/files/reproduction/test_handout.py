"""The script is a handout: it runs alone, holds only what the run needs, fits a page, and is refused in a sentence."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.files.atomic import FileError
from engine.files.reproduction import check_reproducible, reproduction, save_reproduction
from engine.model.activations import ACTIVATIONS
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.spec import Spec
from tests.engine.files.bare import bare
from tests.engine.files.reproduction.running import check, experiment_of, shown, state_at


def code_of(source):
    """Return the lines before the numbers."""
    return source.partition("# The numbers:")[0].splitlines()


def test_it_runs_alone_and_prints_what_the_screen_shows(tmp_path):
    experiment = experiment_of(
        hidden=(64, 64), samples=600, precision="single"
    )  # NumPy would use two threads
    save_reproduction(tmp_path / "run.py", experiment, 100)
    done = bare("run.py", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == shown(state_at(experiment, 100))


def test_it_is_short_and_fits_a_page():
    source = reproduction(experiment_of(), 2000)
    assert 60 < len(code_of(source)) < 130
    assert max(map(len, source.splitlines())) <= 110
    assert len(source) < 40_000
    everything = experiment_of(
        hidden=(9, 8, 7),
        activation=tuple(ACTIVATIONS)[:3],
        optimizer="adam",
        schedule="cosine",
        l1=0.1,
        l2=0.1,
        batch_size=8,
    )
    source = reproduction(everything, 2000)
    assert len(code_of(source)) < 180
    assert max(map(len, source.splitlines())) <= 122


def test_it_has_the_papers_names():
    source = reproduction(experiment_of(), 10)
    for line in (
        "Z1 = Wb1 @ A0  # W[1] A[0] + b[1], (4, m)",
        "A1 = np.vstack([tanh(Z1), ones])",
        "dWb2 = dZ2 @ A1.T  # [dW[2] | db[2]], times m",
        "dZ1 = (Wb2[:, :-1].T @ dZ2) * tanh_slope(Z1, A1[:-1])  # W[2]^T dZ[2] * g'(Z[1])",
        "theta = theta - alpha * g",
        "alpha = 0.5  # the learning rate",
    ):
        assert line in source
    assert ast.get_docstring(ast.parse(source)).startswith(
        "Moons: a 2-4-1 network learns to tell A (y = 0) from B (y = 1)."
    )


def test_it_holds_only_what_the_run_needs():
    source = reproduction(experiment_of(standardize=False, model="logistic"), 10)
    for absent in (
        "MEAN",
        "float32",
        "math",
        "l1",
        "l2",
        "lru_cache",
        "batch",
        "decay",
        "beta",
        "x1, x2",
        "vecmat",
        "seterr",
    ):
        assert absent not in source, absent


@pytest.mark.parametrize("samples", [1001, 5000])
def test_many_points_are_packed_and_come_back(samples):
    source = check(experiment_of(samples=samples), 3)
    assert "zlib.decompress" in source
    assert max(map(len, source.splitlines())) <= 111
    assert len(source) < samples * 2 * 8 * 4 / 3 * 1.1 + 6000


def test_names_cannot_break_out():
    nasty = '"""\nraise SystemExit(3)\n"""\\'
    rng = np.random.default_rng(0)
    data = Dataset.of(
        rng.standard_normal((2, 20)),
        np.arange(20) % 2.0,
        nasty,
        feature_names=(nasty, "\0"),
        class_names=(nasty, "\ud800"),
    )
    check(Experiment.of(Spec(), data), 2).encode()


@pytest.mark.parametrize(
    ("registry", "name", "change", "missing"),
    [
        (ACTIVATIONS, "tanh", {"source": ""}, "Tanh has no `source`"),
        (ACTIVATIONS, "tanh", {"source_of_derivative": ""}, "Tanh has no `source_of_derivative`"),
        (OPTIMIZERS, "gd", {"source": ""}, "Gradient descent has no `source`"),
        (SCHEDULES, "constant", {"source": ""}, "Constant has no `source`"),
        (LOSSES, "log", {"source": ""}, "Log loss has no `source`"),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_a_record_without_a_formula_is_refused_before_training(
    tmp_path, monkeypatch, registry, name, change, missing
):
    experiment = experiment_of(samples=20)
    monkeypatch.setitem(registry, name, replace(registry[name], **change))
    path = tmp_path / "run.py"
    path.write_text("old")
    for refused in (lambda: check_reproducible(experiment), lambda: save_reproduction(path, experiment, 5)):
        with pytest.raises(
            FileError, match=f"^The run cannot be written as a program: {missing}, its .* of NumPy.$"
        ):
            refused()
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_initialization_without_a_formula_is_written_as_its_numbers(monkeypatch):
    monkeypatch.setitem(INITIALIZATIONS, "xavier", replace(INITIALIZATIONS["xavier"], source=""))
    assert "START = np.array([" in check(experiment_of(samples=20), 5)


def test_nothing_to_train_on_is_refused():
    data = generate("moons", 4, 0.1, 0)
    empty = data.with_points(data.X[:, :0], data.Y[:, :0], data.ids[:0])
    with pytest.raises(FileError, match="there are no points to train on"):
        reproduction(Experiment.of(Spec(), empty), 5)
