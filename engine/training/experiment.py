"""One experiment: a network, the points it is trained on, where it starts, and how far it steps."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from engine.data.dataset import Dataset, held_out
from engine.model.activations import Array
from engine.model.network import Network, Parameters, initialize
from engine.model.standardization import Standardization
from engine.training.spec import Spec

START = 2  # the stream of random numbers, of all that a seed has, that draws the first weights


@dataclass(frozen=True, eq=False)
class Problem:
    """The points as the network sees them: split, and standardized where that was asked for."""

    dataset: Dataset
    test: np.ndarray  # (m,) bool, which points are held out
    standardization: Standardization
    X_train: Array  # (n_x, m_train)
    Y_train: Array  # (1, m_train)
    X_test: Array  # (n_x, m_test)
    Y_test: Array  # (1, m_test)

    @classmethod
    def of(cls, spec: Spec, dataset: Dataset, standardization: Standardization | None = None) -> Self:
        """Return the data set split by the spec's fraction and seed.

        Without a `standardization` to keep, it is taken from the training points.
        """
        test = held_out(dataset, spec.test_fraction, spec.data_seed)
        X_train = dataset.X[:, ~test]
        if standardization is None:
            n_x, m_train = X_train.shape
            use = spec.standardize and m_train > 0
            standardization = Standardization.of(X_train) if use else Standardization.none(n_x)
        return cls(
            dataset,
            test,
            standardization,
            np.ascontiguousarray(standardization.apply(X_train)),
            np.ascontiguousarray(dataset.Y[:, ~test]),
            np.ascontiguousarray(standardization.apply(dataset.X[:, test])),
            np.ascontiguousarray(dataset.Y[:, test]),
        )


@dataclass(frozen=True, eq=False)
class Experiment:
    """Everything that decides the numbers of a run. Frozen: a change during a run is another experiment."""

    network: Network
    problem: Problem
    start: Parameters
    learning_rate: float

    @classmethod
    def of(cls, spec: Spec, dataset: Dataset) -> Self:
        """Return the experiment that the spec describes, with its first weights drawn from `init_seed`."""
        network = spec.network(dataset.X.shape[0])
        start = initialize(network, spec.init, np.random.default_rng((spec.init_seed, START)))
        return cls(network, Problem.of(spec, dataset), start, spec.learning_rate)

    def with_problem(self, problem: Problem) -> Self:
        """Return the experiment on other points."""
        return replace(self, problem=problem)
