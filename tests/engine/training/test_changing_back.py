"""What is changed and changed back, with no step between, leaves no trace in a run."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.editing import paint
from engine.training.commands import Cut, GoOn, Keep, Replace, Seek, Step
from engine.training.series import last_change
from tests.engine.training.driver import after, bits, driven


@pytest.fixture
def experiment(make_experiment):
    return make_experiment(optimizer="momentum", batch_size=16)


@pytest.fixture
def driver(experiment):
    with driven(experiment) as driver:
        driver.post(Step(7))
        driver.obeyed()
        yield driver


def kept(driver):
    """Return the run as it would be saved."""
    found = []
    driver.post(Keep(found.append))
    driver.obeyed()
    return found[0]


def go_on(driver, dataset, **chosen):
    driver.post(GoOn(replace(driver.runner.latest().going_on.spec, **chosen), dataset))
    driver.obeyed()


def test_points_painted_and_taken_back(driver, experiment):
    dataset = experiment.problem.dataset
    painted, back = paint(dataset, np.full((2, 3), 0.25), 1).apply(dataset)
    go_on(driver, painted)
    assert len(kept(driver).segments) == 2
    go_on(driver, back.apply(painted)[0])
    driver.post(Step(5))
    frame = driver.obeyed()
    assert bits(frame.state) == bits(after(experiment, 12))
    (segment,) = kept(driver).segments
    assert (segment.first, segment.experiment) == (0, frame.experiment)
    assert last_change(kept(driver), frame) is None
    driver.post(Seek(9))
    assert bits(driver.obeyed().state) == bits(after(experiment, 9))


def test_a_setting_changed_back_and_forth(driver, experiment):
    dataset = experiment.problem.dataset
    go_on(driver, dataset, learning_rate=0.25)
    go_on(driver, dataset, learning_rate=experiment.spec.learning_rate)
    assert len(kept(driver).segments) == 1
    go_on(driver, dataset, learning_rate=0.25)
    driver.post(Step(1))
    driver.obeyed()
    go_on(driver, dataset, learning_rate=experiment.spec.learning_rate)
    assert [each.first for each in kept(driver).segments] == [0, 7, 8]


@pytest.mark.parametrize("cut", [False, True])
def test_an_optimizer_that_forgot_is_a_change_for_good(driver, experiment, cut):
    dataset = experiment.problem.dataset
    go_on(driver, dataset, optimizer="adam")
    if cut:
        driver.post(Step(2))
        driver.obeyed()
        driver.post(Seek(7))
        driver.post(Cut())
    go_on(driver, dataset, optimizer="momentum")
    assert [each.first for each in kept(driver).segments] == [0, 7]
    driver.post(Step(5))
    frame = driver.obeyed()
    assert bits(frame.state) != bits(after(experiment, 12))
    assert last_change(kept(driver), frame).iteration == 7
    driver.post(Seek(9))
    driver.obeyed()
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(frame.state), "made once more, it is the same"


def test_a_weight_set_by_hand_and_back(driver, experiment):
    before = driver.obeyed().state.parameters.vector
    other = before.copy()
    other[0] += 1.0
    for vector in (other, before):
        driver.post(Replace(vector, None, 0))
    driver.post(Step(5))
    frame = driver.obeyed()
    driver.post(Seek(9))
    driver.obeyed()
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(frame.state)
