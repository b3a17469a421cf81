"""What is saved by itself is the newest, also where the number of iterations and of steps to undo is the same again."""

import numpy as np

from engine.files.session import load_session
from gui.sessions.autosave import Autosave
from tests.gui.driving import Lab
from tests.gui.sessions.working import act, files


def is_safe(lab: Lab) -> bool:
    """Return whether the newest weights are in the recovery file."""
    if not files():
        return False
    run = load_session(files()[0]).run
    newest = np.frombuffer(run.checkpoints[-1].vectors)[: run.experiment.network.parameter_count]
    return np.array_equal(newest, lab.weights.vector)


def make_safe(lab: Lab, autosave: Autosave) -> None:
    """Let it save as it does every half minute."""
    lab.settle()
    autosave.save()
    lab.wait(lambda: is_safe(lab))


def test_a_weight_that_is_dragged_on(saving: tuple[Lab, Autosave]) -> None:
    lab, autosave = saving
    lab.step(3)
    for value in (1.0, 2.0):
        lab.window.playback.set_parameter(0, value)  # type: ignore[attr-defined]
        make_safe(lab, autosave)
    assert lab.steps == 1, "it is one drag"


def test_a_weight_that_is_set_instead_of_another(saving: tuple[Lab, Autosave]) -> None:
    lab, autosave = saving
    lab.window.playback.set_parameter(0, 1.0)  # type: ignore[attr-defined]
    make_safe(lab, autosave)
    lab.action("Undo").trigger()
    lab.window.playback.set_parameter(1, 7.0)  # type: ignore[attr-defined]
    make_safe(lab, autosave)
    assert lab.steps == 1 and lab.weights.vector[1] == 7.0


def test_as_many_iterations_again(saving: tuple[Lab, Autosave]) -> None:
    lab, autosave = saving
    lab.step(10)
    lab.fill("learningRateSpin", "2")
    lab.settle()
    lab.step(10)
    make_safe(lab, autosave)
    act(lab, "Reset")
    lab.step(20)
    make_safe(lab, autosave)


def test_what_is_safe_is_not_saved_again(saving: tuple[Lab, Autosave]) -> None:
    lab, autosave = saving
    lab.step(3)
    make_safe(lab, autosave)
    lab.wait(lambda: autosave._job is None)
    written = files()[0].stat().st_mtime_ns
    autosave.save()
    lab.settle()
    lab.window.sessions.writer.wait()  # type: ignore[attr-defined]
    assert files()[0].stat().st_mtime_ns == written
