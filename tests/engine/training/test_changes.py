"""Other points or settings under way, with the weights kept or from the beginning."""

from dataclasses import replace

import numpy as np

from engine.data.generators import generate
from engine.model.standardization import Standardization
from engine.training.commands import GoOn, Restart, Run, Step
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.spec import Spec
from tests.engine.training.driver import after, bits, restart, wait_for


def points(name):
    """Return made-up points."""
    return generate(name, 400, 0.1, 0)


def test_go_on_keeps_weights_and_iteration(driver, experiment):
    driver.post(Step(25))
    before = driver.obeyed().state
    xor, spec = points("xor"), Spec(data="xor", learning_rate=0.01)
    driver.post(GoOn(spec, xor))
    frame = driver.obeyed()
    changed = frame.experiment
    assert (changed.spec, changed.problem.dataset) == (spec, xor)
    assert changed.problem.standardization is experiment.problem.standardization
    assert frame.state.iteration == 25
    assert frame.state.parameters.vector.tobytes() == before.parameters.vector.tobytes()
    assert frame.state.scores != before.scores
    assert not frame.running
    driver.post(Step())
    expected = Descent(changed).step(frame.state)
    np.testing.assert_array_equal(
        expected.parameters.vector, before.parameters.vector - 0.01 * frame.state.gradient.vector
    )
    assert bits(driver.obeyed().state) == bits(expected)


def test_before_training_other_points_bring_their_own_scale(driver):
    circles, spec = points("circles"), Spec(data="circles", learning_rate=0.3)
    driver.post(GoOn(spec, circles))
    frame, expected = driver.obeyed(), Experiment.of(spec, circles)
    assert bits(frame.state) == bits(after(expected, 0))
    assert frame.curve.column("iteration").tolist() == [0]
    driver.post(Step(3))
    assert bits(driver.obeyed().state) == bits(after(expected, 3))


def test_another_way_to_descend_does_not_prepare_the_points_again(driver, experiment):
    driver.post(GoOn(replace(experiment.spec, learning_rate=0.3), experiment.problem.dataset))
    driver.post(Step())
    driver.post(GoOn(replace(experiment.spec, momentum=0.5), experiment.problem.dataset))
    assert driver.obeyed().experiment.problem is not None
    driver.post(Step())
    problem = driver.obeyed().experiment.problem
    driver.post(GoOn(replace(experiment.spec, l2=0.5), experiment.problem.dataset))
    assert driver.obeyed().experiment.problem is problem


def test_weights_from_elsewhere_keep_the_scale_they_were_trained_on(driver, experiment):
    scale = Standardization(np.array([[5.0], [6.0]]), np.array([[2.0], [3.0]]))
    driver.post(Restart(experiment.spec, points("moons"), Start(experiment.network, experiment.start, scale)))
    for command in (GoOn(Spec(data="xor"), points("xor"), rescaled=True), Step(2)):
        driver.post(command)
        assert driver.obeyed().experiment.problem.standardization is scale


def test_go_on_keeps_running(driver, experiment):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    circles = points("circles")
    driver.post(GoOn(Spec(data="circles"), circles, rescaled=True))
    frame = driver.obeyed()
    assert frame.running
    assert np.array_equal(frame.experiment.problem.X, Experiment.of(Spec(data="circles"), circles).problem.X)
    assert wait_for(lambda: driver.iteration > frame.state.iteration + 10)
    assert driver.frame.experiment.problem.dataset is circles


def test_restart_begins_again(driver, make_experiment):
    driver.post(Step(25))
    other = make_experiment(hidden=(8, 3), init_seed=4)
    driver.post(restart(other))
    frame = driver.obeyed()
    assert frame.experiment.network == other.network
    assert bits(frame.state) == bits(after(other, 0))
    assert frame.curve.column("iteration").tolist() == [0]


def test_restart_keeps_running(driver, experiment):
    driver.post(Run())
    assert wait_for(lambda: driver.iteration > 10)
    driver.post(restart(experiment))
    assert driver.obeyed().running
    assert wait_for(lambda: driver.iteration > 5)
