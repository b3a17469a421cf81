"""What was changed, in plain words, and where in the run it was."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.editing import paint
from engine.data.generators import generate
from engine.training.changes import MOST, Mark, Setup, changes, distinction, told_then
from engine.training.commands import Cut, GoOn, Replace, Restart, Seek, Step
from engine.training.settings import Setting
from engine.training.spec import SETTINGS, Spec


class Hand:
    """Changes a run as a person does, and reads the marks."""

    def __init__(self, driver, experiment):
        self.driver = driver
        self.spec, self.dataset = experiment.spec, experiment.problem.dataset

    def step(self, count):
        self.driver.post(Step(count))
        return self.driver.obeyed()

    def change(self, gesture=0, **chosen):
        self.spec = replace(self.spec, **chosen)
        self.driver.post(GoOn(self.spec, self.dataset, gesture=gesture))

    def paint(self, count=1, gesture=0):
        self.dataset, back = paint(self.dataset, np.full((2, count), 0.25), 1).apply(self.dataset)
        self.driver.post(GoOn(self.spec, self.dataset, gesture=gesture))
        return back

    def erase(self, back, gesture=0):
        self.dataset, _ = back.apply(self.dataset)
        self.driver.post(GoOn(self.spec, self.dataset, gesture=gesture))

    def set(self, vector, place=None, gesture=0):
        self.driver.post(Replace(vector, place, gesture))

    @property
    def vector(self):
        return self.driver.obeyed().state.parameters.vector

    @property
    def marks(self):
        return list(self.driver.obeyed().marks)


@pytest.fixture
def hand(driver, experiment):
    return Hand(driver, experiment)


def with_value(vector, place, value):
    changed = vector.copy()
    changed[place] = value
    return changed


# Words


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"learning_rate": 0.01}, ["learning rate 0.5 → 0.01"]),
        ({"optimizer": "adam"}, ["optimizer Gradient descent → Adam"]),
        ({"batch_size": 32, "l2": 0.001}, ["batch size all → 32", "L2 penalty 0 → 0.001"]),
        ({"beta1": 0.5}, []),  # plain gradient descent does not look at it
        ({"optimizer": "adam", "beta1": 0.5}, ["optimizer Gradient descent → Adam", "decay β₁ 0.9 → 0.5"]),
        ({"stop_after": 100}, []),  # the run goes as before
        ({"noise": 0.2}, ["noise 0.1 → 0.2"]),
        ({"data": "circles"}, ["data set Moons → Circles"]),
        ({"data_seed": 1}, ["data seed 0 → 1"]),
        ({"init_seed": 1}, ["model seed 0 → 1"]),
        ({"hidden": (8, 4)}, ["hidden layers 4 → 8, 4"]),
        ({"activation": ("sigmoid",)}, ["activation Tanh → Sigmoid"]),
        ({"features": ("x1_squared",)}, ["more inputs none → x₁²"]),
        ({"standardize": False}, ["standardize inputs on → off"]),
        ({"schedule": "step"}, ["schedule Constant → Steps"]),
    ],
)
def test_a_change_is_told_in_plain_words(make_experiment, chosen, words):
    before, now = Setup.of(make_experiment()), Setup.of(make_experiment(**chosen))
    assert changes(before, now) == words
    assert changes(now, now) == []
    short = [each.split(" → ")[1] for each in words]
    assert all(told.endswith(value) for told, value in zip(distinction(now, before), short, strict=True))


def test_what_does_not_matter_to_a_setup_is_not_told_of_it(make_experiment):
    network, logistic = Setup.of(make_experiment(hidden=(8,))), Setup.of(make_experiment(model="logistic"))
    assert distinction(logistic, network) == ["model Logistic regression"]
    assert distinction(network, logistic) == ["model Neural network", "hidden layers 8"]


def test_every_setting_can_be_told(subtests):
    for name, setting in SETTINGS.items():
        with subtests.test(name):
            default = getattr(Spec(), name)
            assert type(setting).shown is not Setting.shown or isinstance(default, str)
            assert setting.shown(default)


def test_other_points_are_told_apart_from_other_settings(experiment):
    dataset = experiment.problem.dataset
    edited, back = paint(dataset, np.zeros((2, 3)), 0).apply(dataset)
    before, now = Setup.of(experiment), Setup(experiment.spec, edited)
    assert changes(before, now) == ["points edited"]
    assert distinction(before, now) == ["other points"]
    again, _ = back.apply(edited)
    assert again is not dataset
    assert changes(before, Setup(experiment.spec, again)) == []


# Marks


def test_a_new_run_has_no_marks(hand):
    assert hand.marks == []
    hand.change(learning_rate=0.1)  # before the first step it is another run
    assert hand.marks == []
    hand.step(5)
    hand.change(learning_rate=0.2)
    assert hand.marks == [Mark(5, "learning rate 0.1 → 0.2")]
    hand.driver.post(Restart(hand.spec, hand.dataset))
    assert hand.marks == []


def test_each_change_is_marked_where_it_was_made(hand):
    hand.step(10)
    hand.change(learning_rate=0.1)
    hand.step(10)
    hand.change(optimizer="adam")
    hand.step(1)
    hand.paint(3)
    hand.step(4)
    assert hand.marks == [
        Mark(10, "learning rate 0.5 → 0.1"),
        Mark(20, "optimizer Gradient descent → Adam"),
        Mark(21, "points edited"),
    ]
    hand.driver.post(Seek(3))
    assert len(hand.marks) == 3, "looking back changes no marks"


def test_what_is_changed_at_one_iteration_is_one_mark(hand):
    hand.step(7)
    hand.change(learning_rate=0.1)
    hand.change(learning_rate=0.01, batch_size=8)
    hand.paint()
    hand.paint()
    assert hand.marks == [Mark(7, "learning rate 0.5 → 0.01, batch size all → 8, points edited")]


def test_what_is_taken_back_at_the_same_iteration_is_no_mark(hand):
    hand.step(7)
    hand.change(learning_rate=0.1)
    back = hand.paint()
    hand.erase(back)
    vector = hand.vector
    hand.set(with_value(vector, 2, 3.0), 2)
    assert hand.marks == [Mark(7, "learning rate 0.5 → 0.1, b1[1] set by hand")]
    hand.set(vector)
    assert hand.marks == [Mark(7, "learning rate 0.5 → 0.1")]
    hand.change(learning_rate=0.5)
    assert hand.marks == []
    hand.change(learning_rate=0.2)
    assert hand.marks == [Mark(7, "learning rate 0.5 → 0.2")]


def test_a_weight_set_back_at_the_same_iteration_is_no_mark(hand):
    hand.step(8)
    vector = hand.vector
    hand.set(with_value(vector, 3, 0.5), 3)
    assert hand.marks == [Mark(8, "W1[2,1] set by hand")]
    hand.set(vector)
    assert hand.marks == []


def test_what_is_taken_back_later_is_another_mark(hand):
    hand.step(7)
    hand.change(learning_rate=0.1)
    hand.step(2)
    hand.change(learning_rate=0.5)
    assert hand.marks == [Mark(7, "learning rate 0.5 → 0.1"), Mark(9, "learning rate 0.1 → 0.5")]


def test_a_gesture_during_a_run_is_one_mark(hand):
    hand.step(4)
    for _ in range(3):
        hand.paint(gesture=6)
        hand.step(2)
    assert hand.marks == [Mark(4, "points edited")]
    hand.paint(gesture=7)
    assert hand.marks == [Mark(4, "points edited"), Mark(10, "points edited")]


def test_a_weight_dragged_during_a_run_is_one_mark_that_names_it(hand):
    hand.step(4)
    for value in (0.5, 0.75, 1.0):
        hand.set(with_value(hand.vector, 0, value), 0, gesture=3)
        hand.step(2)
    assert hand.marks == [Mark(4, "W1[1,1] set by hand")]
    hand.set(hand.vector + 1.0)
    assert hand.marks[-1] == Mark(10, "earlier weights brought back")


def test_cut_drops_the_marks_of_what_came_after(hand):
    hand.step(10)
    hand.change(learning_rate=0.1)
    hand.step(10)
    hand.change(learning_rate=0.2)
    hand.step(10)
    hand.driver.post(Seek(15))
    hand.driver.post(Cut())
    assert hand.marks == [Mark(10, "learning rate 0.5 → 0.1"), Mark(15, "went on from here")]
    hand.change()  # the settings of the panel
    assert hand.marks[1:] == [Mark(15, "went on from here, learning rate 0.1 → 0.2")]
    hand.step(5)
    hand.driver.post(Seek(15))
    hand.driver.post(Cut())
    assert hand.marks == [
        Mark(10, "learning rate 0.5 → 0.1"),
        Mark(15, "went on from here, learning rate 0.1 → 0.2, went on from here"),
    ]
    hand.driver.post(Seek(0))
    hand.driver.post(Cut())
    assert hand.marks == [], "from the first iteration on it is the same run"


def test_there_are_never_more_than_so_many(hand):
    for count in range(MOST + 20):
        hand.step(1)
        hand.change(learning_rate=0.1 + 0.001 * count)
    marks = hand.marks
    assert len(marks) == MOST
    assert [mark.iteration for mark in marks] == list(range(21, MOST + 21))
    assert marks[-1].words == "learning rate 0.182 → 0.183"


def test_points_of_another_shape_are_other_points(make_experiment):
    before = Setup.of(make_experiment())
    now = Setup(replace(before.spec, samples=100), generate("moons", 100, 0.1, 0))
    assert changes(before, now) == ["points 400 → 100"]


def test_where_one_looks_back_it_is_known_what_was_different_then(hand):
    hand.step(5)
    hand.change(learning_rate=0.1)
    hand.paint()
    frame = hand.step(5)
    assert frame.goes_on is None
    hand.driver.post(Seek(3))
    frame = hand.driver.obeyed()
    assert told_then(frame.experiment, frame.goes_on) == "learning rate 0.5, other points"
    hand.driver.post(Seek(7))
    frame = hand.driver.obeyed()
    assert told_then(frame.experiment, frame.goes_on) == ""
