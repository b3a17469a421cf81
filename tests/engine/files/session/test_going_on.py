"""A run that was saved, opened and gone on with is the same, to the last bit, as one that just went on."""

import numpy as np
import pytest

from engine.files.session import Session, read_session
from engine.files.session import writing as writing_module
from engine.training.commands import Cut
from engine.training.comparison import KeptRun
from engine.training.experiment import Start
from engine.training.history import Forgotten
from tests.engine.files.session.living import (
    as_bytes,
    change,
    kept,
    moment,
    opened,
    paint_some,
    points,
    run,
    saved,
    seek,
    set_weight,
    step,
)
from tests.engine.training.driver import driven, restart

CHOICES = [
    {},
    {"optimizer": "adam", "learning_rate": 0.05},
    {"optimizer": "adam", "batch_size": 16, "learning_rate": 0.01},
    {"optimizer": "rmsprop", "precision": "single", "learning_rate": 0.01, "batch_size": 7},
    {"optimizer": "momentum", "schedule": "step", "period": 13, "learning_rate": 0.1},
    {"optimizer": "nesterov", "schedule": "cosine", "period": 50, "precision": "single", "l2": 0.01},
    {"model": "logistic", "features": ("x1_squared", "sin_x2"), "standardize": False},
    {"hidden": (5, 3), "activation": ("relu", "tanh"), "init": "he", "test_fraction": 0.0, "l1": 0.001},
    {"hidden": (3,), "init": "zeros", "data": "circles", "loss": "squared"},
]


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_go_on_with_any_settings(make_experiment, chosen):
    with driven(make_experiment(samples=120, **chosen)) as driver:
        before = step(driver, 40)
        content = saved(driver)
        with opened(content) as again:
            assert moment(again.frame) == moment(before)
            assert moment(step(again, 33)) == moment(step(driver, 33))


def everything_changed(driver):
    """Live a run in which all that can be changed in mid run is."""
    step(driver, 25)
    change(driver, learning_rate=0.02, batch_size=9)
    step(driver, 10)
    paint_some(driver, 1)
    step(driver, 10)
    change(driver, optimizer="adam", schedule="step", period=11)
    set_weight(driver, 3, 0.75)
    step(driver, 12)
    paint_some(driver, 2)
    change(driver, test_fraction=0.4)
    step(driver, 13)
    return driver.frame


@pytest.mark.parametrize("precision", ["double", "single"])
def test_go_on_after_changes_in_mid_run_and_look_back_at_all_of_it(make_experiment, precision):
    with driven(make_experiment(samples=90, precision=precision)) as driver:
        before = everything_changed(driver)
        with opened(saved(driver)) as again:
            assert moment(again.frame) == moment(before)
            assert moment(step(again, 20)) == moment(step(driver, 20))
            for iteration in [*range(0, before.last, 7), 25, 35, 45, 57]:
                assert moment(seek(again, iteration)) == moment(seek(driver, iteration)), iteration


def test_save_while_looking_back_and_go_on_from_there(make_experiment):
    with driven(make_experiment(samples=60, batch_size=8, optimizer="adam")) as driver:
        everything_changed(driver)
        before = seek(driver, 41)
        with opened(saved(driver)) as again:
            assert again.frame.looks_back and moment(again.frame) == moment(before)
            for each in (driver, again):
                each.post(Cut())
            assert moment(step(again, 9)) == moment(step(driver, 9))


def test_a_second_saving_gives_the_same_file(make_experiment):
    with driven(make_experiment(samples=60)) as driver:
        everything_changed(driver)
        content = saved(driver, window={"views": {"cost": {"log": True}}})
    with opened(content) as again:
        assert saved(again, window={"views": {"cost": {"log": True}}}) == content


def test_save_in_the_middle_of_a_run(make_experiment):
    with driven(make_experiment(samples=60, batch_size=8)) as driver:
        run(driver, 300)
        reached = kept(driver)
        content = as_bytes(Session(reached))
        with opened(content) as again:
            assert again.frame.last == reached.last
            ahead = reached.last + 50
            step(driver, max(0, ahead - driver.frame.last))
            assert moment(step(again, 50))[0] == moment(seek(driver, ahead))[0]


def test_a_long_run_is_thinned_and_every_iteration_comes_back(make_experiment, monkeypatch):
    monkeypatch.setattr(writing_module, "ROWS", 100)
    monkeypatch.setattr(writing_module, "CHECKPOINTS", 6)
    monkeypatch.setattr(writing_module, "ROOM", 4000)
    with driven(make_experiment(samples=60, optimizer="momentum")) as driver:
        run(driver, 500)
        change(driver, learning_rate=0.05)
        run(driver, 500)
        with opened(saved(driver)) as again:
            session = kept(again)
            assert len(session.checkpoints) <= 6
            assert session.curve.columns.shape[1] <= 100
            assert 2 * sum(each.parameters.vector.nbytes for each in session.trail) <= 4000
            iterations = session.curve.column("iteration")
            assert not (iterations % session.stride).any() and np.ptp(np.diff(iterations)) == 0
            for iteration in np.linspace(0, again.frame.last, 9).astype(int).tolist():
                assert moment(seek(again, iteration))[:3] == moment(seek(driver, iteration))[:3]


def test_of_more_changes_than_are_kept_the_oldest_are_forgotten(make_experiment, monkeypatch):
    monkeypatch.setattr(writing_module, "CHECKPOINTS", 5)
    with driven(make_experiment(samples=60)) as driver:
        for number in range(8):
            step(driver, 10)
            change(driver, learning_rate=0.1 + number / 100)
        seek(driver, 12)
        session = read_session(saved(driver))
        assert session.run.shown == session.run.last, "what is not kept cannot be shown"
        with opened(as_bytes(session)) as again:
            assert moment(seek(again, 55))[0] == moment(seek(driver, 55))[0]
            notice = seek(again, 12).notice
            assert "not kept any more" in notice
            with pytest.raises(Forgotten):
                again.runner._history.recall(12)


def test_first_weights_that_were_chosen_come_back(make_experiment):
    experiment = make_experiment(samples=60)
    start = Start(experiment.network, experiment.start, experiment.problem.standardization)
    with driven(experiment) as driver:
        step(driver, 3)
        session = read_session(saved(driver, start=start))
    assert session.start is not None and session.start.network == experiment.network
    assert session.start.parameters.vector.tobytes() == experiment.start.vector.tobytes()
    assert np.array_equal(session.start.standardization.mean, start.standardization.mean)
    assert np.array_equal(session.start.standardization.scale, start.standardization.scale)


def test_runs_that_were_kept_to_compare_come_back(make_experiment):
    with driven(make_experiment(samples=60, hidden=(3,))) as driver:
        step(driver, 5_000)
        change(driver, learning_rate=0.1)
        before = KeptRun.of(step(driver, 5))
        driver.post(restart(make_experiment(samples=40, hidden=(5,), model="network")))
        now = step(driver, 4)
        (after,) = read_session(saved(driver, compared=(before,))).compared
    assert after.setup.spec == before.setup.spec
    assert points(after.setup.dataset) == points(before.setup.dataset)
    assert after.curve.columns.tobytes() == before.curve.columns.tobytes()
    assert after.start.vector.tobytes() == before.start.vector.tobytes()
    assert (after.last, after.changed, after.outcome) == (before.last, before.changed, before.outcome)
    assert after.name(now) == before.name(now)
    assert np.array(after.scores).tobytes() == np.array(before.scores).tobytes()
