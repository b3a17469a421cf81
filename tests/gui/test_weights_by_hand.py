"""Weights set by hand: the run goes on from them, and undo brings the old ones back to the last bit."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.model.network import Parameters
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.network_driving import undo_names
from tests.gui.plots import CONTROL


def set_weight(lab: Lab, place: int, value: object, ends: bool = True) -> None:
    """Set a parameter as the network view does; one call is one gesture where it `ends`."""
    lab.window.playback.set_parameter(place, value)  # type: ignore[attr-defined]
    if ends:
        lab.window.document.end_gesture()  # type: ignore[attr-defined]


def with_one(parameters: Parameters, place: int, value: float) -> Parameters:
    vector = parameters.vector.copy()
    vector[place] = value
    return Parameters(parameters.network, vector)


@pytest.fixture
def trained(lab: Lab) -> Lab:
    """A 2-4-1 network after 12 iterations."""
    lab.step(12)
    return lab


def test_a_weight_is_set_undone_and_set_again(trained: Lab) -> None:
    lab, before, cost = trained, trained.weights, trained.value("trainCost")
    place = lab.frame.experiment.network.place_of(2, 1, 3)
    set_weight(lab, place, 0.5)
    lab.settle()
    assert same_weights(lab.weights, with_one(before, place, 0.5))
    assert lab.value("trainCost") != cost
    assert undo_names(lab) == ["Set W2[1,3] to 0.5"]
    assert lab.status == "W2[1,3] is set to 0.5: cost and boundary follow."
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, before)
    assert lab.value("trainCost") == cost
    assert "again as they were before W2[1,3]" in lab.status
    lab.action("Redo").trigger()
    lab.settle()
    assert same_weights(lab.weights, with_one(before, place, 0.5))
    assert lab.iteration == 12


def test_undo_after_more_training_brings_the_old_weights_back_too(trained: Lab) -> None:
    lab, before = trained, trained.weights
    set_weight(lab, 0, -1.5)
    lab.settle()
    lab.step(5)
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, before)
    assert lab.iteration == 17


def test_a_drag_is_one_step_to_undo_and_two_weights_are_two(trained: Lab) -> None:
    lab, before = trained, trained.weights
    for value in (0.1, 0.2, 0.3):
        set_weight(lab, 4, value, ends=False)
    set_weight(lab, 5, 0.9, ends=False)
    lab.settle()
    assert same_weights(lab.weights, with_one(with_one(before, 4, 0.3), 5, 0.9))
    assert undo_names(lab) == ["Set W1[2,2] to 0.3", "Set b1[2] to 0.9"]
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, with_one(before, 4, 0.3))
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, before)


def test_during_a_run_only_that_weight_jumps_and_the_run_goes_on(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    first = lab.weights.vector
    set_weight(lab, 1, 40.0)
    assert "training goes on from there" in lab.status
    lab.wait(lambda: abs(lab.weights.vector[1] - 40.0) < 5.0)
    lab.wait_for_iterations(20)
    assert lab.is_running
    assert lab.weights.vector[0] != first[0]
    lab.pause()


def test_while_looking_back_it_is_set_at_the_end_and_says_so(trained: Lab) -> None:
    lab, newest = trained, trained.weights
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    set_weight(lab, 0, 2.5)
    assert "iteration 12, the newest, which is shown again" in lab.status
    lab.settle()
    assert (lab.iteration, lab.frame.last) == (12, 12)
    assert same_weights(lab.weights, with_one(newest, 0, 2.5))
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, newest)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2e6, "2e+06 is outside [-1e+06, 1e+06]"),
        (float("nan"), "nan is outside"),
        ("abc", "'abc' is not a number in"),
    ],
)
def test_what_cannot_be_a_weight_is_refused_in_a_sentence(trained: Lab, value: object, words: str) -> None:
    before = trained.weights
    set_weight(trained, 0, value)
    trained.settle()
    assert trained.status.startswith("W1[1,1] ") and words in trained.status
    assert same_weights(trained.weights, before)
    assert undo_names(trained) == []


def test_changes_are_made_in_the_order_in_which_they_came(trained: Lab) -> None:
    lab, before = trained, trained.weights
    set_weight(lab, 0, 0.25)
    lab.window.document.change(hidden=(6,))  # type: ignore[attr-defined]
    set_weight(lab, 0, 0.75)  # of a network that is about to go
    lab.settle()
    assert lab.sizes == "2-6-1"
    assert undo_names(lab) == ["Set W1[1,1] to 0.25", "Change hidden layers"]
    lab.window.document.undo()  # type: ignore[attr-defined]
    lab.window.document.undo()  # type: ignore[attr-defined]
    lab.settle()
    assert lab.sizes == "2-4-1"
    assert same_weights(lab.weights, before)
    assert np.isfinite(lab.value("trainCost"))
