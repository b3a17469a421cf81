"""What will be another once weights are loaded: each thing as it is now, and as it will be then."""

import math
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from engine.data.dataset import Dataset
from engine.files.weights.trained import Weights
from engine.model.activations import ACTIVATIONS
from engine.model.features import FEATURES
from engine.model.losses import LOSSES
from engine.model.network import Network
from engine.model.standardization import Standardization
from engine.training.choices.training import PRECISIONS
from engine.training.commands import Frame
from engine.training.descent import Descent
from engine.training.experiment import Experiment, Start
from engine.training.spec import Spec
from engine.training.state import Scores

LISTED = 6  # names of features; of more the others are counted


class Row(NamedTuple):
    """One thing, now and then."""

    what: str
    now: str
    then: str

    @property
    def changes(self) -> bool:
        """Whether it will be another."""
        return self.now != self.then


def comparison(weights: Weights, frame: Frame, spec: Spec, dataset: Dataset) -> list[Row]:
    """Return what is so in a frame, and will be with the weights. Raises SettingError.

    The run with the weights has the settings `spec` and the points `dataset`; those of a frame that looks back, or is
    about to be followed by another, may be others.
    """
    now = frame.experiment
    spec = replace(spec, **weights.settings)
    start = Start(weights.network, weights.parameters, weights.standardization)
    then = Experiment.of(spec, dataset, start)
    descent = Descent(then)
    state = descent.first_state()
    descent.close()
    rows = [
        Row("Network", str(now.network), str(then.network)),
        Row("Activations", _activations(now.network), _activations(then.network)),
        Row("More inputs", _made(now.problem.features), _made(then.problem.features)),
        Row("Inputs are", *_scales(now.problem.standardization, then.problem.standardization)),
        Row("Features", *_names(dataset.feature_names, weights.feature_names)),
        Row("Classes", *_names(dataset.class_names, weights.class_names)),
        Row("Loss", LOSSES[now.spec.loss].label, LOSSES[spec.loss].label),
        Row("Precision", PRECISIONS[now.spec.precision].label, PRECISIONS[spec.precision].label),
        Row("Iteration", f"{frame.state.iteration:,}", "0"),
        *_scores(frame.state.scores, state.scores),
    ]
    return [row for row in rows if row.now or row.then]


def consequence(last: int) -> str:
    """Return what becomes of a run of so many iterations, in words."""
    begins = "training starts at iteration 0 with these weights."
    if not last:
        return begins.capitalize()
    return (
        f"The run of {last:,} iteration{'s' if last > 1 else ''} and its curve go: {begins} Undo does not bring the run "
        "back: save the session first to have it again, or keep its curve (Ctrl+K)."
    )


def _activations(network: Network) -> str:
    labels = [ACTIVATIONS[name].label for name in network.hidden_activations]
    return labels[0] if len(set(labels)) == 1 else ", ".join(labels) or "none: a straight line"


def _made(names: tuple[str, ...]) -> str:
    return ", ".join(FEATURES[name].label for name in names)


def _scales(now: Standardization, then: Standardization) -> tuple[str, str]:
    """Say how the inputs are scaled, now and then."""
    if now.changes_nothing or then.changes_nothing:
        return tuple("in your own units" if each.changes_nothing else "standardized" for each in (now, then))  # type: ignore[return-value]
    same = np.array_equal(now.mean, then.mean) and np.array_equal(now.scale, then.scale)
    return "standardized", "standardized" if same else "standardized as when they were trained"


def _names(now: tuple[str, ...], then: tuple[str, ...]) -> tuple[str, str]:
    """Return names as they are in the data and, where a file has some, in the file."""
    shown = ", ".join(now[:LISTED]) + (f" and {len(now) - LISTED:,} more" if len(now) > LISTED else "")
    if then in ((), now):
        return shown, shown
    return shown, ", ".join(then[:LISTED]) + (
        f" and {len(then) - LISTED:,} more" if len(then) > LISTED else ""
    )


def _scores(now: Scores, then: Scores) -> list[Row]:
    rows = []
    for which, cost, accuracy in (
        ("Training", "train_cost", "train_accuracy"),
        ("Test", "test_cost", "test_accuracy"),
    ):
        costs = [getattr(each, cost) for each in (now, then)]
        if not math.isnan(costs[1]):
            rows.append(Row(f"{which} cost", *(f"{each:.6g}".replace("inf", "∞") for each in costs)))
            rows.append(Row(f"{which} accuracy", *(f"{getattr(each, accuracy):.1%}" for each in (now, then))))
    return rows
