"""Which examples an iteration sees: every one once an epoch, in an order that the seed alone decides."""

import numpy as np
import pytest

from engine.model.papers import backward, forward
from engine.training import descent as descent_module
from engine.training.batches import Batches
from engine.training.descent import Descent
from engine.training.settings import SettingError
from engine.training.spec import Spec
from tests.engine.training.driver import after


@pytest.mark.parametrize(("m", "size"), [(10, 3), (12, 4), (7, 1), (5, 4), (400, 64)])
def test_an_epoch_is_every_example_once(m, size):
    batches = Batches(m, size, 5)
    n = batches.per_epoch
    assert n == -(-m // size) and not batches.whole
    orders = set()
    for epoch in range(4):
        parts = [batches[k] for k in range(epoch * n, (epoch + 1) * n)]
        assert [part.size for part in parts[:-1]] == [size] * (n - 1)
        assert parts[-1].size == m - size * (n - 1)  # smaller, and filled up with nothing
        order = np.concatenate(parts)
        assert sorted(order) == list(range(m))
        orders.add(tuple(order))
    assert len(orders) == 4


def test_the_seed_alone_decides_and_iterations_may_be_asked_in_any_order():
    in_order = [Batches(23, 4, 7)[k].tolist() for k in range(30)]
    batches = Batches(23, 4, 7)
    for k in np.random.default_rng(0).permutation(30).tolist():
        assert batches[k].tolist() == in_order[k]
    assert [Batches(23, 4, 8)[k].tolist() for k in range(30)] != in_order


@pytest.mark.parametrize(("m", "size"), [(6, 0), (6, 6), (6, 1000), (1, 1), (0, 0), (0, 5)])
def test_the_whole_set_stays_in_its_own_order(m, size):
    batches = Batches(m, size, 3)
    assert batches.whole and batches.per_epoch == 1
    for k in (0, 1, 17):
        assert batches[k].tolist() == list(range(m))


def test_a_batch_as_large_as_the_set_is_the_run_without_batches(make_experiment):
    ends = []
    for size in (0, 320, 321):
        state = after(make_experiment(batch_size=size), 20)
        ends.append((state.parameters.vector.tobytes(), state.scores))
    assert ends[0] == ends[1] == ends[2]


@pytest.mark.parametrize("size", [1, 7, 50])
def test_the_gradient_of_an_iteration_is_that_of_its_batch(make_experiment, size):
    experiment = make_experiment(batch_size=size, init_seed=4)
    problem, network = experiment.problem, experiment.network
    batches = Batches(320, size, 4)
    descent = Descent(experiment)
    state = descent.first_state()
    for k in range(9):
        X, Y = problem.X_train[:, batches[k]], problem.Y_train[:, batches[k]]
        expected = backward(network, state.parameters, forward(network, state.parameters, X), Y).gradient
        np.testing.assert_allclose(state.gradient.vector, expected.vector, rtol=1e-11, atol=1e-14)
        assert state.scores.gradient_norm == pytest.approx(np.linalg.norm(expected.vector), rel=1e-11)
        state = descent.step(state)


def test_many_points_are_judged_now_and_then(make_experiment, monkeypatch):
    monkeypatch.setattr(descent_module, "JUDGED", 100)  # so 400 points are judged at every fourth iteration
    descent = Descent(make_experiment(batch_size=32))
    other = Descent(make_experiment(batch_size=32))
    state = descent.first_state()
    judged = state
    for k in range(1, 10):
        state = descent.step(state)
        if k % 4 == 0:
            judged = state
        assert state.is_scored == (k % 4 == 0) and state.scored_at == judged.iteration
        assert state.scores[:4] == judged.scores[:4]
        # Asked for, they are those of a state judged at once; what the next update needs is the same.
        asked, at_once = descent.scored(state), other.state_at(state.parameters.vector, k)
        assert asked.is_scored and asked.scores == at_once.scores
        assert asked._replace(scores=0, scored_at=0) == state._replace(scores=0, scored_at=0)


@pytest.mark.parametrize(("size", "shown"), [(-1, "-1"), (1_000_001, "1,000,001")])
def test_what_is_out_of_range_is_told(size, shown):
    with pytest.raises(SettingError) as caught:
        Spec(batch_size=size)
    assert str(caught.value) == f"batch_size {shown} is outside [0, 1,000,000]."
