"""The thread that trains ends when it is told to, whatever it does."""

import threading

from engine.training.commands import Pause, Run, Step
from engine.training.runner import Runner
from tests.engine.training.driver import PATIENCE, driven, wait_for


def test_stop_joins_whatever_it_does(make_experiment):
    for commands in ((), (Run(),), (Run(0.001),), (Step(5), Pause())):
        runner = Runner(make_experiment())
        runner.start()
        for command in commands:
            runner.post(command)
        threads = [thread for thread in threading.enumerate() if thread.name == "training"]
        assert len(threads) == 1
        runner.stop()
        assert not threads[0].is_alive()


def test_stop_joins_while_it_is_held(make_experiment):
    # Whoever draws may find that the window is to be closed.
    with driven(make_experiment()) as driver:
        driver.post(Run())
        assert wait_for(lambda: driver.iteration > 10)
        closing = threading.Thread(target=driver.runner.stop)
        with driver.runner.held():
            assert not wait_for(lambda: False, 0.05)  # until the worker waits to be let go
            closing.start()
            closing.join(2.0)
            joined = not closing.is_alive()
        closing.join(PATIENCE)
    assert joined
