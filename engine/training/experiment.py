"""One experiment: a network, the points it is trained on, where it starts, and how it descends."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from engine.data.dataset import Dataset, held_out
from engine.model.activations import Array
from engine.model.features import with_features
from engine.model.network import Network, Parameters, initialize
from engine.model.standardization import Standardization
from engine.training.spec import Spec

START = 2  # the stream of random numbers, of all that a seed has, that draws the first weights


@dataclass(frozen=True, eq=False)
class Problem:
    """The points as the network sees them: split, standardized, and with the inputs made from others.

    The points to train on come first. A last row of ones lets one matrix hold weights and biases.
    """

    dataset: Dataset
    test: np.ndarray  # (m,) bool, which points of the data set are held out
    standardization: Standardization
    features: tuple[str, ...]
    X: Array  # (n_0 + 1, m)
    Y: Array  # (1, m)
    m_train: int

    @classmethod
    def of(cls, spec: Spec, dataset: Dataset, standardization: Standardization | None = None) -> Self:
        """Return the data set split by the spec's fraction and split seed, in the spec's precision.

        Without a `standardization` to keep, it is taken from the training points.
        """
        test = held_out(dataset, spec.test_fraction, spec.split_seed)
        order = np.concatenate([np.flatnonzero(~test), np.flatnonzero(test)])
        m_train = int(dataset.m - np.count_nonzero(test))
        measured = dataset.X[:, order]
        if standardization is None:
            use = spec.standardize and m_train > 0
            trained = measured[:, :m_train]
            pixels = dataset.image_shape is not None
            standardization = (
                Standardization.of(trained, pixels) if use else Standardization.none(len(measured))
            )
        with np.errstate(all="ignore"):  # what does not fit becomes infinite, and the cost will tell
            inputs = with_features(standardization.apply(measured), spec.features)
            X = np.ones((len(inputs) + 1, dataset.m), spec.dtype)
            X[:-1] = inputs
        Y = dataset.Y[:, order].astype(spec.dtype)
        for array in (X, Y):
            array.setflags(write=False)
        return cls(dataset, test, standardization, spec.features, X, Y, m_train)

    def inputs(self, X: Array) -> Array:
        """Return points X (n_x, m) in the person's own units as the network sees them, shape (n_0, m)."""
        return with_features(self.standardization.apply(X), self.features)

    def column(self, row: int) -> int:
        """Return the column of X that holds a point of the data set, given its row there."""
        held_before = int(np.count_nonzero(self.test[:row]))
        return self.m_train + held_before if self.test[row] else row - held_before

    @property
    def rows(self) -> np.ndarray:
        """The row of the data set that each column of X holds, shape (m,)."""
        return np.concatenate([np.flatnonzero(~self.test), np.flatnonzero(self.test)])

    @property
    def X_train(self) -> Array:
        """The inputs trained on, shape (n_0, m_train)."""
        return self.X[:-1, : self.m_train]

    @property
    def Y_train(self) -> Array:
        """Their labels, shape (1, m_train)."""
        return self.Y[:, : self.m_train]

    @property
    def X_test(self) -> Array:
        """The inputs held out, shape (n_0, m_test)."""
        return self.X[:-1, self.m_train :]

    @property
    def Y_test(self) -> Array:
        """Their labels, shape (1, m_test)."""
        return self.Y[:, self.m_train :]


@dataclass(frozen=True, eq=False)
class Start:
    """First weights that were trained before, with the scale that they were trained on."""

    network: Network
    parameters: Parameters
    standardization: Standardization


@dataclass(frozen=True, eq=False)
class Experiment:
    """Everything that decides the numbers of a run. Frozen: a change during a run is another experiment."""

    network: Network
    problem: Problem
    start: Parameters
    spec: Spec
    scale: Standardization | None = None
    """What the first weights were trained on before; None for new ones, whose scale is that of the points."""

    def __post_init__(self) -> None:
        if len(self.problem.X) != self.network.sizes[0] + 1:
            raise ValueError(
                f"the {self.network} network takes {self.network.sizes[0]} inputs, "
                f"and the data has {len(self.problem.X) - 1}"
            )

    @classmethod
    def of(cls, spec: Spec, dataset: Dataset, start: Start | None = None) -> Self:
        """Return the experiment that the spec describes, with its first weights drawn from `init_seed`.

        A `start` brings its own network, weights and scale.
        """
        if start is not None:
            scale = start.standardization
            return cls(start.network, Problem.of(spec, dataset, scale), start.parameters, spec, scale)
        network = spec.network(dataset.X.shape[0])
        first = initialize(network, spec.init, np.random.default_rng((spec.init_seed, START)))
        return cls(network, Problem.of(spec, dataset), first, spec)

    def changed(self, spec: Spec, dataset: Dataset, rescaled: bool = False) -> Self:
        """Return the same network with other points, or another way to descend.

        Trained weights belong to the scale that they were trained on, so it stays unless it is to be `rescaled`.
        """
        before = self.spec
        same = dataset is self.problem.dataset
        same = same and (spec.test_fraction, spec.split_seed) == (before.test_fraction, before.split_seed)
        if same and not rescaled:
            return replace(self, spec=spec)
        kept = self.scale if rescaled else self.problem.standardization
        return replace(self, problem=Problem.of(spec, dataset, kept), spec=spec)

    def starting_at(self, vector: Array) -> Self:
        """Return the same experiment from other first weights (parameter_count,)."""
        return replace(self, start=Parameters(self.network, vector))
