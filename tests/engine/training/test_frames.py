"""Each frame of the thread that trains is whole, and never written again."""

from dataclasses import FrozenInstanceError

import pytest

from engine.training.commands import Run, Step
from tests.engine.training.driver import bits, wait_for


def test_frames_are_never_written_again(driver):
    driver.post(Run())
    frames = []
    for _ in range(20):
        seen = driver.frame
        frames.append((seen, bits(seen.state), seen.curve.rows.tobytes(), seen.running))
        assert wait_for(lambda seen=seen: driver.frame is not seen)
    for frame, state, curve, running in frames:
        assert bits(frame.state) == state
        assert frame.curve.rows.tobytes() == curve
        assert frame.running is running
        assert frame.curve.rows[-1, 0] == frame.state.iteration


def test_what_a_frame_holds_is_read_only(driver):
    driver.post(Step())
    frame = driver.obeyed()
    with pytest.raises(FrozenInstanceError):
        frame.running = True
    with pytest.raises(AttributeError):
        frame.state.iteration = 3
    problem = frame.experiment.problem
    dataset, state = problem.dataset, frame.state
    for array in (
        *(frame.curve.rows, dataset.X, dataset.Y, dataset.ids, problem.X, problem.Y),
        *(state.parameters.vector, state.gradient.vector),
        *(values for layer in (*state.parameters, *state.gradient) for values in layer),
    ):
        assert not array.flags.writeable
