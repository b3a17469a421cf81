"""`main.py train` with numbers beyond all bounds: the last finite moment is what remains."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.data.dataset import held_out
from engine.data.tables import read_table
from engine.files.weights import Weights, load_weights, save_weights
from engine.model.activations import ACTIVATIONS
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.command_line.running import scores


@pytest.fixture
def exploding(tmp_path):
    """Return the options of a run that ends in numbers beyond all bounds."""
    lines = ["x,y,k", "1e40,1e40,A", "-1e40,1e40,B", "1e40,-1e40,B", "-1e40,-1e40,A"]
    (tmp_path / "far.csv").write_text("\n".join(lines))
    options = ("--activation", "relu", "--learning-rate", "2.5", "--test-fraction", "0", "--no-standardize")
    return ("--data", "far.csv", *options)


def test_divergence_is_status_3_and_exports_the_last_finite_parameters(run, exploding):
    exports = ("--export-weights", "w.npz", "--export-weights", "w.json", "--export-history", "h.csv")
    status, out, err = run(
        *exploding, *exports, "--export-plot", "cost=c.png", "--iterations", 5000, "--json"
    )
    assert status == 3
    result = json.loads(out)
    last = result["iterations"]
    assert err.count("\n") == 1
    assert err.startswith("main.py train: ")
    assert f"at iteration {last + 1}," in err
    assert np.isfinite(result["train_cost"])
    first, second = load_weights(Path("w.npz")), load_weights(Path("w.json"))
    assert first.iterations == second.iterations == last
    for a, b in zip(first.parameters, second.parameters, strict=True):
        assert np.isfinite(a.W).all()
        assert a.W.tobytes() == b.W.tobytes()
    assert Path("h.csv").read_text().splitlines()[-1].startswith(f"{last},{result['train_cost']!r},")
    assert Path("c.png").read_text() == f"cost {last} light"


def test_so_many_iterations_do_not_diverge(run, exploding, result_of):
    _, out, _ = run(*exploding, "--iterations", 5000, "--json", "--export-weights", "far.npz")
    diverged = json.loads(out)
    assert diverged.pop("ended").startswith("The cost stopped being finite at iteration")
    again = result_of(*exploding, "--iterations", diverged["iterations"], "--export-weights", "near.npz")
    assert again.pop("ended") is None
    assert scores(again) == scores(diverged)
    far, near = load_weights(Path("far.npz")), load_weights(Path("near.npz"))
    assert [layer.W.tobytes() for layer in far.parameters] == [layer.W.tobytes() for layer in near.parameters]


@pytest.mark.parametrize("standardize", ["--standardize", "--no-standardize"])
@pytest.mark.parametrize("size", ["1e-300", "1e150", "1e200", "1.7e308"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_any_finite_features_end_with_weights_that_can_be_read(run, tmp_path, standardize, size, activation):
    rows = [f"{size},1,A", f"-{size},1,B", f"{size},2,A"] * 10
    (tmp_path / "t.csv").write_text("\n".join(["x,y,k", *rows]))
    exports = ("--export-weights", "w.npz", "--export-weights", "w.json")
    options = ("--activation", activation, "--init", "zeros", "--hidden", "2", "--learning-rate", "10")
    status, _, err = run("--data", "t.csv", standardize, *options, *exports, "--iterations", 5)
    assert status in (0, 3), err
    assert np.isfinite(load_weights(Path("w.json")).parameters[0].W).all()
    assert load_weights(Path("w.npz")).network.sizes == (2, 2, 1)


def test_json_stays_json_when_the_test_cost_is_beyond_all_numbers(result_of, tmp_path):
    path = tmp_path / "t.csv"
    rows = [[0.5 - i % 2, 1.0, "AB"[i % 2]] for i in range(40)]
    path.write_text("".join(f"{x},{y},{k}\n" for x, y, k in rows))
    dataset = read_table(path)
    test = held_out(dataset, 0.2, 0)
    for i in np.flatnonzero(test & (dataset.Y[0] == 0))[:2]:
        rows[i][0] = 1e8  # a logit of 1e308 on the wrong side, and two of them are more than a number holds
    path.write_text("".join(f"{x},{y},{k}\n" for x, y, k in rows))
    parameters = Parameters(Network((2, 1)), np.array([1e300, 0.0, 0.0]))
    save_weights(tmp_path / "w.npz", Weights(Network((2, 1)), parameters, Standardization.none(2)))
    result = result_of("--data", "t.csv", "--initial-weights", "w.npz", "--iterations", 0)
    assert result["test_cost"] is None


def test_divergence_stays_status_3_where_something_cannot_be_written(run, exploding, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.files.atomic.os.fsync", full)
    status, out, err = run(*exploding, "--iterations", 5000, "--export-history", "h.csv", "--json")
    assert status == 3 and "No space left on device" in err and json.loads(out)["ended"]
