"""Runs that are kept to be compared, and what they make visible (claims 4, 8 and 10)."""

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from gui.export.pictures import draw_picture
from gui.theme import LIGHT
from tests.gui.cost_driving import hover, view_of
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT


def names(lab: Lab) -> list[str]:
    """Return what the legend calls the kept runs."""
    return [name for _, name in view_of(lab).key._entries if name.startswith("kept")]


def kept_curve(lab: Lab, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the curve of a kept run that is drawn."""
    item = view_of(lab).kept.lines[place].item
    assert item.isVisible()
    return item.getData()


def run_to(lab: Lab, iteration: int) -> None:
    """Let it run from where it is up to an iteration."""
    lab.fill("stopAfterSpin", str(iteration))
    lab.settle()
    lab.press(Qt.Key.Key_Space) if not lab.is_running else None
    lab.wait(lambda: not lab.is_running)
    lab.settle()
    assert lab.iteration == iteration


def keep(lab: Lab) -> None:
    lab.press(Qt.Key.Key_K, CONTROL)


def test_a_run_is_kept_by_key_and_button_and_forgotten_again(lab: Lab) -> None:
    keep(lab)
    assert not names(lab) and "nothing to keep" in lab.status
    lab.step(20)
    keep(lab)
    assert names(lab) == ["kept: the same settings"] and "20 iterations" in lab.status
    lab.press(Qt.Key.Key_R)
    lab.fill("learningRateSpin", "0.1")
    lab.settle()
    assert names(lab) == ["kept: learning rate 0.5"]
    lab.step(30)
    QTest.mouseClick(lab.find("costKeepButton", QToolButton), LEFT)
    assert names(lab) == ["kept: learning rate 0.5", "kept: the same settings"]
    x, y = kept_curve(lab, 0)
    assert x.tolist() == list(range(21))
    np.testing.assert_array_equal(y, view_of(lab).kept.runs[0].curve.column("train_cost"))
    dashes = [line.item.opts["pen"].dashPattern() for line in view_of(lab).kept.lines]
    assert all(dashes[i] != dashes[j] for i in range(4) for j in range(i))
    tip = view_of(lab).key.toolTip()
    scores = lab.frame.state.scores
    assert "30 iterations" in tip and f"train {scores.train_cost:.4g}" in tip
    assert f"accuracy {scores.test_accuracy:.1%}" in tip
    lab.action("ForgetRuns").trigger()
    assert not names(lab)
    assert not any(line.item.isVisible() for line in view_of(lab).kept.lines)


def test_the_cross_hair_reads_kept_runs_too(lab: Lab) -> None:
    lab.step(20)
    keep(lab)
    cost = lab.frame.curve.column("train_cost")
    lab.press(Qt.Key.Key_R)
    lab.fill("learningRateSpin", "0.1")
    lab.settle()
    lab.plot().setFocus()
    lab.step(40)
    view = view_of(lab)
    height = view.key.size().height()
    for iteration, value in ((12, f"{cost[12]:.4g}"), (20, f"{cost[20]:.4g}"), (30, "ended")):
        hover(lab, iteration)
        assert view.key.kept_reading == [f"{value} · learning rate 0.5"]
        assert f"{value} · learning rate 0.5" in view.plot.accessibleDescription()
    assert view.key.size().height() == height, "nothing moves below the mouse"
    QApplication.sendEvent(view.plot.viewport(), QEvent(QEvent.Type.Leave))
    assert view.key.kept_reading == []


def test_at_most_four_are_kept_and_more_of_a_run_takes_its_place(lab: Lab) -> None:
    for count in range(5):
        lab.fill("initSeedSpin", str(count + 1))
        lab.settle()
        lab.step(5)
        keep(lab)
        lab.step(5)
        keep(lab)
    assert names(lab) == [
        "kept: model seed 2",
        "kept: model seed 3",
        "kept: model seed 4",
        "kept: the same settings",
    ]
    assert [run.last for run in view_of(lab).kept.runs] == [10] * 4
    assert "The oldest that was kept is gone." not in lab.status, "the last step replaced its own beginning"


def test_the_legend_says_where_points_or_loss_are_others(lab: Lab) -> None:
    lab.step(3)
    keep(lab)
    lab.choose("lossCombo", "squared")
    lab.settle()
    assert names(lab) == ["kept: Log loss"]
    lab.click(lab.inside(0.2, 0.2))
    lab.settle()
    assert names(lab) == ["kept: Log loss, other points"]
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert names(lab) == ["kept: Log loss"]
    lab.choose("datasetCombo", "circles")
    lab.settle()
    assert names(lab) == ["kept: data set Moons, Log loss"]


def test_a_run_that_was_changed_on_its_way_says_so(lab: Lab) -> None:
    lab.step(3)
    lab.fill("learningRateSpin", "0.1")
    lab.settle()
    lab.step(3)
    keep(lab)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert names(lab) == ["kept: the same settings, changed in mid run"]


def test_a_weight_set_before_the_first_iteration_is_another_start_and_no_change_in_mid_run(lab: Lab) -> None:
    lab.window.playback.set_parameter(0, 1.5)  # type: ignore[attr-defined]
    lab.settle()
    assert len(lab.frame.marks) == 1
    lab.step(5)
    keep(lab)
    assert names(lab) == ["kept: the same settings"]
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert names(lab) == ["kept: other first weights"]


def test_kept_while_looking_back_it_is_the_whole_run(lab: Lab) -> None:
    lab.step(12)
    scores = lab.frame.state.scores
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    keep(lab)
    (run,) = view_of(lab).kept.runs
    assert run.last == 12 and run.scores == scores
    assert kept_curve(lab, 0)[0][-1] == 12


def test_looking_back_to_before_a_change_leaves_the_names_as_they_are(lab: Lab) -> None:
    lab.fill("learningRateSpin", "0.1")
    lab.settle()
    lab.step(10)
    lab.fill("learningRateSpin", "0.5")
    lab.settle()
    lab.step(10)
    keep(lab)
    assert names(lab) == ["kept: the same settings, changed in mid run"]
    lab.window.playback.seek(5)  # type: ignore[attr-defined]
    lab.settle()
    assert lab.frame.experiment.spec.learning_rate == 0.1
    assert names(lab) == ["kept: the same settings, changed in mid run"]
    keep(lab)
    (run,) = view_of(lab).kept.runs
    assert run.setup.spec.learning_rate == 0.5
    lab.press(Qt.Key.Key_End)
    lab.settle()
    assert names(lab) == ["kept: the same settings, changed in mid run"]


def test_a_saved_picture_shows_what_the_view_shows(lab: Lab) -> None:
    lab.step(20)
    keep(lab)
    lab.fill("learningRateSpin", "0.05")
    lab.press(Qt.Key.Key_R)
    lab.settle()
    lab.step(5)
    view, pictures = view_of(lab), []
    for change in (lambda: None, lab.find("costGradient", QAction).trigger, lab.action("ForgetRuns").trigger):
        change()
        pictures.append(draw_picture("cost", lab.frame, LIGHT, 1, like=view))
    assert pictures[0] != pictures[1] != pictures[2]


# Claims


def test_claim_8_training_and_test_tell_different_things(lab: Lab) -> None:
    for name, value in {
        "samplesSpin": "80",
        "noiseSpin": "0.35",
        "testFractionSpin": "0.5",
        "hiddenLayersEdit": "16",
    }.items():
        lab.fill(name, value)
    lab.choose("optimizerCombo", "adam")
    lab.fill("learningRateSpin", "0.05")
    lab.settle()
    lab.press(Qt.Key.Key_R)
    run_to(lab, 500)
    curves = view_of(lab).curves
    train, test = (np.array(line.item.getData()) for line in (curves.train, curves.test))
    assert train[1].argmin() > 0.9 * train.shape[1], "the cost of what it learns from goes on falling"
    lowest = test[0, test[1].argmin()]
    assert 20 < lowest < 250 and test[1, -1] > 2 * test[1].min(), "that of the test rises again"
    assert test[1, -1] > 10 * train[1, -1]
    assert (train[0, -1], train[1, -1]) == (500, lab.value("trainCost"))
    assert test[1, -1] == lab.value("testCost")
    assert lab.value("trainAccuracy") == 1.0 and lab.value("testAccuracy") < 0.85
    assert curves.test.item.opts["pen"].style() == Qt.PenStyle.DashLine


def test_claim_10_tanh_beats_the_sigmoid_from_the_same_seed(lab: Lab) -> None:
    lab.choose("activationCombo", "sigmoid")
    lab.settle()
    run_to(lab, 400)
    keep(lab)
    lab.choose("activationCombo", "tanh")
    run_to(lab, 400)
    assert names(lab) == ["kept: activation Sigmoid"]
    sigmoid = np.array(kept_curve(lab, 0))
    tanh = np.array(view_of(lab).curves.train.item.getData())
    at = [np.interp(range(50, 401, 50), *curve) for curve in (sigmoid, tanh)]
    assert (at[1] < at[0]).all(), "at every iteration tanh is ahead"
    assert at[1][-1] < at[0][-1] / 2


def test_claim_4_squared_error_hardly_leaves_a_bad_start(lab: Lab) -> None:
    lab.choose("datasetCombo", "blobs")
    lab.choose("modelCombo", "logistic")
    left = {}
    for loss in ("squared", "log"):
        lab.choose("lossCombo", loss)
        lab.settle()
        lab.press(Qt.Key.Key_R)
        lab.settle()
        for place, value in enumerate((-12.0, -12.0, 0.0)):  # sure of the wrong side
            lab.window.playback.set_parameter(place, value)  # type: ignore[attr-defined]
            lab.settle()
        run_to(lab, 60)
        line = view_of(lab).curves.train.item.getData()[1]
        left[loss] = line[-1] / line[0]
        if loss == "squared":
            keep(lab)
    assert names(lab) == ["kept: loss Squared error"]
    y = kept_curve(lab, 0)[1]
    assert y[-1] / y[0] == left["squared"] > 0.9
    assert left["log"] < 0.1
