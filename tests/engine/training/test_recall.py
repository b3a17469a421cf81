"""The way back: any iteration of a run to the same last bit, in a memory that does not grow."""

from dataclasses import replace

import numpy as np
import pytest

from engine.training import descent as descent_module
from engine.training import history as history_module
from engine.training.descent import Descent
from engine.training.history import Forgotten, History
from engine.training.optimizers import OPTIMIZERS

NEVER, NOW_AND_THEN, ALWAYS = 0.0, 0.001, 1.0  # seconds between two looks at the clock


def clock(tick):
    """Return a clock on which each look takes `tick` seconds."""
    now = 0.0

    def look():
        nonlocal now
        now += tick
        return now

    return look


def everything(state):
    """Return all that makes a state, with NaN equal to NaN."""
    arrays = (state.parameters.vector, state.gradient.vector, *state.memory, np.array(state.scores))
    numbers = state.iteration, state.made, state.scored_at
    return numbers, [(each.dtype, each.shape, each.tobytes()) for each in arrays]


class Lived:
    """A run, changed as the window changes one, that notes what every iteration was."""

    def __init__(self, experiment, **chosen):
        self.history = History(**{"clock": clock(NOW_AND_THEN), **chosen})
        self.descent = Descent(experiment)
        self.state = self.descent.first_state()
        self.history.begin(experiment, self.state)
        self.history.append(self.state)
        self.noted = {}
        self._note()

    def run(self, iterations):
        for _ in range(iterations):
            self.state = self.descent.step(self.state)
            self.history.append(self.state)
            self._note()
        return self

    def change(self, problem=None, **chosen):
        """Go on from here in another way; another optimizer starts afresh."""
        old = self.descent.experiment
        new = replace(old, spec=replace(old.spec, **chosen), problem=problem or old.problem)
        kept = (self.state.memory, self.state.made) if new.spec.optimizer == old.spec.optimizer else (None, 0)
        self.descent = Descent(new)
        self.state = self.descent.state_at(self.state.parameters.vector, self.state.iteration, *kept)
        self.history.begin(new, self.state)
        self._note()
        return self

    def recalled(self, *iterations):
        """Recall iterations, or all in a wild order, and return how many there were."""
        order = iterations or np.random.default_rng(0).permutation(list(self.noted)).tolist()
        for k in order:
            assert everything(self.history.recall(k)) == self.noted[k], f"iteration {k}"
        return len(order)

    def _note(self):
        self.noted[self.state.iteration] = everything(self.descent.scored(self.state))


def kept_bytes(history):
    """Return the bytes of the rows and of the checkpoints."""
    rows = sum(each.nbytes for each in vars(history).values() if isinstance(each, np.ndarray))
    return rows + sum(len(each.vectors) for each in history._checkpoints)


@pytest.mark.parametrize("tick", [NEVER, NOW_AND_THEN, ALWAYS])
@pytest.mark.parametrize("batch_size", [0, 50])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_iteration_comes_back(make_experiment, optimizer, batch_size, tick):
    experiment = make_experiment(optimizer=optimizer, batch_size=batch_size, learning_rate=0.05)
    assert Lived(experiment, clock=clock(tick)).run(40).recalled() == 41


@pytest.mark.parametrize(
    "chosen",
    [
        {"precision": "single", "optimizer": "adam"},
        {"precision": "single", "batch_size": 3, "l1": 0.01},
        {
            "hidden": (7, 5),
            "activation": ("relu", "softplus"),
            "loss": "squared",
            "l2": 0.1,
            "test_fraction": 0,
        },
        {"model": "logistic", "features": ("x1_x2", "sin_x1"), "optimizer": "nesterov"},
        {"schedule": "step", "decay": 0.5, "period": 7, "batch_size": 100},
        {"schedule": "cosine", "period": 30, "optimizer": "momentum"},
    ],
    ids=str,
)
def test_so_it_does_with_every_other_choice(make_experiment, chosen):
    assert Lived(make_experiment(**chosen)).run(50).recalled() == 51


def test_so_it_does_where_not_every_iteration_was_judged(make_experiment, monkeypatch):
    monkeypatch.setattr(descent_module, "JUDGED", 60)
    lived = Lived(make_experiment(batch_size=16, optimizer="adam", learning_rate=0.01)).run(40)
    assert not lived.history.curve().column("train_cost")[lived.state.iteration - 1] > 0  # 39 was not
    assert lived.recalled() == 41


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("batch_size", [0, 32])
def test_changes_in_mid_run_come_back_too(make_experiment, batch_size, precision):
    chosen = {"batch_size": batch_size, "precision": precision, "learning_rate": 0.02}
    lived = Lived(make_experiment(optimizer="adam", **chosen)).run(13)
    others = make_experiment(data="xor", samples=150, **chosen).problem
    lived.change(learning_rate=0.1).run(12)
    lived.change(problem=others).run(11)
    lived.change(optimizer="momentum").run(10)
    lived.change(optimizer="adam").change(learning_rate=0.01).run(9)  # twice at one iteration
    lived.change(batch_size=20, l2=0.1).run(8).change()
    assert lived.recalled() == 13 + 12 + 11 + 10 + 9 + 8 + 1


def test_a_recalled_state_goes_on_as_the_run_did(make_experiment):
    lived = Lived(make_experiment(optimizer="adam", batch_size=30, learning_rate=0.02)).run(60)
    state = lived.history.recall(25)
    while state.iteration < 60:
        state = lived.descent.step(state)
    assert everything(state) == lived.noted[60]


def test_looking_back_changes_nothing(make_experiment):
    lived, undisturbed = (Lived(make_experiment(optimizer="momentum")).run(30) for _ in range(2))
    lived.recalled(0, 17, 30)
    assert lived.run(30).noted == undisturbed.run(30).noted
    np.testing.assert_array_equal(lived.history.curve().rows, undisturbed.history.curve().rows)


def test_what_was_not_reached_is_forgotten(make_experiment):
    with pytest.raises(Forgotten, match=r"^Iteration 0 was not reached\.$"):
        History().recall(0)
    lived = Lived(make_experiment()).run(5)
    for k, shown in ((6, "6"), (12_345, "12,345"), (-1, "-1")):
        with pytest.raises(Forgotten, match=rf"^Iteration {shown} was not reached\.$"):
            lived.history.recall(k)
    assert lived.recalled() == 6


# Memory


def test_a_long_run_comes_back_from_thinned_checkpoints_in_bounded_memory(make_experiment):
    experiment = make_experiment(samples=40, hidden=(3,), optimizer="adam", learning_rate=0.02)
    memory = 64_000
    lived = Lived(experiment, memory=memory, clock=clock(ALWAYS))
    published = []
    for _ in range(25):
        lived.run(80)
        assert kept_bytes(lived.history) <= memory
        curve = lived.history.curve()
        published.append((curve, curve.rows.copy()))
    assert lived.history._every > history_module.EVERY  # they were thinned
    lived.recalled(0, 1, 2, 999, 1000, 1337, 1999, 2000)
    for curve, rows in published:
        np.testing.assert_array_equal(curve.rows, rows)


def test_many_changes_of_a_large_network_keep_within_the_memory(make_experiment):
    memory = 2**20
    lived = Lived(make_experiment(samples=8, hidden=(64, 64), optimizer="adam"), memory=memory)
    for k in range(60):
        lived.change(learning_rate=0.001 * (1 + k % 2)).run(1)
    assert kept_bytes(lived.history) <= memory
    lived.recalled(60)


def test_many_changes_do_not_stop_the_checkpoints(make_experiment, monkeypatch):
    # However often it was changed, a long run without a change is not made again from its beginning.
    lived = Lived(make_experiment(samples=8, hidden=(16, 16), optimizer="adam"), memory=200_000)
    for k in range(60):
        lived.change(learning_rate=0.001 * (1 + k % 2)).run(1)
    lived.run(2000)
    made, step = [], Descent.step
    monkeypatch.setattr(Descent, "step", lambda self, state: made.append(1) or step(self, state))
    lived.recalled(2060)
    assert len(made) < 1000


def test_a_change_of_the_learning_rate_forgets_no_points(make_experiment):
    # All the time these are the same points, so they take memory once.
    experiment = make_experiment(samples=400)
    points = experiment.problem.X.nbytes + experiment.problem.dataset.X.nbytes
    lived = Lived(experiment, memory=10 * points).run(5)
    for k in range(8):
        lived.change(learning_rate=0.1 * (k + 1)).run(5)
    assert lived.recalled() == 46


def test_the_oldest_points_are_let_go_of_first(make_experiment):
    sets = [make_experiment(samples=400, data_seed=seed) for seed in range(8)]
    points = sets[0].problem.X.nbytes + sets[0].problem.dataset.X.nbytes
    lived = Lived(sets[0], memory=14 * points).run(4)
    for other in sets[1:]:
        lived.change(problem=other.problem).run(4)
    forgotten = []
    for k in range(33):
        try:
            lived.recalled(k)
        except Forgotten as told:
            assert str(told) == f"The points of iteration {k} are not kept any more."
            forgotten.append(k)
    # The newest points and at least one set before them come back; what is forgotten is the beginning.
    assert forgotten == list(range(len(forgotten))) and 0 < len(forgotten) <= 24
    assert {0, 28, 32} & set(forgotten) == {0}


# What does not fit


def test_points_that_do_not_fit_change_nothing(make_experiment):
    lived = Lived(make_experiment()).run(10)
    rows, noted = lived.history.curve().rows.copy(), dict(lived.noted)
    with pytest.raises(ValueError, match=r"^the 2-4-1 network takes 2 inputs, and the data has 3$"):
        lived.change(problem=make_experiment(features=("x1_x2",)).problem)
    with pytest.raises(ValueError, match=r"^learning_rate 11 is outside \(0, 10\]\.$"):
        lived.change(learning_rate=11)
    np.testing.assert_array_equal(lived.history.curve().rows, rows)
    assert lived.noted == noted and lived.recalled() == 11
    assert lived.run(5).recalled() == 16


@pytest.mark.parametrize("size", [1, 16, 18])
def test_a_vector_of_another_length_is_refused(make_experiment, size):
    lived = Lived(make_experiment()).run(3)
    with pytest.raises(ValueError, match=rf"\({size},\).*17"):
        lived.descent.state_at(np.zeros(size), 3)
    assert lived.run(3).recalled() == 7


def test_points_under_way_take_no_room_from_the_way_back(make_experiment):
    # However many there are: they are there anyway, and a change of the learning rate brings no others.
    lived = Lived(make_experiment(samples=4000), memory=40_000).run(5)
    lived.change(learning_rate=0.1).run(5)
    lived.recalled(1)


def test_what_was_forgotten_is_not_counted(make_experiment):
    sets = [make_experiment(samples=400, data_seed=seed) for seed in range(6)]
    lived = Lived(sets[0], memory=100_000).run(4)
    for other in sets[1:]:
        lived.change(problem=other.problem).run(4)
    history = lived.history
    assert history._checkpoint_bytes == sum(map(history_module._size, history._checkpoints))
