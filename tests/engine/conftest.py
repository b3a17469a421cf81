"""What every test of the engine shares: experiments made in one line, and no thread left behind."""

import threading
from contextlib import ExitStack, closing

import pytest
from hypothesis import settings

from engine.data.generators import generate
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.spec import Spec

settings.register_profile("engine", deadline=None)
settings.load_profile("engine")


@pytest.fixture(autouse=True)
def no_thread_left_behind():
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left, f"threads left behind: {left}"


@pytest.fixture
def make_experiment():
    """Return an experiment on made-up points, for the settings that are given."""

    def make(**chosen):
        spec = Spec(**chosen)
        return Experiment.of(spec, generate(spec.data, spec.samples, spec.noise, spec.data_seed))

    return make


@pytest.fixture
def open_descent():
    """Return a way to open the descent of an experiment, which is closed after the test."""
    with ExitStack() as opened:
        yield lambda experiment, **chosen: opened.enter_context(closing(Descent(experiment, **chosen)))
