"""What trained weights are: a network, its numbers, and all that is needed to use it."""

import math
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from engine.model.activations import Array
from engine.model.network import Network, Parameters
from engine.model.standardization import Standardization
from engine.training.choices.training import PRECISIONS
from engine.training.experiment import Experiment
from engine.training.optimizers import OPTIMIZERS
from engine.training.state import State

LARGEST = 2**31  # bytes of a file, packed or not
PRECISION_OF = {np.dtype(each.dtype).name: each.name for each in PRECISIONS.values()}


@dataclass(frozen=True, eq=False)
class Weights:
    """A trained network with all that is needed to use it on numbers in the person's own units."""

    network: Network
    parameters: Parameters
    standardization: Standardization
    iterations: int = 0
    feature_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    loss: str = "log"
    features: tuple[str, ...] = ()
    """The inputs made from the standardized ones, by their names in `FEATURES`; they come last."""
    trained: str = ""
    """How they were trained and how good they are, in a sentence for whoever opens the file."""

    @property
    def precision(self) -> str:
        """The name of the precision of the parameters."""
        return PRECISION_OF[self.parameters.vector.dtype.name]

    @property
    def n_x(self) -> int:
        """How many measured inputs the network takes."""
        return self.network.sizes[0] - len(self.features)

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of a spec that describe the network, by their names."""
        each = self.network.hidden_activations
        chosen: dict[str, Any] = {"model": "logistic"}
        if each:
            activation = each[:1] if len(set(each)) == 1 else each
            chosen = {"model": "network", "hidden": self.network.sizes[1:-1], "activation": activation}
        standardize = not self.standardization.changes_nothing
        held = {"features": self.features, "loss": self.loss, "precision": self.precision}
        return chosen | held | {"standardize": standardize}

    def note_for(self, feature_names: tuple[str, ...]) -> str:
        """Return a sentence where the weights were trained on inputs of other names; else nothing."""
        if self.feature_names in ((), feature_names):
            return ""
        return (
            f"They were trained on {_listed(self.feature_names)}, and the data has {_listed(feature_names)}."
        )

    @property
    def own_units(self) -> dict[str, Array]:
        """The first layer for inputs in the person's own units, by the names that files have for it."""
        W, b = self.standardization.fold(*self.parameters[0])
        finite = np.isfinite(W).all() and np.isfinite(b).all()
        return {"W1_own_units": W, "b1_own_units": b} if finite else {}

    @classmethod
    def of(cls, experiment: Experiment, state: State) -> Self:
        """Return what is worth keeping of one moment of a run."""
        problem = experiment.problem
        dataset = problem.dataset
        return cls(
            experiment.network,
            state.parameters,
            problem.standardization,
            state.iteration,
            dataset.feature_names,
            dataset.class_names,
            experiment.spec.loss,
            problem.features,
            _story(experiment, state),
        )


def _story(experiment: Experiment, state: State) -> str:
    spec, problem, scores = experiment.spec, experiment.problem, state.scores
    how = f"{OPTIMIZERS[spec.optimizer].label}, learning rate {spec.learning_rate:g}"
    good = [f"training cost {scores.train_cost:.6g}, accuracy {scores.train_accuracy:.1%}"]
    if not math.isnan(scores.test_cost):
        good.append(f"test cost {scores.test_cost:.6g}, accuracy {scores.test_accuracy:.1%}")
    return (
        f"{state.iteration:,} iterations ({how}) on {problem.m_train:,} points of {problem.dataset.title}: "
        f"{'; '.join(good)}."
    )


def check(weights: Weights) -> None:
    """Raise ValueError, and say where, when a number cannot be used."""
    for number, layer in enumerate(weights.parameters, start=1):
        for name, array in (("W", layer.W), ("b", layer.b)):
            if not np.isfinite(array).all():
                raise ValueError(f"{name}{number} holds a number that is not finite")
    n_x = weights.n_x
    for name, array in (("mean", weights.standardization.mean), ("scale", weights.standardization.scale)):
        if array.shape != (n_x, 1) or not np.isfinite(array).all():
            raise ValueError(f"the standardization's {name} must be {n_x} finite numbers")
    if not (weights.standardization.scale > 0.0).all():
        raise ValueError("the standardization's scale must be positive")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
