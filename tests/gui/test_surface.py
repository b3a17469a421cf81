"""The cost surface: costs, path and arrows, many starts, and both losses side by side (claims 3, 4 and 5)."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton

from engine.model.charts import parameter_names
from engine.model.network import Parameters
from engine.training.descent import Descent
from gui.views.scales import said
from gui.views.surface import SurfaceView
from gui.views.surface_panel import SurfacePanel
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import line


@pytest.fixture
def surface(lab: Lab) -> SurfaceView:
    """The view, opened from the menu."""
    view = lab.open_view("surface", SurfaceView)
    lab.window.grab()
    return view


def complete(lab: Lab, view: SurfaceView) -> SurfacePanel:
    """Return the run's own surface once all is computed."""
    lab.settle()
    lab.wait(lambda: view.is_complete)
    return view.panels[0]


def choose(lab: Lab, across: object, up: object = None) -> None:
    """Choose what the surface is over."""
    for name, data in (("surfaceAcrossCombo", across), ("surfaceUpCombo", up)):
        if data is not None:
            combo = lab.find(name, QComboBox)
            combo.setCurrentIndex(combo.findData(data))
            combo.activated.emit(combo.currentIndex())


def drag_to(lab: Lab, view: SurfaceView, x: float, y: float, first: bool = False) -> None:
    """Take the current point, or the first one of the path, and drop it at a place of the plane."""
    panel = view.panels[0]

    def pixel(place: QPointF) -> QPoint:
        return view.plot.mapFromScene(panel.box.mapViewToScene(place))

    point = panel.start if first else panel.target
    start, end = pixel(point.pos()), pixel(QPointF(x, y))
    lab.drag(line(start, end, 8), plot="surface")
    lab.settle()


def bends(Z: np.ndarray) -> float:
    """Return the smallest second difference along all rows, columns and diagonals of a surface."""
    rising = Z[2:, 2:] - 2 * Z[1:-1, 1:-1] + Z[:-2, :-2]
    falling = Z[2:, :-2] - 2 * Z[1:-1, 1:-1] + Z[:-2, 2:]
    each = (np.diff(Z, 2, axis=0), np.diff(Z, 2, axis=1), rising, falling)
    return min(float(bend.min()) for bend in each)


def cost(lab: Lab, vector: np.ndarray) -> float:
    """Return the training cost at a vector of parameters."""
    descent = Descent(lab.frame.experiment, threaded=False)
    return descent.cost_at(vector)


def test_every_place_has_the_cost_of_its_parameters(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 3, 7)
    lab.step(5)
    panel = complete(lab, surface)
    landscape = panel.landscape
    assert landscape is not None and landscape.Z is not None and max(landscape.Z.shape) == 64
    names = parameter_names(lab.frame.experiment.network)
    assert panel.plot.getAxis("bottom").labelText == names[3]
    assert panel.plot.getAxis("left").labelText == names[7]
    for row, column in ((0, 0), (10, 40)):
        vector = lab.weights.vector.copy()
        vector[[3, 7]] = landscape.x[column], landscape.y[row]
        assert landscape.Z[row, column] == pytest.approx(cost(lab, vector), rel=1e-12)


def test_the_mouse_reads_the_cost(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 3, 7)
    lab.step(5)
    panel = complete(lab, surface)

    def read() -> list[str]:
        return [tag.toPlainText() for _, tag in surface._reading._tags if tag.isVisible()]

    (x_low, x_high), (y_low, y_high) = panel.box.viewRange()
    for share in (0.2, 0.8):
        place = QPointF(x_low + share * (x_high - x_low), y_low + share * (y_high - y_low))
        pixel = surface.plot.mapFromScene(panel.box.mapViewToScene(place))
        lab.mouse(QEvent.Type.MouseMove, pixel, plot="surface")
        at = panel.box.mapSceneToView(surface.plot.mapToScene(pixel))
        vector = lab.weights.vector.copy()
        vector[[3, 7]] = at.x(), at.y()
        assert read() == [f"cost {said(cost(lab, vector))}"]
    lab.mouse(QEvent.Type.MouseMove, QPoint(2, 2), plot="surface")
    assert read() == []
    QTest.mouseClick(lab.find("surfaceReliefButton", QToolButton), Qt.MouseButton.LeftButton)
    lab.mouse(QEvent.Type.MouseMove, pixel, plot="surface")
    assert read() == []


def test_the_same_parameter_twice_moves_the_other_box_on(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 3, 7)
    choose(lab, 7)
    assert surface.choice.plane == (7, 6)
    choose(lab, None, 7)
    assert surface.choice.plane == (6, 7)
    choose(lab, 0, 0)
    assert surface.choice.plane == (1, 0)


def test_the_path_is_drawn_as_it_goes_and_ends_at_the_point_that_is_shown(
    lab: Lab, surface: SurfaceView
) -> None:
    choose(lab, 0, 1)
    seen = []
    for _ in range(6):
        seen.append(lab.weights.vector[:2])
        lab.step()
    panel = complete(lab, surface)
    assert panel.marks is not None
    np.testing.assert_allclose(panel.marks.path[:, :6].T, seen)
    np.testing.assert_allclose(panel.marks.now, lab.weights.vector[:2])
    lab.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    complete(lab, surface)
    np.testing.assert_allclose(panel.marks.now, seen[0])
    assert panel.marks.path.shape == (2, 1)


def test_alpha_sets_the_step_and_the_step_is_the_one_that_is_made(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 0, 1)
    lengths = {}
    for alpha in ("0.1", "0.4"):
        lab.fill("learningRateSpin", alpha)
        panel = complete(lab, surface)
        assert panel.marks is not None
        step = panel.marks.tip - panel.marks.now
        np.testing.assert_allclose(step, -float(alpha) * panel.marks.uphill, atol=1e-12)
        lengths[alpha] = float(np.linalg.norm(step))
        assert f"α {alpha} × gradient" in surface.caption.text
    assert lengths["0.4"] == pytest.approx(4 * lengths["0.1"])
    tip = panel.marks.tip
    lab.plot().setFocus()
    lab.step()
    complete(lab, surface)
    np.testing.assert_allclose(panel.marks.now, tip)


def test_too_large_an_alpha_climbs_out_of_the_valley(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.fill("l2Spin", "1")
    heights = {}
    for alpha in ("0.5", "3"):
        lab.fill("learningRateSpin", alpha)
        lab.plot().setFocus()
        lab.press(Qt.Key.Key_R)
        lab.step(6)
        marks = complete(lab, surface).marks
        assert marks is not None
        heights[alpha] = np.linalg.norm(np.diff(marks.path, axis=1), axis=0)
    assert heights["0.5"][-1] < heights["0.5"][0]
    assert heights["3"][-1] > 2 * heights["3"][0], "each step is longer than the one before"


def test_both_losses_side_by_side_one_convex_and_one_not(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.settle()
    assert "Convex: any start reaches the same minimum." in surface.caption.text
    QTest.mouseClick(lab.find("surfaceCompareButton", QToolButton), Qt.MouseButton.LeftButton)
    lab.plot().setFocus()
    lab.step(40)
    complete(lab, surface)
    assert surface.losses == ["log", "squared"]
    assert "Log loss: convex: any start reaches the same minimum." in surface.caption.text
    assert "Squared error: not convex" in surface.caption.text
    log, squared = (panel.landscape for panel in surface.panels)
    assert log is not None and log.Z is not None and squared is not None and squared.Z is not None
    assert bends(log.Z) > -1e-9
    assert bends(squared.Z) < -1e-6
    marks = [panel.marks for panel in surface.panels]
    assert marks[0] is not None and marks[1] is not None
    np.testing.assert_array_equal(marks[0].path[:, 0], marks[1].path[:, 0])
    went = [float(np.linalg.norm(each.now - each.path[:, 0])) for each in marks if each is not None]
    assert went[1] < 0.75 * went[0], "the same steps with the other loss lead less far"


def test_only_logistic_regression_with_log_loss_is_called_convex(lab: Lab, surface: SurfaceView) -> None:
    for model, loss, convex in (
        ("network", "log", False),
        ("logistic", "squared", False),
        ("logistic", "log", True),
    ):
        lab.choose("modelCombo", model)
        lab.choose("lossCombo", loss)
        lab.settle()
        assert ("Convex: any start reaches the same minimum." in surface.caption.text) == convex
        assert ("Not convex" in surface.caption.text) == (not convex)


def test_any_start_reaches_the_same_minimum(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.fill("l2Spin", "0.1")
    lab.plot().setFocus()
    ends = []
    for start in ((-1.5, 1.0), (1.5, 1.0), (0.5, -1.5)):
        complete(lab, surface)
        drag_to(lab, surface, *start)
        assert lab.iteration == 0 and not lab.is_running
        np.testing.assert_allclose(lab.weights.vector[:2], start, atol=0.05)
        lab.plot().setFocus()
        lab.run()
        lab.wait(lambda: lab.frame.state.scores.gradient_norm < 1e-6)
        lab.pause()
        ends.append(lab.weights.vector)
    np.testing.assert_allclose(ends, [ends[0]] * 3, atol=1e-4)
    marks = complete(lab, surface).marks
    assert marks is not None
    starts = np.count_nonzero(np.isnan(marks.earlier[0]))
    assert starts >= 3, "the earlier paths stay"


def test_the_dragged_point_is_where_the_run_begins_and_undo_goes_back(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 0, 1)
    lab.step(5)
    first = lab.frame.experiment.start
    complete(lab, surface)
    before = lab.weights.vector
    drag_to(lab, surface, 1.0, -1.0)
    dropped = lab.weights.vector
    assert lab.iteration == 0
    np.testing.assert_allclose(dropped[:2], [1.0, -1.0], atol=0.05)
    np.testing.assert_array_equal(dropped[2:], before[2:])
    lab.action("Undo").trigger()
    lab.settle()
    assert same_weights(lab.weights, first)
    assert lab.status == "Undone, first weights: those of before are back. Space runs."
    lab.action("Redo").trigger()
    lab.settle()
    np.testing.assert_array_equal(lab.weights.vector, dropped)
    lab.plot().setFocus()
    lab.step(2)
    lab.press(Qt.Key.Key_R)
    lab.settle()
    np.testing.assert_array_equal(lab.weights.vector, dropped)


def test_the_first_point_of_the_path_can_be_dragged_too(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.settle()
    choose(lab, 0, 1)
    lab.fill("learningRateSpin", "5")
    lab.plot().setFocus()
    lab.step(10)
    panel = complete(lab, surface)
    assert panel.marks is not None
    apart = (panel.marks.now - panel.marks.path[:, 0]) / np.array(panel.box.viewPixelSize())
    assert np.linalg.norm(apart) > 20, "the last point does not lie over it"
    first = lab.frame.trail[0].parameters.vector
    before = surface.panels[0].box.viewRange()
    drag_to(lab, surface, 1.0, -1.0, first=True)
    assert lab.iteration == 0
    np.testing.assert_allclose(lab.weights.vector[:2], [1.0, -1.0], atol=0.05)
    np.testing.assert_array_equal(lab.weights.vector[2:], first[2:], "the others stay those of the start")
    assert surface.panels[0].box.viewRange() == before


@pytest.mark.parametrize("first", [True, False])
def test_the_plane_on_which_a_start_is_chosen_stays(lab: Lab, surface: SurfaceView, first: bool) -> None:
    lab.run()
    lab.wait_for_iterations(300)
    lab.pause()
    panel = complete(lab, surface)
    chart, ranges = surface.chart, panel.box.viewRange()
    assert chart is not None
    x, y = (low + 0.3 * (high - low) for low, high in ranges)
    drag_to(lab, surface, x, y, first)
    complete(lab, surface)
    assert lab.iteration == 0
    assert surface.chart is chart and panel.box.viewRange() == ranges
    (x_place, y_place), pixel = chart.places(lab.weights.vector), panel.box.viewPixelSize()
    assert abs(x_place - x) < 2 * pixel[0] and abs(y_place - y) < 2 * pixel[1]
    assert "The plane as it was before this start" in surface.caption.text
    assert "earlier" in [words for _, words in surface.key._entries]
    lab.plot().setFocus()
    lab.step(2)
    complete(lab, surface)
    assert surface.chart is chart, "two iterations make no plane"
    QTest.mouseClick(lab.find("surfaceFitButton", QToolButton), Qt.MouseButton.LeftButton)
    complete(lab, surface)
    assert surface.chart is not chart
    assert "% of how the run moved" in surface.caption.text


def test_earlier_runs_are_named_where_one_is_seen(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 0, 1)
    lab.step(5)
    complete(lab, surface)
    drag_to(lab, surface, *surface.panels[0].start.pos())
    drag_to(lab, surface, 1.0, -1.0)
    complete(lab, surface)
    assert "earlier" in [words for _, words in surface.key._entries]
    far = {"xRange": (50.0, 51.0), "yRange": (50.0, 51.0)}
    surface.panels[0].box.setRange(**far, padding=0)
    surface.panels[0].box.sigRangeChangedManually.emit([True, True])
    complete(lab, surface)
    assert "earlier" not in [words for _, words in surface.key._entries]


def test_the_runs_plane_shows_the_run(lab: Lab, surface: SurfaceView) -> None:
    assert surface.choice.plane == "path"
    assert "The plane of the first step" in surface.caption.text
    lab.run()
    lab.wait_for_iterations(300)
    lab.pause()
    panel = complete(lab, surface)
    assert surface.chart is not None and panel.marks is not None
    assert surface.chart.plane.share > 0.9
    assert "% of how the run moved" in surface.caption.text and "100%" not in surface.caption.text
    (x_low, x_high), (y_low, y_high) = panel.box.viewRange()
    x, y = panel.marks.path
    assert ((x_low < x) & (x < x_high) & (y_low < y) & (y < y_high)).all()
    landscape = panel.landscape
    assert landscape is not None and landscape.Z is not None
    vector = surface.chart.moved(lab.weights.vector, np.array([landscape.x[5], landscape.y[9]]))
    assert landscape.Z[9, 5] == pytest.approx(cost(lab, vector), rel=1e-9)
    chart = surface.chart
    lab.press(Qt.Key.Key_Home)
    complete(lab, surface)
    assert surface.chart is chart, "looking back does not turn the plane"
    choose(lab, "random")
    complete(lab, surface)
    assert "random plane" in surface.caption.text


def test_wheel_and_fit_change_what_is_shown(lab: Lab, surface: SurfaceView) -> None:
    panel = complete(lab, surface)
    before = panel.box.viewRange()
    area = panel.box.sceneBoundingRect()
    corner = surface.plot.mapFromScene(area.topLeft() + QPointF(area.width(), area.height()) / 8)
    lab.drag(line(corner, corner + QPoint(60, 20), 6), plot="surface")
    moved = panel.box.viewRange()
    assert moved[0][0] < before[0][0]
    complete(lab, surface)
    assert panel.landscape is not None and panel.landscape.x_range == tuple(moved[0])
    QTest.mouseClick(lab.find("surfaceFitButton", QToolButton), Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(panel.box.viewRange(), before)


@pytest.mark.parametrize(
    "settings",
    [
        {"modelCombo": "logistic", "optimizerCombo": "adam"},
        {"precisionCombo": "single", "initCombo": "zeros"},
        {"datasetCombo": "breast_cancer"},
    ],
)
def test_it_works_with_other_choices(lab: Lab, surface: SurfaceView, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        lab.choose(name, value)
    lab.fill("batchSizeSpin", "32")
    lab.plot().setFocus()
    QTest.mouseClick(lab.find("surfaceCompareButton", QToolButton), Qt.MouseButton.LeftButton)
    lab.step(3)
    panel = complete(lab, surface)
    assert panel.landscape is not None and panel.landscape.Z is not None
    assert np.isfinite(panel.landscape.Z).all()
    assert isinstance(lab.weights, Parameters)
    lab.action("Clear").trigger()
    complete(lab, surface)
    assert surface.caption.text == "There are no points, so there is no cost."


def test_of_many_points_a_sample_is_taken_and_said(lab: Lab, surface: SurfaceView) -> None:
    lab.fill("samplesSpin", "5000")
    complete(lab, surface)
    assert "Costs of 2,000 of 4,000 points." in surface.caption.text


def test_a_run_that_diverges_is_drawn_as_far_as_it_went(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.fill("l2Spin", "1")
    lab.fill("learningRateSpin", "10")
    lab.plot().setFocus()
    for plane in (0, "path"):
        choose(lab, plane)
        lab.press(Qt.Key.Key_R)
        lab.settle()
        lab.run()
        lab.wait(lambda: "stopped being finite" in lab.status)
        complete(lab, surface)
        assert np.abs(lab.weights.vector).max() > 1e100
        assert np.isfinite(surface.panels[0].box.viewRange()).all()


def test_enlarged_the_surface_fills_its_room(lab: Lab, surface: SurfaceView) -> None:
    panel = complete(lab, surface)
    header, width = surface.header, panel.box.width()
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() // 4, 3))
    lab.wait(lambda: panel.box.width() > 2 * width)
    lab.window.grab()
    complete(lab, surface)
    assert panel.landscape is not None
    np.testing.assert_allclose((panel.landscape.x_range, panel.landscape.y_range), panel.box.viewRange())
    across, up = np.ptp(panel.box.viewRange(), axis=1)
    assert across / up == pytest.approx(panel.box.width() / panel.box.height(), rel=0.01)


def test_both_plots_are_as_wide(lab: Lab, surface: SurfaceView) -> None:
    QTest.mouseClick(lab.find("surfaceCompareButton", QToolButton), Qt.MouseButton.LeftButton)
    complete(lab, surface)
    own, other = (panel.box.width() for panel in surface.panels)
    assert own == pytest.approx(other, abs=1)


def test_a_step_too_short_to_be_seen_is_drawn_longer_and_the_key_says_so(
    lab: Lab, surface: SurfaceView
) -> None:
    def entries() -> list[str]:
        complete(lab, surface)
        return [words for _, words in surface.key._entries]

    lab.fill("learningRateSpin", "10")
    assert "next step, −α dJ" in entries()
    lab.fill("learningRateSpin", "1e-4")
    assert "next step, lengthened" in entries()
    marks = surface.panels[0].marks
    assert marks is not None
    np.testing.assert_allclose(marks.tip - marks.now, -1e-4 * marks.uphill, atol=1e-15)


def test_looking_back_to_before_a_weight_was_set_by_hand_is_no_other_run(
    lab: Lab, surface: SurfaceView
) -> None:
    lab.step(5)
    lab.window.playback.set_parameter(0, 1.5)  # type: ignore[attr-defined]
    lab.settle()
    lab.step(5)
    for _ in range(2):
        lab.window.playback.seek(3)  # type: ignore[attr-defined]
        lab.settle()
        lab.press(Qt.Key.Key_End)
        lab.settle()
    complete(lab, surface)
    assert surface.shown.paths.earlier == []
    lab.press(Qt.Key.Key_R)
    complete(lab, surface)
    assert len(surface.shown.paths.earlier) == 1
