"""Drives a runner, and waits for what it does."""

import threading
import time
from contextlib import closing, contextmanager

import numpy as np

from engine.training.commands import Restart
from engine.training.descent import Descent
from engine.training.runner import Runner

PATIENCE = 20.0  # seconds; far more than a slow machine needs


def wait_for(condition, patience=PATIENCE):
    """Look again and again until the condition holds; return whether it did in time."""
    until, tick = time.monotonic() + patience, threading.Event()
    while not condition():
        if time.monotonic() > until:
            return False
        tick.wait(0.001)
    return True


def cost_at(descent, vector):
    """Return the training cost at a vector of parameters."""
    return descent.state_at(vector, 0).scores.train_cost


class Driver:
    """A runner with a count of what was posted."""

    def __init__(self, experiment):
        self.runner = Runner(experiment)
        self.posted = 0

    def post(self, command):
        self.runner.post(command)
        self.posted += 1

    def obeyed(self):
        """Return the frame after all that was posted."""
        assert wait_for(lambda: self.frame.obeyed == self.posted)
        return self.frame

    @property
    def frame(self):
        return self.runner.latest()

    @property
    def iteration(self):
        return self.frame.state.iteration


@contextmanager
def driven(experiment):
    driver = Driver(experiment)
    driver.runner.start()
    try:
        yield driver
    finally:
        driver.runner.stop()


def restart(experiment):
    """Return the command to begin an experiment that has new weights."""
    return Restart(experiment.spec, experiment.problem.dataset)


def after(experiment, iterations, threaded=False, scored=False):
    """Return the state after so many iterations, made without a runner; with `scored` all its scores are counted."""
    with closing(Descent(experiment, threaded)) as descent:
        state = descent.first_state()
        for _ in range(iterations):
            state = descent.step(state)
        return descent.scored(state) if scored else state


def bits(state):
    """Return all that a state holds, to the last bit."""
    vectors = (state.parameters.vector, state.gradient.vector, *state.memory)
    return (
        state.iteration,
        state.made,
        state.scored_at,
        np.array(state.scores).tobytes(),
        [vector.tobytes() for vector in vectors],
    )
