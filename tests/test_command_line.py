"""`main.py train` as scripts use it: names, files, exit statuses, and one line for whatever is wrong."""

import csv
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from engine.command_line import train
from engine.data.bundled import BUNDLED
from engine.data.dataset import held_out
from engine.data.generators import GENERATORS
from engine.data.tables import read_table
from engine.files.weights import WEIGHT_FORMATS, Weights, load_weights, save_weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS, Network, Parameters
from engine.model.standardization import Standardization
from engine.training.descent import Descent
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES

ROOT = Path(__file__).parents[1]
PENGUINS = ROOT / "assets" / "datasets" / "penguins.csv"
SCORES = ["train_cost", "test_cost", "train_accuracy", "test_accuracy"]
MORE_SCORES = ["batch_cost", "penalty", "gradient_norm"]
COLUMNS = ["iteration", *SCORES, *MORE_SCORES]
FIELDS = [*COLUMNS[1:], "seconds", "parameters", "ended"]


def main(*arguments, cwd=ROOT, **environment):
    """Run main.py as a person would."""
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=300,
        check=False,
    )


class Plotter:
    """Writes the name of the view and the iteration instead of a picture."""

    names = ("boundary", "cost", "activation")
    endings = (".png",)

    def save(self, name, path, frame):
        path.write_text(f"{name} {frame.state.iteration}")


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Return a way to train in this process, in a folder of its own, that gives status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a warning would be another line on standard error
            status = train(list(map(str, arguments)), Plotter)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def result_of(run):
    """Return a way to train that gives what --json prints."""

    def result_of(*arguments, status=0):
        ended, out, err = run(*arguments, "--json")
        assert ended == status, err
        assert out.count("\n") == 1
        return json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))

    return result_of


@pytest.fixture
def refusal_of(run):
    """Return a way to train that must be refused, which gives the one line about it."""

    def refusal_of(*arguments):
        status, out, err = run(*arguments)
        assert status == 2
        assert out == ""
        assert err.startswith("main.py train: ")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        return err.removeprefix("main.py train: ").rstrip("\n")

    return refusal_of


def scores(result):
    return {name: value for name, value in result.items() if name != "seconds"}


# The whole way, as a script goes it


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


def test_the_list_of_names():
    outcome = main("train", "--list")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    lines = dict(line.split(": ") for line in outcome.stdout.splitlines())
    assert lines["data"].split(", ") == [*GENERATORS, *BUNDLED]
    assert lines["activation"].split(", ") == list(ACTIVATIONS)
    assert lines["init"].split(", ") == list(INITIALIZATIONS)
    assert lines["model"] == "logistic, network"
    assert lines["features"].split(", ") == list(FEATURES)
    assert lines["loss"].split(", ") == list(LOSSES)
    assert lines["optimizer"].split(", ") == list(OPTIMIZERS)
    assert lines["schedule"].split(", ") == list(SCHEDULES)
    assert lines["precision"] == "double, single"
    assert lines["weights"].split(", ") == list(WEIGHT_FORMATS)


def test_help_names_every_option():
    outcome = main("train", "--help")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    options = (
        "data columns label samples noise seed test-fraction standardize no-standardize model hidden activation init "
        "learning-rate features precision loss optimizer momentum rms-decay beta1 beta2 epsilon schedule decay period "
        "batch-size l1 l2 stop-cost stop-gradient stop-patience "
        "iterations initial-weights export-weights export-plot export-history json list"
    )
    for option in options.split():
        assert re.search(rf"--{option}\b", outcome.stdout), option
    assert "--stop-after" not in outcome.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("train", "--nonsense"),
        ("train", "--learning-rate", "1e9"),
        ("train", "--samples", "4e9"),
        ("train", "--data", "missing.csv"),
        ("train", "--export-plot", "nothing=x.png"),
        ("--nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_status_2(arguments):
    outcome = main(*arguments)
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("main.py")
    assert outcome.stderr.count("\n") == 1


def test_a_terminal_that_knows_no_dashes(tmp_path):
    outcome = main(
        "train", "--iterations", "1", "--test-fraction", "0", cwd=tmp_path, PYTHONIOENCODING="ascii"
    )
    assert "Traceback" not in outcome.stderr
    assert outcome.returncode == 0


def test_a_file_whose_name_is_not_utf_8(tmp_path):
    name = os.fsdecode(b"pengu\xefns.csv")
    try:
        (tmp_path / name).write_bytes(PENGUINS.read_bytes())
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    outcome = main("train", "--data", name, "--iterations", "1", cwd=tmp_path)
    assert "Traceback" not in outcome.stderr
    assert outcome.returncode == 0
    outcome = main("train", "--data", os.fsdecode(b"m\xefssing.csv"), cwd=tmp_path)
    assert outcome.returncode == 2
    assert outcome.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--list",), ("--iterations", "0", "--json")], ids=" ".join)
def test_a_reader_that_hangs_up_sees_no_traceback(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, ROOT / "main.py", "train", *arguments], stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        _, err = process.communicate(timeout=120)
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err


# Options that work


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


def test_plots_are_drawn_of_the_last_moment(run):
    plots = ("--export-plot", "boundary=b.png", "--export-plot", "cost=a=b.PNG")
    assert run("--iterations", 7, *plots)[0] == 0
    assert Path("b.png").read_text() == "boundary 7"
    assert Path("a=b.PNG").read_text() == "cost 7"


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


# Training that diverges


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
    assert Path("c.png").read_text() == f"cost {last}"


def test_so_many_iterations_do_not_diverge(run, exploding, result_of):
    _, out, _ = run(*exploding, "--iterations", 5000, "--json", "--export-weights", "far.npz")
    diverged = json.loads(out)
    again = result_of(*exploding, "--iterations", diverged["iterations"], "--export-weights", "near.npz")
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


# One line for whatever is wrong


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--nonsense", "unrecognized arguments: --nonsense"),
        ("--lear 1", "unrecognized arguments: --lear 1"),
        ("points.csv", "unrecognized arguments: points.csv"),
        ("--samples", "argument --samples: expected one argument"),
        ("--learning-rate 1e9", "--learning-rate 1e+09 is outside (0, 10]."),
        ("--learning-rate 0", "--learning-rate 0 is outside (0, 10]."),
        ("--learning-rate=-1", "--learning-rate -1 is outside (0, 10]."),
        ("--learning-rate fast", "--learning-rate 'fast' is not a number in (0, 10]."),
        ("--learning-rate nan", "--learning-rate nan is outside (0, 10]."),
        ("--samples 4e9", "--samples 4,000,000,000 is outside [4, 1,000,000]."),
        ("--samples 3", "--samples 3 is outside [4, 1,000,000]."),
        ("--samples 4.5", "--samples 4.5 is not a whole number in [4, 1,000,000]."),
        ("--noise 2.5", "--noise 2.5 is outside [0, 2]."),
        ("--noise=-0.1", "--noise -0.1 is outside [0, 2]."),
        ("--seed -1", "--seed -1 is outside [0, 2,147,483,647]."),
        ("--seed 2147483648", "--seed 2,147,483,648 is outside [0, 2,147,483,647]."),
        ("--seed x", "--seed 'x' is not a number in [0, 2,147,483,647]."),
        ("--test-fraction 1", "--test-fraction 1 is outside [0, 0.9]."),
        ("--iterations -1", "--iterations -1 is outside [0, 1,000,000,000]."),
        ("--iterations 1e10", "--iterations 10,000,000,000 is outside [0, 1,000,000,000]."),
        ("--iterations many", "--iterations 'many' is not a number in [0, 1,000,000,000]."),
        ("--model deep", "--model 'deep' is not one of logistic, network."),
        ("--activation swish", f"--activation 'swish' is not one of {', '.join(ACTIVATIONS)}."),
        ("--init ones", "--init 'ones' is not one of zeros, normal, xavier, he."),
        ("--hidden 0", "--hidden 0 is outside [1, 1024] units a layer."),
        ("--hidden 2000", "--hidden 2000 is outside [1, 1024] units a layer."),
        ("--hidden 8;4", "--hidden '8;4' is not a list of whole numbers in [1, 1024], such as 8 or 8,4."),
        ("--hidden 8 --activation tanh,relu", "activation names 2 functions"),
        ("--standardize=maybe", "argument --standardize/--no-standardize: ignored explicit argument 'maybe'"),
        ("--columns x,x", "--columns 'x,x' must name different columns, such as x,y."),
        ("--columns x,y", "moons is made up and has no columns to choose; name a table."),
        ("--data mons", "data 'mons' is neither a file nor one of "),
        ("--data missing.csv", "missing.csv: the file cannot be read (no such file or directory)."),
        ("--data table.docx", "table.docx: "),
        ("--data .", "this is a folder"),
        ("--initial-weights missing.npz", "missing.npz could not be read: No such file or directory."),
        ("--initial-weights w.txt", "w.txt must end in one of .npz, .json."),
        ("--export-weights w.pkl", "--export-weights w.pkl must end in one of .npz, .json."),
        ("--export-weights w", "--export-weights w must end in one of .npz, .json."),
        ("--export-weights no/w.npz", "--export-weights no/w.npz: there is no folder no."),
        ("--export-history h.txt", "--export-history h.txt must end in one of .csv."),
        ("--export-history no/h.csv", "--export-history no/h.csv: there is no folder no."),
        (
            "--export-plot boundary",
            "--export-plot 'boundary' must be VIEW=FILE, such as boundary=boundary.png.",
        ),
        ("--export-plot boundary=", "--export-plot 'boundary=' must be VIEW=FILE"),
        ("--export-plot =x.png", "--export-plot '=x.png' must be VIEW=FILE"),
        ("--export-plot face=x.png", "--export-plot 'face' is not one of boundary, cost, activation."),
        ("--export-plot cost=x.doc", "--export-plot x.doc must end in one of .png."),
        ("--export-plot cost=no/x.png", "--export-plot no/x.png: there is no folder no."),
    ],
)
def test_a_wrong_option_is_named(refusal_of, tmp_path, arguments, message):
    assert message in refusal_of(*arguments.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("", "", "the file is empty"),
        ("x,y,k\n1,2,A\n3,4,B\n", "--columns x,z", "there is no column z; the columns are x, y, k."),
        ("x,y,k\n1,2,A\n3,4,B\n", "--label kind", "there is no column kind; the columns are x, y, k."),
        ("x,y,k\n1,2,A\n3,4,A\n", "", "column k: every label is 'A'"),
        ("x,y,k\n1,2,A\n3,4,B\n5,6,C\n", "", "line 4, column k: 'C' is a third label"),
        ("x,y,k\n1,2,A\n3,inf,B\n", "", "line 3, column y: 'inf' is not a finite number"),
        ("x,y,k\n1,2,A\nnan,4,B\n", "", "line 3, column x: 'nan' is not a finite number"),
        ("x,y,k\n1,2,A\n3,,B\n", "", "line 3, column y: the cell is empty"),
        ("x,y,k\n1,2,A\n3,four,B\n", "", "line 3, column y: 'four' is not a number"),
        ("x,y,k\n1,2,A\n3,B\n", "", "line 3: the number of cells is 2, not 3"),
        ("x\n1\n2\n", "", "line 1: the number of columns is 1"),
        ("x,y,k\n1,2,A\n\x00,4,B\n", "", "line 3 holds a zero byte"),
    ],
)
def test_a_wrong_table_is_named_with_line_and_column(refusal_of, tmp_path, content, arguments, message):
    (tmp_path / "t.csv").write_text(content)
    line = refusal_of("--data", "t.csv", *arguments.split())
    assert line.startswith("t.csv: ")
    assert message in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "a" * 300),
        ("--data", "a" * 300 + ".csv"),
        ("--initial-weights", "a" * 300 + ".npz"),
        ("--export-weights", "a" * 300 + "/w.npz"),
        ("--export-history", "a" * 300 + "/h.csv"),
    ],
    ids=lambda arguments: f"{arguments[0]} …{arguments[1][-6:]}",
)
def test_a_name_too_long_for_the_system(refusal_of, arguments):
    assert refusal_of(*arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--bad\nword",),
        ("--data", "a\nb.csv"),
        ("--label", "a\nb", "--data", PENGUINS),
        ("--export-weights", "a\nb"),
    ],
    ids=lambda arguments: arguments[0].split("\n")[0],
)
def test_a_name_of_two_lines_is_told_in_one(refusal_of, arguments):
    assert refusal_of(*arguments)


@pytest.mark.parametrize(
    ("option", "name"),
    [("--export-weights", "w.npz"), ("--export-history", "h.csv"), ("--export-plot", "b.png")],
)
def test_a_folder_in_the_place_of_a_file_is_noticed_before_training(refusal_of, tmp_path, option, name):
    (tmp_path / name).mkdir()
    given = f"boundary={name}" if option == "--export-plot" else name
    assert name in refusal_of(option, given, "--iterations", 100)


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


def test_a_network_too_large_for_the_memory(refusal_of, monkeypatch):
    def too_large(descent, state):
        raise MemoryError("Unable to allocate 7.63 GiB for an array with shape (1024, 1000000)")

    monkeypatch.setattr(Descent, "step", too_large)
    assert "memory" in refusal_of("--iterations", 5).lower()


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


@pytest.mark.parametrize("name", ["points.csv", "points.npz"])
def test_the_points_can_be_saved_and_trained_on_again(result_of, tmp_path, name):
    first = result_of("--data", "moons", "--noise", "0.3", "--iterations", 20, "--export-data", name)
    again = result_of("--data", str(tmp_path / name), "--iterations", 20)
    assert again["train_cost"] == first["train_cost"] and again["test_cost"] == first["test_cost"]


def test_points_are_saved_under_known_endings_alone(refusal_of, tmp_path):
    line = refusal_of("--export-data", "points.xlsx")
    assert line == "--export-data points.xlsx must end in one of .csv, .npz."
    assert not list(tmp_path.iterdir())
