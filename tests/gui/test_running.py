"""Run, pause, step, reset, and how fast."""

import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from engine.training.commands import Command, GoOn, Pause, Restart, Run
from engine.training.runner import Runner
from gui.playback import SPEEDS
from gui.views.boundary import BoundaryView
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import SHIFT


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """Every command that the training thread is given from now on."""
    commands: list[Command] = []
    post = Runner.post

    def note(runner: Runner, command: Command) -> None:
        commands.append(command)
        post(runner, command)

    monkeypatch.setattr(Runner, "post", note)
    return commands


def time_for(lab: Lab, iterations: int) -> float:
    """Return the seconds in which that many iterations are shown, begun when the number changes."""
    shown = lab.iteration
    lab.wait(lambda: lab.iteration != shown)
    began, start = time.perf_counter(), lab.iteration
    lab.wait(lambda: lab.iteration >= start + iterations)
    return (time.perf_counter() - began) / (lab.iteration - start) * iterations


def is_paced(seconds: float, expected: float) -> bool:
    """Return whether a run keeps its pace: never faster; slower only as a busy machine makes it."""
    return 0.75 * expected < seconds < 3 * expected


def test_space_runs_and_space_pauses(lab: Lab) -> None:
    lab.press(Qt.Key.Key_Space)
    assert lab.is_running
    lab.wait_for_iterations(3)
    lab.press(Qt.Key.Key_Space)
    assert not lab.is_running
    lab.settle()
    reached, cost = lab.iteration, lab.value("trainCost")
    assert reached >= 3
    lab.qtbot.wait(60)  # a few pictures: time in which a run would have gone on
    assert (lab.iteration, lab.value("trainCost")) == (reached, cost)


def test_the_run_button_says_what_it_will_do(lab: Lab) -> None:
    button = lab.find("runButton", QToolButton)
    assert lab.action("Run").text() == "Run"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert lab.is_running and lab.action("Run").text() == "Pause"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not lab.is_running and lab.action("Run").text() == "Run"


def test_right_makes_exactly_one_iteration(lab: Lab) -> None:
    for count in (1, 2, 3):
        lab.press(Qt.Key.Key_Right)
        lab.settle()
        assert lab.iteration == count


def test_right_pressed_quickly_counts_each_press(lab: Lab) -> None:
    for _ in range(25):
        lab.press(Qt.Key.Key_Right)
    lab.settle()
    assert lab.iteration == 25


def test_shift_right_makes_exactly_ten_iterations(lab: Lab) -> None:
    lab.press(Qt.Key.Key_Right, SHIFT)
    lab.settle()
    assert lab.iteration == 10
    lab.press(Qt.Key.Key_Right)
    lab.press(Qt.Key.Key_Right, SHIFT)
    lab.settle()
    assert lab.iteration == 21


def test_ten_single_steps_reach_the_weights_of_one_step_of_ten(lab: Lab) -> None:
    lab.press(Qt.Key.Key_Right, SHIFT)
    lab.settle()
    at_once = lab.weights
    lab.press(Qt.Key.Key_R)
    lab.step(10)
    assert same_weights(lab.weights, at_once)


def test_a_step_during_a_run_pauses_it(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(1)
    lab.press(Qt.Key.Key_Right)
    lab.settle()
    assert not lab.is_running
    reached = lab.iteration
    lab.step()
    assert lab.iteration == reached + 1


def test_r_does_not_wait_for_the_steps_that_were_asked_for(lab: Lab) -> None:
    first = lab.weights
    for _ in range(300):
        lab.press(Qt.Key.Key_Right, SHIFT)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert lab.iteration == 0
    assert same_weights(lab.weights, first)
    lab.step()
    assert lab.iteration == 1


def test_r_goes_back_to_the_very_same_weights(lab: Lab) -> None:
    first, cost = lab.weights, lab.value("trainCost")
    lab.press(Qt.Key.Key_Right, SHIFT)
    lab.settle()
    assert not same_weights(lab.weights, first)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert lab.iteration == 0
    assert lab.value("trainCost") == cost
    assert same_weights(lab.weights, first)


def test_r_during_a_run_pauses_at_iteration_0_and_the_next_run_repeats_the_first(lab: Lab) -> None:
    lab.step(7)
    after_seven = lab.weights
    lab.run()
    lab.wait_for_iterations(20)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert not lab.is_running
    assert lab.iteration == 0
    lab.step(7)
    assert same_weights(lab.weights, after_seven)


def test_run_and_pause_pressed_five_times_do_not_change_the_speed(
    lab: Lab, posted: list[Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[int] = []
    draw = BoundaryView.draw
    monkeypatch.setattr(BoundaryView, "draw", lambda view, frame: (pictures.append(1), draw(view, frame)))
    lab.set_speed(50)
    lab.run()
    before = time_for(lab, 20)
    pictures.clear()
    counted = lab.iteration
    lab.wait_for_iterations(10)
    pictures_before = len(pictures) / (lab.iteration - counted)
    posted.clear()
    for _ in range(5):
        lab.press(Qt.Key.Key_Space)
        lab.press(Qt.Key.Key_Space)
    assert [type(command) for command in posted] == [Pause, Run] * 5
    assert [thread.name for thread in threading.enumerate()].count("training") == 1
    after = time_for(lab, 20)
    pictures.clear()
    counted = lab.iteration
    lab.wait_for_iterations(10)
    pictures_after = len(pictures) / (lab.iteration - counted)
    assert is_paced(before, 20 / 50)
    assert is_paced(after, 20 / 50)
    assert pictures_after < 2 * pictures_before, "each picture is drawn once"
    lab.pause()
    reached = lab.iteration
    lab.step()
    assert lab.iteration == reached + 1
    lab.press(Qt.Key.Key_Right, SHIFT)
    lab.settle()
    assert lab.iteration == reached + 11


def test_a_slow_run_makes_one_iteration_a_second_and_obeys_at_once(lab: Lab) -> None:
    lab.set_speed(1)
    lab.run()
    lab.wait(lambda: lab.iteration >= 1)
    assert lab.iteration == 1
    lab.pause()  # in the middle of the second's wait
    assert lab.iteration == 1


def test_the_speed_is_changed_in_the_middle_of_a_run(lab: Lab, posted: list[Command]) -> None:
    lab.set_speed(20)
    lab.run()
    lab.wait_for_iterations(2)
    lab.set_speed(100)
    assert lab.is_running
    lab.wait_for_iterations(5)
    lab.set_speed(None)
    lab.wait_for_iterations(200)
    assert posted[1:] == [Run(100), Run(None)]


def test_plus_and_minus_move_the_speed_by_one_notch(lab: Lab) -> None:
    slider = lab.find("speedSlider")
    top = len(SPEEDS) - 1
    assert slider.value() == top  # type: ignore[attr-defined]
    lab.press(Qt.Key.Key_Minus)
    assert slider.value() == top - 1  # type: ignore[attr-defined]
    lab.press(Qt.Key.Key_Plus)
    lab.press(Qt.Key.Key_Plus)
    assert slider.value() == top  # type: ignore[attr-defined]


def test_space_runs_and_pauses_while_a_control_has_the_focus(lab: Lab, subtests: pytest.Subtests) -> None:
    for name in ("learningRateSpin", "samplesSpin", "hiddenLayersEdit", "activationCombo", "datasetCombo"):
        with subtests.test(name):
            text = "" if name.endswith("Combo") else lab.text_of(name)
            lab.focus(name)
            lab.press(Qt.Key.Key_Space)
            assert lab.is_running
            lab.focus(name)
            lab.press(Qt.Key.Key_Space)
            lab.settle()
            assert not lab.is_running
            assert not text or lab.text_of(name) == text


def test_space_takes_over_hidden_layers_that_were_typed_but_not_confirmed(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,4", confirm=False)
    assert lab.sizes == "2-4-1"
    lab.press(Qt.Key.Key_Space)
    lab.wait(lambda: lab.iteration > 0)
    assert lab.is_running
    assert lab.sizes == "2-8-4-1"
    assert "2-8-4-1" in lab.status


def test_space_takes_over_a_learning_rate_that_was_typed_but_not_confirmed(lab: Lab) -> None:
    lab.fill("learningRateSpin", "0.025", confirm=False)
    lab.press(Qt.Key.Key_Space)
    lab.wait(lambda: lab.iteration > 0)
    assert lab.frame.experiment.spec.learning_rate == 0.025


def test_the_step_button_takes_over_what_was_typed(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "3", confirm=False)
    lab.action("Step").trigger()
    lab.settle()
    assert (lab.sizes, lab.iteration) == ("2-3-1", 1)


def test_right_and_r_belong_to_the_field_while_something_is_typed(lab: Lab) -> None:
    lab.step(2)
    lab.focus("hiddenLayersEdit")
    lab.press(Qt.Key.Key_Right)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert lab.iteration == 2


def test_a_key_held_down_does_not_switch_between_run_and_pause(lab: Lab) -> None:
    assert not lab.action("Run").autoRepeat()
    assert not lab.action("Reset").autoRepeat()


def test_each_press_of_space_takes_effect(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(200)
    for _ in range(9):
        lab.press(Qt.Key.Key_Space)
        lab.wait(lambda: not lab.frame.running)
        stopped = lab.iteration
        lab.settle()
        assert lab.iteration == stopped
        lab.press(Qt.Key.Key_Space)
        lab.wait_for_iterations(1)


def test_the_window_keeps_living_while_training_runs_as_fast_as_it_goes(lab: Lab) -> None:
    frames: list[int] = []
    lab.window.playback.frame_changed.connect(lambda frame: frames.append(frame.state.iteration))  # type: ignore[attr-defined]
    lab.run()
    lab.wait(lambda: len(frames) >= 30)
    assert frames == sorted(frames)


def test_commands_reach_the_thread_in_their_order(lab: Lab, posted: list[Command]) -> None:
    lab.step()
    posted.clear()
    lab.fill("learningRateSpin", "0.3", confirm=False)
    lab.press(Qt.Key.Key_Space)
    lab.fill("hiddenLayersEdit", "5", confirm=False)
    lab.press(Qt.Key.Key_Space)
    lab.settle()
    assert [type(command) for command in posted] == [GoOn, Run, Restart, Pause]
    assert lab.sizes == "2-5-1"


def test_steps_are_told_when_they_are_made_and_space_stops_them(lab: Lab) -> None:
    lab.fill("samplesSpin", "200000")
    lab.settle()
    for _ in range(40):
        lab.action("StepMany").trigger()
    lab.wait(lambda: lab.iteration >= 1)
    assert "iterations made" not in lab.status
    lab.press(Qt.Key.Key_Space)
    lab.settle()
    reached = lab.iteration
    assert 1 <= reached < 400
    assert not lab.is_running and not lab.action("Run").isChecked()
    assert lab.status == ("One iteration made." if reached == 1 else f"{reached} iterations made.")


def test_moving_the_speed_slider_makes_no_iteration(lab: Lab) -> None:
    lab.set_speed(1)
    lab.run()
    lab.wait_for_iterations(1)
    reached = lab.iteration
    for speed in (2, 1, 2, 1, 2, 1):
        lab.set_speed(speed)
        lab.qtbot.wait(20)
    assert lab.iteration <= reached + 1
    lab.pause()
