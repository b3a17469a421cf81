"""The curve of a run as CSV: the columns scripts rely on, and every number to the last bit."""

import csv
import math

import numpy as np
import pytest

from engine.files.atomic import FileError
from engine.files.curves import save_curve
from engine.model.network import Network, Parameters
from engine.training.history import History
from engine.training.state import Scores, State

NAMES = b"iteration,train_cost,test_cost,train_accuracy,test_accuracy,batch_cost,penalty,gradient_norm"


def curve_of(*scores, first=0):
    history, nothing = History(), Parameters(Network((2, 1)), np.zeros(3))
    for iteration, each in enumerate(scores, first):
        history.append(State(iteration, nothing, nothing, Scores(*each), (), 0, iteration))
    return history.curve()


def test_the_file_is_what_scripts_rely_on(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(
        path, curve_of((0.5, 0.25, 1.0, 0.75, 0.5, 0.0, 2.0), (1e-300, 1 / 3, 0.0, 1.0, 0.75, 0.125, 1e300))
    )
    assert path.read_bytes() == (
        NAMES + b"\n0,0.5,0.25,1.0,0.75,0.5,0.0,2.0\n1,1e-300,0.3333333333333333,0.0,1.0,0.75,0.125,1e+300\n"
    )


def test_missing_test_scores_are_left_empty(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(path, curve_of((0.5, math.nan, 1.0, math.nan, 0.5, 0.0, 2.0), first=7))
    assert path.read_text().splitlines()[1:] == ["7,0.5,,1.0,,0.5,0.0,2.0"]


def test_a_curve_without_rows_has_a_header(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(path, curve_of())
    assert path.read_bytes() == NAMES + b"\n"


def test_every_number_comes_back_to_the_last_bit(tmp_path, make_experiment, open_descent):
    descent, history = open_descent(make_experiment()), History()
    state = descent.first_state()
    for _ in range(50):
        history.append(state)
        state = descent.step(state)
    save_curve(tmp_path / "h.csv", history.curve())
    with open(tmp_path / "h.csv", newline="") as file:
        header, *rows = csv.reader(file)
    assert [[float(cell) for cell in row] for row in rows] == history.curve().rows.tolist()
    assert header[0] == "iteration"
    assert [row[0] for row in rows] == [str(i) for i in range(50)]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match=r"^h\.csv could not be written: there is no folder .*\.$"):
        save_curve(tmp_path / "missing" / "h.csv", curve_of())
