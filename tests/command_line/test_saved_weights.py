"""`main.py train` goes on from saved weights, and refuses those that do not fit."""

import numpy as np
import pytest

from engine.files.weights import Weights, save_weights
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from tests.command_line.running import scores


def test_training_goes_on_from_saved_weights(result_of):
    whole = result_of("--iterations", 60)
    result_of("--iterations", 40, "--export-weights", "w.npz")
    assert scores(result_of("--iterations", 20, "--initial-weights", "w.npz")) | {"iterations": 60} == scores(
        whole
    )


def test_saved_weights_bring_their_own_network(result_of):
    result_of("--hidden", "3,2", "--activation", "relu,tanh", "--iterations", 5, "--export-weights", "w.npz")
    assert result_of("--initial-weights", "w.npz", "--iterations", 0)["parameters"] == 9 + 8 + 3


@pytest.mark.parametrize(
    "options",
    [
        ("--hidden", "3,2"),
        ("--hidden", "3,2", "--activation", "tanh"),
        ("--activation", "tanh"),
        ("--activation", "tanh,tanh"),
        ("--model", "network"),
    ],
    ids=" ".join,
)
def test_options_that_agree_with_saved_weights(result_of, options):
    result_of("--hidden", "3,2", "--iterations", 5, "--export-weights", "w.npz")
    assert result_of("--initial-weights", "w.npz", "--iterations", 0, *options)["parameters"] == 20


@pytest.mark.parametrize(
    ("made", "options"),
    [
        (("--hidden", "3,2"), ("--hidden", "3")),
        (("--hidden", "3,2"), ("--hidden", "2,3")),
        (("--hidden", "3"), ("--hidden", "3,2")),
        (("--hidden", "3"), ("--hidden", "4")),
        (("--hidden", "3"), ("--activation", "relu")),
        (("--hidden", "3"), ("--model", "logistic")),
        (("--model", "logistic"), ("--model", "network")),
        (("--model", "logistic"), ("--hidden", "8")),
    ],
    ids=" ".join,
)
def test_weights_that_contradict_an_option(run, refusal_of, made, options):
    assert run(*made, "--iterations", 1, "--export-weights", "w.npz")[0] == 0
    line = refusal_of("--initial-weights", "w.npz", *options)
    assert line.startswith("--initial-weights w.npz ")
    assert options[0] in line


def test_weights_for_other_data(refusal_of, tmp_path):
    parameters = Parameters(Network((3, 1)), np.array([1.0, 1.0, 1.0, 0.0]))
    save_weights(tmp_path / "w.npz", Weights(Network((3, 1)), parameters, Standardization.none(3)))
    line = refusal_of("--initial-weights", "w.npz")
    assert line == "--initial-weights w.npz takes 3 inputs, and the data has 2."


def test_weights_that_are_damaged(refusal_of, tmp_path):
    (tmp_path / "w.json").write_text("{}")
    assert refusal_of("--initial-weights", "w.json").startswith(
        "w.json does not hold weights that can be read: "
    )


def test_a_start_beyond_all_numbers(refusal_of, tmp_path):
    parameters = Parameters(Network((2, 1)), np.array([1.7e308, 1.7e308, 0.0]))
    save_weights(tmp_path / "w.npz", Weights(Network((2, 1)), parameters, Standardization.none(2)))
    (tmp_path / "t.csv").write_text("x,y,k\n5,6,A\n7,8,B\n-5,6,A\n7,-8,B\n")
    line = refusal_of("--data", "t.csv", "--initial-weights", "w.npz", "--iterations", 5)
    assert "the cost of the first weights is not finite" in line
