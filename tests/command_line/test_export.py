"""`main.py export`: what can be taken away of a session, without a window."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.command_line import train
from engine.command_session import export
from engine.files.weights import load_weights
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from engine.training.state import Diverged
from tests.command_line.conftest import Plotter
from tests.command_line.running import main, scores
from tests.engine.files.session.living import change, paint_some, saved, seek, step
from tests.engine.training.driver import driven

SPEC = Spec(samples=60, hidden=(3,), optimizer="adam", batch_size=16, learning_rate=0.05)
OPTIONS = (
    "--samples",
    "60",
    "--hidden",
    "3",
    "--optimizer",
    "adam",
    "--batch-size",
    "16",
    "--learning-rate",
    "0.05",
)


@pytest.fixture(scope="module")
def sessions():
    """The bytes of sessions of one run: at 30; painted at 30 and slower from 40 on, at 50; that, looking back to 20."""
    with driven(Experiment.of(SPEC, SPEC.load())) as driver:
        step(driver, 30)
        plain = saved(driver)
        paint_some(driver, 1)
        step(driver, 10)
        change(driver, learning_rate=0.01)
        on_the_change = saved(driver)
        changed = step(driver, 10)
        whole = saved(driver)
        seek(driver, 20)
        return {
            "plain": plain,
            "on the change": on_the_change,
            "changed": whole,
            "looking back": saved(driver),
            "forgetful": _kept_from(whole, 40),
            "few checkpoints": _with_few_checkpoints(whole),
            "frame": changed,
        }


def _kept_from(content, first):
    """Return a session whose run is forgotten up to a change, as long ones are."""
    file = json.loads(content)
    run = file["run"]
    run["segments"] = [each for each in run["segments"] if each["first"] >= first]
    run["checkpoints"] = [each for each in run["checkpoints"] if each["iteration"] >= first]
    return json.dumps(file).encode()


def _with_few_checkpoints(content):
    """Return a session in which there are checkpoints at changes and at the end alone."""
    file = json.loads(content)
    run = file["run"]
    needed = {run["checkpoints"][-1]["iteration"], *(each["first"] for each in run["segments"])}
    run["checkpoints"] = [each for each in run["checkpoints"] if each["iteration"] in needed]
    return json.dumps(file).encode()


@pytest.fixture
def exported(sessions, capsys, tmp_path, monkeypatch):
    """Return a way to export from one of the sessions in this process, that gives status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def exported(name, *arguments):
        Path("run.descent").write_bytes(sessions[name])
        capsys.readouterr()
        status = export(["run.descent", *map(str, arguments)], Plotter)
        said = capsys.readouterr()
        return status, said.out, said.err

    return exported


def test_all_files_are_those_that_training_writes(sessions, tmp_path):
    (tmp_path / "run.descent").write_bytes(sessions["plain"])
    names = ("w.npz", "w.json", "w.onnx", "w.py", "d.csv", "h.csv", "s.py", "r.html", "a.gif")
    options = ("weights", "weights", "weights", "weights", "data", "history", "script", "report", "animation")
    plots = ("boundary=b.png", "cost=c.png", "network=n.svg", "activation=t.csv")
    asked = [f"--export-{option}={name}" for option, name in zip(options, names, strict=True)]
    asked += [f"--export-plot={plot}" for plot in plots]
    asked += ["--plot-theme=dark", "--animation-frames=4", "--animation-width=300", "--json"]
    told = []
    for folder, command in (
        ("trained", ("train", *OPTIONS, "--iterations", 30)),
        ("taken", ("export", tmp_path / "run.descent")),
    ):
        (tmp_path / folder).mkdir()
        ended = main(*command, *asked, cwd=tmp_path / folder)
        assert ended.returncode == 0, ended.stderr
        assert "pictures 4 of 4" in ended.stderr
        told.append(json.loads(ended.stdout))
    assert scores(told[0]) == scores(told[1])
    assert list(told[0]) == list(told[1]) and told[1]["seconds"] is None
    written = sorted(path.name for path in (tmp_path / "trained").iterdir())
    assert written == sorted([*names, "b.png", "c.png", "n.svg", "t.csv"])
    for name in written:
        assert (tmp_path / "taken" / name).read_bytes() == (tmp_path / "trained" / name).read_bytes(), name


def test_painted_points_and_a_change_in_mid_run_are_taken_along(exported, sessions):
    frame = sessions["frame"]
    status, out, _ = exported(
        "changed", "--json", "--export-weights", "w.npz", "--export-data", "d.csv", "--export-history", "h.csv",
        "--export-script", "s.py", "--export-plot", "cost=c.png",
    )  # fmt: skip
    assert (status, json.loads(out)["train_cost"]) == (0, frame.state.scores.train_cost)
    parameters = load_weights(Path("w.npz")).parameters
    assert parameters.vector.tobytes() == frame.state.parameters.vector.tobytes()
    assert len(Path("d.csv").read_text().splitlines()) == 1 + 60 + 5
    rows = list(csv.DictReader(Path("h.csv").read_text().splitlines()))
    assert [int(row["iteration"]) for row in rows] == list(range(51))
    assert float(rows[-1]["train_cost"]) == frame.state.scores.train_cost
    assert Path("c.png").read_text() == "cost 50 light"
    ended = subprocess.run([sys.executable, "s.py"], capture_output=True, text=True, check=True)
    assert f"{frame.state.scores.train_cost:.6f}" in ended.stdout


@pytest.mark.parametrize(("name", "at"), [("looking back", ()), ("changed", ("--at", 20))])
def test_a_moment_of_the_past_is_as_if_the_run_had_ended_there(exported, name, at):
    asked = ("--export-weights", "w.npz", "--export-history", "h.csv", "--export-data", "d.csv", "--json")
    status, out, err = exported(name, *at, *asked)
    assert (status, err) == (0, "run.descent: iteration 20 of 50\n")
    taken = {path: Path(path).read_bytes() for path in ("w.npz", "h.csv", "d.csv")}
    assert train([*OPTIONS, "--iterations", "20", *asked], Plotter) == 0
    for path, content in taken.items():
        assert Path(path).read_bytes() == content, path
    assert json.loads(out)["iterations"] == 20


def test_the_newest_can_be_asked_for_where_the_session_looks_back(exported, sessions):
    status, out, _ = exported("looking back", "--at", "last", "--json")
    assert (status, json.loads(out)["iterations"]) == (0, 50)
    assert json.loads(out)["train_cost"] == sessions["frame"].state.scores.train_cost


@pytest.mark.parametrize(
    ("name", "has_command"), [("plain", True), ("on the change", False), ("changed", False)]
)
def test_a_report_gives_the_command_only_of_a_run_that_was_not_changed(sessions, tmp_path, name, has_command):
    (tmp_path / "run.descent").write_bytes(sessions[name])
    ended = main("export", "run.descent", "--export-report", "r.html", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert ("python main.py train" in page) == has_command
    assert ("where the last change was made" in page) != has_command


def test_what_is_said_without_json_and_without_files(exported):
    status, out, err = exported("changed")
    hint = "Nothing to be written was named; `main.py export --help` lists what can be."
    assert (status, err) == (0, f"run.descent: iteration 50 of 50\n{hint}\n")
    lines = out.splitlines()
    assert lines[:2] == ["Moons: 65 points; network 2-3-1, 13 parameters", "50 iterations"]
    assert [line.split(":")[0] for line in lines[2:]] == ["train", "test"]


def test_a_session_without_points_or_iterations_is_drawn(tmp_path):
    nothing = Spec(samples=60)
    dataset = nothing.load()
    empty = dataset.with_points(dataset.X[:, :0], dataset.Y[:, :0], dataset.ids[:0])
    with driven(Experiment.of(nothing, empty)) as driver:
        (tmp_path / "run.descent").write_bytes(saved(driver))
    plots = ("--export-plot", "boundary=b.png", "--export-plot", "cost=c.png", "--export-report", "r.html")
    ended = main("export", "run.descent", *plots, "--json", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["train_cost"] is None
    assert (tmp_path / "b.png").stat().st_size > 1000
    ended = main("export", "run.descent", "--export-script", "s.py", cwd=tmp_path)
    assert (ended.returncode, (tmp_path / "s.py").exists()) == (2, False)
    assert ended.stderr.endswith("The run cannot be written as a program: there are no points to train on.\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--at", "51"], "--at 51 is outside [0, 50]."),
        (["--at", "-1"], "--at -1 is outside [0, 50]."),
        (["--at", "now"], "--at 'now' is not a number in [0, 50]."),
        (["--at", "2.5"], "--at 2.5 is not a whole number in [0, 50]."),
        (["--iterations", "5"], "unrecognized arguments: --iterations 5"),
        (["--export-weights", "w.txt"], "--export-weights w.txt must end in one of .npz, .json, .safetensors"),
        (["--export-history", "no/h.csv"], "--export-history no/h.csv: there is no folder no."),
        (["--export-plot", "moon=m.png"], "--export-plot 'moon' is not one of boundary, cost, activation."),
        (["--export-plot", "m.png"], "--export-plot 'm.png' must be VIEW=FILE"),
        (["--export-animation", "a.avi"], "--export-animation a.avi must end in one of .gif, .mp4."),
        (["--export-animation", "a.gif", "--animation-rate", "0"], "--animation-rate 0 is outside [1, 50]."),
        (["--export-animation", "a.gif", "--animation-from", "51"], "--animation-from 51 is beyond the last iteration"),
    ],
)  # fmt: skip
def test_wrong_options_are_refused_in_one_line(exported, options, words):
    status, out, err = exported("changed", *options)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"main.py export: {words}")
    assert [path.name for path in Path().iterdir()] == ["run.descent"]


def _cut_off(content):
    return content[: len(content) // 2]


def _of_another_kind(content):
    return b"x1,x2,label\n1,2,A\n"


def _of_the_future(content):
    return content.replace(b'"version": 1', b'"version": 99', 1)


def _without_settings(content):
    return content.replace(b'"spec"', b'"spek"', 1)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_cut_off, "it is no session, or it is cut off"),
        (_of_another_kind, "it is no session"),
        (_of_the_future, "it was saved by a later version of the program"),
        (_without_settings, "the file has no spec"),
    ],
)
def test_a_damaged_session_is_refused_in_the_readers_sentence(sessions, tmp_path, damage, words):
    (tmp_path / "run.descent").write_bytes(damage(sessions["changed"]))
    ended = main(
        "export", "run.descent", "--export-weights", "w.npz", "--export-plot", "cost=c.png", cwd=tmp_path
    )
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"main.py export: run.descent: {words}")
    assert [path.name for path in tmp_path.iterdir()] == ["run.descent"]


def test_files_that_are_no_sessions_are_named(tmp_path):
    (tmp_path / "folder.descent").mkdir()
    for name, words in (
        ("missing.descent", "could not be read: No such file or directory."),
        ("folder.descent", "is a folder, not a file."),
        ("points.csv", "must end in .descent."),
    ):
        ended = main("export", name, cwd=tmp_path)
        assert (ended.returncode, ended.stderr) == (2, f"main.py export: {name} {words}\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--at", "39"], "--at 39 is outside [40, 50]."),
        (
            ["--export-animation", "a.gif"],
            "--animation-from 0 is before iteration 40, the first that is still known.",
        ),
    ],
)
def test_what_is_forgotten_cannot_be_taken_away(exported, options, words):
    assert exported("forgetful", *options) == (2, "", f"main.py export: {words}\n")


def test_of_a_forgetful_session_the_rest_is_there(exported, sessions):
    status, out, err = exported("forgetful", "--json", "--at", 45, "--export-script", "s.py")
    assert (status, err) == (0, "run.descent: iteration 45 of 50\n")
    assert json.loads(out) == json.loads(exported("changed", "--json", "--at", 45)[1])
    assert "iterations 40 to 45" in Path("s.py").read_text()


def test_numbers_that_end_otherwise_when_made_once_more_are_no_traceback(exported, monkeypatch):
    def diverged(descent, state):
        raise Diverged(state, descent.experiment.spec, True)

    monkeypatch.setattr(Descent, "step", diverged)
    status, out, err = exported("few checkpoints", "--at", 25, "--export-weights", "w.npz")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("main.py export: run.descent: The cost stopped being finite")
    assert not Path("w.npz").exists()
