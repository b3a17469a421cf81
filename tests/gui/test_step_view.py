"""One iteration, opened: its four phases, its example, and every kind of run."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QSpinBox, QToolButton

from gui.theme import DARK, LIGHT
from gui.views.step import StepView
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.stepping import PHASES, follow, names, open_step, phase, press, wait_for


@pytest.fixture
def opened(lab: Lab) -> tuple[Lab, StepView]:
    """The window with the view opened from the menu."""
    return lab, open_step(lab)


def test_the_view_is_hidden_at_first_and_costs_nothing(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(StepView, "draw", lambda self, frame: drawn.append(frame))
    assert not lab.find("stepDock", QDockWidget).isVisible()
    lab.run()
    lab.wait_for_iterations(50)
    lab.pause()
    assert not drawn
    assert lab.find("activationDock", QDockWidget).isVisible()


# Claim 14: backpropagation computes the derivative, gradient descent uses it


def test_each_phase_shows_its_own_numbers_and_no_later_ones(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    weights = lab.weights
    own = {
        "Forward": {"z1", "a1", "z2", "a2"},
        "Cost": {"loss", "J"},
        "Backward": {"da", "dz", "dzShort", "dW2", "db2", "dA1", "dZ1", "dW1", "db1"},
        "Update": {"W1", "b1", "W2", "b2"},
    }
    shown: set[str] = set()
    for number, name in enumerate(PHASES):
        phase(lab, name)
        shown |= own[name]
        later = set().union(*(own[other] for other in PHASES[number + 1 :]))
        assert shown <= names(view)
        assert not later & names(view), name
        down = [lab.find(f"phase{each}Button", QToolButton).isChecked() for each in PHASES]
        assert down == [place <= number for place in range(4)]
        looks = [lab.find(f"phase{each}Button", QToolButton).property("phase") for each in PHASES]
        wanted = ["done" if each else "" for each in down]
        wanted[(number + 1) % 4] = "next"
        assert looks == wanted
        assert lab.iteration == (name == "Update")
        assert same_weights(weights, lab.weights) == (name != "Update")


def test_what_is_done_looks_other_than_what_is_chosen(opened: tuple[Lab, StepView]) -> None:
    lab, _ = opened
    phase(lab, "Cost")
    lab.plot().setFocus()

    def ground(name: str) -> str:
        button = lab.find(name, QToolButton)
        return button.grab().toImage().pixelColor(button.width() // 2, 4).name()

    done, comes, waits = (ground(f"phase{name}Button") for name in ("Forward", "Backward", "Update"))
    chosen = ground("stepOneButton")
    assert len({done, chosen, waits}) == 3
    assert comes == waits, "it differs by its frame"
    button = lab.find("phaseBackwardButton", QToolButton)
    assert button.grab().toImage().pixelColor(button.width() // 2, 1).name() == chosen


@pytest.mark.parametrize("batch", [0, 32])
def test_the_four_phases_are_exactly_one_step(opened: tuple[Lab, StepView], batch: int) -> None:
    lab, _ = opened
    lab.choose("optimizerCombo", "adam")
    lab.fill("batchSizeSpin", str(batch))
    lab.press(Qt.Key.Key_R)
    lab.action("Reset").trigger()
    lab.settle()
    for _ in range(3):
        for name in PHASES:
            phase(lab, name)
    by_phases, state = lab.weights, lab.frame.state
    assert lab.iteration == 3
    lab.action("Reset").trigger()
    lab.settle()
    lab.step(3)
    assert same_weights(by_phases, lab.weights)
    assert state.gradient.vector.tobytes() == lab.frame.state.gradient.vector.tobytes()
    assert all(
        one.tobytes() == other.tobytes()
        for one, other in zip(state.memory, lab.frame.state.memory, strict=True)
    )


def test_a_later_phase_does_the_earlier_ones(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    phase(lab, "Forward")
    assert "loss" not in names(view)
    phase(lab, "Backward")
    assert {"z1", "loss", "dW1"} <= names(view)
    phase(lab, "Update")
    phase(lab, "Update")
    assert lab.iteration == 2
    phase(lab, "Forward")
    assert lab.iteration == 2 and "loss" not in names(view)


def test_the_update_goes_from_the_old_weights_to_the_new(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    before = lab.frame
    phase(lab, "Update")
    line = view.line("W1")
    old, slope, new = (grid.values for grid in line.pieces if hasattr(grid, "values"))
    assert np.array_equal(old, before.state.parameters[0].W)
    assert np.array_equal(new, lab.weights[0].W)
    assert np.array_equal(new, old - 0.5 * slope)
    assert 0.5 in line.numbers
    z, x = view.line("z1"), view.line("z1").pieces[3]
    assert np.array_equal(z.matrix, old @ x.values + before.state.parameters[0].b), "of the iteration before"
    lab.step()
    assert view.phase == "backward" and "W1" not in names(view)


def test_a_phase_pauses_the_run(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.run()
    lab.wait_for_iterations(20)
    phase(lab, "Cost")
    assert not lab.is_running
    assert view.phase == "cost" and "dW1" not in names(view)
    assert view.line("J").result == lab.frame.state.scores.batch_cost
    iteration = lab.iteration
    lab.run()
    lab.wait_for_iterations(20)
    phase(lab, "Update")
    lab.wait(lambda: view.phase == "update")
    assert not lab.is_running and lab.iteration > iteration + 20


def test_the_update_follows_the_last_iteration_of_a_run_that_it_ends(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    for _ in range(3):
        lab.run()  # and at once, before the view has seen a frame of the run:
        phase(lab, "Update")
        lab.wait(lambda: view.phase == "update")
        assert not lab.is_running
        assert np.array_equal(view.line("W1").matrix, lab.weights[0].W)
        assert view.line("iteration").text == f"Iteration {lab.iteration - 1:,}"


def test_a_phase_is_scrolled_to(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.choose("lossCombo", "squared")  # with formulas that nobody has set yet
    lab.choose("optimizerCombo", "rmsprop")
    lab.settle()
    for name in ("Update", "Cost", "Backward", "Forward", "Update"):
        phase(lab, name)
        lab.wait(lambda: len(view._sheet.lines) == len(view.lines) and not view._aim)
        top = view._sheet.top_of(name.lower()) if name != "Forward" else 0
        bar = view.plot.verticalScrollBar()
        assert bar.value() == min(int(top), bar.maximum()), name


def test_the_update_works_where_one_looks_back(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    seen = [lab.weights]
    for _ in range(4):
        lab.step()
        seen.append(lab.weights)
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    phase(lab, "Update")
    assert (lab.iteration, lab.frame.last) == (1, 4)
    assert same_weights(lab.weights, seen[1])
    assert np.array_equal(view.line("W1").matrix, seen[1][0].W)


def test_while_training_runs_the_slow_things_wait(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    press(lab, "stepAllButton")
    lab.run()
    iteration = view.line("iteration").text
    lab.wait(lambda: view.line("iteration").text != iteration)
    assert "checkWaiting" in names(view) and "Pause" in view.line("checkWaiting").text
    lab.pause()
    assert view.line("iteration").text == f"Iteration {lab.iteration:,}"


# Which example


def test_the_box_and_the_other_views_follow_one_example(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    spin = lab.find("stepExampleSpin", QSpinBox)
    first = int(np.flatnonzero(~lab.frame.experiment.problem.test)[0])
    assert spin.value() == first + 1, "the first that is trained on"
    follow(lab, 41)
    assert lab.window.document.followed_id == lab.dataset.ids[41]  # type: ignore[attr-defined]
    (x,), (y,) = lab.window.views["boundary"].drawn.followed.places[0]  # type: ignore[attr-defined]
    assert (x, y) == tuple(lab.dataset.X[:, 41])
    held = int(np.flatnonzero(lab.frame.experiment.problem.test)[0])
    lab.window.document.follow(int(lab.dataset.ids[held]))  # type: ignore[attr-defined]
    assert spin.value() == held + 1
    assert "held out" in view.line("examples").text


# Every kind of run


@pytest.mark.parametrize("mode", ["stepOneButton", "stepAllButton"])
def test_every_kind_of_network_can_be_opened(
    opened: tuple[Lab, StepView], mode: str, subtests: pytest.Subtests
) -> None:
    lab, view = opened
    press(lab, mode)
    document = lab.window.document  # type: ignore[attr-defined]
    for chosen in (
        {"model": "logistic"},
        {"hidden": (16, 16, 16), "activation": ("relu",)},
        {"precision": "single", "batch_size": 7, "optimizer": "adam", "l2": 0.1},
        {"data": "breast_cancer", "columns": ("*",)},
        {"data": "blobs", "hidden": (1,), "init": "zeros", "loss": "squared"},
    ):
        with subtests.test(str(chosen)):
            assert document.change(**{"model": "network", **chosen})
            lab.settle()
            phase(lab, "Update")
            wait_for(lab, view, "checkRelative")
            last = len(lab.weights)
            assert view.phase == "update"
            assert np.array_equal(view.line("W1").pieces[-1].numbers, lab.weights[0].W.ravel().astype(float))
            assert f"dW{last}" in names(view)
            assert view.plot.grab().toImage().width() > 0


def test_without_points_the_view_says_so(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.action("Clear").trigger()
    lab.settle()
    assert names(view) == {"empty"}
    phase(lab, "Update")
    assert lab.iteration == 0
    lab.action("Undo").trigger()
    lab.settle()
    phase(lab, "Update")
    assert view.phase == "update" and lab.iteration == 1


def test_a_certain_prediction_breaks_the_chain_but_not_its_end(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    document = lab.window.document  # type: ignore[attr-defined]
    assert document.change(data="penguins", model="logistic", standardize=False, learning_rate=10.0)
    lab.settle()
    lab.step(3)
    certain = 0
    for row in range(lab.dataset.m):
        document.follow(int(lab.dataset.ids[row]))
        y, a = lab.dataset.Y[0, row], view.line("a1").result
        if a in (0.0, 1.0):
            certain += 1
            assert view.line("dzShort").result == pytest.approx(a - y, abs=1e-15)
        assert ("saturated" in names(view)) == (not np.isfinite(view.line("dz").result))
    assert certain


# Looks


def test_the_formulas_are_drawn_in_the_colour_of_the_theme(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    for theme in (LIGHT, DARK):
        lab.action(f"Theme{theme.name.title()}").trigger()
        QApplication.processEvents()
        image = view.plot.grab().toImage()
        inside = [
            image.pixelColor(x, y).lightness()
            for x in range(0, image.width() - 10, 2)
            for y in range(0, image.height(), 2)
        ]
        ground = image.pixelColor(2, 2)
        assert ground.name().upper() == theme.window
        farthest = max(abs(lightness - ground.lightness()) for lightness in inside)
        assert farthest > 150, "ink and paper are far apart"


@pytest.mark.parametrize("hidden", ["4", "8,8", "16,16,16"])
def test_no_line_is_wider_than_the_sheet(opened: tuple[Lab, StepView], hidden: str) -> None:
    lab, view = opened
    lab.fill("hiddenLayersEdit", hidden)
    for mode in ("stepOneButton", "stepAllButton"):
        press(lab, mode)
        wait_for(lab, view, "checkRelative")
        lab.wait(lambda: len(view._sheet.lines) == len(view.lines))
        assert view._sheet.rightmost <= view.plot.viewport().width()


def test_a_screen_reader_gets_the_lines(opened: tuple[Lab, StepView]) -> None:
    _, view = opened
    words = view.plot.accessibleDescription()
    assert "Iteration 0" in words and "= (" not in words.splitlines()[0]
    assert view.line("loss").text in words
