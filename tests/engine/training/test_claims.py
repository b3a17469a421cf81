"""What the papers claim of many iterations."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.activations import ACTIVATIONS
from engine.model.network import Parameters
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.engine.training.driver import after


@pytest.mark.parametrize("init_seed", range(5))
def test_claim_3_any_start_of_logistic_regression_reaches_the_same_minimum(make_experiment, init_seed):
    chosen = {"data": "blobs", "noise": 0.4, "model": "logistic", "learning_rate": 5.0}
    reference = after(make_experiment(init="zeros", **chosen), 3000)
    assert np.linalg.norm(reference.gradient.vector) < 1e-8
    other = make_experiment(init="he", init_seed=init_seed, **chosen)
    far = Parameters.of(other.network, [(3 * W, b + 2) for W, b in other.start])
    reached = after(replace(other, start=far), 3000)
    np.testing.assert_allclose(reached.parameters[0].W, reference.parameters[0].W, rtol=1e-6)
    np.testing.assert_allclose(reached.parameters[0].b, reference.parameters[0].b, rtol=1e-5, atol=1e-7)
    assert reached.scores.train_cost == pytest.approx(reference.scores.train_cost, rel=1e-12)


def test_claim_5_the_learning_rate_sets_the_step(make_experiment):
    costs = {
        rate: after(make_experiment(data="blobs", noise=0.4, model="logistic", learning_rate=rate), 50).scores
        for rate in (1e-4, 1.0)
    }
    start = after(make_experiment(data="blobs", noise=0.4, model="logistic"), 0).scores.train_cost
    crawled, walked = (start - costs[rate].train_cost for rate in (1e-4, 1.0))
    assert 0 < crawled < walked / 50


@pytest.mark.parametrize("data", ["xor", "circles"])
def test_claim_9_a_hidden_layer_solves_what_a_line_cannot(make_experiment, data):
    line = after(make_experiment(data=data, model="logistic"), 500)
    network = after(make_experiment(data=data, hidden=(8,), activation=("tanh",), learning_rate=1.0), 500)
    assert abs(line.scores.train_accuracy - 0.5) < 0.1
    assert line.scores.train_cost > 0.68  # hardly better than ln 2 = 0.693
    assert network.scores.train_accuracy > 0.95
    assert network.scores.test_accuracy > 0.9


def test_claim_10_tanh_beats_the_sigmoid_from_the_same_seed(make_experiment):
    wins = 0
    for seed in range(5):
        tanh, sigmoid = (
            after(make_experiment(hidden=(8,), activation=(name,), init_seed=seed), 300).scores.train_cost
            for name in ("tanh", "sigmoid")
        )
        wins += tanh < sigmoid
    assert wins == 5


def test_claim_11_the_gradient_vanishes_through_sigmoids_and_not_through_relus(make_experiment):
    ratios = {}
    for activation, init in (("sigmoid", "xavier"), ("relu", "he")):
        experiment = make_experiment(hidden=(16,) * 6, activation=(activation,), init=init)
        gradient = after(experiment, 0).gradient
        ratios[activation] = np.linalg.norm(gradient[0].W) / np.linalg.norm(gradient[-2].W)
    assert ratios["sigmoid"] < 1e-2
    assert ratios["relu"] > 0.1


@pytest.mark.parametrize("hidden", [(2,), (3,), (5,), (8,), (13,), (5, 3), (7, 6, 5)], ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_claim_12_units_that_start_at_zero_never_part_ways(make_experiment, open_descent, activation, hidden):
    # To the last bit: any difference at all grows, and after some thousand iterations everybody sees it.
    # 401 points, as one class must weigh more: two equal halves leave the gradient at 0.
    chosen = {"data": "circles", "samples": 401, "hidden": hidden, "activation": (activation,)}
    # The softplus is 0.7 at 0, not bounded, and too steep for such steps.
    rate = 0.3 if activation == "softplus" else 3.0
    descent = open_descent(make_experiment(init="zeros", learning_rate=rate, **chosen))
    state = descent.first_state()
    for _ in range(100):
        state = descent.step(state)
        *layers, last = state.parameters
        for W, b in layers:
            assert np.ptp(W, axis=0).max() == np.ptp(b) == 0.0
        assert np.ptp(last.W) == 0.0
    assert last.b.item() != 0.0
    moved = any(values.any() for layer in layers for values in layer)
    assert moved == (activation in ("sigmoid", "softplus"))  # the others are 0 at 0


@pytest.mark.parametrize("samples", [10_001, 100_003])
def test_claim_12_holds_for_many_points_too(make_experiment, samples):
    experiment = make_experiment(
        data="circles", samples=samples, hidden=(5,), activation=("sigmoid",), init="zeros", learning_rate=3.0
    )
    state = after(experiment, 6, threaded=True)
    (W1, b1), (W2, _) = state.parameters
    assert np.ptp(W1, axis=0).max() == np.ptp(b1) == np.ptp(W2) == 0.0
    assert W1.any()


def test_claim_12_random_weights_break_the_symmetry(make_experiment):
    W = after(make_experiment(hidden=(5,), init="normal"), 200).parameters[0].W
    assert np.unique(W.round(3), axis=0).shape[0] == 5


def test_claim_15_any_number_of_features():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((784, 60))
    Y = (rng.standard_normal(784) @ X > 0).astype(float)
    dataset = Dataset.of(X, Y, "images", feature_names=tuple(map(str, range(784))))
    experiment = Experiment.of(Spec(model="logistic", test_fraction=0), dataset)
    assert experiment.network.parameter_count == 785
    assert after(experiment, 50).scores.train_accuracy == 1.0
