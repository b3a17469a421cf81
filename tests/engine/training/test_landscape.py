"""The cost around a moment of a run (claims 3 to 5): exact, made in pieces, and beside that of another loss."""

import itertools
import math

import numpy as np
import pytest

from engine.model.charts import Chart
from engine.training.landscape import (
    FINENESS,
    MOST,
    RIVAL_ITERATIONS,
    Landscape,
    Rival,
    is_convex,
    next_vector,
    small,
)
from engine.training.optimizers import OPTIMIZERS
from engine.training.planes import PLANES
from engine.training.trail import Moment
from tests.engine.training.driver import after


def whole(experiment, open_descent, vector, reach=6.0):
    """Return the finished surface of an experiment over its first two parameters."""
    chart = Chart.of_two(experiment.network, 0, 1)
    cost = open_descent(experiment, threaded=False).cost_at
    landscape = Landscape(cost, chart, vector, (-reach, reach), (-reach / 2, reach / 2))
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
    landscape = whole(experiment, open_descent, vector)
    assert landscape.Z.shape == (FINENESS[-1] // 2, FINENESS[-1])
    cost = open_descent(experiment).cost_at
    for row, column in [(0, 0), (7, 50), (31, 63)]:
        moved = vector.copy()
        moved[:2] = landscape.x[column], landscape.y[row]
        assert landscape.Z[row, column] == pytest.approx(cost(moved), rel=1e-12)


def test_pieces_make_the_same_surface_and_the_coarse_one_comes_first(make_experiment, open_descent):
    experiment = make_experiment(samples=60)
    vector, ticks = experiment.start.vector, itertools.count()
    cost = open_descent(experiment, threaded=False).cost_at
    chart = Chart.of_two(experiment.network, 0, 1)
    landscape = Landscape(cost, chart, vector, (-6.0, 6.0), (-3.0, 3.0))
    shapes, pieces = [], 0
    while not landscape.is_finished:
        pieces += 1
        if landscape.work(next(ticks) + 5.0, lambda: float(next(ticks))):
            shapes.append(landscape.Z.shape)
    assert shapes == [(12, 24), (32, 64)] and pieces > 20
    np.testing.assert_array_equal(landscape.Z, whole(experiment, open_descent, vector).Z)


@pytest.mark.parametrize("data", ["moons", "blobs", "circles"])
def test_log_loss_is_convex_for_logistic_regression_and_squared_error_is_not(
    make_experiment, open_descent, data
):
    for loss, convex in (("log", True), ("squared", False)):
        experiment = make_experiment(data=data, model="logistic", loss=loss)
        landscape = whole(experiment, open_descent, experiment.start.vector)
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
    assert open_descent(part).cost_at(vector) == pytest.approx(
        open_descent(experiment).cost_at(vector), rel=0.05
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
