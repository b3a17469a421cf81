"""The fast pass against the papers' formulas, and units that start equal and stay equal to the last bit."""

from itertools import cycle

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.activations import ACTIVATIONS
from engine.model.gradient import numerical_gradient
from engine.model.losses import LOSSES, accuracy, log_cost
from engine.model.network import INITIALIZATIONS, Network, Parameters, logits
from engine.model.papers import backward, forward, loop_gradient
from engine.model.passes import Pass, correlate_evenly, has_twins, weigh_evenly
from engine.model.penalty import which_are_weights
from engine.training.batches import Batches
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.spec import Spec
from tests.engine.training.driver import cost_at

EVERY_NETWORK = [
    pytest.mark.parametrize("depth", range(4)),
    pytest.mark.parametrize("loss", LOSSES),
    pytest.mark.parametrize("activation", ACTIVATIONS),
]
HIDDEN = [*range(2, 10), 16]


def every_network(test):
    for mark in EVERY_NETWORK:
        test = mark(test)
    return test


def drawn(activation, depth, m, seed, dtype=np.float64):
    """Return a network with 1 to 9 units a layer, its weights and biases, and m examples."""
    rng = np.random.default_rng((seed, m))
    sizes = tuple(int(n) for n in rng.integers(1, 10, depth + 1))
    network = Network((*sizes, 1), (activation,) * depth)
    parameters = Parameters(network, rng.normal(0.0, 0.7, network.parameter_count).astype(dtype))
    X = rng.standard_normal((sizes[0], m)).astype(dtype)
    return network, parameters, X, rng.integers(0, 2, (1, m)).astype(dtype)


def passed_once(network, parameters, X, Y, loss, backward=True, even=False):
    """Return the judgement and the summed gradient (k,) of one pass."""
    done = Pass(network, loss, parameters.vector.copy(), X.shape[1], even)
    ties = np.where(Y > 0.5, np.finfo(X.dtype).tiny, 0.0).astype(X.dtype)
    return done.run(np.vstack([X, np.ones_like(Y)]), 1.0 - 2.0 * Y, ties, backward), done.gradient


@every_network
@pytest.mark.parametrize(
    ("dtype", "rtol"), [(np.float64, 1e-11), (np.float32, 2e-4)], ids=["double", "single"]
)
def test_a_pass_is_what_the_papers_write(activation, loss, depth, dtype, rtol):
    for m in range(1, 41):
        network, parameters, X, Y = drawn(activation, depth, m, seed=depth, dtype=dtype)
        judged, gradient = passed_once(network, parameters, X, Y, loss, even=m % 3 == 0)
        assert gradient.dtype == dtype
        passed = forward(network, parameters, X)
        expected = backward(network, parameters, passed, Y, loss).gradient.vector * m
        np.testing.assert_allclose(gradient, expected, rtol=rtol, atol=rtol * (1.0 + abs(expected).max()))
        assert judged.loss == pytest.approx(LOSSES[loss].f(passed.Z[-1], Y).sum(), rel=rtol)
        assert judged.right / m == accuracy(passed.Z[-1], Y)


@every_network
def test_a_pass_is_one_example_and_one_unit_after_another(activation, loss, depth):
    for m in (1, 2, 5):
        network, parameters, X, Y = drawn(activation, depth, m, seed=10 + depth)
        J, expected = loop_gradient(network, parameters, X, Y, loss)
        judged, gradient = passed_once(network, parameters, X, Y, loss)
        assert judged.loss / m == pytest.approx(J, rel=1e-13)
        np.testing.assert_allclose(gradient / m, expected.vector, rtol=1e-11, atol=1e-13)


def test_judging_alone_judges_the_same_and_leaves_the_gradient():
    network, parameters, X, Y = drawn("tanh", 2, 33, seed=1)
    learned, _ = passed_once(network, parameters, X, Y, "log")
    judged, gradient = passed_once(network, parameters, X, Y, "log", backward=False)
    assert judged == learned
    assert not gradient.any()


def test_a_pass_is_the_same_the_second_time_and_writes_nothing_that_it_was_given():
    network, parameters, X, Y = drawn("relu", 2, 20, seed=2)
    theta, X_1, signs = parameters.vector.copy(), np.vstack([X, np.ones_like(Y)]), 1.0 - 2.0 * Y
    ties = np.where(Y > 0.5, np.finfo(float).tiny, 0.0)
    for each in (X_1, signs, ties):
        each.setflags(write=False)
    done = Pass(network, "squared", theta, 20)
    first = done.run(X_1, signs, ties), done.gradient.tobytes()
    assert (done.run(X_1, signs, ties), done.gradient.tobytes()) == first
    np.testing.assert_array_equal(theta, parameters.vector)


def test_a_logit_of_zero_counts_as_class_one():
    network = Network((1, 1))
    parameters = Parameters(network, np.array([1.0, 0.0]))
    X = np.array([[0.0, -0.0, 0.0, 1e-300, -1e-300]])
    for labels, right in (([1, 1, 0, 1, 0], 4), ([0, 0, 1, 0, 1], 1)):
        Y = np.array([labels], dtype=float)
        judged, _ = passed_once(network, parameters, X, Y, "log")
        assert judged.right == right and right / 5 == accuracy(X, Y)


@pytest.mark.parametrize("batch_size", [0, 7])
def test_only_the_training_points_have_a_slope_and_all_are_judged(make_experiment, batch_size):
    # Whatever the share held out, and with what is left over by blocks of four.
    for samples, share in ((40, 0.0), (41, 0.2), (57, 0.5), (40, 0.9)):
        experiment = make_experiment(
            samples=samples, test_fraction=share, batch_size=batch_size, hidden=(5, 3)
        )
        problem, network, start = experiment.problem, experiment.network, experiment.start
        places = Batches(problem.m_train, batch_size, 0)[0]
        X, Y = problem.X_train[:, places], problem.Y_train[:, places]
        expected = backward(network, start, forward(network, start, X), Y).gradient.vector
        state = Descent(experiment).first_state()
        np.testing.assert_allclose(state.gradient.vector, expected, rtol=1e-11, atol=1e-14)
        scores = [state.scores.train_cost, state.scores.train_accuracy]
        Z = logits(network, start, problem.X_train)
        assert scores == pytest.approx(
            [log_cost(Z, problem.Y_train), accuracy(Z, problem.Y_train)], rel=1e-12
        )
        if share:
            Z, scores = (
                logits(network, start, problem.X_test),
                [state.scores.test_cost, state.scores.test_accuracy],
            )
            assert scores == pytest.approx(
                [log_cost(Z, problem.Y_test), accuracy(Z, problem.Y_test)], rel=1e-12
            )


# The slope of the cost


@every_network
@pytest.mark.parametrize("scheme", INITIALIZATIONS)
def test_the_gradient_of_a_descent_is_the_slope_of_its_cost(activation, loss, depth, scheme):
    rng = np.random.default_rng(3)
    Y = (rng.random(24) < 0.4).astype(float)
    dataset = Dataset.of(rng.standard_normal((3, 24)), Y, "drawn", feature_names=("a", "b", "c"))
    shape = {"hidden": (4, 5, 6)[:depth], "activation": (activation,)} if depth else {"model": "logistic"}
    for penalty in ({}, {"l1": 0.02, "l2": 0.3}):
        descent = Descent(Experiment.of(Spec(init=scheme, loss=loss, **shape, **penalty), dataset))
        start = descent.experiment.start
        # Away from z = 0, where the slopes of the ReLU differ to both sides.
        biases = 1.0 - which_are_weights(start.network)
        state = descent.state_at(start.vector + 0.4 * rng.standard_normal(biases.size) * biases, 0)

        def J(parameters, descent=descent):
            return cost_at(descent, parameters.vector)

        assert J(state.parameters) == state.scores.train_cost
        exact, numerical = state.gradient.vector, numerical_gradient(J, state.parameters).vector
        size = np.linalg.norm(exact) + np.linalg.norm(numerical)
        assert np.linalg.norm(exact - numerical) < 1e-7 * (size if size > 1e-6 else 1.0)


# Units that start equal stay equal, to the last bit: any difference at all grows until everybody sees it.


def runs_apart(experiment, iterations):
    """Return the first iteration looked at where two units of a layer differ, or None; and the last parameters."""
    descent = Descent(experiment)
    state = descent.first_state()
    for k in range(1, iterations + 1):
        state = descent.step(state)
        if k <= 10 or k % 50 == 0:
            *layers, last = state.parameters
            if np.ptp(last.W) or any(np.ptp(W, axis=0).any() or np.ptp(b) for W, b in layers):
                return k, state.parameters
    return None, state.parameters


def circles(make_experiment, **chosen):
    """Return an experiment that starts at zero; one class weighs more, or the gradient would be 0."""
    shape = {"data": "circles", "samples": 401, "activation": ("sigmoid",), "init": "zeros"}
    return make_experiment(**{**shape, "learning_rate": 3.0, **chosen})


@pytest.mark.parametrize("n", HIDDEN)
def test_units_that_start_at_zero_stay_equal(make_experiment, n):
    apart, (first, _) = runs_apart(circles(make_experiment, hidden=(n,)), 2000)
    assert apart is None
    assert first.W.any()


@pytest.mark.parametrize(
    ("batch_size", "n", "optimizer"),
    list(zip(range(1, 21), cycle(HIDDEN), cycle(OPTIMIZERS), strict=False)),
)
def test_units_stay_equal_in_mini_batches_under_each_optimizer(make_experiment, batch_size, n, optimizer):
    rate = 0.5 if optimizer == "gd" else 0.01
    chosen = {"hidden": (n,), "optimizer": optimizer, "batch_size": batch_size, "learning_rate": rate}
    apart, (first, _) = runs_apart(circles(make_experiment, **chosen), 2000)
    assert apart is None
    assert first.W.any()


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("hidden", [(5, 3), (7, 6, 5), (16, 5), (64, 64)], ids=str)
def test_units_of_deep_and_wide_layers_stay_equal(make_experiment, hidden, precision):
    # All 401 points are trained on: blocks of four rows leave one over.
    chosen = {"hidden": hidden, "activation": ("softplus",), "learning_rate": 0.5 / max(hidden)}
    experiment = circles(make_experiment, test_fraction=0, precision=precision, **chosen)
    apart, (first, *_) = runs_apart(experiment, 40)
    assert apart is None
    assert first.W.any()


def test_twins_are_found_wherever_they_are():
    network = Network((2, 3, 2, 1), ("tanh", "tanh"))
    W1, W2, W3 = np.arange(6.0).reshape(3, 2), np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 4.0]]), np.ones((1, 2))

    def made_of(W1, b1, W2):
        return Parameters.of(network, [(W1, b1), (W2, np.zeros((2, 1))), (W3, np.zeros((1, 1)))])

    none, two = np.zeros((3, 1)), W1[[0, 1, 0]]
    assert not has_twins(made_of(W1, none, W2))
    assert has_twins(made_of(two, none, W2))
    assert not has_twins(made_of(two, np.array([[0.0], [0.0], [1.0]]), W2))  # another bias
    assert has_twins(made_of(W1, none, W2[[0, 0]]))
    assert not has_twins(Parameters(Network((2, 1)), np.zeros(3)))  # one unit has none


@pytest.mark.parametrize("n", HIDDEN)
def test_units_that_see_many_inputs_stay_equal(n):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((30, 178))
    dataset = Dataset.of(X, (X[0] > 0.5).astype(float), "wide", feature_names=tuple(map(str, range(30))))
    chosen = {"init": "zeros", "activation": ("sigmoid",), "learning_rate": 3.0, "test_fraction": 0}
    apart, (first, _) = runs_apart(Experiment.of(Spec(hidden=(n,), **chosen), dataset), 300)
    assert apart is None
    assert first.W.any()


@pytest.mark.parametrize("dtype", [np.float64, np.float32], ids=["double", "single"])
@pytest.mark.parametrize("n_in", [1, 2, 5, 31, 785])
def test_equal_units_are_computed_equally_for_any_few_examples(n_in, dtype):
    rng = np.random.default_rng(n_in)
    uneven = []
    for n in (2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 36):
        for m in (*range(1, 41), 401):
            W, dZ = rng.standard_normal((2, n_in + 1)).astype(dtype), rng.standard_normal(m).astype(dtype)
            A = rng.standard_normal((n_in + 1, m)).astype(dtype)
            forth, back, slope = (np.empty(shape, dtype) for shape in ((n, m), (n, m), (n, n_in + 1)))
            weigh_evenly(np.tile(W[0], (n, 1)), A, forth)  # [W | b]
            weigh_evenly(
                np.tile(W[1, :-1, None], (1, n + 1))[:, :-1].T, A[:-1], back
            )  # W^T of the next layer
            correlate_evenly(np.tile(dZ, (n, 1)), A, slope)
            for name, result in (("forward", forth), ("backward", back), ("slope", slope)):
                if (result != result[0]).any():
                    uneven.append((name, n, m))
    assert not uneven
