"""The cost around a moment of a run (claims 3 to 5): exact, made in pieces, and beside that of another loss."""

import itertools
import math

import numpy as np
import pytest

from engine.model.charts import Chart
from engine.model.losses import LOSSES
from engine.training.landscape import (
    FINENESS,
    MOST,
    RIVAL_ITERATIONS,
    Cost,
    Landscape,
    Rival,
    is_convex,
    next_vector,
    small,
)
from engine.training.optimizers import OPTIMIZERS
from engine.training.planes import PLANES
from engine.training.trail import Moment
from tests.engine.training.driver import after, cost_at


def whole(experiment, vector, reach=6.0):
    """Return the finished surface of an experiment over its first two parameters."""
    chart = Chart.of_two(experiment.network, 0, 1)
    landscape = Landscape(Cost(experiment), chart, vector, (-reach, reach), (-reach / 2, reach / 2))
    assert landscape.work(math.inf) and landscape.is_finished
    return landscape


def bends(Z):
    """Return the smallest second difference along all rows, columns and diagonals of a surface."""
    along = np.diff(Z, 2, axis=1).min(), np.diff(Z, 2, axis=0).min()
    rising = Z[2:, 2:] - 2 * Z[1:-1, 1:-1] + Z[:-2, :-2]
    falling = Z[2:, :-2] - 2 * Z[1:-1, 1:-1] + Z[:-2, 2:]
    return min(*along, rising.min(), falling.min())


def test_every_place_has_the_cost_of_its_parameters(make_experiment, open_descent):
    experiment = make_experiment(samples=60, l2=0.05)
    vector = after(experiment, 5).parameters.vector
    landscape = whole(experiment, vector)
    assert landscape.Z.shape == (FINENESS[-1] // 2, FINENESS[-1])
    descent = open_descent(experiment)
    for row, column in [(0, 0), (7, 50), (31, 63)]:
        moved = vector.copy()
        moved[:2] = landscape.x[column], landscape.y[row]
        assert landscape.Z[row, column] == pytest.approx(cost_at(descent, moved), rel=1e-12)


def test_pieces_make_the_same_surface_and_the_coarse_one_comes_first(make_experiment):
    experiment = make_experiment(samples=60)
    vector, ticks = experiment.start.vector, itertools.count()
    chart = Chart.of_two(experiment.network, 0, 1)
    landscape = Landscape(Cost(experiment), chart, vector, (-6.0, 6.0), (-3.0, 3.0))
    shapes, pieces = [], 0
    while not landscape.is_finished:
        pieces += 1
        if landscape.work(next(ticks) + 5.0, lambda: float(next(ticks))):
            shapes.append(landscape.Z.shape)
    assert shapes == [(12, 24), (32, 64)] and pieces > 20
    np.testing.assert_array_equal(landscape.Z, whole(experiment, vector).Z)


def test_a_surface_can_be_made_fine_at_once(make_experiment):
    experiment = make_experiment(samples=60)
    vector, chart = experiment.start.vector, Chart.of_two(experiment.network, 0, 1)
    ranges = (-6.0, 6.0), (-3.0, 3.0)
    landscape = Landscape(Cost(experiment), chart, vector, *ranges, FINENESS[-1:])
    landscape.work(math.inf)
    np.testing.assert_array_equal(landscape.Z, whole(experiment, vector).Z)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize(
    "model",
    [
        {"model": "logistic"},
        {"hidden": (3,), "activation": ("tanh",)},
        {"hidden": (5, 2, 4), "activation": ("relu", "sigmoid", "tanh")},
        {"hidden": (300, 300), "activation": ("relu", "relu")},
    ],
)
def test_many_costs_at_once_are_those_of_a_descent(make_experiment, open_descent, model, precision, loss):
    experiment = make_experiment(samples=60, l1=0.01, l2=0.1, precision=precision, loss=loss, **model)
    descent, cost = open_descent(experiment, threaded=False), Cost(experiment)
    vectors = experiment.start.vector + np.random.default_rng(1).normal(size=(cost.at_once, 1))
    expected = [cost_at(descent, vector) for vector in vectors]
    np.testing.assert_allclose(cost(vectors), expected, rtol=1e-12 if precision == "double" else 1e-5)
    for few in (1, cost.at_once // 2):
        np.testing.assert_array_equal(cost(vectors[:few]), cost(vectors)[:few])


def test_large_networks_are_judged_one_by_one_and_small_ones_together(make_experiment):
    assert Cost(make_experiment(samples=60, hidden=(3,))).at_once == 16
    assert Cost(make_experiment(samples=3000, test_fraction=0.0, hidden=(64,))).at_once == 1


def test_where_weights_overflow_the_cost_is_infinite_or_no_number(make_experiment):
    experiment = make_experiment(samples=60, hidden=(3,))
    vectors = np.full((2, experiment.network.parameter_count), 1e308)
    assert not np.isfinite(Cost(experiment)(vectors)).any()


@pytest.mark.parametrize("data", ["moons", "blobs", "circles"])
def test_log_loss_is_convex_for_logistic_regression_and_squared_error_is_not(make_experiment, data):
    for loss, convex in (("log", True), ("squared", False)):
        experiment = make_experiment(data=data, model="logistic", loss=loss)
        landscape = whole(experiment, experiment.start.vector)
        assert (bends(landscape.Z) > -1e-9) == convex == is_convex(experiment.network, loss)
    assert not is_convex(make_experiment(hidden=(3,)).network, "log")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_next_step_is_the_one_that_is_made(make_experiment, optimizer):
    experiment = make_experiment(samples=60, optimizer=optimizer, learning_rate=0.05)
    np.testing.assert_array_equal(
        next_vector(experiment, after(experiment, 7)), after(experiment, 8).parameters.vector
    )


def test_alpha_sets_the_step(make_experiment):
    steps = []
    for alpha in (0.1, 0.4):
        experiment = make_experiment(samples=60, learning_rate=alpha)
        state = after(experiment, 0)
        steps.append(next_vector(experiment, state) - state.parameters.vector)
    np.testing.assert_allclose(steps[1], 4 * steps[0])


def test_of_many_points_a_part_is_taken_that_stands_for_all(make_experiment, open_descent):
    experiment = make_experiment(samples=20_000, test_fraction=0.1)
    part = small(experiment, "log")
    assert part.problem.X.shape[1] == part.problem.m_train == MOST
    vector = experiment.start.vector
    assert cost_at(open_descent(part), vector) == pytest.approx(
        cost_at(open_descent(experiment), vector), rel=0.05
    )
    few = make_experiment(samples=50)
    np.testing.assert_array_equal(small(few, "log").problem.X, few.problem.X[:, : few.problem.m_train])


def test_the_rival_is_the_run_with_the_other_loss(make_experiment):
    experiment = make_experiment(samples=60, loss="log")
    rival = Rival(small(experiment, "squared"))
    rival.go_to(20, math.inf)
    squared = after(make_experiment(samples=60, loss="squared"), 20)
    moments = rival.moments(20)
    np.testing.assert_array_equal(moments[0].parameters.vector, experiment.start.vector)
    np.testing.assert_array_equal(moments[-1].parameters.vector, squared.parameters.vector)
    assert [moment.iteration for moment in rival.moments(8)] == list(range(9))
    assert not rival.is_at(21)
    rival.go_to(10**9, math.inf)
    assert rival.iteration == RIVAL_ITERATIONS and rival.is_at(10**9)


def test_a_rival_that_diverges_stops(make_experiment):
    rival = Rival(small(make_experiment(samples=60, learning_rate=10.0, l2=1.0), "squared"))
    rival.go_to(RIVAL_ITERATIONS, math.inf)
    assert rival.iteration < RIVAL_ITERATIONS and rival.is_at(RIVAL_ITERATIONS)
    assert np.isfinite(rival.moments(RIVAL_ITERATIONS)[-1].parameters.vector).all()


@pytest.mark.parametrize("init", ["xavier", "zeros"])
@pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
def test_every_plane_can_be_laid_at_any_time(make_experiment, plane, init):
    experiment = make_experiment(samples=60, init=init)
    states = [after(experiment, k) for k in (0, 1, 2, 40)]
    moments = [Moment(s.iteration, s.parameters, s.gradient, experiment) for s in states]
    for seen in (moments[:1], moments[:2], moments):
        chart = plane.lay(seen)
        np.testing.assert_allclose(chart.places(chart.moved(chart.middle, np.ones(2))), 1.0)
        assert plane.words(chart)
        assert plane.lay(seen).plane.across.tobytes() == chart.plane.across.tobytes()
