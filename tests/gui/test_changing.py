"""Changing the data, the model and the learning rate, before and during a run."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from engine.data.sources import DATA_SOURCES
from engine.model.activations import ACTIVATIONS
from engine.model.network import INITIALIZATIONS
from engine.training.choices.model import MODELS
from tests.gui.comparing import same_points, same_weights
from tests.gui.driving import Lab


def running(lab: Lab) -> int:
    """Start a run and return an iteration that it has passed."""
    lab.run()
    lab.wait_for_iterations(200)
    return lab.iteration


def test_another_learning_rate_during_a_run_goes_on(lab: Lab) -> None:
    reached = running(lab)
    lab.fill("learningRateSpin", "0.05")
    lab.settle()
    assert lab.is_running
    assert lab.iteration >= reached
    assert lab.frame.experiment.spec.learning_rate == 0.05
    assert "learning rate" in lab.status.lower() and "goes on" in lab.status
    lab.wait_for_iterations(100)


def test_other_hidden_layers_during_a_run_start_again_and_go_on_running(lab: Lab) -> None:
    reached = running(lab)
    lab.fill("hiddenLayersEdit", "8,4")
    lab.wait(lambda: lab.sizes == "2-8-4-1")
    assert lab.is_running
    assert "hidden layers" in lab.status.lower() and "starts again" in lab.status and "2-8-4-1" in lab.status
    assert lab.frame.curve.rows[0, 0] == 0, "the curve begins anew"
    assert reached > 0
    lab.wait_for_iterations(100)


def test_another_model_starts_again(lab: Lab, subtests: pytest.Subtests) -> None:
    for control, choice, sizes in (
        ("initCombo", "he", "2-4-1"),
        ("activationCombo", "relu", "2-4-1"),
        ("modelCombo", "logistic", "2-1"),
    ):
        with subtests.test(control):
            running(lab)
            before = lab.frame.experiment
            lab.choose(control, choice)
            lab.settle()
            assert "starts again" in lab.status
            assert lab.sizes == sizes
            assert lab.frame.experiment.start is not before.start
            assert lab.is_running
            lab.pause()


def test_another_model_while_paused_is_at_iteration_0_and_ready(lab: Lab) -> None:
    lab.step(3)
    lab.choose("modelCombo", "logistic")
    lab.settle()
    assert (lab.iteration, lab.is_running, lab.sizes) == (0, False, "2-1")
    assert "starts again" in lab.status and "ready" in lab.status


def test_other_data_during_a_run_goes_on_from_the_weights(lab: Lab) -> None:
    reached = running(lab)
    for name in ("circles", "iris"):
        lab.choose("datasetCombo", name)
        lab.settle()
        assert lab.is_running
        assert lab.iteration >= reached
        assert lab.frame.experiment.problem.dataset is lab.dataset
        assert "data set" in lab.status.lower() and "goes on" in lab.status


def test_other_data_while_paused_keeps_weights_and_iteration(lab: Lab) -> None:
    lab.step(4)
    weights = lab.weights
    lab.choose("datasetCombo", "spiral")
    lab.settle()
    assert lab.iteration == 4
    assert same_weights(lab.weights, weights)


def test_more_noise_moves_the_same_points(lab: Lab) -> None:
    calm = lab.dataset
    lab.fill("noiseSpin", "0")
    clean = lab.dataset
    lab.fill("noiseSpin", "0.2")
    assert np.array_equal(clean.Y, calm.Y) and np.array_equal(lab.dataset.ids, calm.ids)
    shift, twice = calm.X - clean.X, lab.dataset.X - clean.X
    assert np.abs(shift).max() > 0
    assert twice == pytest.approx(2 * shift)


def test_noise_during_a_run_goes_on(lab: Lab) -> None:
    reached = running(lab)
    lab.fill("noiseSpin", "0.3")
    lab.settle()
    assert lab.is_running and lab.iteration >= reached
    assert "noise" in lab.status.lower() and "goes on" in lab.status


def test_another_number_of_points(lab: Lab) -> None:
    lab.fill("samplesSpin", "1,000")
    lab.settle()
    assert lab.dataset.counts == (500, 500)
    assert lab.frame.experiment.problem.dataset.m == 1000


def test_another_data_seed_draws_other_points_and_the_first_seed_the_first_points(lab: Lab) -> None:
    first = lab.dataset
    lab.fill("dataSeedSpin", "5")
    assert not np.array_equal(lab.dataset.X, first.X)
    lab.fill("dataSeedSpin", "0")
    assert same_points(lab.dataset, first)


def test_the_test_share_decides_how_many_points_are_held_out(lab: Lab) -> None:
    lab.fill("testFractionSpin", "0.5")
    lab.settle()
    assert lab.frame.experiment.problem.Y_test.size == 200
    lab.fill("testFractionSpin", "0")
    lab.settle()
    assert lab.frame.experiment.problem.Y_test.size == 0
    assert np.isnan(lab.value("testCost"))
    assert lab.find("testCostReadout").text() == "—"  # type: ignore[attr-defined]


def test_the_split_stays_when_other_settings_change(lab: Lab) -> None:
    held_out = lab.frame.experiment.problem.test
    lab.fill("learningRateSpin", "0.1")
    lab.fill("hiddenLayersEdit", "5")
    lab.fill("noiseSpin", "0.2")
    lab.fill("initSeedSpin", "3")
    lab.settle()
    assert np.array_equal(lab.frame.experiment.problem.test, held_out)


def test_without_standardization_the_network_sees_the_persons_own_units(lab: Lab, penguins: object) -> None:
    lab.drop(penguins, lab.window)  # type: ignore[arg-type]
    lab.settle()
    assert lab.frame.experiment.problem.X_train.mean(axis=1) == pytest.approx([0, 0])
    lab.find("standardizeCheck").click()  # type: ignore[attr-defined]
    lab.settle()
    assert lab.frame.experiment.problem.standardization.changes_nothing
    assert lab.frame.experiment.problem.X_train.mean(axis=1).min() > 10
    assert "starts again" in lab.status


def test_the_same_first_weights_seed_gives_the_same_weights(lab: Lab) -> None:
    first = lab.weights
    lab.fill("initSeedSpin", "1")
    lab.settle()
    assert not same_weights(lab.weights, first)
    lab.fill("initSeedSpin", "0")
    lab.settle()
    assert same_weights(lab.weights, first)


def test_two_hidden_layers_bring_an_activation_for_each(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,4")
    lab.settle()
    names = [f"layerActivationCombo{layer}" for layer in (1, 2)]
    assert [lab.find(name, QComboBox).currentData() for name in names] == ["tanh", "tanh"]
    assert all(lab.find(name).isVisible() for name in names)
    lab.choose("layerActivationCombo2", "relu")
    lab.settle()
    assert lab.frame.experiment.network.hidden_activations == ("tanh", "relu")
    assert lab.find("activationCombo", QComboBox).currentIndex() == -1
    assert "starts again" in lab.status
    lab.run()
    lab.wait_for_iterations(10)
    lab.pause()
    lab.choose("activationCombo", "sigmoid")
    lab.settle()
    assert lab.frame.experiment.network.hidden_activations == ("sigmoid", "sigmoid")
    assert [lab.find(name, QComboBox).currentData() for name in names] == ["sigmoid", "sigmoid"]
    lab.fill("hiddenLayersEdit", "6")
    lab.settle()
    assert not any(lab.find(name).isVisible() for name in names)
    assert lab.sizes == "2-6-1"


def test_a_third_layer_takes_over_the_activation_of_the_second(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,4")
    lab.choose("layerActivationCombo1", "sigmoid")
    lab.fill("hiddenLayersEdit", "8,4,2")
    lab.settle()
    assert lab.frame.experiment.network.hidden_activations == ("sigmoid", "tanh", "tanh")
    lab.fill("hiddenLayersEdit", "5")
    lab.settle()
    assert lab.frame.experiment.network.hidden_activations == ("sigmoid",)


def test_logistic_regression_has_no_hidden_layers_to_choose(lab: Lab) -> None:
    lab.choose("modelCombo", "logistic")
    assert not lab.find("hiddenLayersEdit").isEnabled()
    assert not lab.find("activationCombo").isEnabled()
    lab.choose("modelCombo", "network")
    assert lab.find("hiddenLayersEdit").isEnabled()
    lab.settle()
    assert lab.sizes == "2-4-1"


REGISTRIES = {
    "datasetCombo": DATA_SOURCES,
    "activationCombo": ACTIVATIONS,
    "initCombo": INITIALIZATIONS,
    "modelCombo": MODELS,
}


def test_every_entry_of_a_combo_box_can_be_chosen_and_trained(lab: Lab, subtests: pytest.Subtests) -> None:
    for control, registry in REGISTRIES.items():
        for name in [*registry, next(iter(registry))]:
            with subtests.test(control=control, name=name):
                lab.choose(control, name)
                lab.settle()
                assert lab.find(control, QComboBox).currentData() == name
                lab.step()
                assert lab.iteration >= 1
        lab.choose("modelCombo", "network")


def test_arrow_keys_in_the_learning_rate_multiply_and_never_leave_the_range(lab: Lab) -> None:
    field = lab.focus("learningRateSpin")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert 0.5 < lab.spec.learning_rate <= 1.0
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert lab.spec.learning_rate == pytest.approx(0.5, rel=0.01)
    for _ in range(10):
        QTest.keyClick(field, Qt.Key.Key_Up)
    assert lab.spec.learning_rate == 10
    for _ in range(40):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert lab.spec.learning_rate > 0
    assert "outside" not in lab.status


def test_arrow_keys_stop_at_the_end_of_the_range(lab: Lab, subtests: pytest.Subtests) -> None:
    for name in ("noiseSpin", "dataSeedSpin", "testFractionSpin", "initSeedSpin", "samplesSpin"):
        with subtests.test(name):
            field = lab.focus(name)
            for _ in range(12):
                QTest.keyClick(field, Qt.Key.Key_Down)
            assert "outside" not in lab.status
            assert float(lab.text_of(name)) == (4 if name == "samplesSpin" else 0)


def test_confirming_a_number_again_does_not_round_it(lab: Lab) -> None:
    lab.fill("learningRateSpin", "0.123456789")
    assert lab.spec.learning_rate == 0.123456789
    lab.press(Qt.Key.Key_Return)
    lab.focus("samplesSpin")
    lab.focus("learningRateSpin")
    lab.press(Qt.Key.Key_Return)
    assert lab.spec.learning_rate == 0.123456789


def test_settings_are_undone_one_by_one(lab: Lab) -> None:
    lab.fill("learningRateSpin", "0.1")
    lab.fill("hiddenLayersEdit", "8")
    lab.choose("activationCombo", "relu")
    lab.settle()
    assert lab.action("Undo").text() == "Undo: Change activation"
    lab.action("Undo").trigger()
    assert (lab.spec.activation, lab.spec.hidden, lab.spec.learning_rate) == (("tanh",), (8,), 0.1)
    assert lab.action("Undo").text() == "Undo: Change hidden layers"
    lab.action("Undo").trigger()
    assert lab.text_of("hiddenLayersEdit") == "4"
    lab.action("Undo").trigger()
    assert lab.spec.learning_rate == 0.5
    lab.settle()
    assert lab.sizes == "2-4-1"
    for _ in range(3):
        lab.action("Redo").trigger()
    lab.settle()
    assert (lab.spec.activation, lab.spec.hidden, lab.spec.learning_rate) == (("relu",), (8,), 0.1)
    assert lab.frame.experiment.network.hidden_activations == ("relu",)


def test_undo_names_the_data_set_that_it_takes_back(lab: Lab) -> None:
    lab.choose("datasetCombo", "circles")
    lab.choose("datasetCombo", "spiral")
    assert lab.action("Undo").text() == "Undo: Open Spiral"


def test_a_drag_of_the_mouse_between_two_settings_keeps_all_three_apart(lab: Lab) -> None:
    lab.fill("noiseSpin", "0.2")
    lab.click(lab.inside(0.1, 0.1))
    lab.fill("noiseSpin", "0.3")
    for noise, m in ((0.2, 401), (0.2, 400), (0.1, 400)):
        lab.action("Undo").trigger()
        assert (lab.spec.noise, lab.dataset.m) == (noise, m)


def test_painted_points_that_a_setting_replaces_are_told_and_come_back_by_undo(lab: Lab) -> None:
    lab.click(lab.inside(0.1, 0.1))
    painted = lab.dataset
    lab.fill("noiseSpin", "0.2")
    lab.settle()
    assert lab.dataset.m == 400
    assert "undo" in lab.status
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.dataset is painted
    assert "undo" not in lab.status, "they are back, and nothing is lost any more"


def test_the_wheel_over_a_control_without_focus_changes_nothing(lab: Lab) -> None:
    """The panel scrolls; a person who scrolls it must not change what stands under the mouse."""
    before = lab.spec
    for name in ("learningRateSpin", "samplesSpin", "activationCombo", "datasetCombo"):
        widget = lab.find(name)
        place = QPointF(widget.rect().center())
        turn = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, turn)
        assert lab.spec == before, name
