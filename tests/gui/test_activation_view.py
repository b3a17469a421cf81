"""Where units learn nothing: the histogram of z, and the layers that are saturated or dead, in words."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

from engine.model.activations import ACTIVATIONS
from engine.model.network import Network
from engine.model.papers import forward
from gui.views.activation import COUNTED, EDGES, REACH, ActivationView
from gui.views.bars import Bars
from gui.views.flatness import MOST, flat_words
from tests.gui.driving import Lab


def view_of(lab: Lab) -> ActivationView:
    """Return the view."""
    view = lab.window.views["activation"]  # type: ignore[attr-defined]
    assert isinstance(view, ActivationView)
    return view


def z_of(lab: Lab) -> list[np.ndarray]:
    """Return the Z of every layer, for all training points."""
    experiment = lab.frame.experiment
    return list(forward(experiment.network, lab.weights, experiment.problem.X_train).Z)


def train(lab: Lab, hidden: str, activation: str, init: str = "xavier", rate: str = "10") -> None:
    """Train a network for some hundred iterations."""
    lab.fill("hiddenLayersEdit", hidden)
    lab.choose("activationCombo", activation)
    lab.choose("initCombo", init)
    lab.fill("learningRateSpin", rate)
    lab.settle()
    lab.find("boundaryPlot").setFocus()
    lab.run()
    lab.wait_for_iterations(300)
    lab.pause()


# Claim 11: the slopes of sigmoid and tanh vanish for large |z|, that of ReLU does not


@pytest.mark.parametrize(("name", "end"), [("tanh", 3.0), ("sigmoid", 6.0)])
def test_the_share_of_saturated_z_is_named_for_each_layer(lab: Lab, name: str, end: float) -> None:
    train(lab, "6,4", name)
    *hidden, _ = z_of(lab)
    words = view_of(lab).words
    for number, (Z, said) in enumerate(zip(hidden, words, strict=True), start=1):
        share = np.mean(np.abs(Z) > end)
        assert said.startswith(f"hidden layer {number}: ")
        assert said.endswith(f"% saturated (|z| > {end:g})")
        assert float(said.split()[3].rstrip("%")) == pytest.approx(100 * share, abs=1.5)
        activation = ACTIVATIONS[name]
        Z = Z[np.abs(Z) > end + 0.01]
        assert Z.size and activation.derivative(Z, activation.f(Z)).max() < 0.01 * activation.steepest


def test_relu_never_saturates_but_units_die(lab: Lab) -> None:
    train(lab, "12", "relu")
    (Z, _) = z_of(lab)
    dead = int((Z <= 0).all(axis=1).sum())
    assert view_of(lab).words == [f"hidden layer: {dead} of 12 units dead"]
    assert dead > 0, "at this learning rate some do"
    assert "dead" in lab.plot("activation").accessibleDescription()
    lab.choose("activationCombo", "leaky_relu")
    lab.settle()
    assert view_of(lab).words == ["hidden layer: never flat"]


def test_logistic_regression_has_no_layer_to_name(lab: Lab) -> None:
    lab.choose("modelCombo", "logistic")
    lab.settle()
    assert view_of(lab).words == []
    assert view_of(lab).counts.sum() > 0
    lab.action("Clear").trigger()
    lab.settle()
    assert view_of(lab).counts.sum() == 0


def test_of_many_layers_the_flattest_are_drawn(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "3,3,3,3,3,3")
    lab.settle()
    view = view_of(lab)
    assert len(view.words) == 6
    assert len(view._flat._lines) == MOST
    assert set(view._flat._lines) <= set(view.words)


# The histogram


def test_the_bars_count_the_z_of_the_layer_that_is_shown(lab: Lab) -> None:
    train(lab, "6,4", "tanh")
    view = view_of(lab)
    combo = lab.find("activationLayerCombo", QComboBox)
    (bars,) = lab.items("activation", Bars)
    for layer, Z in enumerate(z_of(lab)):
        combo.setCurrentIndex(layer)
        combo.activated.emit(layer)
        counts, _ = np.histogram(Z, EDGES)
        assert view.counts.tolist() == counts.tolist()
        assert counts.sum() == np.count_nonzero(np.abs(Z) <= REACH)
        heights = [rectangle.height() for rectangle in bars._rectangles]
        assert heights == pytest.approx(counts[counts > 0] * (max(heights) / counts.max()))


def test_the_axis_of_the_counts_tells_the_highest_bar(lab: Lab) -> None:
    view = view_of(lab)
    right = view._derivatives.getAxis("right")
    (bars,) = lab.items("activation", Bars)
    for _ in range(2):
        (ticks,) = right._tickLevels
        assert ticks[-1][1] == f"{view.counts.max():,}"
        assert ticks[-1][0] == pytest.approx(max(each.height() for each in bars._rectangles))
        lab.step(5)
    lab.action("Clear").trigger()
    lab.settle()
    assert right._tickLevels == [[]]


def test_the_bars_follow_the_run(lab: Lab) -> None:
    before = view_of(lab).counts
    lab.step(5)
    assert view_of(lab).counts.tolist() != before.tolist()
    running = view_of(lab).counts
    lab.run()
    lab.wait(lambda: view_of(lab).counts.tolist() != running.tolist())
    lab.pause()
    assert view_of(lab).counts.tolist() == np.histogram(z_of(lab)[0], EDGES)[0].tolist()


def test_of_a_large_set_a_fixed_part_is_counted(lab: Lab) -> None:
    lab.fill("samplesSpin", "20000")
    lab.settle()
    counts = view_of(lab).counts
    assert counts.sum() <= 4 * COUNTED
    exact = np.histogram(z_of(lab)[0], EDGES)[0]
    assert counts / counts.sum() == pytest.approx(exact / exact.sum(), abs=0.02)


def test_the_words_come_from_the_shares_alone() -> None:
    network = Network((2, 2, 3, 1), ("tanh", "relu"))
    shares = (np.array([1.0, 0.5]), np.array([1.0, 0.999, 0.0]))
    assert flat_words(network, shares) == [
        "hidden layer 1: 75% saturated (|z| > 3)",
        "hidden layer 2: 1 of 3 units dead",
    ]
