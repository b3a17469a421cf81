"""The data behind each plot, as rows of named values.

Where a plot shows several kinds of things, `part` says which of them a row is about; the others' columns are empty.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from engine.model.activations import ACTIVATIONS, Array, sigmoid
from engine.model.network import logits
from engine.training.commands import Frame
from engine.training.history import COLUMNS
from gui.export.step_table import step_rows
from gui.views.activation import EDGES, REACH, ActivationView
from gui.views.boundary import BoundaryView
from gui.views.cost import CostView
from gui.views.flow import FlowView
from gui.views.network import NetworkView
from gui.views.network_words import input_names
from gui.views.numbers import SETS, NumbersView
from gui.views.step import StepView
from gui.views.surface import SurfaceView
from gui.views.weight_image import WeightImageView

Rows = Iterator[dict[str, object]]
OWN = ("part", "label", "set", "probability", "piece")  # what the boundary's columns are called
OF_Z = np.linspace(-REACH, REACH, 241)


def boundary_rows(view: BoundaryView, frame: Frame) -> Rows:
    """Yield each point with its probability, then the places of the line, piece by piece."""
    problem, projection = frame.experiment.problem, view.projection
    dataset = problem.dataset
    with np.errstate(over="ignore", invalid="ignore"):
        Z = logits(frame.experiment.network, frame.state.parameters, problem.inputs(dataset.X))
    components = projection.axes if projection.columns is None else ()
    names = _different([*dataset.feature_names, *components])
    axes = dict.fromkeys(names[i] for i in projection.columns or (-2, -1))  # one, where it is the same twice
    places = projection.places(dataset.X)
    for i, (x, y, probability) in enumerate(zip(*places.tolist(), sigmoid(Z)[0].tolist(), strict=True)):
        yield {
            "part": "point",
            **dict(zip(axes, (x, y), strict=False)),
            **dict(zip(names, dataset.X[:, i].tolist(), strict=False)),
            "label": dataset.class_names[int(dataset.Y[0, i])],
            "set": "test" if problem.test[i] else "training",
            "probability": probability,
        }
    line = np.array(view.field.line.getData())  # (2, n), with NaN between its pieces
    for x, y, piece in _pieces(line):
        place = dict(zip(axes, (x, y), strict=False))
        yield {"part": "line", **place, "probability": view.threshold, "piece": piece}


def _different(names: Iterable[str]) -> list[str]:
    """Return names of columns so that none is another's, nor one of the table's own."""
    different = list(OWN)
    for name in names:
        while name in different:
            name = f"feature {name}"
        different.append(name)
    return different[len(OWN) :]


def cost_rows(view: CostView, frame: Frame) -> Rows:
    """Yield the scores of the run, and of the runs that were kept."""
    kept = [(run.name(frame), run.curve) for run in view.kept.runs]
    for name, curve in [("this run", frame.curve), *kept]:
        for row in curve.rows.tolist():
            yield dict(zip(COLUMNS, [int(row[0]), *row[1:]], strict=True)) | {"run": name}


def activation_rows(view: ActivationView, frame: Frame) -> Rows:
    """Yield g and g' of every activation, the points drawn on them, and how often z fall between two bounds."""
    curves = {name: each.f(OF_Z) for name, each in ACTIVATIONS.items()}
    slopes = {name: each.derivative(OF_Z, curves[name]) for name, each in ACTIVATIONS.items()}
    for i, z in enumerate(OF_Z.tolist()):
        values = {name: float(A[i]) for name, A in curves.items()}
        values |= {f"{name}_slope": float(A[i]) for name, A in slopes.items()}
        yield {"part": "curve", "z": z, **values}
    layer, problem = view.layer_combo.currentText(), frame.experiment.problem
    rows = problem.rows
    for points in view.drawn:
        for (unit, place), z in np.ndenumerate(points.Z):
            if abs(z) <= REACH:
                row = int(rows[points.columns[place]])
                yield {
                    "part": points.part,
                    "z": float(z),
                    points.activation: float(points.A[unit, place]),
                    f"{points.activation}_slope": float(points.slopes[unit, place]),
                    "layer": layer,
                    "unit": unit + 1,
                    "point": row + 1,
                    "label": problem.dataset.class_names[int(problem.dataset.Y[0, row])],
                    "set": "test" if problem.test[row] else "training",
                }
    for low, high, count in zip(EDGES[:-1].tolist(), EDGES[1:].tolist(), view.counts.tolist(), strict=True):
        yield {"part": "count", "z": low, "z_to": high, "count": count, "layer": layer}


def network_rows(view: NetworkView, frame: Frame) -> Rows:
    """Yield every weight and bias with its gradient."""
    names = input_names(frame)
    layers = zip(frame.state.parameters, frame.state.gradient, strict=True)
    for depth, ((W, b), (dW, db)) in enumerate(layers, start=1):
        for unit in range(len(W)):
            for source in range(W.shape[1]):
                come = names[source] if depth == 1 else f"unit {source + 1}"
                yield _parameter(depth, unit, come, W[unit, source], dW[unit, source])
            yield _parameter(depth, unit, "bias", b[unit, 0], db[unit, 0])


def _parameter(depth: int, unit: int, source: str, value: float, slope: float) -> dict[str, object]:
    return {"layer": depth, "unit": unit + 1, "from": source, "value": float(value), "gradient": float(slope)}


def flow_rows(view: FlowView, frame: Frame) -> Rows:
    """Yield the mean size of each layer's gradient over the run, then that of each unit of one layer now."""
    iterations, values = view.curves()
    for i, iteration in enumerate(iterations.tolist()):
        sizes = {
            f"{view.quantity}_{layer}": size for layer, size in enumerate(values[:, i].tolist(), start=1)
        }
        yield {"part": "curve", "iteration": int(iteration), **sizes}
    layer = int(view.layer_combo.currentData())
    assert view.now is not None
    for unit, size in enumerate(view.now.dZ[layer].tolist(), start=1):
        yield {"part": "unit", "layer": layer + 1, "unit": unit, "dZ": size}


def surface_rows(view: SurfaceView, frame: Frame) -> Rows:
    """Yield the cost everywhere on the plane, then the path on it."""
    for panel, loss in zip(view.panels, view.losses, strict=False):
        landscape, marks = panel.landscape, panel.marks
        if landscape is None or landscape.Z is None or marks is None:
            continue
        across, up = panel.relief.names
        for y, costs in zip(landscape.y.tolist(), landscape.Z.tolist(), strict=True):
            for x, cost in zip(landscape.x.tolist(), costs, strict=True):
                yield {"part": "surface", "loss": loss, across: x, up: y, "cost": cost}
        for x, y in marks.path.T.tolist():
            yield {"part": "path", "loss": loss, across: x, up: y}


def numbers_rows(view: NumbersView, frame: Frame) -> Rows:
    """Yield the counts of each set, then what every threshold would give."""
    names = frame.experiment.problem.dataset.class_names
    for which, table in zip(SETS, view.tables, strict=True):
        for place, count in enumerate(table.confusion):
            kind = {"is": names[place // 2], "called": names[place % 2]}
            yield {"part": "count", "set": which, **kind, "points": count}
    for which, curve in zip(SETS, view.curves, strict=True):
        if curve is not None:
            for false_alarms, recall in zip(curve.false_alarms.tolist(), curve.recall.tolist(), strict=True):
                yield {"part": "curve", "set": which, "false_alarms": false_alarms, "recall": recall}


def image_rows(view: WeightImageView, frame: Frame) -> Rows:
    """Yield the weight of each pixel in each unit of the first layer, in the pixels' own units."""
    problem = frame.experiment.problem
    shape = problem.dataset.image_shape
    if shape is None:
        return
    W, _ = problem.standardization.fold(*frame.state.parameters[0])
    for unit, weights in enumerate(W[:, : shape[0] * shape[1]].reshape(-1, *shape).tolist(), start=1):
        for row, values in enumerate(weights, start=1):
            for column, value in enumerate(values, start=1):
                yield {"unit": unit, "row": row, "column": column, "weight": value}


TABLES: dict[str, Callable[..., Rows]] = {
    BoundaryView.name: boundary_rows,
    CostView.name: cost_rows,
    ActivationView.name: activation_rows,
    NetworkView.name: network_rows,
    FlowView.name: flow_rows,
    SurfaceView.name: surface_rows,
    StepView.name: step_rows,
    NumbersView.name: numbers_rows,
    WeightImageView.name: image_rows,
}


def _pieces(line: Array) -> Iterator[tuple[float, float, int]]:
    """Yield the places of a line (2, n), each with the number of its piece from 1; NaN is between two pieces."""
    piece = 1
    for x, y in line.T.tolist():
        if x == x:
            yield x, y, piece
        else:
            piece += 1
