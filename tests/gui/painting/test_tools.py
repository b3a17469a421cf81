"""Each tool by real mouse events: what it does to the points, and the one step to undo that it leaves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gui.views.painting.gestures import DENSE, SPACING
from gui.views.painting.tools import TOOLS
from tests.gui.comparing import added, same_points, undo_and_redo
from tests.gui.driving import Lab
from tests.gui.painting.sheet import empty_plane
from tests.gui.plots import LEFT, RIGHT, SHIFT, line

PAINTS = [name for name in ("Point", "Spray", "Uniform", "Line", "Ring")]
VERBS = {"Point": "Paint", "Spray": "Spray", "Uniform": "Spray", "Line": "Line of", "Ring": "Ring of"}


@pytest.fixture
def sheet(lab: Lab) -> Lab:
    """A window without points."""
    empty_plane(lab)
    return lab


def take(lab: Lab, name: str) -> None:
    """Take a tool by its key."""
    lab.press(Qt.Key(ord(TOOLS[name].key)))
    assert lab.action(f"Tool{name}").isChecked()


def pixels(lab: Lab, X: np.ndarray) -> np.ndarray:
    """Return where points X (2, k) are on the screen, in pixels, shape (2, k)."""
    return np.array([(pixel.x(), pixel.y()) for pixel in (lab.pixel(*each) for each in X.T)]).reshape(-1, 2).T


def away(lab: Lab, X: np.ndarray, place: QPoint) -> np.ndarray:
    """Return how many pixels points X (2, k) are away from a place."""
    return np.hypot(*(pixels(lab, X).T - (place.x(), place.y())).T)


@pytest.mark.parametrize("button", [LEFT, RIGHT])
@pytest.mark.parametrize("name", PAINTS)
def test_a_click_adds_exactly_one_point(sheet: Lab, name: str, button: Qt.MouseButton) -> None:
    take(sheet, name)
    before, steps = sheet.dataset, sheet.steps
    sheet.click(sheet.inside(0.4, 0.6), button)
    assert sheet.dataset.m == 1
    label = int(button == RIGHT)
    assert sheet.dataset.Y.tolist() == [[label]]
    assert sheet.steps == steps + 1
    assert sheet.undo_text == f"{VERBS[name]} 1 point, class {'AB'[label]}"
    undo_and_redo(sheet, before)


@pytest.mark.parametrize("name", PAINTS)
def test_a_drag_is_one_step_and_undo_and_redo_are_exact(sheet: Lab, name: str) -> None:
    take(sheet, name)
    before, steps = sheet.dataset, sheet.steps
    start = sheet.inside(0.3, 0.5)
    sheet.drag(line(start, start + QPoint(120, 30), 24), RIGHT)
    assert sheet.dataset.m > 5
    assert sheet.dataset.Y.all()
    assert sheet.steps == steps + 1
    assert sheet.undo_text == f"{VERBS[name]} {sheet.dataset.m} points, class B"
    undo_and_redo(sheet, before)


@pytest.mark.parametrize("name", ["Spray", "Uniform"])
def test_a_spray_is_as_dense_however_fast_the_mouse_is(sheet: Lab, name: str) -> None:
    take(sheet, name)
    before = sheet.dataset
    start = sheet.inside(0.25, 0.5)
    for moves in (1, 9, 200):
        sheet.drag(line(start, start + QPoint(200, 0), moves))
        assert sheet.dataset.m == 1 + int(200 // DENSE)
        sheet.action("Undo").trigger()
    assert same_points(sheet.dataset, before)


def test_a_uniform_spray_stays_in_its_ring(sheet: Lab) -> None:
    take(sheet, "Uniform")
    start = sheet.inside(0.5, 0.5)
    sheet.hold(start)
    sheet.wait(lambda: sheet.dataset.m >= 12)
    sheet.release(start)
    m = sheet.dataset.m
    far = away(sheet, sheet.dataset.X, start)
    assert far.max() <= TOOLS["Uniform"].radius + 1.5
    assert np.unique(sheet.dataset.X[0]).size == m
    assert sheet.undo_text == f"Spray {m} points, class A"


def test_holding_sprays_and_letting_go_ends_it(sheet: Lab) -> None:
    take(sheet, "Spray")
    start = sheet.inside(0.5, 0.5)
    sheet.hold(start, RIGHT)
    assert sheet.dataset.m == 1
    sheet.wait(lambda: sheet.dataset.m >= 4)
    sheet.release(start, RIGHT)
    m, steps = sheet.dataset.m, sheet.steps
    sheet.settle()
    assert (sheet.dataset.m, sheet.steps) == (m, steps)
    assert not sheet.window.painter._hold.isActive()  # type: ignore[attr-defined]


def test_no_two_sprays_are_the_same_and_another_window_sprays_the_same_ones(
    sheet: Lab, open_lab: object
) -> None:
    def spray(lab: Lab) -> list[np.ndarray]:
        take(lab, "Spray")
        start, seen = lab.inside(0.4, 0.5), []
        for _ in range(2):
            before = lab.dataset
            lab.drag(line(start, start + QPoint(60, 0), 6))
            seen.append(added(before, lab.dataset)[0] - np.array(lab.point(start))[:, None])
        return seen

    first, second = spray(sheet)
    assert first.shape == second.shape
    assert (first != second).all()
    other = open_lab()  # type: ignore[operator]
    other.action("Clear").trigger()
    other.settle()
    assert spray(other)[0] == pytest.approx(first, abs=1e-12)  # its plot may not have the same height yet


def test_nothing_is_sprayed_out_of_sight(sheet: Lab) -> None:
    take(sheet, "Spray")
    for _ in range(8):
        sheet.wheel(sheet.inside(0.5, 0.5), 3)
    corner = sheet.inside(0.01, 0.99)
    sheet.drag(line(corner, corner + QPoint(10, 200), 20))
    low, high = np.array(sheet.box().viewRange()).T[:, :, None]
    assert sheet.dataset.m > 20
    assert (low <= sheet.dataset.X).all() and (high >= sheet.dataset.X).all()


def test_a_line_is_straight_and_even_and_follows_the_mouse(sheet: Lab) -> None:
    take(sheet, "Line")
    start = sheet.inside(0.3, 0.4)
    end = start + QPoint(160, -120)
    sheet.hold(start)
    sheet.move(start + QPoint(200, 0))
    assert sheet.dataset.m == 1 + round(200 / SPACING)
    sheet.move(end)
    sheet.release(end)
    places = pixels(sheet, sheet.dataset.X)
    assert places.shape[1] == 1 + round(200 / SPACING)
    expected = np.linspace((start.x(), start.y()), (end.x(), end.y()), places.shape[1]).T
    assert np.abs(places - expected).max() <= 2


def test_a_ring_is_round_on_the_screen(sheet: Lab) -> None:
    take(sheet, "Ring")
    centre = sheet.inside(0.5, 0.5)
    sheet.drag([centre, centre + QPoint(30, 0), centre + QPoint(0, 90)], RIGHT)
    far = away(sheet, sheet.dataset.X, centre)
    assert far == pytest.approx(90, abs=2)
    assert sheet.dataset.m == round(2 * np.pi * 90 / SPACING)
    assert sheet.undo_text == f"Ring of {sheet.dataset.m} points, class B"


def test_the_part_of_a_ring_that_is_out_of_sight_is_not_painted(sheet: Lab) -> None:
    take(sheet, "Ring")
    centre = sheet.inside(0.02, 0.5)
    sheet.drag([centre, centre + QPoint(100, 0)])
    low, _ = np.array(sheet.box().viewRange()).T
    assert 0.4 < sheet.dataset.m / (2 * np.pi * 100 / SPACING) < 0.7
    assert (sheet.dataset.X[0] >= low[0]).all()


@pytest.mark.parametrize("modifiers", ["tool", "shift"])
def test_the_eraser_takes_what_it_goes_over_and_nothing_else(sheet: Lab, modifiers: str) -> None:
    start = sheet.inside(0.3, 0.5)
    radius = TOOLS["Eraser"].radius
    for along, beside in ((0, 0), (60, radius - 3), (100, 3 - radius), (0, radius + 4), (100, -radius - 4)):
        sheet.click(start + QPoint(round(along), round(beside)))
    before, steps = sheet.dataset, sheet.steps
    way = line(start, start + QPoint(100, 0), 7)
    if modifiers == "tool":
        take(sheet, "Eraser")
        sheet.drag(way, RIGHT)
    else:
        sheet.drag(way, LEFT, SHIFT)
    assert sheet.dataset.ids.tolist() == before.ids[3:].tolist()
    assert sheet.undo_text == "Erase 3 points"
    assert sheet.steps == steps + 1
    undo_and_redo(sheet, before)


def test_relabel_gives_the_class_of_the_button(sheet: Lab) -> None:
    start = sheet.inside(0.3, 0.5)
    for i in range(6):
        sheet.click(start + QPoint(40 * i, 0), RIGHT if i == 2 else LEFT)
    take(sheet, "Relabel")
    before, steps = sheet.dataset, sheet.steps
    sheet.drag(line(start, start + QPoint(90, 0), 9), RIGHT)
    assert sheet.dataset.Y[0].tolist() == [1, 1, 1, 0, 0, 0]
    assert sheet.undo_text == "Relabel 2 points, class B"  # one had it already
    assert sheet.steps == steps + 1
    assert np.array_equal(sheet.dataset.X, before.X) and np.array_equal(sheet.dataset.ids, before.ids)
    undo_and_redo(sheet, before)
    sheet.click(start + QPoint(200, 0))
    assert sheet.steps == steps + 1, "it has that class already"


def test_jitter_shakes_what_is_under_it_alone(sheet: Lab) -> None:
    start = sheet.inside(0.3, 0.5)
    for across in (0, 20, 150):
        sheet.click(start + QPoint(across, 0))
    take(sheet, "Jitter")
    before, steps = sheet.dataset, sheet.steps
    sheet.hold(start)
    sheet.wait(lambda: (sheet.dataset.X[:, :2] != before.X[:, :2]).all())
    once = sheet.dataset
    sheet.wait(lambda: (sheet.dataset.X[:, :2] != once.X[:, :2]).all())
    sheet.release(start)
    assert np.array_equal(sheet.dataset.X[:, 2], before.X[:, 2])
    assert sheet.undo_text == "Jitter 2 points"
    assert sheet.steps == steps + 1
    undo_and_redo(sheet, before)


@pytest.mark.parametrize(("button", "verb"), [(LEFT, "Attract"), (RIGHT, "Repel")])
def test_the_magnet_works_inside_its_radius_only(sheet: Lab, button: Qt.MouseButton, verb: str) -> None:
    middle = sheet.inside(0.5, 0.5)
    radius = round(TOOLS["Magnet"].radius)
    for across in (radius // 2, radius - 10, radius + 4):
        sheet.click(middle + QPoint(across, 0))
    take(sheet, "Magnet")
    before = sheet.dataset
    sheet.click(middle, button)
    was, now = (away(sheet, dataset.X, middle) for dataset in (before, sheet.dataset))
    assert ((now < was) if button == LEFT else (now > was))[:1].all()
    assert np.array_equal(sheet.dataset.X[:, 2], before.X[:, 2])
    assert sheet.undo_text == f"{verb} 2 points"
    undo_and_redo(sheet, before)


def test_a_tool_that_finds_nothing_leaves_no_step(sheet: Lab) -> None:
    steps = sheet.steps
    for name in ("Eraser", "Relabel", "Jitter", "Magnet", "Select", "Lasso"):
        take(sheet, name)
        start = sheet.inside(0.4, 0.4)
        sheet.drag(line(start, start + QPoint(60, 60), 5))
    assert (sheet.steps, sheet.dataset.m) == (steps, 0)


def test_the_strip_takes_tools_and_each_has_its_words(lab: Lab) -> None:
    for name, tool in TOOLS.items():
        button = lab.find(f"buttonTool{name}")
        button.click()  # type: ignore[attr-defined]
        assert lab.window.painter.tool is tool  # type: ignore[attr-defined]
        assert button.isChecked()  # type: ignore[attr-defined]
        assert button.accessibleName() == tool.label
        assert tool.help in button.toolTip() and f"({tool.key})" in button.toolTip()
        assert not lab.action(f"Tool{name}").icon().isNull()
