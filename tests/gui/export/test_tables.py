"""The data behind each plot as a table: what is in it is what is drawn."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.model.activations import sigmoid
from engine.model.network import logits
from engine.training.history import COLUMNS
from engine.training.spec import Spec
from gui.export.formats import FORMATS
from gui.export.pictures import VIEWS, Picture
from gui.theme import LIGHT
from tests.gui.export.frames import frame_for, frame_of

Row = dict[str, str]


def rows_of(view: str, **wanted: str) -> list[Row]:
    """Return the rows of a view's table that have these values."""
    data = FORMATS[".csv"].write(Picture(view, frame_for(view), LIGHT), 1.0)
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def column(rows: list[Row], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_table(qapp: QApplication, view: str) -> None:
    rows = rows_of(view)
    assert len(rows) > 10
    assert all(None not in row and None not in row.values() for row in rows), "as many cells as names"


def test_the_boundarys_points_are_the_points_with_their_probabilities(qapp: QApplication) -> None:
    frame = frame_for("boundary")
    problem, rows = frame.experiment.problem, rows_of("boundary", part="point")
    X = np.stack([column(rows, name) for name in problem.dataset.feature_names])
    assert np.array_equal(X, problem.dataset.X), "to the last bit"
    Z = logits(frame.experiment.network, frame.state.parameters, problem.inputs(X))
    assert np.array_equal(column(rows, "probability"), sigmoid(Z)[0])
    assert [row["label"] == "B" for row in rows] == list(problem.dataset.Y[0] == 1)
    assert [row["set"] == "test" for row in rows] == list(problem.test)


def test_features_that_are_called_as_the_tables_own_columns_are_all_there(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    names = ["label", "feature label", "probability"]
    X = np.random.default_rng(0).normal(size=(20, 3))
    lines = [f"{','.join(map(repr, x.tolist()))},{'ab'[i % 2]}" for i, x in enumerate(X)]
    path.write_text("\n".join([",".join([*names, "kind"]), *lines]))
    frame = frame_of(Spec(data=str(path), columns=("*",), label="kind"), 1)
    assert list(frame.experiment.problem.dataset.feature_names) == names
    data = FORMATS[".csv"].write(Picture("boundary", frame, LIGHT), 1.0)
    rows = [row for row in csv.DictReader(io.StringIO(data.decode())) if row["part"] == "point"]
    own = ["feature label", "feature feature label", "feature probability"]
    np.testing.assert_array_equal(np.stack([column(rows, name) for name in own], axis=1), X)
    assert {row["label"] for row in rows} == {"a", "b"}
    assert ((column(rows, "probability") > 0) & (column(rows, "probability") < 1)).all()


def test_the_network_has_the_lines_probability_on_its_line(qapp: QApplication) -> None:
    frame = frame_for("boundary")
    rows = rows_of("boundary", part="line")
    X = np.stack([column(rows, name) for name in frame.experiment.problem.dataset.feature_names])
    Z = logits(frame.experiment.network, frame.state.parameters, frame.experiment.problem.inputs(X))
    np.testing.assert_allclose(sigmoid(Z)[0], 0.5, atol=0.02)
    assert set(column(rows, "probability")) == {0.5} and {row["piece"] for row in rows} == {"1"}


def test_the_costs_table_is_the_history(qapp: QApplication) -> None:
    rows, curve = rows_of("cost", run="this run"), frame_for("cost").curve
    for name in COLUMNS:
        assert np.array_equal(column(rows, name), curve.column(name), equal_nan=True), name


def test_the_activations_are_what_they_are_called_and_all_z_are_counted(qapp: QApplication) -> None:
    curves = rows_of("activation", part="curve")
    z = column(curves, "z")
    np.testing.assert_allclose(column(curves, "tanh"), np.tanh(z), atol=1e-12)
    np.testing.assert_allclose(column(curves, "tanh_slope"), 1 - np.tanh(z) ** 2, atol=1e-12)
    frame = frame_for("activation")
    units, m = frame.experiment.network.sizes[1], frame.experiment.problem.m_train
    counted = column(rows_of("activation", part="count"), "count")
    assert 0.9 * units * m < counted.sum() <= units * m


def test_every_parameter_of_the_network_is_there(qapp: QApplication) -> None:
    frame = frame_for("network")
    rows = rows_of("network")
    layers = zip(frame.state.parameters, frame.state.gradient, strict=True)
    for depth, ((W, b), (dW, db)) in enumerate(layers, start=1):
        for name, parts in (("value", (W, b)), ("gradient", (dW, db))):
            found = column([row for row in rows if row["layer"] == str(depth)], name)
            assert np.array_equal(found, np.hstack(parts).ravel()), (depth, name)


def test_the_path_ends_where_the_cost_is_that_of_the_run(qapp: QApplication) -> None:
    frame = frame_for("surface")
    names = ("along the run", "across it")
    surface, path = rows_of("surface", part="surface"), rows_of("surface", part="path")
    places = np.stack([column(surface, name) for name in names])  # (2, n)
    end = np.array([column(path, name)[-1] for name in names])[:, None]
    nearest = int(np.hypot(*(places - end)).argmin())
    assert column(surface, "cost")[nearest] == pytest.approx(frame.state.scores.train_cost, rel=0.2)


def test_the_flow_the_numbers_the_step_and_the_images_say_what_they_show(qapp: QApplication) -> None:
    flow = rows_of("flow", part="curve")
    assert column(flow, "iteration")[-1] == 300 and (column(flow, "dW_1") > 0).all()
    counts = rows_of("numbers", part="count", set="training points")
    assert column(counts, "points").sum() == frame_for("numbers").experiment.problem.m_train
    assert [float(row["value"]) for row in rows_of("step", quantity="iteration")] == [300]
    frame = frame_for("weightImage")
    W, _ = frame.experiment.problem.standardization.fold(*frame.state.parameters[0])
    assert np.array_equal(column(rows_of("weightImage"), "weight"), W[:, :64].ravel())
