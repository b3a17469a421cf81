"""The table behind the opened step, and that behind the activations: other programs can compute with them."""

import csv
import io

import numpy as np
import pytest

from engine.model.activations import ACTIVATIONS
from engine.model.network import Parameters
from engine.training.opened import Opened
from gui.export.formats import FORMATS
from gui.export.pictures import Picture
from gui.theme import LIGHT
from gui.views.activation import REACH
from gui.views.step import StepView
from gui.views.view import View
from tests.gui.driving import Lab
from tests.gui.export.frames import frame_for

Row = dict[str, str]


def table(lab: Lab, view: View) -> list[Row]:
    data = FORMATS[".csv"].write(Picture(view.name, lab.frame, LIGHT, view), 1.0)
    return list(csv.DictReader(io.StringIO(data.decode())))


def matrix(rows: list[Row], quantity: str, layer: int | str = "") -> np.ndarray:
    """Return what stands in the table of one quantity, (rows, columns)."""
    values: dict[int, list[float]] = {}
    for row in rows:
        if (row["quantity"], row["layer"]) == (quantity, str(layer)):
            values.setdefault(int(row["row"] or 1), []).append(float(row["value"]))
    return np.array([values[row] for row in sorted(values)])


def parameters(rows: list[Row], before: str, like: Parameters) -> Parameters:
    layers = range(1, len(like) + 1)
    pairs = [(matrix(rows, f"{before}W", l), matrix(rows, f"{before}b", l)) for l in layers]
    return Parameters.of(like.network, pairs)


def test_the_opened_step_can_be_made_once_more_from_its_table(lab: Lab) -> None:
    view = lab.open_view("step", StepView)
    lab.step(4)
    view._controls.one = False
    view._switch()
    before = lab.frame
    view.enter("update")
    lab.settle()
    lab.wait(lambda: view.phase == "update")
    rows = table(lab, view)
    assert list(rows[0]) == ["quantity", "layer", "row", "column", "value"]
    opened = Opened.of_all(before.experiment, before.state)
    x, y = matrix(rows, "x", 0), matrix(rows, "y")
    np.testing.assert_array_equal(x, opened.X, "in full")
    old, slope = (parameters(rows, each, before.state.parameters) for each in ("", "d"))
    np.testing.assert_array_equal(old.vector, before.state.parameters.vector)
    np.testing.assert_array_equal(slope.vector, opened.gradient.vector)
    alpha = float(matrix(rows, "alpha")[0, 0])
    updated = parameters(rows, "updated_", old)
    np.testing.assert_array_equal(updated.vector, lab.frame.state.parameters.vector)
    np.testing.assert_allclose(updated.vector, old.vector - alpha * slope.vector, rtol=1e-12)
    for l, (W, b) in enumerate(old, start=1):
        into = x if l == 1 else matrix(rows, "a", l - 1)
        np.testing.assert_allclose(matrix(rows, "z", l), W @ into + b, rtol=1e-10)
    dz = matrix(rows, "dz", 2)
    np.testing.assert_allclose(dz, matrix(rows, "a", 2) - y, atol=1e-12)
    assert float(matrix(rows, "J")[0, 0]) == pytest.approx(matrix(rows, "loss").mean(), rel=1e-12)
    numerical, checked = (parameters(rows, each, old) for each in ("numerical_d", "checked_d"))
    np.testing.assert_allclose(numerical.vector, checked.vector, atol=1e-6)


def test_one_example_up_to_its_phase_has_its_number_in_the_data_set(lab: Lab) -> None:
    view = lab.open_view("step", StepView)
    lab.window.document.follow(int(lab.dataset.ids[7]))  # type: ignore[attr-defined]
    lab.settle()
    view.enter("cost")
    lab.settle()
    rows = table(lab, view)
    names = {row["quantity"] for row in rows}
    assert "loss" in names and not names & {"da", "dz", "dW", "updated_W"}, "up to the phase shown"
    assert {row["column"] for row in rows if row["quantity"] in ("x", "z", "loss")} == {"8"}
    problem = lab.frame.experiment.problem
    np.testing.assert_array_equal(matrix(rows, "x", 0), problem.inputs(problem.dataset.X[:, [7]]))


def test_the_points_on_the_activations_are_in_the_table(lab: Lab) -> None:
    lab.step(3)
    lab.window.document.follow(int(lab.dataset.ids[7]))  # type: ignore[attr-defined]
    lab.settle()
    view = lab.window.views["activation"]  # type: ignore[attr-defined]
    view.show_layer(0)
    rows = table(lab, view)
    problem, tanh = lab.frame.experiment.problem, ACTIVATIONS["tanh"]
    (W, b), dataset = lab.frame.state.parameters[0], problem.dataset
    Z = W @ problem.inputs(dataset.X) + b
    points = [row for row in rows if row["part"] == "point"]
    shown = sum(np.count_nonzero(np.abs(each.Z) <= REACH) for each in view.drawn[:1])
    assert len(points) == shown > 100
    followed = [row for row in rows if row["part"] == "followed"]
    assert len(followed) == len(W) and {row["point"] for row in followed} == {"8"}
    for row in points[:50] + followed:
        place, z = int(row["point"]) - 1, float(row["z"])
        assert z == pytest.approx(Z[int(row["unit"]) - 1, place], abs=1e-12)
        A = tanh.f(np.array([z]))
        assert float(row["tanh"]) == pytest.approx(A[0], abs=1e-12)
        assert float(row["tanh_slope"]) == pytest.approx(tanh.derivative(np.array([z]), A)[0], abs=1e-12)
        assert row["label"] == dataset.class_names[int(dataset.Y[0, place])]
        assert row["set"] == ("test" if problem.test[place] else "training")


def test_no_value_is_rounded(qapp: object) -> None:
    frame = frame_for("step")
    data = FORMATS[".csv"].write(Picture("step", frame, LIGHT), 1.0).decode()
    assert repr(float(frame.state.parameters[0].W[0, 0])) in data
