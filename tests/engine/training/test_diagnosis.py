"""Each rule fires on the run that shows its trouble, and none on a healthy one."""

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.data.editing import Relabel
from engine.data.generators import generate
from engine.model.network import Layer, Parameters
from engine.training.descent import Descent
from engine.training.diagnosis import RULES, diagnose
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import Spec
from engine.training.state import Diverged


def findings(spec, iterations, dataset=None, start=None):
    """Return the names of the rules that fire after so many iterations, and what the first says."""
    dataset = dataset or generate(spec.data, spec.samples, spec.noise, spec.data_seed)
    experiment = Experiment.of(spec, dataset)
    if start is not None:
        experiment = start(experiment)
    history = History()
    with closing(Descent(experiment)) as descent:
        state = descent.first_state()
        history.begin(experiment, state)
        history.append(state)
        try:
            for _ in range(iterations):
                state = descent.step(state)
                history.append(state)
        except Diverged:
            pass
        state = descent.scored(state)
    found = diagnose(experiment, state, history.curve())
    return [finding.name for finding in found], found[0].words if found else ""


def of_one_class():
    """Return points of one class."""
    return Dataset.of(np.random.default_rng(0).normal(0, 1, (2, 40)), np.ones(40), "one class")


FEW = {"samples": 40, "noise": 0.6, "test_fraction": 0.5}
TROUBLES = {
    "one_class": (Spec(test_fraction=0), 0, of_one_class()),
    "identical_units": (Spec(init="zeros"), 200, None),
    "rate_too_large": (Spec(data="spiral", hidden=(8, 8), learning_rate=5.0), 100, None),
    "rate_too_small": (Spec(learning_rate=1e-5), 300, None),
    "plateau": (Spec(data="xor", model="logistic", learning_rate=0.5), 2000, None),
    "over_fitting": (Spec(hidden=(32,), learning_rate=1.0, data="moons", **FEW), 6000, None),
}


@pytest.mark.parametrize("name", TROUBLES)
def test_the_trouble_is_found(name):
    spec, iterations, dataset = TROUBLES[name]
    found, words = findings(spec, iterations, dataset)
    assert found[:1] == [name], (found, words)
    assert words.endswith(".")


def shifted(shift):
    """Return a way to move all biases of the first layer."""

    def move(experiment):
        (W, b), *others = experiment.start
        start = Parameters.of(experiment.network, [Layer(W, b + shift), *others])
        return replace(experiment, start=start)

    return move


def test_dead_units_are_found():
    spec = Spec(activation=("relu",), hidden=(8,))
    found, words = findings(spec, 50, start=shifted(-100.0))
    assert found[0] == "dead_units"
    assert words.startswith("8 of 8 units of hidden layer 1 are dead")


def test_a_high_cost_that_falls_does_not_explode():
    experiment = Experiment.of(Spec(learning_rate=0.1), generate("moons", 200, 0.1, 0))
    history = History()
    with closing(Descent(experiment)) as descent:
        state = descent.first_state()
        history.begin(experiment, state)
        history.append(state)
        vector = np.full_like(state.parameters.vector, -300.0) * np.linspace(
            0.5, 1.0, state.parameters.vector.size
        )
        state = descent.state_at(vector, 1)
        for _ in range(5):
            history.append(state)
            state = descent.step(state)
    costs = history.curve().column("train_cost")
    assert costs[1] > 100 * costs[0] and (np.diff(costs[1:]) < 0).all()
    assert "rate_too_large" not in [each.name for each in diagnose(experiment, state, history.curve())]


def test_steps_that_explode_are_found_within_a_few_of_them():
    spec = Spec(hidden=(64, 64), activation=("relu",), init="normal", learning_rate=10.0, l2=10.0)
    found, words = findings(spec, 50)
    assert "rate_too_large" in found and "explodes" in words and "Try a learning rate of 0.1," in words
    calm, _ = findings(replace(spec, learning_rate=0.1), 50)
    assert "rate_too_large" not in calm


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_saturated_units_are_found(activation):
    found, words = findings(Spec(activation=(activation,), hidden=(8,)), 50, start=shifted(60.0))
    assert found[0] == "saturated_units"
    assert "100%" in words


def test_a_cost_that_is_not_finite_is_found():
    huge = Dataset.of(np.array([[1e308, -1e308], [1e308, 1e308]]), np.array([0.0, 1.0]), "huge")
    spec = Spec(standardize=False, test_fraction=0, activation=("relu",), hidden=(8,), init="normal")
    found, _ = findings(spec, 0, huge, start=shifted(np.inf))
    assert found[0] == "not_finite"


def test_every_rule_has_its_trouble():
    tested = {*TROUBLES, "dead_units", "saturated_units", "not_finite", "no_points", "not_learned_yet"}
    assert tested == set(RULES)


HEALTHY = [
    *(Spec(data=data, hidden=(8,), learning_rate=0.5) for data in ("blobs", "moons", "circles")),
    *(Spec(optimizer=each.name, learning_rate=each.usual_rate, hidden=(8,)) for each in OPTIMIZERS.values()),
    *(Spec(activation=(name,), hidden=(8, 4)) for name in ("sigmoid", "tanh", "relu", "softplus")),
    Spec(data="blobs", model="logistic"),
    Spec(batch_size=32, learning_rate=0.1, hidden=(8,)),
    Spec(data="xor", features=("x1_x2",), model="logistic", learning_rate=1.0),
    Spec(precision="single", l2=0.001),
]


@pytest.mark.parametrize(
    "spec", HEALTHY, ids=lambda spec: f"{spec.data}-{spec.optimizer}-{spec.activation[0]}"
)
@pytest.mark.parametrize("iterations", [0, 5, 30, 150, 1000])
def test_a_healthy_run_is_left_in_peace(spec, iterations):
    assert findings(spec, iterations) == ([], "")


def test_no_points_are_nothing_to_learn_from():
    found, words = findings(Spec(), 0, Dataset.of(np.empty((2, 0)), np.empty(0), "empty"))
    assert found == ["no_points"]
    assert words == "There are no points to train on. Paint some, or choose a data set."


def test_points_that_were_changed_without_an_iteration_since_are_told_of():
    spec = Spec(samples=100)
    before = Experiment.of(spec, generate(spec.data, spec.samples, spec.noise, spec.data_seed))
    points = before.problem.dataset
    flipped, _ = Relabel(np.arange(points.m), 1.0 - points.Y).apply(points)
    history = History()
    with closing(Descent(before)) as descent:
        state = descent.first_state()
        history.begin(before, state)
        history.append(state)
        for _ in range(300):
            state = descent.step(state)
            history.append(state)
    assert diagnose(before, state, history.curve()) == []
    after = before.changed(spec, flipped, False)
    with closing(Descent(after)) as descent:
        state = descent.state_at(state.parameters.vector, state.iteration)
        history.begin(after, state)
        found = diagnose(after, state, history.curve())
        assert [finding.name for finding in found] == ["not_learned_yet"]
        assert f"to {state.scores.train_cost:.2g}" in found[0].words
        for _ in range(60):
            state = descent.step(state)
            history.append(state)
        assert "not_learned_yet" not in [each.name for each in diagnose(after, state, history.curve())]
