"""One iteration, computed by hand."""

import math

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.model.network import Network, Parameters
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Problem
from engine.training.spec import Spec

LN3 = math.log(3)


def descent_of(network, start, columns, labels, learning_rate):
    """Return the descent of an experiment on a few examples, all for training, each a column."""
    X = np.array(columns, dtype=float).T
    dataset = Dataset.of(X, np.array(labels, dtype=float), "by hand", feature_names=("x",) * len(X))
    spec = Spec(test_fraction=0, standardize=False, learning_rate=learning_rate)
    return Descent(Experiment(network, Problem.of(spec, dataset), Parameters.of(network, start), spec))


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
