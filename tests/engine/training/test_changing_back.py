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


def test_an_optimizer_that_forgot_just_before_the_end_of_a_cut_run(driver, experiment):
    dataset = experiment.problem.dataset
    go_on(driver, dataset, optimizer="adam")
    go_on(driver, dataset, optimizer="momentum")
    driver.post(Step(2))
    driver.obeyed()
    for command in (Seek(7), Cut()):
        driver.post(command)
    go_on(driver, dataset)
    assert [each.first for each in kept(driver).segments] == [0, 7]
    assert driver.obeyed().marks == ((7, "Momentum begun anew, went on from here"),)


def test_what_is_begun_anew_is_marked(driver, experiment):
    dataset = experiment.problem.dataset
    go_on(driver, dataset, optimizer="adam")
    go_on(driver, dataset, optimizer="momentum")
    assert driver.obeyed().marks == ((7, "Momentum begun anew"),)


def test_another_scale_is_a_change(driver, experiment):
    """Other data and back: the points are the same, and what they are divided by is not."""
    spec, dataset = experiment.spec, experiment.problem.dataset
    other = replace(spec, data="circles")
    driver.post(GoOn(other, other.load(), rescaled=True))
    driver.post(GoOn(spec, spec.load(), rescaled=False))
    driver.obeyed()
    driver.post(Step(2))
    frame = driver.obeyed()
    scales = [each.experiment.problem.standardization.scale for each in kept(driver).segments]
    assert len(scales) == 2 and not np.array_equal(*scales)
    assert dataset.m == frame.experiment.problem.dataset.m


def test_a_frame_of_before_a_change_that_changes_nothing_has_its_script(driver, experiment):
    frame = driver.obeyed()
    go_on(driver, experiment.problem.dataset, stop_after=1000)
    assert last_change(kept(driver), frame) is None


def test_what_is_changed_back_holds_no_points(driver, experiment):
    for _ in range(5):
        dataset = driver.obeyed().experiment.problem.dataset
        painted, back = paint(dataset, np.full((2, 3), 0.25), 1).apply(dataset)
        go_on(driver, painted)
        go_on(driver, back.apply(painted)[0])
        driver.post(Step(1))
    frame = driver.obeyed()
    assert {id(each.experiment) for each in frame.trail} == {id(frame.experiment)}


def test_a_weight_set_by_hand_and_back(driver, experiment):
    before = driver.obeyed().state.parameters.vector
    other = before.copy()
    other[0] += 1.0
    for vector in (other, before):
        driver.post(Replace(vector, None, 0))
    driver.post(Step(5))
    frame = driver.obeyed()
    assert [each.first for each in kept(driver).segments] == [0, 7], "the start is another one"
    driver.post(Seek(9))
    driver.obeyed()
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(frame.state)
