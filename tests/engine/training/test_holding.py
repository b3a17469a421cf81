"""Nothing is stepped while the thread that trains is held."""

import pytest

from engine.training.commands import Pause, Run, Step
from engine.training.descent import Descent
from tests.engine.training.driver import wait_for


def test_nothing_is_stepped_while_it_is_held(driver, monkeypatch):
    made, step = [], Descent.step

    def spy(descent, state):
        made.append(state.iteration)
        return step(descent, state)

    monkeypatch.setattr(Descent, "step", spy)
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    for _ in range(3):
        with driver.runner.held():
            count = len(made)
            assert not wait_for(lambda count=count: len(made) > count + 1, 0.1)  # one may be under way
            count = len(made)
            held = driver.frame
            assert not wait_for(lambda count=count: len(made) > count, 0.02)
            assert driver.frame is held
        assert wait_for(lambda count=count: len(made) > count)


def test_holding_a_paused_runner_changes_nothing(driver):
    with driver.runner.held():
        driver.post(Pause())
        driver.obeyed()
    driver.post(Step())
    assert driver.obeyed().state.iteration == 1


def test_an_error_while_held_lets_go(driver):
    driver.post(Run())
    with pytest.raises(ZeroDivisionError), driver.runner.held():
        raise ZeroDivisionError
    before = driver.iteration
    assert wait_for(lambda: driver.iteration > before + 10)


def test_held_within_held_is_held(driver):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    with driver.runner.held():
        with driver.runner.held():
            pass
        assert not wait_for(lambda: False, 0.1)  # one step may be under way
        held = driver.frame
        assert not wait_for(lambda: driver.frame is not held, 0.1)
