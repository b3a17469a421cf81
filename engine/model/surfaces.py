"""What the network says everywhere on a plane: the numbers behind the heat map and the 0.5 line."""

from typing import NamedTuple

import numpy as np

from engine.model.activations import Array
from engine.model.network import Layer, Network, Parameters, logits
from engine.model.standardization import Standardization

Range = tuple[float, float]


class DecisionGrid(NamedTuple):
    """Logits over a rectangle in the person's own units; `Z[row, column]` belongs to `(x[column], y[row])`."""

    x: Array  # (columns,)
    y: Array  # (rows,)
    Z: Array  # (rows, columns)


def decision_grid(
    network: Network,
    parameters: Parameters,
    standardization: Standardization,
    x_range: Range,
    y_range: Range,
    columns: int,
    rows: int,
) -> DecisionGrid:
    """Return the logits of a network with two inputs at `columns` x `rows` places, the edges included.

    Computed in single precision: a picture has 256 colours, and this takes a third of the time. What overflows
    there becomes the largest number, and what is no number 0.
    """
    x = np.linspace(*x_range, columns)
    y = np.linspace(*y_range, rows)
    across = (x - standardization.mean[0]) / standardization.scale[0]
    up = (y - standardization.mean[1]) / standardization.scale[1]
    X = np.empty((2, rows, columns), dtype=np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        X[0] = across
        X[1] = up[:, None]
        single = tuple(Layer(layer.W.astype(X.dtype), layer.b.astype(X.dtype)) for layer in parameters)
        Z = logits(network, single, X.reshape(2, -1))
    return DecisionGrid(x, y, np.nan_to_num(Z, copy=False).reshape(rows, columns))
