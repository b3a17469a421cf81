"""What `main.py train` leaves behind: plots, weights and points, and old files where it fails."""

import json
from pathlib import Path

import pytest

from engine.command_line import train
from engine.files.weights import load_weights
from engine.training.descent import Descent


def test_plots_are_drawn_of_the_last_moment(run):
    plots = ("--export-plot", "boundary=b.png", "--export-plot", "cost=a=b.PNG", "--plot-theme", "print")
    assert run("--iterations", 7, *plots)[0] == 0
    assert Path("b.png").read_text() == "boundary 7 print"
    assert Path("a=b.PNG").read_text() == "cost 7 print"


def test_no_plotter_is_made_when_no_plot_is_wanted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert train(["--iterations", "0"], lambda: pytest.fail("asked for")) == 0


def test_a_key_that_interrupts_keeps_what_was_reached(run, monkeypatch):
    step = Descent.step

    def interrupted(descent, state):
        if state.iteration == 5:
            raise KeyboardInterrupt
        return step(descent, state)

    monkeypatch.setattr(Descent, "step", interrupted)
    status, out, err = run("--iterations", 1000, "--json", "--export-weights", "w.npz")
    assert status == 130
    assert json.loads(out)["iterations"] == 5
    assert err.splitlines() == ["main.py train: stopped at iteration 5."]
    assert load_weights(Path("w.npz")).iterations == 5


@pytest.mark.parametrize(
    ("option", "name"),
    [("--export-weights", "w.npz"), ("--export-history", "h.csv"), ("--export-plot", "b.png")],
)
def test_a_folder_in_the_place_of_a_file_is_noticed_before_training(refusal_of, tmp_path, option, name):
    (tmp_path / name).mkdir()
    given = f"boundary={name}" if option == "--export-plot" else name
    assert name in refusal_of(option, given, "--iterations", 100)


def test_an_export_that_fails_leaves_the_old_file(run, tmp_path, monkeypatch):
    (tmp_path / "w.npz").write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.files.atomic.os.fsync", full)
    status, out, err = run("--iterations", 1, "--export-weights", "w.npz")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1] == "main.py train: w.npz could not be written: No space left on device."
    assert [path.name for path in tmp_path.iterdir()] == ["w.npz"]
    assert (tmp_path / "w.npz").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["points.csv", "points.npz"])
def test_the_points_can_be_saved_and_trained_on_again(result_of, tmp_path, name):
    first = result_of("--data", "moons", "--noise", "0.3", "--iterations", 20, "--export-data", name)
    again = result_of("--data", str(tmp_path / name), "--iterations", 20)
    assert again["train_cost"] == first["train_cost"] and again["test_cost"] == first["test_cost"]


def test_points_are_saved_under_known_endings_alone(refusal_of, tmp_path):
    line = refusal_of("--export-data", "points.xlsx")
    assert line == "--export-data points.xlsx must end in one of .csv, .npz."
    assert not list(tmp_path.iterdir())
