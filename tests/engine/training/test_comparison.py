"""Runs that are kept to be compared: rows of their own, few enough, by which a run is known again."""

from dataclasses import replace

import numpy as np
import pytest

from engine.training import comparison
from engine.training.commands import Frame
from engine.training.comparison import KeptRun
from engine.training.descent import Descent
from engine.training.experiment import Experiment
from engine.training.history import History
from engine.training.spec import Spec


class Driver:
    """Makes a run longer, and keeps it."""

    def __init__(self, learning_rate: float) -> None:
        spec = Spec(samples=20, learning_rate=learning_rate)
        self.descent, self.history = Descent(Experiment.of(spec, spec.load()), threaded=False), History()
        self.state = self.descent.first_state()
        self.history.begin(self.descent.experiment, self.state)
        self.history.append(self.state)

    def kept_after(self, iterations: int) -> KeptRun:
        while self.state.iteration < iterations:
            self.state = self.descent.step(self.state)
            self.history.append(self.state)
        frame = Frame(self.descent.experiment, self.state, self.history.curve(), running=False)
        return KeptRun.of(replace(frame, last=self.state.iteration))


def test_a_kept_run_does_not_hold_the_memory_of_its_history() -> None:
    driver = Driver(0.5)
    curve = driver.kept_after(30).curve
    columns = driver.history.curve().columns
    np.testing.assert_array_equal(curve.columns, columns)
    assert curve.columns.base is None and not np.shares_memory(curve.columns, columns)
    assert not curve.columns.flags.writeable


def test_of_a_long_run_evenly_spaced_iterations_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "ROWS", 16)
    run = Driver(0.5).kept_after(100)
    np.testing.assert_array_equal(run.curve.column("iteration"), np.arange(0, 101, 8))
    assert run.last == 100


def test_a_run_is_part_of_itself_gone_further_and_of_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "ROWS", 16)
    driver, other = Driver(0.5), Driver(0.1)
    short, long = driver.kept_after(10), driver.kept_after(100)
    assert short.is_part_of(short) and short.is_part_of(long) and not long.is_part_of(short)
    assert not other.kept_after(1).is_part_of(long), "both begin alike"
    assert not other.kept_after(100).is_part_of(long)
