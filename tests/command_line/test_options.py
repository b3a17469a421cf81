"""What the options of `main.py train` change, and what is said without --json."""

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest

from engine.files.weights import load_weights
from engine.model.network import Network
from tests.command_line.running import scores


def test_what_is_said_without_json(run):
    status, out, _ = run("--iterations", 20, "--hidden", 3)
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == "Moons: 400 points; network 2-3-1, 13 parameters"
    assert re.fullmatch(r"20 iterations in \d+\.\d\d s", lines[1])
    assert re.fullmatch(r"train: cost 0\.\d{6}, accuracy \d\d\.\d%", lines[2])
    assert re.fullmatch(r"test:  cost 0\.\d{6}, accuracy \d\d\.\d%", lines[3])


def test_without_test_points_their_scores_are_null(result_of, run):
    result = result_of("--test-fraction", 0, "--iterations", 5, "--export-history", "h.csv")
    assert result["test_cost"] is None
    assert result["test_accuracy"] is None
    assert 0 < result["train_cost"] < 1
    rows = list(csv.DictReader(Path("h.csv").read_text().splitlines()))
    assert len(rows) == 6
    assert all(row["test_cost"] == row["test_accuracy"] == "" for row in rows)
    assert run("--test-fraction", 0, "--iterations", 0)[1].endswith("test:  cost —, accuracy —\n")


def test_the_seed_changes_everything_and_repeats_everything(result_of):
    first, same, other = (scores(result_of("--iterations", 30, "--seed", seed)) for seed in (1, 1, 2))
    assert first == same
    assert first["train_cost"] != other["train_cost"]
    assert first["test_cost"] != other["test_cost"]


def test_the_split_seed_is_the_seed_until_it_is_named(result_of):
    first, same, other = (
        scores(result_of("--iterations", 30, "--seed", 7, *more))
        for more in ((), ("--split-seed", 7), ("--split-seed", 8))
    )
    assert first == same != other


def test_made_up_points_have_options_for_balance_wrong_labels_and_rotation(result_of):
    logistic = ("--data", "blobs", "--noise", 0, "--model", "logistic", "--iterations", 500)
    assert result_of(*logistic)["train_accuracy"] == 1.0
    assert result_of(*logistic, "--label-noise", 0.25)["train_accuracy"] < 0.8
    plain, turned = (scores(result_of(*logistic, "--rotation", angle)) for angle in (0, 30))
    assert plain != turned
    few = scores(result_of(*logistic, "--class-balance", 0.1, "--iterations", 0))
    assert few != scores(result_of(*logistic, "--iterations", 0))


def test_the_seed_draws_weights_and_split_of_a_file_too(run):
    for seed in (1, 2):
        run("--data", "iris", "--iterations", 0, "--seed", seed, "--export-weights", f"{seed}.json")
    first, second = (load_weights(Path(f"{seed}.json")) for seed in (1, 2))
    assert not np.array_equal(first.parameters[0].W, second.parameters[0].W)
    assert not np.array_equal(first.standardization.mean, second.standardization.mean)


@pytest.mark.parametrize(
    ("arguments", "network"),
    [
        (("--model", "logistic"), Network((2, 1))),
        (("--hidden", "8,4", "--activation", "relu"), Network((2, 8, 4, 1), ("relu", "relu"))),
        (("--hidden", "8,4", "--activation", "tanh,relu"), Network((2, 8, 4, 1), ("tanh", "relu"))),
        ((), Network((2, 4, 1), ("tanh",))),
    ],
    ids=["logistic", "one for all", "one for each", "default"],
)
def test_the_network_that_is_asked_for(result_of, arguments, network):
    result = result_of(*arguments, "--iterations", 2, "--export-weights", "w.json")
    assert load_weights(Path("w.json")).network == network
    assert result["parameters"] == network.parameter_count
    content = json.loads(Path("w.json").read_text())
    assert [layer["activation"] for layer in content["layers"]] == list(network.activations)


def test_more_noise_and_more_points(result_of):
    small = result_of("--samples", 40, "--noise", 0, "--iterations", 300, "--hidden", 8)
    noisy = result_of("--samples", 40, "--noise", 2, "--iterations", 300, "--hidden", 8)
    assert small["train_cost"] < noisy["train_cost"]


def test_standardizing_can_be_switched_off(run):
    run("--data", "penguins", "--no-standardize", "--iterations", 1, "--export-weights", "w.json")
    assert json.loads(Path("w.json").read_text())["standardization"] is None
    run("--data", "penguins", "--standardize", "--iterations", 1, "--export-weights", "w.json")
    assert len(json.loads(Path("w.json").read_text())["standardization"]["mean"]) == 2


def test_zero_iterations_report_the_start(result_of):
    result = result_of(
        "--init", "zeros", "--model", "logistic", "--iterations", 0, "--export-history", "h.csv"
    )
    assert result["train_cost"] == pytest.approx(np.log(2), rel=1e-15)
    assert result["train_accuracy"] == 0.5
    assert len(Path("h.csv").read_text().splitlines()) == 2


def test_an_end_that_is_reached_at_the_start_makes_no_iteration(result_of):
    result = result_of("--stop-cost", "1", "--iterations", "5")
    assert result["iterations"] == 0
    assert "below 1" in result["ended"]


def test_one_label_against_the_rest_and_gaps_left_out(run, tmp_path):
    rows = [f"{i},{i % 3 * 5 + i / 100},{'abc'[i % 3]}" for i in range(30)]
    (tmp_path / "t.csv").write_text("\n".join(["x,y,k", *rows, "NA,1,a"]) + "\n")
    status, out, _ = run("--data", "t.csv", "--classes", "c,*", "--gaps", "skip", "--iterations", 200)
    assert status == 0
    assert "t: 30 points" in out
    assert "1 row with gaps left out" in out.splitlines()
    assert "train: cost" in out and "accuracy 100.0%" in out
