"""Every choice of the descent in the window: it can be made, seen and undone, and shows only what it needs."""

import math
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton

from engine.model.features import FEATURES
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.spec import SETTINGS
from tests.gui.driving import Lab

HYPERPARAMETERS = {
    "momentum": "momentumSpin",
    "rms_decay": "rmsDecaySpin",
    "beta1": "beta1Spin",
    "beta2": "beta2Spin",
    "epsilon": "epsilonSpin",
}


def unfold(lab: Lab, title: str) -> None:
    """Open a group of the panel."""
    (button,) = [each for each in lab.window.findChildren(QToolButton, "groupTitle") if each.text() == title]
    if not button.isChecked():
        button.click()


def test_every_setting_of_the_spec_but_those_for_files_has_a_control(lab: Lab) -> None:
    without = [name for name, setting in SETTINGS.items() if not setting.control]
    assert without == ["label", "gaps"]
    for setting in SETTINGS.values():
        if setting.control:
            assert lab.find(setting.control).toolTip() == setting.help


def test_each_optimizer_shows_its_own_numbers_and_trains(lab: Lab, subtests: pytest.Subtests) -> None:
    lab.fill("learningRateSpin", "0.01")
    for name, optimizer in OPTIMIZERS.items():
        with subtests.test(name):
            lab.choose("optimizerCombo", name)
            lab.settle()
            shown = {each for each, control in HYPERPARAMETERS.items() if lab.find(control).isVisible()}
            assert shown == set(optimizer.uses)
            before = lab.value("trainCost")
            lab.step(3)
            assert lab.value("trainCost") < before
            assert lab.frame.experiment.spec.optimizer == name


def test_another_optimizer_goes_on_from_the_weights(lab: Lab) -> None:
    lab.step(5)
    before = lab.weights
    lab.choose("optimizerCombo", "adam")
    lab.settle()
    assert lab.iteration == 5
    assert lab.weights.vector.tobytes() == before.vector.tobytes()
    assert "goes on from the weights of iteration 5" in lab.status


def test_a_learning_rate_that_the_new_optimizer_cannot_use_is_told(lab: Lab) -> None:
    lab.choose("optimizerCombo", "adam")
    lab.settle()
    assert lab.status.endswith("Adam wants a smaller learning rate, such as 0.01.")
    lab.fill("learningRateSpin", "0.02")
    lab.settle()
    lab.choose("optimizerCombo", "rmsprop")
    lab.settle()
    assert "wants" not in lab.status


def test_the_window_makes_the_same_bytes_as_no_window(lab: Lab) -> None:
    for control, value in (("optimizerCombo", "adam"), ("scheduleCombo", "cosine")):
        lab.choose(control, value)
    for control, value in (("learningRateSpin", "0.01"), ("batchSizeSpin", "32"), ("l2Spin", "0.001")):
        lab.fill(control, value)
        lab.settle()
    lab.press(Qt.Key.Key_R)
    lab.settle()
    lab.run()
    lab.wait_for_iterations(300)
    lab.pause()
    lab.settle()
    descent = Descent(Experiment.of(lab.spec, lab.dataset))
    state = descent.first_state()
    while state.iteration < lab.iteration:
        state = descent.step(state)
    descent.close()
    assert state.parameters.vector.tobytes() == lab.weights.vector.tobytes()
    assert descent.scored(state).scores == lab.frame.state.scores


def test_another_loss_starts_again(lab: Lab) -> None:
    lab.step(5)
    lab.choose("lossCombo", "squared")
    lab.settle()
    assert lab.iteration == 0
    assert lab.value("trainCost") < 0.5, "the squared error of one example is at most a half"


def test_a_schedule_shows_its_numbers_and_the_learning_rate_of_the_moment(lab: Lab) -> None:
    assert not lab.find("decaySpin").isVisible() and not lab.find("periodSpin").isVisible()
    lab.choose("scheduleCombo", "step")
    lab.fill("periodSpin", "2")
    lab.settle()
    assert lab.find("decaySpin").isVisible()
    lab.step(5)
    assert lab.frame.experiment.spec.learning_rate_at(5) == 0.5 * 0.25
    assert "α 0.125" in lab.window.views["cost"].header.note.text()  # type: ignore[attr-defined]
    assert set(SCHEDULES) == {
        lab.find("scheduleCombo", QComboBox).itemData(place)
        for place in range(lab.find("scheduleCombo", QComboBox).count())
    }


def test_mini_batches_show_their_cost_and_their_place(lab: Lab) -> None:
    lab.fill("batchSizeSpin", "50")
    lab.settle()
    lab.step(15)
    frame = lab.frame
    assert frame.experiment.spec.batch_size == 50
    assert frame.state.scores.batch_cost != frame.state.scores.train_cost
    view = lab.window.views["cost"]
    assert "batch 2 of 7" in view.header.note.text(), "320 points make 7 batches"  # type: ignore[attr-defined]
    assert "batch" in [name for _, name in view.key._entries]  # type: ignore[attr-defined]
    lab.fill("batchSizeSpin", "0")
    lab.settle()
    assert lab.text_of("batchSizeSpin") == "all"
    assert "batch" not in [name for _, name in view.key._entries]  # type: ignore[attr-defined]


def test_a_penalty_has_a_readout_of_its_own_and_is_in_the_cost(lab: Lab) -> None:
    assert not lab.find("penaltyReadout").isVisible()
    before = lab.value("trainCost")
    lab.fill("l2Spin", "0.1")
    lab.settle()
    penalty = lab.value("penalty")
    assert lab.find("penaltyReadout").isVisible()
    assert penalty == pytest.approx(0.05 * sum(float((W**2).sum()) for W, _ in lab.weights))
    assert lab.value("trainCost") == pytest.approx(before + penalty)


def test_more_inputs_are_buttons_that_stay_pressed(lab: Lab) -> None:
    lab.choose("modelCombo", "logistic")
    lab.choose("datasetCombo", "xor")
    lab.settle()
    for name in FEATURES:
        assert not lab.find(f"featuresEdit_{name}", QToolButton).isChecked()
    lab.find("featuresEdit_x1_x2", QToolButton).click()
    lab.settle()
    assert lab.sizes == "3-1"
    assert "starts again" in lab.status
    lab.run()
    lab.wait(lambda: lab.value("trainAccuracy") > 0.95)
    lab.pause()
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.sizes == "2-1"
    assert not lab.find("featuresEdit_x1_x2", QToolButton).isChecked()


def test_single_precision(lab: Lab) -> None:
    lab.choose("precisionCombo", "single")
    lab.settle()
    lab.step(3)
    assert lab.weights.vector.dtype.itemsize == 4


@pytest.mark.parametrize(
    ("control", "value", "words"),
    [
        ("stopAfterSpin", "40", "Iteration 40 is reached"),
        ("stopCostSpin", "0.3", "below 0.3"),
        ("stopGradientSpin", "0.2", "below 0.2"),
        ("stopPatienceSpin", "5", "hardly fallen for 5 iterations"),
    ],
)
def test_a_run_ends_by_itself_and_says_why(lab: Lab, control: str, value: str, words: str) -> None:
    unfold(lab, "Stop when")
    assert lab.text_of(control) == "never"
    if control == "stopPatienceSpin":
        lab.fill("learningRateSpin", "0.000001")
    lab.fill(control, value)
    lab.settle()
    lab.run()
    lab.wait(lambda: not lab.is_running)
    assert words in lab.status
    reached = lab.iteration
    assert reached > 0 and (control != "stopAfterSpin" or reached == 40)
    lab.step()
    assert lab.iteration == reached + 1, "a step by hand goes on all the same"


def test_a_run_that_may_not_begin_says_why_and_makes_no_step(lab: Lab) -> None:
    unfold(lab, "Stop when")
    lab.fill("stopCostSpin", "1")
    lab.settle()
    lab.action("Run").trigger()
    lab.settle()
    assert not lab.is_running and lab.iteration == 0
    assert not lab.action("Run").isChecked()
    assert "below 1" in lab.status


def test_an_end_says_how_to_go_on_and_is_no_alarm(lab: Lab) -> None:
    unfold(lab, "Stop when")
    lab.fill("stopAfterSpin", "5")
    lab.settle()
    lab.run()
    lab.wait(lambda: not lab.is_running)
    assert lab.status == (
        "Iteration 5 is reached, at which this run was to end. To go on, change what ends it, or choose never."
    )
    assert lab.window.status.warning == ""  # type: ignore[attr-defined]


def test_undo_says_that_it_undid(lab: Lab) -> None:
    lab.choose("activationCombo", "relu")
    lab.settle()
    lab.action("Undo").trigger()
    lab.settle()
    assert lab.status.startswith("Undone, activation: ")
    lab.action("Redo").trigger()
    lab.settle()
    assert lab.status.startswith("New activation: ")


def test_a_folded_group_stays_folded(open_lab: Callable[..., Lab]) -> None:
    first = open_lab()
    assert not first.find("stopAfterSpin").isVisible()
    assert first.find("optimizerCombo").isVisible()
    unfold(first, "Stop when")
    assert first.find("stopAfterSpin").isVisible()
    first.close()
    QSettings().sync()
    second = open_lab()
    assert second.find("stopAfterSpin").isVisible()


def test_numbers_out_of_range_are_refused_in_one_sentence(lab: Lab, subtests: pytest.Subtests) -> None:
    lab.choose("optimizerCombo", "adam")
    lab.settle()
    for control, text, sentence in (
        ("batchSizeSpin", "-1", "Batch size -1 is outside [0, 1,000,000]."),
        ("l2Spin", "11", "L2 penalty 11 is outside [0, 10]."),
        ("beta1Spin", "1", "Decay β₁ 1 is outside [0, 0.9999]."),
        ("epsilonSpin", "0", "ε 0 is outside (0, 1]."),
    ):
        with subtests.test(control):
            before = lab.spec
            lab.fill(control, text)
            lab.settle()
            assert lab.status == sentence
            assert lab.spec == before


def test_the_gradient_of_the_moment_stands_above_the_cost(lab: Lab) -> None:
    lab.step()
    norm = math.sqrt(float((lab.frame.state.gradient.vector**2).sum()))
    assert lab.frame.state.scores.gradient_norm == pytest.approx(norm)
    assert f"gradient {norm:.2g}" in lab.window.views["cost"].header.note.text()  # type: ignore[attr-defined]
    label = lab.window.findChildren(QLabel, "formLabel")
    assert all(each.buddy() is not None for each in label if not each.text().startswith("  layer"))
