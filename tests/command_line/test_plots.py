"""The options of plots: their size, their scale, their ground, and the names of the views."""

from pathlib import Path

import pytest

from engine.command_session import export
from engine.files.plots import PlotStyle, size_in
from engine.training.settings import SettingError
from tests.command_line.conftest import Plotter
from tests.command_line.running import main

PLOT = ("--export-plot", "cost=c.png", "--iterations", 1)


@pytest.mark.parametrize(
    ("options", "style"),
    [
        ((), PlotStyle()),
        (("--plot-size", "640x480"), PlotStyle(size=(640.0, 480.0))),
        (("--plot-size", "127x50.8mm", "--plot-scale", 4), PlotStyle(size=(480.0, 192.0), scale=4)),
        (("--plot-transparent", "--plot-theme", "print"), PlotStyle("print", transparent=True)),
    ],
)
def test_the_options_reach_the_plotter(run, monkeypatch, options, style):
    styles = []
    monkeypatch.setattr(Plotter, "save", lambda self, *given: styles.append(given[-1]))
    status, _, err = run(*PLOT, *options)
    assert status == 0, err
    (found,) = styles
    assert found.size == pytest.approx(style.size)
    assert (found.theme, found.scale, found.transparent) == (style.theme, style.scale, style.transparent)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--plot-scale", 5), "--plot-scale 5 is outside [1, 4]."),
        (("--plot-scale", "1.5"), "--plot-scale 1.5 is not a whole number in [1, 4]."),
        (("--plot-size", "10x480"), "--plot-size 10 px is outside [80, 2,000] px."),
        (("--plot-size", "85x990mm"), "--plot-size 990.0 mm is outside [20, 530] mm."),
        (
            ("--plot-size", "large"),
            "--plot-size 'large' must be like 640x480 or 85x64mm, each side in [80, 2,000] px or [20, 530] mm.",
        ),
        (("--plot-theme", "pink"), "--plot-theme 'pink' is not one of light, print."),
    ],
)
def test_wrong_options_are_refused_before_the_training(refusal_of, options, words):
    assert refusal_of(*PLOT, *options) == words
    assert not Path("c.png").exists()


def test_half_pixels_are_no_size():
    with pytest.raises(SettingError, match="must be like 640x480"):
        size_in("--plot-size", "640.5x480")


@pytest.mark.parametrize(
    "options",
    [
        ("--export-plot", "weightImage=w.png"),
        ("--export-animation", "w.gif", "--animation-view", "weightImage"),
    ],
)
def test_a_view_with_nothing_to_show_is_refused(tmp_path, options):
    ended = main("train", "--iterations", 1, *options, cwd=tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert "weightImage: the inputs are no pixels of an image" in ended.stderr
    assert not list(tmp_path.iterdir())


def test_the_window_has_no_table_and_does_not_move(tmp_path):
    for option, refusal in {
        "--export-plot window=w.csv": "--export-plot w.csv must end in one of .png, .svg, .pdf.",
        "--export-animation w.gif --animation-view window": "--animation-view 'window' is not one of boundary, cost, ",
    }.items():
        ended = main("train", *option.split(), cwd=tmp_path)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
        assert refusal in ended.stderr
    assert not list(tmp_path.iterdir())


def test_names_and_titles_of_views_are_both_said(tmp_path):
    told = main("train", "--list").stdout.splitlines()
    (names,) = (line.split(": ")[1].split(", ") for line in told if line.startswith("plots: "))
    assert "numbers" in names and "weightImage" in names
    assert any("numbers (Confusion matrix)" in line for line in told)
    ended = main("train", "--export-plot", "confusion=c.png", cwd=tmp_path)
    assert ended.returncode == 2
    assert "'confusion' is not one of boundary (Decision boundary), cost, " in ended.stderr
    assert "numbers (Confusion matrix)" in ended.stderr


def test_a_session_takes_them_too(tmp_path, capsys):
    assert export([str(tmp_path / "no.descent"), "--plot-size", "1x1", *PLOT[:2]], Plotter) == 2
    assert capsys.readouterr().err == "main.py export: --plot-size 1 px is outside [80, 2,000] px.\n"
