"""A runner to drive, with an experiment of its own."""

import pytest

from tests.engine.training.driver import driven


@pytest.fixture
def experiment(make_experiment):
    return make_experiment()


@pytest.fixture
def driver(experiment):
    with driven(experiment) as driver:
        yield driver
