"""How much of the gradient reaches each layer (claim 11), against what the papers' formulas say."""

import numpy as np
import pytest

from engine.data.editing import clear
from engine.model.parts import Parts
from engine.training.flow import SAMPLE, VANISHING, Flow, verdict


def flow_of(experiment, open_descent, iterations=0):
    descent = open_descent(experiment)
    state = descent.first_state()
    for _ in range(iterations):
        state = descent.step(state)
    return Flow.of(experiment, state.parameters, state.gradient), state


def test_the_sizes_are_means_over_units_and_examples(make_experiment, open_descent):
    experiment = make_experiment(samples=100, hidden=(4, 3))
    flow, state = flow_of(experiment, open_descent, 3)
    problem = experiment.problem
    parts = Parts.of(experiment.network, state.parameters, problem.X_train, problem.Y_train)
    np.testing.assert_allclose(flow.dW, [np.abs(dW).mean() for dW, _ in parts.back.gradient], rtol=1e-9)
    np.testing.assert_allclose(flow.dA, [np.abs(dA).mean() for dA in parts.back.dA])
    for units, dZ in zip(flow.dZ, parts.back.dZ, strict=True):
        np.testing.assert_allclose(units, np.abs(dZ).mean(axis=1))


def test_of_many_points_some_are_looked_at(make_experiment, open_descent):
    experiment = make_experiment(samples=50 * SAMPLE, noise=0.2)
    flow, state = flow_of(experiment, open_descent)
    problem = experiment.problem
    whole = Parts.of(experiment.network, state.parameters, problem.X_train, problem.Y_train)
    np.testing.assert_allclose(flow.dA, [np.abs(dA).mean() for dA in whole.back.dA], rtol=0.1)


@pytest.mark.parametrize("quantity", ["dW", "dA"])
@pytest.mark.parametrize("iterations", [0, 300])
@pytest.mark.parametrize(
    ("activation", "init", "vanishes"),
    [
        ("sigmoid", "normal", True),
        ("sigmoid", "xavier", True),
        ("tanh", "xavier", False),
        ("relu", "he", False),
    ],
)
def test_through_four_sigmoids_it_vanishes_at_the_start_and_on_the_plateau(
    make_experiment, open_descent, activation, init, vanishes, iterations, quantity
):
    experiment = make_experiment(hidden=(4,) * 4, activation=(activation,), init=init, learning_rate=0.3)
    flow, _ = flow_of(experiment, open_descent, iterations)
    words = verdict(flow, quantity)
    assert words.startswith(f"Layer 1's {quantity} is ")
    assert words.endswith(": vanishing." if vanishes else ": it flows.")
    apart = flow.dA[-1] / flow.dA[0]
    assert (apart > 400) if vanishes else (apart < 400)


def test_what_has_learned_hands_little_down_and_that_is_no_vanishing(make_experiment, open_descent):
    experiment = make_experiment(hidden=(8,) * 4, activation=("relu",), init="he", learning_rate=0.3)
    flow, state = flow_of(experiment, open_descent, 600)
    assert state.scores.train_cost < 0.01
    assert flow.dA[-1] >= 1.0 and flow.dA[0] < VANISHING * flow.dA[-1]
    words = verdict(flow, "dA")
    assert ", but " in words and words.endswith("the output's dZ: it flows.")


def of(dW, dA, dZ):
    return Flow(np.array(dW), np.array(dA), (np.array([dZ]),))


@pytest.mark.parametrize(
    ("dW", "dA", "dZ", "words"),
    [
        ([1.0, 9.0, 2.0], [0.002, 0.1, 2.0], 0.5, "Its dA is 1/1,000 of the output's: vanishing."),
        ([1.0, 4.0], [1.0, 2.0], 0.5, "Its dA is 1/2.0 of the output's: it flows."),
        ([2.5, 1.0], [5.0, 2.0], 0.5, "Its dA is 2.5 times the output's: it flows."),
        ([2.0, 1.0], [0.0, 2.0], 0.5, "Its dA is 0: vanishing."),
        ([9.0, 1.0], [40.0, 2.0], 0.5, "Its dA is 80 times the output's dZ: exploding."),
    ],
)
def test_the_words_on_the_signal_follow_those_on_what_is_seen(dW, dA, dZ, words):
    seen = verdict(of(dW, dA, dZ), "dW")
    assert seen.startswith("Layer 1's dW is ") and seen.endswith(f" the output's. {words}")
    assert verdict(of(dW, dA, dZ), "dA") == words.replace("Its", "Layer 1's")


@pytest.mark.parametrize(
    ("dW", "dA", "dZ", "words"),
    [
        ([np.inf, 1.0], [1.0, 1.0], 1.0, "The gradient is not finite: exploding."),
        ([0.0, 0.0], [0.0, 2.0], 0.5, "No weight has a gradient: descent stands still."),
        ([0.3], [2.0], 0.5, "One layer: the gradient has no way to go."),
        ([0.3, 0.2], [0.0, 1.0], 0.0, "The output hands nothing down: its dZ is 0."),
    ],
)
def test_the_words_where_there_is_nothing_to_compare(dW, dA, dZ, words):
    assert verdict(of(dW, dA, dZ), "dA") == verdict(of(dW, dA, dZ), "dW") == words


def test_a_surely_wrong_output_leaves_finite_means(make_experiment, open_descent):
    experiment = make_experiment(samples=40, model="logistic")
    state = open_descent(experiment).state_at(np.array([1e4, 0.0, 0.0]), 0)
    flow = Flow.of(experiment, state.parameters, state.gradient)
    assert np.isfinite(flow.dW).all() and np.isfinite(flow.dZ[0]).all()
    assert not np.isinf(flow.dA).any()


def test_without_points_there_is_nothing_to_take_a_mean_of(make_experiment, open_descent):
    experiment = make_experiment(samples=40)
    dataset = experiment.problem.dataset
    empty = experiment.changed(experiment.spec, clear(dataset).apply(dataset)[0])
    flow, _ = flow_of(empty, open_descent)
    assert np.isnan(flow.dA).all() and all(np.isnan(units).all() for units in flow.dZ)
