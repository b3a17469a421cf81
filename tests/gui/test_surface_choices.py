"""What the cost surface is over, how much of it is seen, and that it works with other settings."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from engine.model.network import Parameters
from gui.views.surface import SurfaceView
from tests.gui.driving import Lab
from tests.gui.plots import line
from tests.gui.surface_driving import choose, complete, cost


def test_the_same_parameter_twice_moves_the_other_box_on(lab: Lab, surface: SurfaceView) -> None:
    choose(lab, 3, 7)
    choose(lab, 7)
    assert surface.choice.plane == (7, 6)
    choose(lab, None, 7)
    assert surface.choice.plane == (6, 7)
    choose(lab, 0, 0)
    assert surface.choice.plane == (1, 0)


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
