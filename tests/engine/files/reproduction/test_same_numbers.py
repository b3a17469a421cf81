"""The script ends with the engine's own numbers, to the last bit, whatever the experiment."""

import numpy as np
import pytest

from engine.data.dataset import Dataset
from engine.data.generators import generate
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import INITIALIZATIONS
from engine.training import descent as descent_module
from engine.training.experiment import Experiment, Start
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.training.spec import Spec
from tests.engine.files.reproduction.running import check, experiment_of, run, state_at

PRECISE = pytest.mark.parametrize("precision", ["double", "single"])
SOME = {"samples": 60, "hidden": (5, 3), "learning_rate": 0.1}


@PRECISE
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_with_and_without_batches(optimizer, precision):
    for batch_size in (0, 7):
        source = check(experiment_of(**SOME, optimizer=optimizer, precision=precision, batch_size=batch_size))
        assert ("permutation" in source) == (batch_size > 0)


@PRECISE
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation, precision):
    check(experiment_of(**SOME, activation=(activation,), precision=precision))
    check(experiment_of(**SOME, activation=("tanh", activation), precision=precision))


@PRECISE
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_with_every_penalty(loss, precision):
    for penalty in ({}, {"l1": 0.01}, {"l2": 0.1}, {"l1": 0.01, "l2": 0.1}):
        source = check(experiment_of(**SOME, loss=loss, precision=precision, **penalty))
        assert [f"\n{name} = " in source for name in ("l1", "l2")] == [
            name in penalty for name in ("l1", "l2")
        ]


@PRECISE
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule(schedule, precision):
    source = check(experiment_of(**SOME, schedule=schedule, period=9, precision=precision))
    assert ("decay" in source) == (schedule != "constant")


@PRECISE
@pytest.mark.parametrize("init", INITIALIZATIONS)
def test_every_initialization_draws_its_own_weights(init, precision):
    for activation in ("sigmoid", "tanh"):  # with zeros, sigmoid units move, and all alike
        experiment = experiment_of(
            **SOME, init=init, precision=precision, activation=(activation,), init_seed=5
        )
        source = check(experiment, 200)
        assert "rng.standard_normal((n_out, n_in))" in source
        assert "START" not in source
        assert ("np.vecmat" in source) == (init == "zeros")


@PRECISE
@pytest.mark.parametrize("features", [*((name,) for name in FEATURES), tuple(FEATURES)], ids=",".join)
def test_every_made_input(features, precision):
    for standardize in (True, False):
        check(experiment_of(**SOME, features=features, standardize=standardize, precision=precision))


@pytest.mark.parametrize(
    "chosen",
    [
        {"model": "logistic"},
        {"hidden": (1,)},
        {"hidden": (1, 1, 1, 1)},
        {"hidden": (40, 17)},
        {"test_fraction": 0.0},
        {"samples": 4},
        {"data": "penguins"},
        {"data": "digits", "hidden": (3,)},
        {"data": "digits", "model": "logistic", "batch_size": 32, "precision": "single"},
        {"samples": 3000, "batch_size": 100},
        {"data": "iris", "columns": ("*",)},
        {"learning_rate": 10, "l2": 1e-3, "loss": "squared"},
    ],
    ids=str,
)
def test_every_kind_of_points_and_shape(chosen):
    check(experiment_of(**chosen))


def test_a_thousand_iterations_at_random_settings():
    rng = np.random.default_rng(7)

    def one_of(names):
        return str(rng.choice(list(names)))

    for seed in range(12):
        check(
            experiment_of(
                data=one_of(["moons", "circles", "xor", "spiral"]),
                samples=int(rng.integers(20, 300)),
                hidden=tuple(int(n) for n in rng.integers(1, 12, size=rng.integers(1, 4))),
                activation=(one_of(ACTIVATIONS),),
                optimizer=one_of(OPTIMIZERS),
                schedule=one_of(SCHEDULES),
                precision=one_of(["double", "single"]),
                batch_size=int(rng.choice([0, 16])),
                learning_rate=0.02,
                init_seed=seed,
            ),
            1000,
        )


def test_points_so_many_that_they_are_cut_into_blocks(monkeypatch):
    monkeypatch.setattr(descent_module, "BLOCK", (16, 16))
    for chosen in (
        {"samples": 401},
        {"samples": 50, "test_fraction": 0.6},
        {"samples": 300, "batch_size": 70},
    ):
        assert "pieces" in check(experiment_of(**chosen, precision="single"))
    assert "pieces" not in check(experiment_of(samples=18))


def test_painted_points_and_weights_set_by_hand():
    spec = Spec(hidden=(3,))
    data = generate("moons", 30, 0.1, 0)
    painted = data.with_points(
        np.hstack([data.X[:, 4:], [[1e-300, 12.5], [-0.0, 1e6]]]),
        np.hstack([data.Y[:, 4:], [[0.0, 1.0]]]),
        np.append(data.ids[4:], [30, 31]),
        np.append(np.zeros(26, bool), [True, False]),
    )
    experiment = Experiment.of(spec, painted)
    check(experiment)
    by_hand = experiment.starting_at(np.linspace(-1, 1, experiment.network.parameter_count))
    source = check(by_hand)
    assert "START = np.array([-1.0, " in source
    assert "standard_normal" not in source


def test_weights_that_were_loaded_bring_their_scale():
    trained = experiment_of(data="circles", hidden=(4,), precision="single")
    parameters = state_at(trained, 30).parameters
    start = Start(trained.network, parameters, trained.problem.standardization)
    experiment = Experiment.of(Spec(hidden=(4,), precision="single"), generate("moons", 50, 0.1, 0), start)
    check(experiment)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_that_was_changed_on_the_way_begins_at_the_change(optimizer):
    first = experiment_of(**SOME, optimizer=optimizer, batch_size=9)
    changed = state_at(first, 33)
    spec = Spec(**SOME, optimizer=optimizer, batch_size=9, schedule="cosine", period=40, l2=0.01)
    second = first.changed(spec, first.problem.dataset)
    source = check(second, 60, changed)
    assert "for k in range(33, iterations):" in source
    assert "iterations 33 to 60" in " ".join(source.split())


def test_an_optimizer_that_was_changed_on_the_way_starts_afresh():
    first = experiment_of(**SOME)
    changed = state_at(first, 20)
    spec = Spec(**SOME, optimizer="adam")
    afresh = changed._replace(memory=OPTIMIZERS["adam"].start(changed.parameters.vector), made=0)
    assert "t = k - 19\n" in check(first.changed(spec, first.problem.dataset), 45, afresh)


def test_no_iterations_at_all():
    printed, theta = run(check(experiment_of(**SOME), 0))
    assert printed.startswith("0 iterations\n")
    assert theta.size == 5 * 3 + 3 * 6 + 4


def test_one_feature():
    rng = np.random.default_rng(0)
    data = Dataset.of(rng.standard_normal((1, 40)), np.arange(40) % 2.0, "Line", feature_names=("x",))
    check(Experiment.of(Spec(), data))
