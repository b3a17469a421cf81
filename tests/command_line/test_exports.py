"""What `main.py train` leaves behind: plots, weights and points, and old files where it fails."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.command_line import train
from engine.files.weights import load_weights
from engine.training.descent import Descent
from tests.command_line.running import main


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
    assert status == 2 and "1 iterations" in out, "what was reached is told"
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


def test_what_cannot_be_written_takes_nothing_else_along(run, tmp_path, monkeypatch):
    writes = iter([OSError(28, "No space left on device"), OSError(28, "No space left on device")])

    def full(handle):
        for failure in writes:
            raise failure

    monkeypatch.setattr("engine.files.atomic.os.fsync", full)
    files = ("--export-weights", "w.npz", "--export-weights", "w.json", "--export-history", "h.csv")
    status, out, err = run("--iterations", 3, *files, "--json")
    assert (status, json.loads(out)["iterations"]) == (2, 3)
    assert err.splitlines()[-1] == (
        "main.py train: w.npz could not be written: No space left on device. "
        "w.json could not be written: No space left on device."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["h.csv"]


@pytest.mark.parametrize("kind", ["history.csv", "script.py", "report.html", "data.csv"])
def test_every_file_can_be_asked_for_more_than_once(tmp_path, kind):
    name, _, ending = kind.partition(".")
    files = [f"a.{ending}", f"b.{ending}"]
    given = [word for file in files for word in (f"--export-{name}", file)]
    assert main("train", "--iterations", 2, *given, cwd=tmp_path).returncode == 0
    assert len({(tmp_path / file).read_bytes() for file in files}) == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            "--export-data a.csv --export-history ./a.csv",
            "--export-history a.csv is the file of --export-data as well",
        ),
        (
            "--export-plot cost=p.png --export-plot boundary=p.png",
            "--export-plot p.png is the file of --export-plot",
        ),
        (
            "--export-weights w.npz --export-weights w.npz",
            "--export-weights w.npz is the file of --export-weights",
        ),
        ("--data own.csv --export-history own.csv", "--export-history own.csv is the file of --data as well"),
        (
            "--initial-weights w.json --export-weights link.json",
            "link.json is the file of --initial-weights as well",
        ),
    ],
)
def test_no_file_is_written_over_another(refusal_of, run, tmp_path, given, words):
    run("--iterations", 1, "--export-data", "own.csv", "--export-weights", "w.json")
    (tmp_path / "link.json").symlink_to("w.json")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert words in refusal_of(*given.split(), "--iterations", 1)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_without_the_right_to_write_is_noticed_before_training(refusal_of, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.command_exports.os.access", lambda path, mode: False)
    line = refusal_of("--export-history", "h.csv", "--iterations", 100)
    assert line == "--export-history h.csv: there is no right to write in the folder .."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("--plot-theme", "dark"), "--plot-theme does nothing without --export-plot."),
        (
            ("--plot-caption", "--export-history", "h.csv"),
            "--plot-caption does nothing without --export-plot.",
        ),
        (("--no-animation-loop",), "--animation-loop does nothing without --export-animation."),
        (("--animation-view", "moon"), "--animation-view does nothing without --export-animation."),
    ],
)
def test_options_of_what_is_not_asked_for_are_refused(refusal_of, tmp_path, given, words):
    assert refusal_of(*given) == words
    assert not list(tmp_path.iterdir())


def test_names_that_are_no_text_can_be_saved(run, tmp_path):
    X = np.random.default_rng(0).normal(size=(40, 2))
    names = np.array(["a\ud800", "b"])
    np.savez(tmp_path / "points.npz", X=X, y=np.arange(40) % 2, feature_names=names)
    status, _, err = run(
        "--data", "points.npz", "--columns", "*", "--iterations", 1, "--export-data", "d.csv"
    )
    assert status == 0, err
    assert (tmp_path / "d.csv").read_text(encoding="utf-8").startswith("a?,b,")
