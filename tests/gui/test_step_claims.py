"""What the papers claim, read from the formulas of an opened iteration."""

import numpy as np
import pytest

from engine.model.losses import LOSSES
from engine.model.parts import Parts
from engine.training.opened import Opened
from gui.views.step import StepView
from gui.views.step_losses import LOSS_FORMS
from tests.gui.driving import Lab
from tests.gui.stepping import follow, names, open_step, phase, press, wait_for


@pytest.fixture
def opened(lab: Lab) -> tuple[Lab, StepView]:
    """The window with the view opened from the menu."""
    return lab, open_step(lab)


def test_the_numerical_gradient_stands_beside_the_analytic_one(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    for button in ("stepOneButton", "stepAllButton"):
        press(lab, button)
        wait_for(lab, view, "checkRelative")
        assert view.line("checkRelative").result < 1e-7
        for number, (W, b) in enumerate(lab.weights, start=1):
            for name, count in ((f"dW{number}", W.size), (f"db{number}", b.size)):
                *both, apart = view.line(f"check{name}").numbers
                analytic, numerical = both[:count], both[count:]
                assert len(numerical) == count
                assert apart == np.abs(np.subtract(analytic, numerical)).max() < 1e-8
                if button == "stepOneButton":
                    assert analytic == pytest.approx(view.line(name).numbers, abs=1e-15)


# Claims 1, 2 and 6: one example


def test_one_examples_chain_is_a_minus_y_number_by_number(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.step(5)
    problem = lab.frame.experiment.problem
    for row in (*np.flatnonzero(lab.dataset.Y[0] == 0)[:2], *np.flatnonzero(lab.dataset.Y[0] == 1)[:2]):
        follow(lab, int(row))
        y = lab.dataset.Y[0, row]
        a = view.line("a2").result
        assert 0 < a < 1, "the sigmoid squeezes any z into (0, 1)"
        assert a == pytest.approx(1 / (1 + np.exp(-view.line("z2").result)))
        da, dz, short = (view.line(name) for name in ("da", "dz", "dzShort"))
        assert da.result == pytest.approx(-y / a + (1 - y) / (1 - a))
        assert dz.numbers[:3] == pytest.approx((da.result, a, 1 - a))
        assert dz.result == pytest.approx(np.prod(dz.numbers[:3]))
        assert short.numbers[:2] == pytest.approx((a, y))
        assert short.result == pytest.approx(a - y) == pytest.approx(dz.result)
        column = problem.column(int(row))
        parts = Parts.of(lab.frame.experiment.network, lab.weights, problem.X[:2, [column]], np.array([[y]]))
        for number, (dW, db) in enumerate(parts.back.gradient, start=1):
            assert view.line(f"dW{number}").numbers == pytest.approx(tuple(dW.ravel()))
            assert view.line(f"db{number}").numbers == pytest.approx(tuple(db.ravel()))


def test_the_log_loss_is_minus_the_logarithm_of_what_the_label_got(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    for row in (0, 5, 9, 12):
        follow(lab, row)
        a, y = view.line("a2").result, lab.dataset.Y[0, row]
        assert view.line("loss").result == pytest.approx(-np.log(a if y else 1 - a))
    press(lab, "stepAllButton")
    losses = np.array(view.line("loss").numbers)
    assert losses.mean() == pytest.approx(view.line("J").result) == pytest.approx(lab.value("trainCost"))
    worst = [view.line(f"worst{place}") for place in (1, 2, 3)]
    assert [line.result for line in worst] == sorted(losses)[:-4:-1], "the confident mistakes are named"
    for line in worst:
        assert line.result == pytest.approx(-np.log(line.numbers[0]))
        assert line.numbers[0] < 0.5, "the label got less than half"


def test_the_squared_error_has_its_own_chain(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.choose("lossCombo", "squared")
    lab.settle()
    a, y = view.line("a2").result, lab.dataset.Y[0, 0]
    assert view.line("loss").result == pytest.approx((a - y) ** 2 / 2)
    assert view.line("da").result == pytest.approx(a - y)
    assert view.line("dz").result == pytest.approx((a - y) * a * (1 - a))
    assert "dzShort" not in names(view)


def test_every_loss_has_its_formulas() -> None:
    assert set(LOSS_FORMS) == set(LOSSES)


# Claim 7: the loop and the matrices


def test_the_matrix_form_gives_the_same_numbers_in_less_time(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    press(lab, "stepAllButton")
    lab.step(2)
    wait_for(lab, view, "raceFactor")
    loop, matrix = view.line("loopTime").numbers[0], view.line("matrixTime").numbers[0]
    assert view.line("raceFactor").numbers[0] == pytest.approx(loop / matrix)
    assert loop > matrix > 0
    assert view.line("raceDifference").result < 1e-14
    assert "first 100 examples" in view.line("raceOn").text
    now = Opened.of_all(lab.frame.experiment, lab.frame.state)
    assert view.line("dW1").numbers == pytest.approx(tuple(now.gradient[0].W.ravel()))
    assert view.line("z1").pieces[-1].caption == "(4, 320)"
    phase(lab, "Forward")
    assert "race" not in names(view)


def test_a_large_network_is_not_checked_and_the_view_says_why(opened: tuple[Lab, StepView]) -> None:
    lab, view = opened
    lab.fill("hiddenLayersEdit", "64,64")
    lab.settle()
    assert "4,417 parameters are too many" in view.line("checkWaiting").text
