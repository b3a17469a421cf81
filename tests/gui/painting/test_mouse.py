"""What paints nothing: the mouse outside the axes, other buttons, the wheel, and a stroke that has ended."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.gui.comparing import added
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, MIDDLE, NONE, PLAIN, RIGHT, SHIFT, line


def test_clicks_outside_the_axes_do_nothing(lab: Lab) -> None:
    before, area = lab.dataset, lab.box().sceneBoundingRect()
    corners = [
        lab.plot().mapFromScene(QPointF(area.left() - 12, area.center().y())),
        lab.plot().mapFromScene(QPointF(area.center().x(), area.bottom() + 12)),
        lab.plot().mapFromScene(QPointF(area.center().x(), area.top() - 8)),
    ]
    for place in corners:
        for button in (LEFT, RIGHT):
            lab.click(place, button)
            lab.drag(line(place, lab.inside(0.5, 0.5), 5), button)
    lab.drag(line(corners[0], lab.inside(0.5, 0.5), 5), LEFT, SHIFT)
    assert lab.dataset is before
    assert not lab.action("Undo").isEnabled()


def test_a_drag_that_leaves_the_axes_paints_only_inside(lab: Lab) -> None:
    before = lab.dataset
    start = lab.inside(0.02, 0.5)
    lab.drag(line(start, start - QPoint(400, 0), 20))
    X, _ = added(before, lab.dataset)
    (low, _), _ = lab.box().viewRange()
    assert X.shape[1] >= 1
    assert X[0].min() >= low


def test_the_middle_button_moves_the_plane_and_paints_nothing(lab: Lab) -> None:
    before, ranges = lab.dataset, np.array(lab.box().viewRange())
    start = lab.inside(0.5, 0.5)
    lab.drag(line(start, start + QPoint(80, 40), 8), MIDDLE)
    assert lab.dataset is before
    moved = np.array(lab.box().viewRange()) - ranges
    across, up = lab.pixel_size
    assert moved[0] == pytest.approx(-80 * across, abs=16 * across)
    assert moved[1] == pytest.approx(40 * up, abs=16 * up)
    lab.press(Qt.Key.Key_F)
    assert np.array(lab.box().viewRange()) == pytest.approx(ranges)


def test_the_wheel_zooms_and_painting_hits_the_point_all_the_same(lab: Lab) -> None:
    before, place = lab.dataset, lab.inside(0.6, 0.6)
    width = lab.pixel_size[0]
    viewport, there = lab.plot().viewport(), QPointF(place)
    turn = QWheelEvent(
        there,
        viewport.mapToGlobal(there),
        QPoint(0, 0),
        QPoint(0, 240),
        NONE,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, turn)
    assert lab.pixel_size[0] < width
    QApplication.processEvents()
    clicked = lab.point(place)
    lab.click(place)
    X, _ = added(before, lab.dataset)
    assert np.all(np.abs(X[:, 0] - clicked) <= lab.pixel_size)


def test_a_stroke_ends_when_the_focus_goes_elsewhere(lab: Lab) -> None:
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.focus("learningRateSpin")
    m = lab.dataset.m
    for place in line(start, start + QPoint(100, 0), 10):
        lab.move(place)
    assert lab.dataset.m == m
    lab.release(start + QPoint(100, 0))
    assert lab.dataset.m == m


def test_a_stroke_ends_when_the_button_was_let_go_outside_the_window(lab: Lab) -> None:
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.move(start + QPoint(24, 0))
    m = lab.dataset.m
    lab.move(start + QPoint(120, 0), NONE)  # back again, without the button
    lab.move(start + QPoint(200, 0), NONE)
    assert lab.dataset.m == m == 403


def test_the_other_button_does_not_end_a_stroke(lab: Lab) -> None:
    both = LEFT | RIGHT
    start = lab.inside(0.2, 0.5)
    lab.hold(start)
    lab.mouse(QEvent.Type.MouseButtonPress, start, RIGHT, both)
    lab.mouse(QEvent.Type.MouseButtonRelease, start, RIGHT, LEFT)
    lab.move(start + QPoint(24, 0))
    lab.release(start + QPoint(24, 0))
    assert lab.dataset.m == 403
    assert lab.dataset.counts == (203, 200)


def test_hovering_paints_nothing(lab: Lab) -> None:
    before = lab.dataset
    for place in line(lab.inside(0.1, 0.1), lab.inside(0.9, 0.9), 20):
        lab.move(place, NONE)
        lab.move(place, NONE, SHIFT)
    assert lab.dataset is before
