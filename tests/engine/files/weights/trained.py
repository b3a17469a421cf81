"""Weights that were trained a little, and what the window says of points in their own units."""

import numpy as np

from engine.data.dataset import Dataset
from engine.files.weights import Weights
from engine.model.activations import sigmoid
from engine.model.network import logits
from engine.training.experiment import Experiment
from engine.training.spec import Spec
from tests.engine.training.driver import after


def points(n_x=2, m=120, far=True):
    """Return two classes, in units far from 0 and from one another, such as years and dollars, or around 0."""
    rng = np.random.default_rng(n_x)
    Y = np.arange(m) % 2
    X = rng.standard_normal((n_x, m)) + 0.7 * Y
    if not far:
        return Dataset.of(X, Y.astype(float), "Points")
    scale, shift = 10.0 ** np.arange(n_x)[:, None], 2000.0 + 5.0 * np.arange(n_x)[:, None]
    return Dataset.of(
        X * scale + shift, Y.astype(float), "Points", feature_names=tuple(f"u{i}" for i in range(n_x))
    )


def trained(dataset=None, iterations=20, **chosen):
    """Return the experiment and its weights after some iterations."""
    experiment = Experiment.of(Spec(**chosen), points() if dataset is None else dataset)
    return experiment, Weights.of(experiment, after(experiment, iterations, scored=True))


def probabilities(experiment, weights, X):
    """Return what the window tells of points X (n_x, m), shape (m,)."""
    with np.errstate(over="ignore"):
        return sigmoid(logits(weights.network, weights.parameters, experiment.problem.inputs(X)))[0]
