"""The curve of a run as CSV: the columns scripts rely on, and every number to the last bit."""

import csv
import math

import pytest

from engine.files.atomic import FileError
from engine.files.curves import save_curve
from engine.training.history import History
from engine.training.step import Scores, State, first_state, step


def curve_of(*scores, first=0):
    history = History(64)
    for iteration, each in enumerate(scores, first):
        history.append(State(iteration, (), (), Scores(*each)))
    return history.curve()


def test_the_file_is_what_scripts_rely_on(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(path, curve_of((0.5, 0.25, 1.0, 0.75), (1e-300, 1 / 3, 0.0, 1.0)))
    assert path.read_bytes() == (
        b"iteration,train_cost,test_cost,train_accuracy,test_accuracy\n"
        b"0,0.5,0.25,1.0,0.75\n"
        b"1,1e-300,0.3333333333333333,0.0,1.0\n"
    )


def test_missing_test_scores_are_left_empty(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(path, curve_of((0.5, math.nan, 1.0, math.nan), first=7))
    assert path.read_text().splitlines()[1:] == ["7,0.5,,1.0,"]


def test_a_curve_without_rows_has_a_header(tmp_path):
    path = tmp_path / "h.csv"
    save_curve(path, curve_of())
    assert path.read_text() == "iteration,train_cost,test_cost,train_accuracy,test_accuracy\n"


def test_every_number_comes_back_to_the_last_bit(tmp_path, make_experiment):
    experiment, history = make_experiment(), History()
    state = first_state(experiment)
    for _ in range(50):
        history.append(state)
        state = step(experiment, state)
    save_curve(tmp_path / "h.csv", history.curve())
    with open(tmp_path / "h.csv", newline="") as file:
        header, *rows = csv.reader(file)
    assert [[float(cell) for cell in row] for row in rows] == history.curve().rows.tolist()
    assert header[0] == "iteration"
    assert [row[0] for row in rows] == [str(i) for i in range(50)]


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match=r"^h\.csv could not be written: No such file or directory\.$"):
        save_curve(tmp_path / "missing" / "h.csv", curve_of())
