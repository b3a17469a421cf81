"""What the menu above the decision boundary shows: classes, level lines, the margin, earlier lines and rings."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from engine.model.activations import sigmoid
from engine.model.network import Parameters, logits
from gui.export.pictures import draw_picture
from gui.theme import LIGHT
from gui.views import boundary_earlier
from gui.views.boundary import BoundaryView
from gui.views.boundary_field import LEVELS
from gui.views.boundary_show import ENTRIES
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL


@pytest.fixture
def view(lab: Lab) -> BoundaryView:
    """The view, after some training."""
    found = lab.window.views["boundary"]  # type: ignore[attr-defined]
    assert isinstance(found, BoundaryView)
    lab.step(200)
    return found


def show(lab: Lab, *names: str) -> None:
    """Choose entries of the menu."""
    for name in names:
        lab.find(f"boundary{name}", QAction).trigger()


def z_at(lab: Lab, x: np.ndarray, y: np.ndarray, weights: Parameters | None = None) -> np.ndarray:
    """Return the logits at places of the plane, as the engine has them, (k,)."""
    experiment = lab.frame.experiment
    X = experiment.problem.standardization.apply(np.stack([x, y]))
    return logits(experiment.network, weights or lab.weights, X)[0]


def places(curve: object) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of what a curve draws, without the gaps."""
    x, y = curve.getData()  # type: ignore[attr-defined]
    return x[np.isfinite(x)], y[np.isfinite(x)]


def test_every_entry_has_a_name_and_says_what_it_is(lab: Lab) -> None:
    menu = lab.find("boundaryShowButton", QToolButton).menu()
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.objectName() for action in actions] == [f"boundary{entry.name}" for entry in ENTRIES]
    assert all(action.isCheckable() and len(action.toolTip()) > 20 for action in actions)
    assert menu.toolTipsVisible()
    assert [action.text() for action in actions if action.isChecked()] == [
        "Probability",
        "Rings around wrong points",
    ]


def test_classes_are_two_flat_colours_with_the_edge_at_the_line(lab: Lab, view: BoundaryView) -> None:
    assert not view.field.areas.isVisible()
    show(lab, "Class")
    assert view.field.areas.isVisible() and not view.field.heat.isVisible()
    (left, right), (bottom, top) = view.area.ranges
    x, y = np.random.default_rng(0).uniform([left, bottom], [right, top], (300, 2)).T
    Z = z_at(lab, x, y)
    far = np.abs(Z) > 0.3  # a cell of the map from the line
    inside = np.array([view.field.areas.inside.contains(QPointF(*place)) for place in zip(x, y, strict=True)])
    assert 50 < inside.sum() < 250
    np.testing.assert_array_equal(inside[far], Z[far] > 0)
    lab.settle()
    image = lab.plot().grab().toImage()
    seen = {image.pixelColor(lab.inside(across, 0.98)).name() for across in np.linspace(0.01, 0.99, 60)}
    assert len(seen) <= 4, "two colours, and the line between them"
    show(lab, "Probability")
    assert view.field.heat.isVisible() and not view.field.areas.isVisible()


@pytest.mark.parametrize("model", ["logistic", "network"])
def test_where_no_class_is_likelier_the_plane_is_what_the_points_are_called(
    lab: Lab, view: BoundaryView, model: str
) -> None:
    lab.choose("modelCombo", model)
    lab.choose("initCombo", "zeros")
    lab.settle()
    show(lab, "Class")
    labels = view.drawn.dataset.Y[0, view.drawn.rows]  # type: ignore[union-attr]
    for threshold, called in ((0.5, 1), (0.51, 0), (0.49, 1)):
        lab.window.document.set_threshold(threshold)  # type: ignore[attr-defined]
        lab.settle()
        path, (width, height) = view.field.areas.inside, view.area.ranges
        spots = [QPointF(x, y) for x in np.linspace(*width, 5) for y in np.linspace(*height, 5)]
        assert {path.contains(spot) for spot in spots} == {bool(called)}, threshold
        assert places(view.field.line)[0].size == 0
        ringed = set(zip(*view.drawn.wrong.places[0], strict=True))
        wrong = view.drawn.places[:, labels != called]
        assert ringed == set(zip(*wrong, strict=True)), threshold


def test_level_lines_are_where_the_probability_is_that(lab: Lab, view: BoundaryView) -> None:
    assert not view.field.levels.isVisible()
    show(lab, "Levels")
    x, y = places(view.field.levels)
    probability = sigmoid(z_at(lab, x, y))
    nearest = np.abs(probability[:, None] - LEVELS).min(axis=1)
    assert nearest.max() < 0.02
    assert all((np.abs(probability - level) < 0.02).any() for level in LEVELS)
    tags = view.field.tags
    assert {"0.5 line", "0.50 line"} & set(tags.places), "beside others, the bold one says what it is, too"
    for level in LEVELS:
        x, y = tags.places[f"{level:g}"]
        assert sigmoid(z_at(lab, x[None], y[None]))[0] == pytest.approx(level, abs=0.02)
    show(lab, "Levels")
    assert not view.field.levels.isVisible() and not tags.isVisible()


def test_words_on_lines_stay_apart_and_inside(lab: Lab, view: BoundaryView) -> None:
    show(lab, "Levels", "Margin")
    places = view.field.tags.places
    assert {"margin z = −1", "margin z = +1"} <= set(places)
    pixels = [lab.pixel(*place) for place in places.values()]
    area = lab.plot().mapFromScene(lab.box().sceneBoundingRect()).boundingRect()
    assert all(area.contains(pixel) for pixel in pixels)
    apart = [(abs(a.x() - b.x()), abs(a.y() - b.y())) for a in pixels for b in pixels if a is not b]
    assert min(max(across / 24, up / 16) for across, up in apart) > 1


def test_the_margin_is_where_z_is_one_and_its_points_are_counted(lab: Lab, view: BoundaryView) -> None:
    assert view.findings.text == ""
    show(lab, "Margin")
    x, y = places(view.field.margin)
    Z = z_at(lab, x, y)
    assert np.abs(np.abs(Z) - 1).max() < 0.08
    assert (Z > 0).any() and (Z < 0).any()
    assert view.field.margin.opts["pen"].style() == Qt.PenStyle.DashLine
    problem = lab.frame.experiment.problem
    Z = logits(lab.frame.experiment.network, lab.weights, problem.X_train)
    inside, smallest = int((np.abs(Z) < 1).sum()), float(((2 * problem.Y_train - 1) * Z).min())
    assert view.findings.text == (
        f"{inside} of 320 training points inside the margin, smallest (2y − 1) z {smallest:+.3g}".replace(
            "-", "−"
        )
    )
    lab.action("Clear").trigger()
    lab.settle()
    assert view.findings.text == "0 of 0 training points inside the margin"
    show(lab, "Margin")
    assert view.findings.text == ""


def test_earlier_lines_are_the_lines_of_those_iterations(lab: Lab, view: BoundaryView) -> None:
    weights = {}
    lab.press(Qt.Key.Key_R)
    lab.settle()
    for k in range(41):
        weights[k] = lab.weights
        lab.step()
    show(lab, "Earlier")
    earlier = view.earlier
    lab.wait(lambda: earlier.is_complete)
    assert earlier.iterations == [0, 1, 2, 4, 8, 16, 32]
    for k, path in zip(earlier.iterations, earlier.lines, strict=True):
        elements = [path.elementAt(i) for i in range(path.elementCount())]
        x, y = np.array([[each.x, each.y] for each in elements]).T
        assert np.abs(z_at(lab, x, y, weights[k])).max() < 0.05, k
    assert view.findings.text == "faint: iterations 0 to 32"
    lab.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    lab.settle()
    assert lab.iteration == 31
    lab.wait(lambda: earlier.is_complete)
    assert earlier.iterations == [0, 1, 2, 4, 8, 16], "only what was before"
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert earlier.iterations == [] and view.findings.text == ""
    lab.run()
    lab.wait_for_iterations(600)
    lab.pause()
    lab.wait(lambda: earlier.is_complete)
    assert len(earlier.iterations) == 8, "more would be crowded"


def test_one_line_at_least_comes_with_each_picture_however_slow_it_is(
    lab: Lab, view: BoundaryView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boundary_earlier, "SLICE", 0.0)
    show(lab, "Earlier")
    assert view.earlier.iterations == [128] and not view.earlier.is_complete
    lab.wait(lambda: view.earlier.is_complete)
    assert view.earlier.iterations == [1, 2, 4, 8, 16, 32, 64, 128]
    assert view.findings.text == "faint: iterations 1 to 128"


def test_earlier_lines_follow_when_the_plane_moves(lab: Lab, view: BoundaryView) -> None:
    show(lab, "Earlier")
    lab.wait(lambda: view.earlier.is_complete)
    lines = view.earlier.lines
    lab.wheel(lab.inside(0.5, 0.5), -3, CONTROL)
    (left, right), _ = view.area.ranges
    lab.wait(lambda: view.earlier.is_complete and view.earlier.lines is not lines)
    edges = [path.boundingRect() for path in view.earlier.lines]
    assert min(edge.left() for edge in edges) < left + (right - left) / 20


def test_rings_can_be_left_out(lab: Lab, view: BoundaryView) -> None:
    lab.fill("noiseSpin", "0.4")
    lab.settle()
    assert view.drawn.wrong.places[0][0].size > 0
    show(lab, "Rings")
    assert view.drawn.wrong.places[0][0].size == 0 and not view.drawn.wrong.isVisible()
    lab.step(3)
    assert view.drawn.wrong.places[0][0].size == 0
    show(lab, "Rings")
    assert view.drawn.wrong.places[0][0].size > 0


def test_a_picture_shows_what_the_window_shows(lab: Lab, view: BoundaryView) -> None:
    plain = draw_picture("boundary", lab.frame, LIGHT, 1, view)
    for names in (["Class"], ["Probability", "Levels"], ["Margin"], ["Earlier"], ["Rings"]):
        show(lab, *names)
        lab.wait(lambda: view.earlier.is_complete)
        assert draw_picture("boundary", lab.frame, LIGHT, 1, view) != plain, names


def test_the_mouse_follows_a_point_and_escape_lets_it_go(lab: Lab, view: BoundaryView) -> None:
    assert "Ctrl+click follows" in view.header.note.text()
    lab.click(lab.pixel(*lab.dataset.X[:, 5]), modifiers=CONTROL)
    lab.settle()
    followed = lab.window.document.followed_id  # type: ignore[attr-defined]
    assert followed is not None and view.drawn.followed.isVisible()
    assert view.header.note.text().startswith("1 selected and followed: ")
    lab.press(Qt.Key.Key_Escape)
    assert lab.window.document.followed_id is None  # type: ignore[attr-defined]
    assert not view.drawn.followed.isVisible()


@pytest.mark.parametrize("hidden", ["", "16,16,16"])
def test_everything_shown_works_for_any_network_and_no_points(
    lab: Lab, view: BoundaryView, hidden: str
) -> None:
    show(lab, "Class", "Levels", "Margin", "Earlier")
    lab.choose("datasetCombo", "breast_cancer")
    lab.fill("batchSizeSpin", "32")
    lab.choose("precisionCombo", "single")
    if hidden:
        lab.fill("hiddenLayersEdit", hidden)
    else:
        lab.choose("modelCombo", "logistic")
    lab.settle()
    lab.plot().setFocus()
    lab.step(20)
    lab.wait(lambda: view.earlier.is_complete)
    assert len(view.earlier.iterations) == 6
    assert places(view.field.line)[0].size
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    assert view.earlier.iterations == []
    lab.action("Clear").trigger()
    lab.settle()
    assert view.findings.text.startswith("0 of 0 training points")
