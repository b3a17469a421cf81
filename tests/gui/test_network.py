"""The network view: what it shows of units, weights and the followed point."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QToolButton

from engine.data.dataset import Dataset
from engine.model.parts import Parts
from engine.model.surfaces import Rectangle, unit_grids
from gui.change import Change
from gui.views.network import NetworkView
from gui.views.network_layout import Layout, Numbers
from gui.views.network_words import say, short
from tests.gui.driving import Lab
from tests.gui.network_driving import (
    bias,
    click,
    edge,
    layout_of,
    node,
    opened,
    point_at,
    type_value,
    undo_names,
)
from tests.gui.plots import LEFT


@pytest.fixture
def view(lab: Lab) -> NetworkView:
    """The view of a 2-4-1 network after 12 iterations."""
    lab.step(12)
    return opened(lab)


def test_it_costs_nothing_until_it_is_opened(lab: Lab) -> None:
    view = lab.window.views["network"]  # type: ignore[attr-defined]
    assert not lab.find("networkDock", QDockWidget).isVisible()
    lab.step(2)
    assert view.canvas.layout_shown is None and view.maps == []
    opened(lab)
    assert len(view.maps) == 3
    dock, other = (lab.find(f"{name}Dock", QDockWidget) for name in ("network", "activation"))
    other.raise_()  # another tab comes before it
    lab.window.grab()
    before = view.maps
    lab.step(2)
    assert view.maps is before
    dock.raise_()
    lab.settle()
    assert view._frame is lab.frame and view.maps is not before
    dock.close()
    before = view.maps
    lab.step(2)
    assert view.maps is before


def test_the_line_at_the_mouse_keeps_the_colour_of_its_sign(lab: Lab, view: NetworkView) -> None:
    place = edge(view, 1, 2, 1)

    def seen() -> tuple[QColor, list[str]]:
        image = view.plot.grab().toImage()
        return image.pixelColor(place), [
            image.pixelColor(place - QPoint(0, up)).name() for up in range(4, 12)
        ]

    point_at(lab, QPoint(2, 60))
    line, beside = seen()
    point_at(lab, place)
    marked, framed = seen()
    assert abs(marked.hsvHue() - line.hsvHue()) < 10 and marked.hsvSaturation() > 60
    assert framed != beside, "it is marked by a frame"


def test_the_mouse_tells_the_weight_and_its_gradient(lab: Lab, view: NetworkView) -> None:
    state = lab.frame.state
    W, dW = state.parameters[0].W, state.gradient[0].W
    point_at(lab, edge(view, 1, 2, 1))
    assert view.told == f"W1[2,1] = {say(W[1, 0])}, dW = {say(dW[1, 0])}"
    point_at(lab, bias(view, 2, 1))
    assert view.told == f"b2[1] = {say(state.parameters[1].b[0, 0])}, db = {say(state.gradient[1].b[0, 0])}"
    point_at(lab, node(view, 1, 3))
    assert view.told == "unit 3 of layer 1, Tanh"
    point_at(lab, node(view, 0, 2))
    assert view.told == lab.dataset.feature_names[1]
    point_at(lab, node(view, 2, 1))
    assert view.told == "output, Sigmoid"
    point_at(lab, QPoint(2, 60))
    assert view.told == ""
    assert say(-0.0204) == "−0.0204" and say(0.7312) == "0.731"


def test_claim_12_zero_weights_never_part_the_units_and_it_says_so(lab: Lab) -> None:
    lab.choose("initCombo", "zeros")
    lab.choose("activationCombo", "sigmoid")
    lab.choose("datasetCombo", "breast_cancer")  # with tanh, or classes of one size, all weights would stay 0
    lab.settle()
    view = opened(lab)
    lab.run()
    lab.wait_for_iterations(200)
    lab.pause()
    W, _ = lab.weights[0]
    assert W.all() and np.ptp(W, axis=0).max() == 0.0
    assert view.finding == "4 units of layer 1 are identical: zero weights never part them."
    assert view.finding in view.plot.accessibleDescription()
    assert all(np.array_equal(each, view.maps[1][0]) for each in view.maps[1])
    lab.choose("initCombo", "xavier")
    lab.settle()
    assert view.finding == ""


def test_claim_13_units_of_the_first_layer_are_lines_and_deeper_ones_are_not(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "8,4")
    lab.settle()
    view = opened(lab)
    first = [each.copy() for each in view.maps]
    lab.step()
    lab.window.playback.step(400)  # type: ignore[attr-defined]
    lab.settle()
    frame, boundary = lab.frame, lab.window.views["boundary"]  # type: ignore[attr-defined]
    x_range, y_range = boundary.box.viewRange()
    size = view.maps[1].shape[1]
    expected = unit_grids(
        frame.experiment.network,
        frame.state.parameters,
        frame.experiment.problem.standardization,
        boundary.projection,
        Rectangle(x_range, y_range, size, size),
    )
    assert [len(each) for each in view.maps] == [2, 8, 4, 1]
    assert all(np.array_equal(A, B) for A, B in zip(view.maps[1:], expected, strict=True))
    assert not np.array_equal(first[2], view.maps[2]), "the maps are live"

    def bend(A: np.ndarray) -> np.ndarray:
        """Return how far z = atanh(a) is from a plane, for each unit of (n, rows, columns)."""
        z = np.arctanh(np.clip(A.astype(float), -0.999, 0.999))
        inside = np.abs(A) < 0.99  # beyond, single precision has no digits left
        curvature = np.abs(np.diff(z, 2, axis=1)) * (inside[:, 2:] & inside[:, 1:-1] & inside[:, :-2])
        return curvature.max(axis=(1, 2))

    assert bend(view.maps[1]).max() < 1e-3 < 1e-2 < bend(view.maps[2]).max()


def test_the_followed_points_values_stand_at_the_nodes(lab: Lab, view: NetworkView) -> None:
    button = lab.find("networkFlowButton", QToolButton)
    assert not button.isVisible() and view.canvas.drawing.numbers == []
    lab.window.document.follow(int(lab.dataset.ids[7]))  # type: ignore[attr-defined]
    frame = lab.frame
    X = frame.experiment.problem.inputs(lab.dataset.X[:, [7]])
    parts = Parts.of(frame.experiment.network, lab.weights, X, lab.dataset.Y[:, [7]])
    a = np.concatenate(parts.passed.A)[:, 0]
    dz = np.concatenate(parts.back.dZ)[:, 0]
    assert view.canvas.drawing.numbers == [
        (short(value), slope) for value, slope in zip(a, ["", "", *map(short, dz)], strict=True)
    ]
    assert Numbers.NONE not in {column.numbers for column in layout_of(view).columns}
    assert f"ŷ = {say(a[-1])}" in view.canvas.drawing.words
    point_at(lab, edge(view, 2, 1, 3))
    w = lab.weights[1].W[0, 2]
    assert f"w·a = {say(w * a[4])}, w·dz = {say(w * dz[-1])}, dW = a·dz = {say(a[4] * dz[-1])}" in view.told
    # Each way, the last and widest line is where the most flows.
    layout, weights = layout_of(view), lab.weights.vector[layout_of(view).weights]
    for flow, lanes, pens in zip(
        (weights * a[layout.sources], weights * np.append([0, 0], dz)[layout.targets]),
        view._lanes,
        view._pens,
        strict=True,
    ):
        most = int(np.abs(flow).argmax())
        widest = pens[int(flow[most] > 0)][-1]
        assert any(pen == widest and lanes[most] in lines for pen, lines in view.canvas.drawing.strokes)
    QTest.mouseClick(button, LEFT)
    assert view.parts is None and view.canvas.drawing.numbers == []
    QTest.mouseClick(button, LEFT)
    assert view.parts is not None
    lab.window.document.follow(None)  # type: ignore[attr-defined]
    assert view.parts is None and not button.isVisible()


def test_width_colour_and_dashes_tell_size_and_sign(lab: Lab, view: NetworkView) -> None:
    layout = layout_of(view)
    values = lab.weights.vector[layout.weights]
    drawn = {}
    for pen, lines in view.canvas.drawing.strokes:
        for each in lines:
            drawn[(each.x1(), each.y1(), each.x2(), each.y2())] = pen
    pens = [drawn[tuple(ends)] for ends in layout.ends.tolist()]
    for pen, value in zip(pens, values, strict=True):
        assert (pen.style() == Qt.PenStyle.DashLine) == (value < 0)
    order = np.argsort(np.abs(values))
    widths = [pens[i].widthF() for i in order]
    assert widths == sorted(widths) and widths[0] < widths[-1]


def test_many_inputs_and_units_are_the_first_ones_an_ellipsis_and_the_last(lab: Lab) -> None:
    view = opened(lab)
    X = np.random.default_rng(0).standard_normal((64, 30))
    names = tuple(f"pixel {i}" for i in range(1, 65))
    many = Dataset.of(X, (X[0] > 0).astype(float), "many", feature_names=names)
    document = lab.window.document  # type: ignore[attr-defined]
    document.change(hidden=(40, 3))
    lab.settle()
    document.show(document.spec, many, Change(replaced=True))
    lab.settle()
    inputs, hidden, small, _ = layout_of(view).columns
    for column, n in ((inputs, 64), (hidden, 40)):
        assert column.units[0] == 0 and column.units[-1] == n - 1
        assert column.left_out == n - len(column.units) > 0
        assert column.places[-2, 1] < column.ellipsis < column.places[-1, 1]
    assert small.ellipsis is None and len(small.units) == 3
    click(lab, edge(view, 1, 40, 64))
    type_value(lab, "3")
    lab.settle()
    assert lab.weights[0].W[39, 63] == 3.0
    assert undo_names(lab)[-1] == "Set W1[40,64] to 3"


def apart_from_each_other(layout: Layout, view: NetworkView) -> None:
    """Check that no two nodes touch, and that all are in the picture."""
    squares = [layout.square(node) for node in range(len(layout.nodes))]
    touching = [(a, b) for a, b in combinations(squares, 2) if a.intersects(b)]
    assert not touching
    assert all(view.canvas.boundingRect().contains(square) for square in squares)


def test_in_a_small_dock_full_layers_stand_in_two_columns_and_weak_lines_step_back(lab: Lab) -> None:
    view = opened(lab)
    lab.window.grab()
    plain = layout_of(view)
    lab.fill("hiddenLayersEdit", "16,16,16")
    lab.settle()
    lab.window.grab()
    layout = layout_of(view)
    hidden = layout.columns[1]
    assert len(hidden.units) == 16 and hidden.ellipsis is None, "all are there"
    assert hidden.side >= 12
    assert np.unique(hidden.places[:, 0]).size == 2 and (np.diff(hidden.places[:, 1]) > 0).all()
    apart_from_each_other(layout, view)
    assert layout.columns[0].side > hidden.side, "where there is room nodes are larger"
    assert layout.crowding > 1 > plain.crowding


@pytest.mark.parametrize("width", [1280, 1920])
def test_three_layers_of_sixteen_fit_without_touching(lab: Lab, width: int) -> None:
    lab.fill("hiddenLayersEdit", "16,16,16")
    lab.settle()
    view = opened(lab)
    lab.window.resize(width, width * 9 // 16)
    lab.find("costDock", QDockWidget).close()
    dock = lab.find("networkDock", QDockWidget)
    lab.window.resizeDocks([dock], [width // 2], Qt.Orientation.Horizontal)  # type: ignore[attr-defined]
    lab.window.grab()
    lab.wait(lambda: view.canvas.size().height() > 300)
    layout = layout_of(view)
    assert [len(each.units) for each in layout.columns] == [2, 16, 16, 16, 1]
    assert layout.sides.min() >= 16
    apart_from_each_other(layout, view)


@pytest.mark.parametrize(
    "chosen",
    [
        {"model": "logistic"},
        {"precision": "single", "hidden": (16, 16, 16), "batch_size": 32, "optimizer": "adam"},
        {"features": ("x1_x2", "sin_x1"), "activation": ("relu",), "standardize": False},
        {"data": "breast_cancer", "loss": "squared"},
    ],
    ids=str,
)
def test_it_shows_every_kind_of_network_also_without_points(lab: Lab, chosen: dict) -> None:  # type: ignore[type-arg]
    view = opened(lab)
    document = lab.window.document  # type: ignore[attr-defined]
    assert document.change(**chosen)
    lab.settle()
    document.follow(int(lab.dataset.ids[0]))
    lab.step(3)
    assert [len(each) for each in view.maps] == list(lab.frame.experiment.network.sizes)
    assert view.parts is not None and all(np.isfinite(each).all() for each in view.maps)
    lab.action("Clear").trigger()
    lab.settle()
    assert view.parts is None and all(np.isfinite(each).all() for each in view.maps)
    lab.action("ThemeDark").trigger()
    lab.window.grab()
    lab.action("ThemeLight").trigger()
