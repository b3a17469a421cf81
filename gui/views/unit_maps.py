"""What each unit says of each place on the plane, as small images."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QImage

from engine.model.activations import ACTIVATIONS, Array
from engine.model.network import Network
from engine.model.projection import Projection
from engine.model.surfaces import Rectangle, unit_grids
from engine.training.commands import Frame

CELLS = 24  # along a side
FAINTEST = 0.1  # a unit that varies less is drawn with less colour


def unit_maps(frame: Frame, projection: Projection, rectangle: Rectangle) -> list[Array]:
    """Return the inputs and A of every unit on a rectangle of the plane, each layer (n_l, rows, columns).

    The first row is the lowest.
    """
    problem = frame.experiment.problem
    x, y = np.meshgrid(rectangle.x, rectangle.y)
    with np.errstate(over="ignore", invalid="ignore"):
        inputs = np.nan_to_num(problem.inputs(projection.points(np.stack([x.ravel(), y.ravel()]))))
    units = unit_grids(
        frame.experiment.network,
        frame.state.parameters,
        problem.standardization,
        projection,
        rectangle,
        problem.features,
    )
    return [inputs.reshape(-1, rectangle.rows, rectangle.columns), *units]


def shares(maps: Sequence[Array], network: Network) -> list[Array]:
    """Return the maps from 0 to 1, with 0.5 where z = 0; inputs with 0.5 in the middle of their range.

    The output is its own share. Each other unit reaches as far as it goes.
    """
    halves = maps[0] / 2  # of which no difference overflows
    low, high = halves.min(axis=(1, 2), keepdims=True), halves.max(axis=(1, 2), keepdims=True)
    made = [_about(maps[0], low + high, high - low)]
    for name, A in zip(network.hidden_activations, maps[1:], strict=False):
        centre = float(ACTIVATIONS[name].f(np.zeros(1))[0])
        reach = np.abs(A - centre).max(axis=(1, 2), keepdims=True)
        made.append(_about(A, centre, np.maximum(reach, FAINTEST)))
    return [*made, maps[-1]]


def images(values: Array, colours: np.ndarray) -> list[QImage]:
    """Return images of shares (n, rows, columns), in 256 colours (256,) as 0xffRRGGBB, the first row below."""
    pixels = np.ascontiguousarray(colours[(values[:, ::-1] * 255.0 + 0.5).astype(np.uint8)])
    rows, columns = pixels.shape[1:]
    # A copy, as an image does not keep the array alive.
    return [
        QImage(each.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy() for each in pixels
    ]


def _about(A: Array, centre: Array | float, reach: Array) -> Array:
    return np.clip(0.5 + 0.5 * (A - centre) / np.where(reach > 0.0, reach, 1.0), 0.0, 1.0)
