"""One iteration by hand, and what the papers claim of many."""

import math
import warnings
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.activations import ACTIVATIONS
from engine.model.classification import confusion
from engine.model.network import Network, Parameters
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Problem
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import Spec
from engine.training.state import Diverged, NoPoints, Scores, State

LN3 = math.log(3)


def descent_of(network, start, columns, labels, learning_rate):
    """Return the descent of an experiment on a few examples, all for training, each a column."""
    X = np.array(columns, dtype=float).T
    dataset = Dataset.of(X, np.array(labels, dtype=float), "by hand", feature_names=("x",) * len(X))
    spec = Spec(test_fraction=0, standardize=False, learning_rate=learning_rate)
    return Descent(Experiment(network, Problem.of(spec, dataset), Parameters.of(network, start), spec))


def first_state(experiment):
    with closing(Descent(experiment)) as descent:
        return descent.first_state()


def run(experiment, iterations, threaded=True):
    with closing(Descent(experiment, threaded)) as descent:
        state = descent.first_state()
        for _ in range(iterations):
            state = descent.step(state)
    return state


def size(gradient):
    return float(np.linalg.norm(gradient.vector))


def test_logistic_regression_from_zero_by_hand():
    # w = (0, 0), b = 0, so z = 0, a = 1/2, and the cost is ln 2.
    # x1 = (1, 2), y = 1: dz = -1/2;  x2 = (3, -1), y = 0: dz = 1/2
    # dw = (-1/2 (1, 2) + 1/2 (3, -1)) / 2 = (1, -3/2) / 2 = (1/2, -3/4);  db = 0
    # alpha = 1: w = (-1/2, 3/4), b = 0
    # z1 = -1/2 + 3/2 = 1, loss ln(1 + e^-1);  z2 = -3/2 - 3/4 = -9/4, loss ln(1 + e^(-9/4))
    descent = descent_of(
        Network((2, 1)), [(np.zeros((1, 2)), np.zeros((1, 1)))], [(1, 2), (3, -1)], [1, 0], 1.0
    )
    start = descent.first_state()
    assert start.iteration == 0
    assert start.scores.train_cost == math.log(2)
    assert start.scores.train_accuracy == 0.5
    assert start.gradient[0].W.tolist() == [[0.5, -0.75]]
    assert start.gradient[0].b.tolist() == [[0.0]]
    reached = descent.step(start)
    assert reached.iteration == 1
    assert reached.parameters[0].W.tolist() == [[-0.5, 0.75]]
    assert reached.parameters[0].b.tolist() == [[0.0]]
    after = (math.log(1 + math.exp(-1)) + math.log(1 + math.exp(-9 / 4))) / 2
    assert after == pytest.approx(0.206734, abs=1e-6)
    assert reached.scores.train_cost == pytest.approx(after, rel=1e-15)
    assert reached.scores.train_accuracy == 1.0


def test_logistic_regression_by_hand():
    # w = (ln 3, 0), b = 0, alpha = 6. The examples and their chain are those of test_papers.py:
    # dw = (1/6, 1/12), db = -1/6, cost (ln(4/3) + ln 4 + ln 2) / 3 = ln(32/3) / 3 = 0.789041...
    # w = (ln 3 - 1, -1/2), b = 1
    # x1 = ( 1, 0): z = ln 3 - 1 + 1 = ln 3,               y = 1: ln(4/3)
    # x2 = (-1, 1): z = 1 - ln 3 - 1/2 + 1 = 3/2 - ln 3,   y = 1: ln(1 + 3 e^(-3/2))
    # x3 = ( 0, 2): z = -1 + 1 = 0,                        y = 0: ln 2
    start = [(np.array([[LN3, 0.0]]), np.zeros((1, 1)))]
    descent = descent_of(Network((2, 1)), start, [(1, 0), (-1, 1), (0, 2)], [1, 1, 0], 6.0)
    before = descent.first_state()
    assert before.scores.train_cost == pytest.approx(math.log(32 / 3) / 3, rel=1e-14)
    assert before.scores.train_accuracy == 1 / 3  # z3 = 0 counts as class 1
    reached = descent.step(before)
    np.testing.assert_allclose(reached.parameters[0].W, [[LN3 - 1, -0.5]], rtol=1e-13)
    np.testing.assert_allclose(reached.parameters[0].b, [[1.0]], rtol=1e-14)
    after = (math.log(4 / 3) + math.log(1 + 3 * math.exp(-1.5)) + math.log(2)) / 3
    assert reached.scores.train_cost == pytest.approx(after, rel=1e-13)


def test_a_relu_network_by_hand():
    # The network, examples and gradient of test_papers.py, with alpha = 2.
    # W2 = ln 3 (1, -1/3) - 2 (1/12, -1/2) = (ln 3 - 1/6, 1 - (ln 3)/3), b2 = -1/2
    # W1 = [[1 + 7/6 ln 3, -1 + 4/3 ln 3], [2 - 2/9 ln 3, -1/9 ln 3]], b1 = (-1/6 ln 3, -1 - 1/9 ln 3)
    start = [
        (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([[0.0], [-1.0]])),
        (np.array([[LN3, -LN3 / 3]]), np.zeros((1, 1))),
    ]
    network = Network((2, 2, 1), ("relu",))
    descent = descent_of(network, start, [(2, 1), (0, 1), (-1, -2)], [1, 0, 0], 2.0)
    before = descent.first_state()
    # z2 = 0, 0, ln 3: losses ln 2, ln 2, ln 4; together ln 16
    assert before.scores.train_cost == pytest.approx(math.log(16) / 3, rel=1e-14)
    reached = descent.step(before)
    first, second = reached.parameters
    np.testing.assert_allclose(
        first.W, [[1 + 7 / 6 * LN3, -1 + 4 / 3 * LN3], [2 - 2 / 9 * LN3, -LN3 / 9]], rtol=1e-13
    )
    np.testing.assert_allclose(first.b, [[-LN3 / 6], [-1 - LN3 / 9]], rtol=1e-13)
    np.testing.assert_allclose(second.W, [[LN3 - 1 / 6, 1 - LN3 / 3]], rtol=1e-13)
    np.testing.assert_allclose(second.b, [[-0.5]], rtol=1e-13)
    # x1: z1 = (1 + 7/2 ln 3, 3 - 2/3 ln 3), both positive; x2: z1 = (-1 + 7/6 ln 3, -1 - 2/9 ln 3), the first is;
    # x3: z1 = (1 - 4 ln 3, ...) and (-3 + 1/3 ln 3), neither, so z2 = b2 = -1/2
    z = [
        (LN3 - 1 / 6) * (1 + 3.5 * LN3) + (1 - LN3 / 3) * (3 - 2 / 3 * LN3) - 0.5,
        (LN3 - 1 / 6) * (-1 + 7 / 6 * LN3) - 0.5,
        -0.5,
    ]
    after = (math.log(1 + math.exp(-z[0])) + math.log(1 + math.exp(z[1])) + math.log(1 + math.exp(z[2]))) / 3
    assert reached.scores.train_cost == pytest.approx(after, rel=1e-12)


def test_a_tanh_network_by_hand():
    # The network, examples and gradient of test_papers.py, with alpha = 1.
    ln2 = math.log(2)
    start = [
        (np.diag([ln2, LN3]), np.zeros((2, 1))),
        (np.array([[4.0, -3.0]]), np.zeros((1, 1))),
    ]
    descent = descent_of(Network((2, 2, 1), ("tanh",)), start, [(1, 1), (0, 0)], [1, 0], 1.0)
    before = descent.first_state()
    assert before.scores.train_cost == pytest.approx(math.log(2), rel=1e-14)
    first, second = descent.step(before).parameters
    np.testing.assert_allclose(first.W, [[ln2 + 16 / 25, 16 / 25], [-27 / 100, LN3 - 27 / 100]], rtol=1e-13)
    np.testing.assert_allclose(first.b, [[-9 / 25], [12 / 25]], rtol=1e-13)
    np.testing.assert_allclose(second.W, [[4 + 3 / 20, -3 + 1 / 5]], rtol=1e-13)
    np.testing.assert_allclose(second.b, [[0.0]], rtol=0, atol=1e-15)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_step_writes_nothing_that_was_there(make_experiment, open_descent, optimizer, batch_size):
    experiment = make_experiment(optimizer=optimizer, batch_size=batch_size, l1=0.01, l2=0.1)
    descent = open_descent(experiment)
    state = descent.step(descent.first_state())
    problem = experiment.problem
    arrays = [
        *(state.parameters.vector, state.gradient.vector, *state.memory, experiment.start.vector),
        *(problem.X, problem.Y, problem.dataset.X, problem.dataset.Y),
    ]
    before = [a.tobytes() for a in arrays]
    descent.step(descent.step(state))
    assert [a.tobytes() for a in arrays] == before
    with pytest.raises(AttributeError):
        state.iteration = 5


def test_the_same_bytes_twice(make_experiment):
    first, second = (run(make_experiment(hidden=(8, 4)), 50) for _ in range(2))
    assert first.scores == second.scores
    assert first.parameters.vector.tobytes() == second.parameters.vector.tobytes()
    assert first.gradient.vector.tobytes() == second.gradient.vector.tobytes()


def test_the_same_bytes_on_one_core_and_on_two(make_experiment):
    experiment = make_experiment(samples=60_000, hidden=(8, 4))
    one, two = run(experiment, 5, threaded=False), run(experiment, 5)
    assert one.scores == two.scores
    assert one.parameters.vector.tobytes() == two.parameters.vector.tobytes()
    assert one.gradient.vector.tobytes() == two.gradient.vector.tobytes()


def test_the_scores_of_training_and_test(make_experiment):
    experiment = make_experiment(model="logistic")
    state = run(experiment, 3)
    problem, (W, b) = experiment.problem, state.parameters[0]
    for X, Y, cost, accuracy in (
        (problem.X_train, problem.Y_train, state.scores.train_cost, state.scores.train_accuracy),
        (problem.X_test, problem.Y_test, state.scores.test_cost, state.scores.test_accuracy),
    ):
        A = 1 / (1 + np.exp(-(W @ X + b)))
        assert cost == pytest.approx(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)).mean(), rel=1e-12)
        assert accuracy == pytest.approx(((A >= 0.5) == (Y == 1)).mean())


def test_without_test_points_their_scores_are_not_numbers(make_experiment):
    state = run(make_experiment(test_fraction=0), 2)
    assert math.isnan(state.scores.test_cost)
    assert math.isnan(state.scores.test_accuracy)
    assert math.isfinite(state.scores.train_cost)


def test_nothing_to_train_on(make_experiment, open_descent):
    empty = Problem.of(Spec(), Dataset.of(np.empty((2, 0)), np.empty(0), "empty"))
    descent = open_descent(replace(make_experiment(), problem=empty))
    state = descent.first_state()
    assert all(math.isnan(score) for score in state.scores[:5])
    assert (state.scores.penalty, state.scores.gradient_norm) == (0.0, 0.0)
    assert size(state.gradient) == 0.0
    with pytest.raises(
        NoPoints, match=r"^There are no points to train on: paint some, or choose a data set\.$"
    ):
        descent.step(state)


def far_apart(magnitude=1e40, **chosen):
    """Return an experiment whose features are so large that the steps of a ReLU network explode."""
    X = magnitude * np.array([[1.0, -1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0]])
    spec = Spec(**{"standardize": False, "test_fraction": 0, "activation": ("relu",), **chosen})
    return Experiment.of(spec, Dataset.of(X, np.array([0.0, 1.0, 1.0, 0.0]), "far apart"))


def test_divergence_keeps_the_last_finite_state(open_descent):
    descent = open_descent(far_apart(learning_rate=2.5))
    state = descent.first_state()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Diverged) as caught:
            while True:
                state = descent.step(state)
    assert caught.value.state is state
    assert math.isfinite(state.scores.train_cost)
    assert np.isfinite(state.parameters.vector).all()
    k = state.iteration
    assert k > 1
    message = str(caught.value)
    assert message.startswith(
        f"The cost stopped being finite at iteration {k + 1}, so training paused at {k}, "
    )
    assert "below 2.5" in message


def test_a_saturated_unit_does_not_hide_infinite_weights(open_descent):
    # sigmoid(±inf) is finite and so is the cost, but nobody can use or save such weights.
    X = 1.7e308 * np.array([[1.0, -1.0, 1.0] * 10, [1e-308] * 30])
    spec = Spec(
        standardize=False,
        test_fraction=0,
        hidden=(2,),
        activation=("sigmoid",),
        init="zeros",
        learning_rate=10,
    )
    descent = open_descent(Experiment.of(spec, Dataset.of(X, np.array([0.0, 1.0, 0.0] * 10), "huge")))
    state = descent.first_state()
    for _ in range(5):
        try:
            state = descent.step(state)
        except Diverged as diverged:
            state = diverged.state
            break
        assert np.isfinite(state.parameters.vector).all()
    assert math.isfinite(state.scores.train_cost)


def test_judging_other_points_keeps_parameters_and_iteration(make_experiment, open_descent):
    experiment = make_experiment()
    state = run(experiment, 7)
    other = replace(experiment, problem=make_experiment(data="xor").problem)
    moved = open_descent(other).state_at(state.parameters.vector, state.iteration)
    assert isinstance(moved, State)
    assert moved.iteration == 7
    assert moved.parameters.vector.tobytes() == state.parameters.vector.tobytes()
    assert moved.scores != state.scores
    assert isinstance(moved.scores, Scores)


# What the papers claim


@pytest.mark.parametrize("init_seed", range(5))
def test_claim_3_any_start_of_logistic_regression_reaches_the_same_minimum(make_experiment, init_seed):
    chosen = {"data": "blobs", "noise": 0.4, "model": "logistic", "learning_rate": 5.0}
    reference = run(make_experiment(init="zeros", **chosen), 3000)
    assert size(reference.gradient) < 1e-8
    other = make_experiment(init="he", init_seed=init_seed, **chosen)
    far = Parameters.of(other.network, [(3 * W, b + 2) for W, b in other.start])
    reached = run(replace(other, start=far), 3000)
    np.testing.assert_allclose(reached.parameters[0].W, reference.parameters[0].W, rtol=1e-6)
    np.testing.assert_allclose(reached.parameters[0].b, reference.parameters[0].b, rtol=1e-5, atol=1e-7)
    assert reached.scores.train_cost == pytest.approx(reference.scores.train_cost, rel=1e-12)


def test_claim_5_the_learning_rate_sets_the_step(make_experiment):
    costs = {
        rate: run(make_experiment(data="blobs", noise=0.4, model="logistic", learning_rate=rate), 50).scores
        for rate in (1e-4, 1.0)
    }
    start = first_state(make_experiment(data="blobs", noise=0.4, model="logistic")).scores.train_cost
    crawled, walked = (start - costs[rate].train_cost for rate in (1e-4, 1.0))
    assert 0 < crawled < walked / 50


@pytest.mark.parametrize("data", ["xor", "circles"])
def test_claim_9_a_hidden_layer_solves_what_a_line_cannot(make_experiment, data):
    line = run(make_experiment(data=data, model="logistic"), 500)
    network = run(make_experiment(data=data, hidden=(8,), activation=("tanh",), learning_rate=1.0), 500)
    assert abs(line.scores.train_accuracy - 0.5) < 0.1
    assert line.scores.train_cost > 0.68  # hardly better than ln 2 = 0.693
    assert network.scores.train_accuracy > 0.95
    assert network.scores.test_accuracy > 0.9


def test_claim_10_tanh_beats_the_sigmoid_from_the_same_seed(make_experiment):
    wins = 0
    for seed in range(5):
        tanh, sigmoid = (
            run(make_experiment(hidden=(8,), activation=(name,), init_seed=seed), 300).scores.train_cost
            for name in ("tanh", "sigmoid")
        )
        wins += tanh < sigmoid
    assert wins == 5


def test_claim_11_the_gradient_vanishes_through_sigmoids_and_not_through_relus(make_experiment):
    ratios = {}
    for activation, init in (("sigmoid", "xavier"), ("relu", "he")):
        experiment = make_experiment(hidden=(16,) * 6, activation=(activation,), init=init)
        gradient = first_state(experiment).gradient
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
    state = run(experiment, 6)
    (W1, b1), (W2, _) = state.parameters
    assert np.ptp(W1, axis=0).max() == np.ptp(b1) == np.ptp(W2) == 0.0
    assert W1.any()


def test_claim_12_random_weights_break_the_symmetry(make_experiment):
    W = run(make_experiment(hidden=(5,), init="normal"), 200).parameters[0].W
    assert np.unique(W.round(3), axis=0).shape[0] == 5


def test_claim_15_any_number_of_features():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((784, 60))
    Y = (rng.standard_normal(784) @ X > 0).astype(float)
    dataset = Dataset.of(X, Y, "images", feature_names=tuple(map(str, range(784))))
    experiment = Experiment.of(Spec(model="logistic", test_fraction=0), dataset)
    assert experiment.network.parameter_count == 785
    assert run(experiment, 50).scores.train_accuracy == 1.0


@pytest.mark.parametrize(
    "choices",
    [
        {"data": "moons", "samples": 401, "hidden": (8, 8)},
        {"data": "xor", "hidden": (4,), "init": "zeros"},
        {"data": "circles", "model": "logistic"},
        {"data": "blobs", "samples": 150_000, "hidden": (3,), "precision": "single", "noise": 0.6},
    ],
)
def test_the_logits_are_those_that_the_scores_count(choices):
    spec = Spec(**choices)
    descent = Descent(Experiment.of(spec, spec.load()))
    state = descent.first_state()
    problem = descent.experiment.problem
    for _ in range(4):
        Z = descent.logits_at(state.parameters.vector)
        assert Z.dtype == spec.dtype
        train, test = Z[:, : problem.m_train], Z[:, problem.m_train :]
        assert confusion(train, problem.Y_train).accuracy == state.scores.train_accuracy
        assert confusion(test, problem.Y_test).accuracy == state.scores.test_accuracy
        state = descent.step(state)
    descent.close()
