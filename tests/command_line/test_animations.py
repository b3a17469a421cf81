"""`--export-animation`: a run as a moving picture, without a window."""

import re

import pytest
from PIL import Image

from tests.command_line.running import main


def test_the_picture_shows_the_run_from_the_first_weights_to_the_last(tmp_path):
    ended = main(
        "train", "--iterations", 200, "--export-animation", "run.gif", "--animation-frames", 12,
        "--animation-rate", 10, "--animation-hold", 0.5, cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "pictures 12 of 12" in ended.stderr
    with Image.open(tmp_path / "run.gif") as read:
        assert (read.n_frames, read.size) == (12, (640, 480))
        first = read.convert("RGB")
        read.seek(11)
        last = read.convert("RGB")
        assert read.info["duration"] == 600
    assert first.tobytes() != last.tobytes()


@pytest.mark.parametrize("view", ["cost", "network"])
def test_other_views_sizes_and_colours(tmp_path, view):
    ended = main(
        "train", "--iterations", 50, "--export-animation", "run.gif", "--animation-view", view, "--animation-frames", 3,
        "--animation-width", 400, "--animation-height", 301, "--animation-theme", "dark", "--no-animation-loop",
        cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    with Image.open(tmp_path / "run.gif") as read:
        assert read.size == (400, 300)
        assert "loop" not in read.info
        assert max(read.convert("RGB").getpixel((1, 1))) < 60, "the ground is dark"


def test_a_run_that_diverges_is_drawn_up_to_where_it_was_finite(tmp_path):
    lines = ["x,y,k", "1e40,1e40,A", "-1e40,1e40,B", "1e40,-1e40,B", "-1e40,-1e40,A"]
    (tmp_path / "far.csv").write_text("\n".join(lines))
    ended = main(
        "train", "--data", "far.csv", "--activation", "relu", "--learning-rate", 2.5, "--test-fraction", 0,
        "--no-standardize", "--iterations", 5000, "--export-animation", "run.gif", cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 3, ended.stderr
    with Image.open(tmp_path / "run.gif") as read:
        assert read.n_frames >= 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--export-animation", "a.avi"], "--export-animation a.avi must end in one of .gif, .mp4."),
        (["--export-animation", "no/a.gif"], "there is no folder no."),
        (["--animation-frames", "0"], "--animation-frames 0 is outside [1, 10,000]."),
        (["--animation-rate", "99"], "--animation-rate 99 is outside [1, 50]."),
        (["--animation-spacing", "odd"], "--animation-spacing 'odd' is not one of early, even."),
        (["--animation-theme", "pink"], "--animation-theme 'pink' is not one of light, print."),
        (["--animation-view", "moon"], "--animation-view 'moon' is not one of boundary, cost, activation."),
        (["--animation-from", "60"], "--animation-from 60 is beyond the last iteration, 50."),
        (["--animation-to", "60"], "--animation-to 60 is beyond the last iteration, 50."),
        (
            ["--animation-from", "30", "--animation-to", "20"],
            "--animation-from 30 is beyond the last iteration, 20.",
        ),
    ],
)
def test_wrong_options_are_refused_before_training(refusal_of, tmp_path, options, words):
    given = ["--export-animation", "a.gif", *options] if "--export-animation" not in options else options
    assert words in refusal_of("--iterations", "50", *given)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_ended_before_the_first_picture_is_told_and_nothing_else_is_lost(tmp_path):
    ended = main(
        "train", "--iterations", 500, "--stop-cost", 0.4, "--export-animation", "run.gif", "--animation-from", 400,
        "--export-history", "h.csv", cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 2
    line = ended.stderr.splitlines()[-1]
    assert re.fullmatch(r"main\.py train: --animation-from 400 is beyond the last iteration, \d+\.", line)
    assert [path.name for path in tmp_path.iterdir()] == ["h.csv"]
