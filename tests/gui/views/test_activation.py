"""What the plot of the activations shows: the curves, and the network's own dots on them."""

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox

from engine.model.activations import ACTIVATIONS
from engine.model.papers import forward
from gui.views.activation import REACH, TURNS
from tests.gui.driving import Lab
from tests.gui.views.looking import curve_through, dots


def shown_dots(lab: Lab) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return z and height of all dots on the function's curve, then of those on its derivative's."""
    pairs = sorted(
        dots(lab, "activation", len(TURNS)), key=lambda item: item.getViewBox().sceneBoundingRect().top()
    )
    return [tuple(map(np.concatenate, zip(*item.places, strict=True))) for item in pairs]  # type: ignore[misc]


def test_the_dots_lie_on_the_curve_and_on_its_derivative(lab: Lab, subtests: pytest.Subtests) -> None:
    for name, activation in ACTIVATIONS.items():
        with subtests.test(name):
            lab.choose("activationCombo", name)
            lab.settle()
            lab.action("StepMany").trigger()
            lab.settle()
            (z, height), (z_below, slope) = shown_dots(lab)
            assert z.size > 50
            assert np.array_equal(z, z_below)
            assert height == pytest.approx(activation.f(z), abs=1e-12)
            assert slope == pytest.approx(activation.derivative(z, activation.f(z)), abs=1e-12)
            problem = lab.frame.experiment.problem
            Z = forward(lab.frame.experiment.network, lab.weights, problem.X_train).Z[0]
            assert np.abs(Z.ravel()[:, None] - z).min(axis=0).max() < 1e-9, "they are the network's own z"


def test_the_dots_move_while_training_runs(lab: Lab) -> None:
    before = shown_dots(lab)[0][0]
    lab.run()
    lab.wait_for_iterations(50)
    lab.pause()
    assert not np.array_equal(before, shown_dots(lab)[0][0])


def test_the_output_layer_can_be_looked_at(lab: Lab) -> None:
    layers = lab.find("activationLayerCombo", QComboBox)
    assert [layers.itemText(place) for place in range(layers.count())] == ["hidden layer", "output"]
    layers.setCurrentIndex(1)
    layers.activated.emit(1)
    (z, height), _ = shown_dots(lab)
    assert height == pytest.approx(ACTIVATIONS["sigmoid"].f(z))
    lab.fill("hiddenLayersEdit", "5,3,2")
    lab.settle()
    assert layers.count() == 4
    lab.choose("modelCombo", "logistic")
    lab.settle()
    assert layers.count() == 1 and layers.currentText() == "output"


def test_the_chosen_activation_is_strong_and_the_others_are_faint(lab: Lab) -> None:
    lab.choose("activationCombo", "relu")
    lab.settle()
    curves = curve_through(lab, "activation")
    assert len(curves) == 2 * 3, "the three that the papers compare, and no more"
    widths = sorted(curve.opts["pen"].widthF() for curve in curves)
    alphas = sorted(curve.opts["pen"].color().alphaF() for curve in curves)
    assert widths[-2] > widths[-3] and alphas[-2] > alphas[-3]
    strong = max(curves, key=lambda curve: curve.opts["pen"].widthF())
    z, y = strong.getData()
    assert np.allclose(y, np.maximum(z, 0)) or np.allclose(y, z > 0)


def test_neither_class_lies_over_the_other(lab: Lab) -> None:
    problem = lab.frame.experiment.problem
    for item in dots(lab, "activation", len(TURNS)):
        counts = np.array([x.size for x, _ in item.places])
        assert counts.min() > 0
        over = {label: 0 for label in (0, 1)}
        for place, label in enumerate(TURNS):
            below = sum(counts[each] for each in range(place) if TURNS[each] != label)
            over[label] += int(counts[place] * below)
        assert over[0] == pytest.approx(over[1], rel=0.2)
        (z, _), label = item.places[1], TURNS[1]
        Z = forward(lab.frame.experiment.network, lab.weights, problem.X_train).Z[0]
        assert np.isin(z, Z[:, problem.Y_train[0] == label]).all(), "they are those of their class"


def test_a_ring_is_around_each_of_the_followed_points_values(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "5,3")
    lab.settle()
    rings = sorted(dots(lab, "activation", 1), key=lambda item: item.getViewBox().sceneBoundingRect().top())
    view = lab.window.views["activation"]  # type: ignore[attr-defined]
    assert not any(item.isVisible() for item in rings)
    names = [words for _, words in view.key._entries]
    assert names[-1] == "points"
    row = int(np.flatnonzero(lab.frame.experiment.problem.test)[0])
    lab.window.document.follow(int(lab.dataset.ids[row]))  # type: ignore[attr-defined]
    lab.step(3)
    assert [words for _, words in view.key._entries] == [*names[:-1], "followed"]
    experiment = lab.frame.experiment
    passed = forward(experiment.network, lab.weights, experiment.problem.inputs(lab.dataset.X[:, [row]]))
    layers = lab.find("activationLayerCombo", QComboBox)
    for layer, Z in enumerate(passed.Z):
        layers.setCurrentIndex(layer)
        layers.activated.emit(layer)
        activation = ACTIVATIONS[experiment.network.activations[layer]]
        (z, a), (z_below, slope) = (item.places[0] for item in rings)
        assert np.abs(Z).max() < REACH and all(item.isVisible() for item in rings)
        np.testing.assert_allclose(z, Z[:, 0])
        np.testing.assert_array_equal(z, z_below)
        np.testing.assert_allclose(a, passed.A[layer + 1][:, 0])
        np.testing.assert_allclose(slope, activation.derivative(z, a))
    lab.window.document.follow(None)  # type: ignore[attr-defined]
    lab.wait(lambda: not any(item.isVisible() for item in rings))
