"""What the cost surface shows: costs, path and arrows, and both losses side by side (claims 3, 4 and 5)."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from engine.model.charts import parameter_names
from gui.views.scales import said
from gui.views.surface import SurfaceView
from tests.gui.driving import Lab
from tests.gui.surface_driving import choose, complete, cost


def bends(Z: np.ndarray) -> float:
    """Return the smallest second difference along all rows, columns and diagonals of a surface."""
    rising = Z[2:, 2:] - 2 * Z[1:-1, 1:-1] + Z[:-2, :-2]
    falling = Z[2:, :-2] - 2 * Z[1:-1, 1:-1] + Z[:-2, 2:]
    each = (np.diff(Z, 2, axis=0), np.diff(Z, 2, axis=1), rising, falling)
    return min(float(bend.min()) for bend in each)


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


def test_it_waits_while_a_command_is_under_way(lab: Lab, surface: SurfaceView) -> None:
    playback = lab.window.playback  # type: ignore[attr-defined]
    assert not playback.is_waiting and not surface.gives_way()
    complete(lab, surface)
    asked: list[bool] = []
    surface.gives_way = lambda: asked.append(len(asked) < 3) or asked[-1]  # type: ignore[func-returns-value]
    lab.step(3)
    lab.wait(lambda: surface.is_complete)
    assert asked[:4] == [True, True, True, False]


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
