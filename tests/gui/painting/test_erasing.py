"""The eraser takes exactly the points that it went over."""

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QGraphicsEllipseItem

from gui.views.painting.gestures import SPACING
from gui.views.painting.tools import ERASER
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.painting.sheet import empty_plane
from tests.gui.plots import LEFT, RIGHT, SHIFT, line


def test_shift_drag_erases_exactly_what_the_brush_went_over(lab: Lab) -> None:
    empty_plane(lab)
    y = lab.inside(0.5, 0.5).y()
    x = lab.inside(0.2, 0.5).x()
    length = 15 * int(SPACING)
    near, far = int(ERASER) - 4, int(ERASER) + 3
    under = [(0, 0), (-near, 0), (30, near), (70, -near), (length, 0), (length + near, 0), (length // 2, 0)]
    beside = [(-far, 0), (30, far), (70, -far), (length + far, 0), (length // 2, 3 * far)]
    for right, down in under + beside:
        lab.click(QPoint(x + right, y + down))
    painted = lab.dataset
    assert painted.m == len(under) + len(beside)
    lab.drag(line(QPoint(x, y), QPoint(x + length, y), 50), LEFT, SHIFT)
    assert np.array_equal(lab.dataset.ids, painted.ids[len(under) :])
    assert lab.action("Undo").text() == f"Undo: Erase {len(under)} points"
    lab.action("Undo").trigger()
    assert same_points(lab.dataset, painted)


def test_the_eraser_reaches_where_it_is_let_go(lab: Lab) -> None:
    """The brush stops between two of its steps; the ring that is seen there must hold no point."""
    empty_plane(lab)
    start = lab.inside(0.3, 0.5)
    end = start + QPoint(2 * int(SPACING) + 10, 0)
    lab.click(end + QPoint(int(ERASER) - 3, 0))
    lab.drag(line(start, end, 17), LEFT, SHIFT)
    assert lab.dataset.m == 0


def test_shift_click_erases_only_under_the_mouse(lab: Lab) -> None:
    empty_plane(lab)
    one, other = lab.inside(0.3, 0.5), lab.inside(0.6, 0.5)
    lab.click(one)
    lab.click(other, RIGHT)
    lab.click(one, LEFT, SHIFT)
    assert lab.dataset.counts == (0, 1)


def test_erasing_nothing_is_no_step_to_undo(lab: Lab) -> None:
    empty_plane(lab)
    lab.click(lab.inside(0.3, 0.5))
    lab.click(lab.inside(0.7, 0.5), LEFT, SHIFT)
    assert lab.action("Undo").text() == "Undo: Paint 1 point, class A"


def test_the_eraser_is_seen_as_a_ring_only_while_it_erases(lab: Lab) -> None:
    place = lab.inside(0.4, 0.4)

    def rings() -> int:
        scene = lab.plot().scene()
        return sum(
            item.isVisible() and abs(item.rect().width() - 2 * ERASER) < 1
            for item in scene.items()
            if isinstance(item, QGraphicsEllipseItem)
        )

    assert rings() == 0
    lab.hold(place, LEFT, SHIFT)
    assert rings() == 1
    lab.release(place, LEFT, SHIFT)
    assert rings() == 0
