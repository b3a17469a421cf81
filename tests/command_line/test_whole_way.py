"""`main.py train` the whole way, as a script goes it: from a table to scores, weights, history and pictures."""

import csv
import json

import numpy as np
import pytest

from engine.files.weights import load_weights
from engine.model.network import Network
from tests.command_line.running import COLUMNS, FIELDS, PENGUINS, main, scores


@pytest.fixture(scope="module")
def penguins(tmp_path_factory):
    """Return the folder and the outcome of the job the contract describes."""
    folder = tmp_path_factory.mktemp("penguins")
    plots = [f"--export-plot={view}={view}.png" for view in ("boundary", "cost", "activation")]
    outcome = main(
        *("train", "--data", PENGUINS, "--columns", "bill_length_mm,bill_depth_mm", "--label", "species"),
        *("--hidden", "8", "--activation", "tanh", "--iterations", "3000", "--json"),
        *("--export-weights", "w.npz", "--export-weights", "w.json", "--export-history", "h.csv"),
        *plots,
        cwd=folder,
    )
    assert outcome.returncode == 0, outcome.stderr
    return folder, json.loads(outcome.stdout), outcome


def test_the_penguins_are_learned(penguins):
    _, result, outcome = penguins
    assert list(result) == ["iterations", *FIELDS]
    assert result["iterations"] == 3000
    assert result["train_accuracy"] >= 0.95
    assert result["test_accuracy"] >= 0.9
    assert result["parameters"] == 8 * 3 + 9
    assert 0 < result["seconds"] < 120
    assert outcome.stdout.count("\n") == 1


def test_any_number_of_columns_are_inputs(tmp_path):
    rng = np.random.default_rng(0)
    X = rng.normal(0, 1, (80, 5))
    kinds = np.where(X.sum(axis=1) > 0, "up", "down")
    rows = [",".join([*map(repr, map(float, x)), kind]) for x, kind in zip(X, kinds, strict=True)]
    (tmp_path / "five.csv").write_text("a,b,c,d,e,kind\n" + "\n".join(rows) + "\n")
    for columns, n_x in (("*", 5), ("a,c,e", 3), ("d", 1)):
        outcome = main(
            *("train", "--data", "five.csv", "--columns", columns, "--model", "logistic", "--json"),
            *("--iterations", "300", "--learning-rate", "1", "--export-plot", "boundary=b.png"),
            *("--export-weights", "w.json"),
            cwd=tmp_path,
        )
        assert outcome.returncode == 0, outcome.stderr
        result = json.loads(outcome.stdout)
        assert result["parameters"] == n_x + 1
        assert result["train_accuracy"] > (0.9 if n_x == 5 else 0.5)
        assert (tmp_path / "b.png").stat().st_size > 1000
        weights = json.loads((tmp_path / "w.json").read_text())
        assert len(weights["layers"][0]["W"][0]) == len(weights["feature_names"]) == n_x


def test_every_export_is_there_and_nothing_else(penguins):
    folder, _, _ = penguins
    names = {path.name for path in folder.iterdir()}
    assert names == {"w.npz", "w.json", "h.csv", "boundary.png", "cost.png", "activation.png"}
    for view in ("boundary", "cost", "activation"):
        picture = (folder / f"{view}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) > 5000


def test_progress_goes_to_standard_error_alone(penguins):
    _, result, outcome = penguins
    lines = outcome.stderr.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("iteration 300 of 3,000, cost ")
    assert lines[-1] == f"iteration 3,000 of 3,000, cost {result['train_cost']:.6f}"


def test_the_history_is_a_table(penguins):
    folder, result, _ = penguins
    with open(folder / "h.csv", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == COLUMNS
    assert [row[0] for row in rows] == [str(i) for i in range(3001)]
    assert [float(cell) for cell in rows[-1][1:]] == [result[name] for name in COLUMNS[1:]]
    costs = [float(row[1]) for row in rows]
    assert costs[-1] < costs[0] / 2


@pytest.mark.parametrize("name", ["w.json", "w.npz"])
def test_weights_give_the_same_costs_to_the_last_bit(penguins, result_of, name):
    folder, result, _ = penguins
    data = ("--data", PENGUINS, "--columns", "bill_length_mm,bill_depth_mm", "--label", "species")
    again = result_of(*data, "--initial-weights", folder / name, "--iterations", 0)
    assert again["iterations"] == 0
    for score in COLUMNS[1:]:
        assert again[score] == result[score]


def test_both_weight_files_hold_the_same_bits(penguins):
    folder, _, _ = penguins
    first, second = load_weights(folder / "w.npz"), load_weights(folder / "w.json")
    for a, b in zip(first.parameters, second.parameters, strict=True):
        assert a.W.tobytes() == b.W.tobytes()
        assert a.b.tobytes() == b.b.tobytes()
    assert first.iterations == second.iterations == 3000
    assert first.network == second.network == Network((2, 8, 1), ("tanh",))
    assert not first.standardization.changes_nothing


def test_the_bundled_name_is_the_same_file(penguins, result_of):
    _, result, _ = penguins
    again = result_of("--data", "penguins", "--hidden", "8", "--activation", "tanh", "--iterations", "3000")
    assert scores(again) == scores(result)


@pytest.mark.parametrize("attempt", range(4))
def test_drawing_ends_in_peace(tmp_path, attempt):
    # Views that outlive Qt crashed every second run at its very end, after all files were written.
    plots = [f"--export-plot={view}={view}.png" for view in ("boundary", "cost", "activation")]
    outcome = main("train", "--data", "penguins", "--hidden", "8", "--iterations", "5", *plots, cwd=tmp_path)
    assert outcome.returncode == 0
    assert len(list(tmp_path.iterdir())) == 3
