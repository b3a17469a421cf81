"""The cost surface as a relief: it is turned by mouse and keys, and the path lies on it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from engine.model.relief import WALL
from gui.export.pictures import draw_picture
from gui.theme import DARK
from gui.views.relief import STRAIGHT, Relief
from gui.views.surface import SurfaceView
from tests.gui import surface_driving
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, line


@pytest.fixture
def surface(lab: Lab, surface: SurfaceView) -> SurfaceView:
    """The view as a relief."""
    QTest.mouseClick(lab.find("surfaceReliefButton", QToolButton), LEFT)
    lab.window.grab()
    return surface


def complete(lab: Lab, view: SurfaceView) -> Relief:
    """Return the run's own relief once all is computed and drawn."""
    relief = surface_driving.complete(lab, view).relief
    lab.window.grab()
    return relief


def middle(view: SurfaceView, relief: Relief) -> QPoint:
    """Return the middle of a relief, in pixels of the plot."""
    return view.plot.mapFromScene(relief.mapToScene(relief.boundingRect().center()))


def test_the_relief_has_the_heights_of_the_costs(lab: Lab, surface: SurfaceView) -> None:
    lab.step(5)
    relief = complete(lab, surface)
    landscape = surface.panels[0].landscape
    assert relief.isVisible() and not surface.panels[0].plot.isVisible()
    assert landscape is not None and landscape.Z is not None and relief.heights is not None
    logs = np.log(landscape.Z)
    np.testing.assert_allclose(relief.heights.shares, (logs - logs.min()) / np.ptp(logs))
    assert relief.seen is not None
    shown = relief.seen.share[np.isfinite(relief.seen.share)]
    assert shown.max() > 0.9 and (shown == WALL).any(), "its top and its sides are seen"
    assert relief.names == ("along the run", "across it")


def test_the_path_ends_on_the_surface_where_the_run_is(lab: Lab, surface: SurfaceView) -> None:
    lab.step(20)
    relief = complete(lab, surface)
    marks, landscape = relief.marks, surface.panels[0].landscape
    assert marks is not None and landscape is not None and landscape.Z is not None
    assert surface.chart is not None and relief.heights is not None
    np.testing.assert_allclose(marks.now, surface.chart.places(lab.weights.vector), atol=1e-9)
    place = relief.heights.places(marks.now[:, None])
    assert (np.abs(place) < 1).all()
    pixel = relief.on_screen(marks.now[:, None])
    assert relief.boundingRect().contains(*pixel[:, 0])


def test_standing_still_it_is_drawn_finer_than_while_it_turns_or_the_run_goes_on(
    lab: Lab, surface: SurfaceView
) -> None:
    relief = complete(lab, surface)

    def pixels() -> int:
        lab.window.grab()
        assert relief.seen is not None
        return relief.seen.share.size

    lab.wait(lambda: pixels() > 2 * relief.sight.width * relief.sight.height)
    surface.turn(relief.angle.moved(10, 0))
    assert pixels() <= 1.1 * relief.sight.width * relief.sight.height
    lab.run()
    lab.wait_for_iterations(200)
    relief._rest.timeout.emit()
    assert pixels() <= 1.1 * relief.sight.width * relief.sight.height
    lab.pause()
    lab.wait(lambda: pixels() > 2 * relief.sight.width * relief.sight.height)


def test_dragging_turns_it_and_a_double_click_turns_it_back(lab: Lab, surface: SurfaceView) -> None:
    relief = complete(lab, surface)
    start = middle(surface, relief)
    iteration = lab.iteration
    lab.drag(line(start, start + QPoint(50, -20), 5), plot="surface")
    assert relief.angle.turn == pytest.approx(STRAIGHT.turn + 20)
    assert relief.angle.tilt == pytest.approx(STRAIGHT.tilt - 8)
    before = relief.seen
    complete(lab, surface)
    assert relief.seen is not before, "what is seen is made anew"
    QTest.mouseDClick(surface.plot.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    assert relief.angle == STRAIGHT
    assert lab.iteration == iteration


def test_arrow_keys_turn_it_while_it_has_the_focus(lab: Lab, surface: SurfaceView) -> None:
    relief = complete(lab, surface)
    QTest.mouseClick(surface.plot.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, middle(surface, relief))
    assert surface.plot.hasFocus()
    lab.press(Qt.Key.Key_Right)
    lab.press(Qt.Key.Key_Down)
    assert relief.angle == (STRAIGHT.turn + 5, STRAIGHT.tilt + 5)
    assert lab.iteration == 0
    QTest.mouseClick(lab.find("surfaceReliefButton", QToolButton), LEFT)
    lab.press(Qt.Key.Key_Right)
    lab.settle()
    assert lab.iteration == 1, "flat, the key is the window's again"


def test_the_wheel_shows_more_of_the_plane_and_fit_the_path(lab: Lab, surface: SurfaceView) -> None:
    relief = complete(lab, surface)
    fitted = surface.shown.ranges
    there = QPointF(middle(surface, relief))
    turn, none = QPoint(0, -120), Qt.MouseButton.NoButton
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    port = surface.plot.viewport()
    QApplication.sendEvent(
        port, QWheelEvent(there, port.mapToGlobal(there), QPoint(), turn, none, plain, phase, False)
    )
    assert np.ptp(surface.shown.ranges, axis=1) == pytest.approx(1.02**15 * np.ptp(fitted, axis=1), rel=0.01)
    complete(lab, surface)
    assert relief.heights is not None
    np.testing.assert_allclose(relief.heights.ranges, surface.shown.ranges)
    QTest.mouseClick(lab.find("surfaceFitButton", QToolButton), LEFT)
    assert surface.shown.ranges == fitted


def test_both_losses_are_seen_from_the_same_angle(lab: Lab, surface: SurfaceView) -> None:
    QTest.mouseClick(lab.find("surfaceCompareButton", QToolButton), LEFT)
    lab.step(3)
    relief = complete(lab, surface)
    own, other = (panel.relief for panel in surface.panels)
    start = middle(surface, relief)
    lab.drag(line(start, start + QPoint(30, 0), 3), plot="surface")
    complete(lab, surface)
    assert own.angle == other.angle != STRAIGHT
    assert (own.title, other.title) == ("Log loss", "Squared error")
    assert own.size() == other.size()
    assert other.marks is not None and other.heights is not None


def test_a_saved_picture_shows_the_relief_from_the_same_angle(lab: Lab, surface: SurfaceView) -> None:
    relief = complete(lab, surface)
    flat = draw_picture("surface", lab.frame, DARK, 1)
    one = draw_picture("surface", lab.frame, DARK, 1, like=surface)
    start = middle(surface, relief)
    lab.drag(line(start, start + QPoint(60, 0), 3), plot="surface")
    other = draw_picture("surface", lab.frame, DARK, 1, like=surface)
    assert one.size() == other.size() == surface.plot.size() and one != other
    assert flat != one


def test_its_image_has_the_pixels_of_the_screen(
    lab: Lab, surface: SurfaceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a screen with two pixels for a point."""
    monkeypatch.setattr(SurfaceView, "devicePixelRatioF", lambda self: 2.0)
    surface.pen_scale = 2.0
    surface.apply_theme(surface.theme)
    relief = complete(lab, surface)
    assert relief._image is not None
    assert (relief._image.width(), relief._image.height()) == (
        2 * relief.sight.width,
        2 * relief.sight.height,
    )


def test_it_works_without_points_and_when_a_run_diverges(lab: Lab, surface: SurfaceView) -> None:
    lab.choose("modelCombo", "logistic")
    lab.fill("l2Spin", "1")
    lab.fill("learningRateSpin", "10")
    lab.plot().setFocus()
    lab.run()
    lab.wait(lambda: "stopped being finite" in lab.status)
    relief = complete(lab, surface)
    assert relief.heights is not None and np.isfinite(relief.heights.shares).all()
    lab.action("Clear").trigger()
    complete(lab, surface)
    assert surface.caption.text == "There are no points, so there is no cost."
