"""The wheel and the keys that change the brush, the cursor that shows it, and the mark under the mouse."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsEllipseItem

from gui.views.painting.tools import LARGEST, SMALLEST, TOOLS
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, NONE, RIGHT, SHIFT

Key = Qt.Key
MOVE = QEvent.Type.MouseMove


def ring(lab: Lab) -> QGraphicsEllipseItem | None:
    """Return the brush that is seen."""
    seen = [item for item in lab.items("boundary", QGraphicsEllipseItem) if item.isVisible()]
    assert len(seen) <= 1
    return seen[0] if seen else None


def radius(lab: Lab) -> float:
    """Return the radius in pixels of the brush that is seen."""
    seen = ring(lab)
    assert seen is not None
    return seen.rect().width() / 2


def under(lab: Lab) -> tuple[int, int]:
    """Return around how many points the mark is drawn, and how many are crossed out."""
    marks = lab.window.painter.marks._under  # type: ignore[attr-defined]
    marked, crossed = (x.size for x, _ in marks.places)
    return marked, crossed


def zoom(lab: Lab) -> float:
    return lab.pixel_size[0]


def test_the_wheel_and_the_brackets_resize_the_brush_and_the_ring_shows_it(lab: Lab) -> None:
    lab.press(Key.Key_S)
    place, before = lab.inside(0.5, 0.5), zoom(lab)
    lab.mouse(MOVE, place)
    assert radius(lab) == TOOLS["Spray"].radius
    lab.wheel(place, 1)
    assert radius(lab) == pytest.approx(1.15 * TOOLS["Spray"].radius)
    lab.press(Key.Key_BracketLeft)
    assert radius(lab) == pytest.approx(TOOLS["Spray"].radius)
    lab.press(Key.Key_BracketRight)
    lab.press(Key.Key_BracketRight)
    assert radius(lab) == pytest.approx(1.15**2 * TOOLS["Spray"].radius)
    assert zoom(lab) == before
    lab.wheel(place, 50)
    assert radius(lab) == LARGEST
    lab.wheel(place, -90)
    assert radius(lab) == SMALLEST


def test_each_tool_has_a_brush_of_its_own(lab: Lab) -> None:
    place = lab.inside(0.5, 0.5)
    lab.mouse(MOVE, place)
    lab.press(Key.Key_S)
    lab.wheel(place, 3)
    lab.press(Key.Key_J)
    assert radius(lab) == TOOLS["Jitter"].radius
    lab.press(Key.Key_S)
    assert radius(lab) == pytest.approx(1.15**3 * TOOLS["Spray"].radius)


def test_a_resized_eraser_takes_as_much_as_its_ring(lab: Lab) -> None:
    lab.action("Clear").trigger()
    place = lab.inside(0.5, 0.5)
    for away in (0, 20, 32, 44):
        lab.click(place + QPoint(away, 0))
    lab.press(Key.Key_E)
    lab.mouse(MOVE, place)
    lab.wheel(place, 7)
    size = radius(lab)
    assert 36 < size < 40
    lab.click(place)
    assert lab.dataset.m == 1


@pytest.mark.parametrize("tool", ["Point", "Select", "Line"])
def test_without_a_brush_the_wheel_zooms(lab: Lab, tool: str) -> None:
    lab.press(Qt.Key(ord(TOOLS[tool].key)))
    before = zoom(lab)
    lab.wheel(lab.inside(0.5, 0.5), 2)
    assert zoom(lab) < before


@pytest.mark.parametrize("tool", TOOLS)
def test_ctrl_and_the_wheel_zoom_with_every_tool(lab: Lab, tool: str) -> None:
    lab.press(Qt.Key(ord(TOOLS[tool].key)))
    before = zoom(lab)
    lab.wheel(lab.inside(0.5, 0.5), 2, CONTROL)
    assert zoom(lab) < before


def test_the_ring_has_the_colour_of_the_class_and_follows_keys_and_buttons(lab: Lab) -> None:
    colours = [QColor(colour) for colour in lab.window.theme.class_lines]  # type: ignore[attr-defined]
    place = lab.inside(0.5, 0.5)
    lab.press(Key.Key_S)
    lab.mouse(MOVE, place)

    def colour() -> QColor:
        seen = ring(lab)
        assert seen is not None
        return seen.pen().color()

    assert colour() == colours[0]
    lab.press(Key.Key_2)
    assert colour() == colours[1] and lab.action("ClassSecond").isChecked()
    lab.press(Key.Key_X)
    assert colour() == colours[0] and lab.action("ClassFirst").isChecked()
    lab.hold(place, RIGHT)
    assert colour() == colours[1]
    lab.release(place, RIGHT)
    assert colour() == colours[0]
    lab.press(Key.Key_T)
    seen = ring(lab)
    assert seen is not None and seen.pen().style() == Qt.PenStyle.DashLine


def test_the_class_of_the_keys_is_painted_by_the_left_button_and_the_other_by_the_right(lab: Lab) -> None:
    before = lab.dataset.m
    lab.press(Key.Key_2)
    lab.click(lab.inside(0.1, 0.9))
    lab.click(lab.inside(0.15, 0.9), RIGHT)
    lab.press(Key.Key_1)
    lab.click(lab.inside(0.2, 0.9))
    assert lab.dataset.Y[0, before:].tolist() == [1, 0, 0]


def test_the_ring_goes_when_the_mouse_leaves(lab: Lab) -> None:
    lab.press(Key.Key_S)
    lab.mouse(MOVE, lab.inside(0.5, 0.5))
    assert ring(lab) is not None
    lab.mouse(MOVE, lab.inside(-0.05, 0.5))
    assert ring(lab) is None, "on the axis nothing can be painted"
    lab.mouse(MOVE, lab.inside(0.5, 0.5))
    QApplication.sendEvent(lab.plot().viewport(), QEvent(QEvent.Type.Leave))
    assert ring(lab) is None


def test_the_point_under_the_mouse_is_marked_and_told(lab: Lab) -> None:
    told: list[int | None] = []
    lab.window.painter.hovered.connect(told.append)  # type: ignore[attr-defined]
    row = int(np.argmax(lab.dataset.X[0]))
    place = lab.pixel(*lab.dataset.X[:, row])
    lab.mouse(MOVE, place + QPoint(40, 0))
    assert under(lab) == (0, 0)
    lab.mouse(MOVE, place + QPoint(2, 0))
    assert under(lab) == (1, 0)
    lab.mouse(MOVE, place + QPoint(40, 0))
    assert under(lab) == (0, 0)
    assert told == [row, None]


def test_shift_crosses_out_what_will_go_and_then_it_goes(lab: Lab) -> None:
    place = lab.pixel(*lab.dataset.X[:, 7])
    lab.mouse(MOVE, place)
    lab.mouse(MOVE, place, NONE, NONE, SHIFT)
    marked, crossed = under(lab)
    assert marked == 0 and crossed >= 1
    m = lab.dataset.m
    lab.click(place, LEFT, SHIFT)
    assert lab.dataset.m == m - crossed
    assert under(lab) == (0, 0)


def test_the_shift_key_alone_shows_the_eraser(lab: Lab) -> None:
    lab.mouse(MOVE, lab.pixel(*lab.dataset.X[:, 7]))
    QTest.keyPress(lab.plot(), Key.Key_Shift)
    assert radius(lab) == TOOLS["Eraser"].radius
    assert under(lab)[1] >= 1
    QTest.keyRelease(lab.plot(), Key.Key_Shift)
    assert under(lab) == (1, 0)


def test_a_brush_marks_what_it_will_touch(lab: Lab) -> None:
    lab.press(Key.Key_J)
    lab.mouse(MOVE, lab.pixel(*lab.dataset.X[:, 7]))
    assert under(lab)[0] >= 1
    lab.press(Key.Key_S)
    assert under(lab) == (0, 0), "a spray touches none"


def test_the_keys_of_tools_are_letters_in_a_field(lab: Lab) -> None:
    lab.fill("hiddenLayersEdit", "4", confirm=False)
    lab.press(Key.Key_E)
    assert lab.text_of("hiddenLayersEdit") == "4e"
    assert lab.action("ToolPoint").isChecked()


def test_space_runs_with_every_tool_and_r_f_and_l_stay_what_they_were(lab: Lab) -> None:
    for tool in TOOLS.values():
        lab.press(Qt.Key(ord(tool.key)))
        lab.run()
        lab.pause()
    assert not {"R", "F", "L", " ", "+", "-"} & {tool.key for tool in TOOLS.values()}
