"""Weights changed with the mouse in the network view: typed and dragged, undone, during a run and in the past."""

import re

import pytest
from PySide6.QtCore import Qt

from gui.panels.editors import NumberEditor
from gui.views.network import NetworkView
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.network_driving import bias, click, drag, edge, opened, type_value, undo_names, with_one
from tests.gui.plots import CONTROL, PLAIN, SHIFT


@pytest.fixture
def view(lab: Lab) -> NetworkView:
    """The view of a 2-4-1 network after 12 iterations."""
    lab.step(12)
    return opened(lab)


def test_a_click_on_a_line_lets_its_value_be_typed(lab: Lab, view: NetworkView) -> None:
    before, cost = lab.weights, lab.value("trainCost")
    click(lab, edge(view, 2, 1, 3))
    assert float(lab.find("networkWeightSpin", NumberEditor).value()) == before[1].W[0, 2]
    type_value(lab, "0.5")
    lab.settle()
    assert same_weights(lab.weights, with_one(before, "W2[1,3]", 0.5))
    assert lab.value("trainCost") != cost
    assert undo_names(lab) == ["Set W2[1,3] to 0.5"]
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert same_weights(lab.weights, before)
    assert lab.value("trainCost") == cost


def test_a_click_on_a_diamond_lets_a_bias_be_typed(lab: Lab, view: NetworkView) -> None:
    before = lab.weights
    click(lab, bias(view, 1, 2))
    type_value(lab, "-1.25")
    lab.settle()
    assert same_weights(lab.weights, with_one(before, "b1[2]", -1.25))
    lab.press(Qt.Key.Key_Space)  # the field has given the keys back
    assert lab.is_running
    lab.pause()


def test_escape_and_the_same_value_change_nothing(lab: Lab, view: NetworkView) -> None:
    before = lab.weights
    click(lab, edge(view, 1, 1, 1))
    type_value(lab, "7", Qt.Key.Key_Escape)
    click(lab, edge(view, 1, 1, 1))
    type_value(lab, "")
    lab.settle()
    assert same_weights(lab.weights, before)
    assert undo_names(lab) == []


@pytest.mark.parametrize("text", ["1e9", "-2000000", "abc"])
def test_what_is_no_weight_is_refused_in_a_sentence(lab: Lab, view: NetworkView, text: str) -> None:
    before = lab.weights
    click(lab, edge(view, 1, 1, 1))
    type_value(lab, text)
    lab.settle()
    assert re.match(r"W1\[1,1\] .* \[-1e\+06, 1e\+06\]\.", lab.status)
    assert same_weights(lab.weights, before)


@pytest.mark.parametrize(("modifiers", "each"), [(PLAIN, 0.01), (SHIFT, 0.001)])
def test_a_drag_moves_a_weight_and_is_one_step_to_undo(
    lab: Lab, view: NetworkView, modifiers: Qt.KeyboardModifier, each: float
) -> None:
    before = lab.weights
    drag(lab, edge(view, 2, 1, 4), 60, modifiers)
    lab.settle()
    moved = lab.weights[1].W[0, 3] - before[1].W[0, 3]
    assert moved == pytest.approx(60 * each, abs=1e-6)
    (name,) = undo_names(lab)
    assert name.startswith("Set W2[1,4] to ")
    drag(lab, bias(view, 2, 1), -20, modifiers)
    lab.settle()
    assert lab.weights[1].b[0, 0] - before[1].b[0, 0] == pytest.approx(-20 * each, abs=1e-6)
    assert len(undo_names(lab)) == 2
    for _ in range(2):
        lab.press(Qt.Key.Key_Z, CONTROL)
        lab.settle()
    assert same_weights(lab.weights, before)


def test_a_weight_is_dragged_during_a_run(lab: Lab, view: NetworkView) -> None:
    lab.run()
    lab.wait_for_iterations(20)
    drag(lab, edge(view, 2, 1, 2), 400)
    lab.settle()
    assert lab.is_running
    lab.wait_for_iterations(20)
    lab.pause()
    assert len(undo_names(lab)) == 1


def test_while_looking_back_a_weight_is_set_at_the_end(lab: Lab, view: NetworkView) -> None:
    newest = lab.weights
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    assert view._frame is lab.frame and lab.frame.looks_back
    click(lab, edge(view, 1, 3, 2))
    type_value(lab, "2")
    assert "iteration 12, the newest" in lab.status
    lab.settle()
    assert same_weights(lab.weights, with_one(newest, "W1[3,2]", 2.0))


def test_the_field_goes_with_its_network(lab: Lab, view: NetworkView) -> None:
    click(lab, edge(view, 1, 4, 2))
    assert lab.find("networkWeightSpin").isVisible()
    lab.window.document.change(hidden=(2,))  # type: ignore[attr-defined]
    lab.settle()
    assert not lab.find("networkWeightSpin").isVisible()
    assert (lab.sizes, undo_names(lab)) == ("2-2-1", ["Change hidden layers"])
