"""Runs that are changed as the window changes them, saved, and taken up again."""

import io
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from engine.data.editing import paint
from engine.files.session import Session, read_session, write_session
from engine.training.commands import GoOn, Keep, Pause, Replace, Resume, Run, Seek, Step
from tests.engine.training.driver import bits, driven, wait_for


def as_bytes(session):
    """Return the content of a session's file."""
    file = io.BytesIO()
    write_session(file, session)
    return file.getvalue()


def kept(driver):
    """Return the run as it is, after all that was posted."""
    taken = []
    driver.post(Keep(taken.append))
    assert wait_for(lambda: taken)
    return taken[0]


def saved(driver, **more):
    """Return the bytes of a session file of the run as it is."""
    return as_bytes(Session(kept(driver), **more))


@contextmanager
def opened(content):
    """Drive a runner that goes on with a session."""
    session = read_session(content)
    with driven(session.run.segments[-1].experiment) as driver:
        driver.post(Resume(session.run))
        driver.obeyed()
        yield driver


def step(driver, count):
    """Make so many steps and return the frame."""
    driver.post(Step(count))
    return driver.obeyed()


def run(driver, count):
    """Run as fast as it goes until there are so many iterations more at least, and pause."""
    reached = driver.frame.last + count
    driver.post(Run())
    assert wait_for(lambda: driver.frame.last >= reached)
    driver.post(Pause())
    return driver.obeyed()


def change(driver, **chosen):
    """Change settings in mid run."""
    experiment = driver.obeyed().experiment
    driver.post(GoOn(replace(experiment.spec, **chosen), experiment.problem.dataset))
    return driver.obeyed()


def paint_some(driver, seed):
    """Paint five points into the run, one of them for the test."""
    experiment = driver.obeyed().experiment
    dataset = experiment.problem.dataset
    rng = np.random.default_rng(seed)
    painted, _ = paint(dataset, rng.normal(size=(dataset.X.shape[0], 4)), seed % 2).apply(dataset)
    painted, _ = paint(painted, rng.normal(size=(dataset.X.shape[0], 1)), 0, True).apply(painted)
    driver.post(GoOn(experiment.spec, painted))
    return driver.obeyed()


def set_weight(driver, place, value):
    """Set one weight by hand."""
    vector = driver.obeyed().state.parameters.vector.copy()
    vector[place] = value
    driver.post(Replace(vector, place))
    return driver.obeyed()


def seek(driver, iteration):
    """Look at an iteration and return the frame."""
    driver.post(Seek(iteration))
    return driver.obeyed()


def points(dataset):
    """Return all that a data set is, to the last bit."""
    first = dataset.lineage
    arrays = (dataset.X, dataset.Y, dataset.ids, dataset.held, first.X, first.Y, first.held)
    names = (
        dataset.title,
        dataset.feature_names,
        dataset.class_names,
        dataset.label_name,
        dataset.same_units,
    )
    more = (dataset.labels, dataset.chosen_labels, dataset.image_shape, dataset.loaded, dataset.notes)
    return names, more, [(each.dtype, each.shape, each.tobytes()) for each in arrays]


def moment(frame):
    """Return all that a frame shows, to the last bit, but for how many commands there were."""
    experiment = frame.experiment
    problem = experiment.problem
    arrays = (
        experiment.start.vector,
        problem.test,
        problem.X,
        problem.Y,
        problem.standardization.mean,
        problem.standardization.scale,
        frame.curve.columns,
    )
    trail = [
        (each.iteration, each.parameters.vector.tobytes(), each.gradient.vector.tobytes())
        for each in frame.trail
    ]
    return (
        bits(frame.state),
        (experiment.spec, experiment.network, frame.last, problem.m_train),
        points(problem.dataset),
        [(each.dtype, each.shape, each.tobytes()) for each in arrays],
        trail,
        frame.marks,
        None if frame.newest is None else frame.newest.vector.tobytes(),
    )
