"""Compares points and weights: which points are new, and what is the same to the last bit."""

import numpy as np

from engine.data.dataset import Dataset
from engine.model.network import Parameters
from tests.gui.driving import Lab


def added(before: Dataset, after: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return X (n_x, k) and the labels (k,) of the points that are new."""
    new = ~np.isin(after.ids, before.ids)
    return after.X[:, new], after.Y[0, new]


def same_points(one: Dataset, other: Dataset) -> bool:
    """Return whether two sets hold the same points to the last bit."""
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("X", "Y", "ids", "held")
    )


def undo_and_redo(lab: Lab, before: Dataset) -> None:
    """Take the last step back and make it again, and look that both are exact."""
    after = lab.dataset
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, before)
    lab.action("Redo").trigger()
    assert same_points(lab.dataset, after)


def same_weights(one: Parameters, other: Parameters) -> bool:
    """Return whether two networks have the same weights to the last bit."""
    return len(one) == len(other) and all(
        np.array_equal(a.W, b.W) and np.array_equal(a.b, b.b) for a, b in zip(one, other, strict=True)
    )
