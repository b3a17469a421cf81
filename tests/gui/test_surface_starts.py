"""Where a run begins, chosen on the cost surface: the path's points are dragged, and earlier paths stay."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from gui.views.surface import SurfaceView
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.surface_driving import choose, complete, drag_to


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
