"""The report, the script and the network as Python, from the window."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from engine.model.activations import sigmoid
from engine.model.network import logits
from tests.gui.driving import Lab


def printed(path: Path) -> str:
    return subprocess.run([sys.executable, path], capture_output=True, text=True, check=True).stdout


def test_the_copied_program_says_what_the_window_says(trained: Lab) -> None:
    trained.action("CopyPython").trigger()
    assert "iteration 400 is copied" in trained.status
    scope: dict[str, object] = {"__name__": "weights"}
    exec(QGuiApplication.clipboard().text(), scope)
    problem = trained.frame.experiment.problem
    X = problem.dataset.X
    wanted = sigmoid(logits(trained.frame.experiment.network, trained.weights, problem.inputs(X)))[0]
    assert scope["predict_proba"](X.T).tobytes() == wanted.tobytes()  # type: ignore[operator]
    assert np.unique(wanted).size > 100


def test_the_script_prints_the_cost_on_the_screen(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    proposed = save_as(tmp_path / "run.py")
    trained.action("ExportScript").trigger()
    trained.wait(lambda: (tmp_path / "run.py").exists() and "run.py" in trained.status)
    assert Path(proposed[0]).name == "run.py"
    assert repr(trained.frame.state.scores.train_cost) in printed(tmp_path / "run.py") or (
        f"{trained.frame.state.scores.train_cost:.6f}" in printed(tmp_path / "run.py")
    )


def test_the_script_of_a_run_changed_on_the_way_begins_at_the_change(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    trained.fill("learningRateSpin", "0.05")
    trained.settle()
    trained.step(20)
    assert trained.iteration == 420 and trained.frame.marks
    save_as(tmp_path / "run.py")
    trained.action("ExportScript").trigger()
    trained.wait(lambda: (tmp_path / "run.py").exists())
    source = (tmp_path / "run.py").read_text(encoding="utf-8")
    assert "range(400, iterations)" in source and "iterations = 420" in source
    assert f"{trained.frame.state.scores.train_cost:.6f}" in printed(tmp_path / "run.py")


def test_the_report_tells_of_the_moment_shown_and_of_what_was_changed(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "r.html")
    trained.action("ExportReport").trigger()
    trained.wait(lambda: "r.html" in trained.status)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "python main.py train --iterations 400" in page
    assert 'id="changes"' not in page
    assert f"{trained.value('trainCost'):.4g}" in page

    trained.fill("learningRateSpin", "0.05")
    trained.settle()
    trained.step(20)
    save_as(tmp_path / "changed.html")
    trained.action("ExportReport").trigger()
    trained.wait(lambda: "changed.html" in trained.status)
    page = (tmp_path / "changed.html").read_text(encoding="utf-8")
    assert "python main.py train" not in page
    assert re.search(r"After iteration 400: learning rate 0\.5 → 0\.05", page)
    assert "that begins at iteration 400, where the last change was made" in page
    assert "No command line makes this run once more, as it was changed on the way." in page

    trained.action("First").trigger()
    trained.settle()
    trained.action("StepMany").trigger()
    trained.settle()
    assert trained.iteration == 10
    save_as(tmp_path / "early.html")
    trained.action("ExportReport").trigger()
    trained.wait(lambda: "early.html" in trained.status)
    page = (tmp_path / "early.html").read_text(encoding="utf-8")
    assert "python main.py train --iterations 10" in page, "what came later has nothing to do with it"
    assert 'id="changes"' not in page


def test_a_report_that_cannot_be_written_is_told(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    save_as(tmp_path / "none" / "r.html")
    trained.action("ExportReport").trigger()
    trained.wait(lambda: "r.html could not be written" in trained.status)
    assert trained.close_unsaved() == trained.status
    save_as(tmp_path / "none" / "run.py")
    trained.action("ExportScript").trigger()
    trained.wait(lambda: "run.py could not be written" in trained.status)
    assert trained.close_unsaved() == trained.status


@pytest.mark.parametrize(
    ("iterations", "words"),
    [
        (0, "run.py prints the cost of iteration 0, in plain NumPy; there is none to make since."),
        (1, "run.py makes the first iteration once more, in plain NumPy."),
        (2, "run.py makes the 2 iterations once more, in plain NumPy."),
    ],
)
def test_what_a_script_does_is_told_in_words_that_fit(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], iterations: int, words: str
) -> None:
    lab.step(iterations)
    save_as(tmp_path / "run.py")
    lab.action("ExportScript").trigger()
    lab.wait(lambda: "run.py" in lab.status)
    assert lab.status == words
    assert f"{lab.frame.state.scores.train_cost:.6f}" in printed(tmp_path / "run.py")


def test_no_command_makes_a_run_once_more_whose_settings_were_changed_at_its_end(
    trained: Lab, tmp_path: Path, save_as: Callable[..., list[str]]
) -> None:
    trained.fill("learningRateSpin", "0.05")
    trained.settle()
    save_as(tmp_path / "r.html")
    trained.action("ExportReport").trigger()
    trained.wait(lambda: "r.html" in trained.status)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "main.py train" not in page, "with the new learning rate it would come elsewhere"
    assert "begins at iteration 400" in page


def test_a_run_that_began_anew_while_a_name_was_chosen_is_told_and_not_written(
    trained: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained.fill("learningRateSpin", "0.05")
    trained.settle()
    trained.step(20)

    def choose(*_: object) -> tuple[str, str]:
        trained.window.document.change(hidden=(5,))  # type: ignore[attr-defined]
        return str(tmp_path / "run.py"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    trained.action("ExportScript").trigger()
    trained.wait(lambda: "is not there any more" in trained.status)
    assert not (tmp_path / "run.py").exists()
