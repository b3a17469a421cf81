"""`main.py train` at a terminal: lists, help, exit statuses, odd names, and readers that hang up."""

import os
import re
import subprocess
import sys

import pytest

from engine.data.bundled import BUNDLED
from engine.data.generators import GENERATORS
from engine.files.weights import WEIGHT_FORMATS
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from tests.command_line.running import PENGUINS, ROOT, main


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
        "iterations initial-weights export-weights export-plot plot-theme export-history json list"
    )
    for option in options.split():
        assert re.search(rf"--{option}\b", outcome.stdout), option
    assert "--stop-after" not in outcome.stdout


def test_a_word_that_is_no_command_is_told_from_those_that_are():
    outcome = main("exprot", "work.descent")
    words = "main.py: 'exprot' is neither a command, which are train and export, nor a file.\n"
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (2, "", words)


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
