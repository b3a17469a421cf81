"""The counts below the plot, the warnings beside them, and the words on an empty plane."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsTextItem, QToolButton

from tests.gui.driving import Lab
from tests.gui.plots import LEFT, RIGHT, line


def counts(lab: Lab) -> list[tuple[int, int]]:
    """Return how many points of each class are trained on and held out, as the window says."""
    return [tuple(lab.find(f"{name}ClassCount").property("value")) for name in ("first", "second")]


def words(lab: Lab) -> str:
    """Return what is written on the plane."""
    (item,) = lab.items("boundary", QGraphicsTextItem)[-1:]
    return item.toPlainText() if item.isVisible() else ""


def test_the_counts_are_those_of_the_split_and_follow_the_brush(lab: Lab) -> None:
    lab.wait(lambda: counts(lab) == [(160, 40), (160, 40)])
    start = lab.inside(0.1, 0.9)
    lab.hold(start, RIGHT)
    lab.move(start + QPoint(108, 0), RIGHT)
    lab.wait(lambda: sum(counts(lab)[1]) == 210)  # before it is let go
    lab.release(start + QPoint(108, 0), RIGHT)
    lab.wait(lambda: counts(lab) == [(160, 40), (168, 42)])
    text = lab.text_of("secondClassCount")
    assert "▲" in text and "B 168 + 42 test" in text


def test_points_painted_for_the_test_are_counted_there(lab: Lab) -> None:
    lab.press(Qt.Key.Key_T)
    start = lab.inside(0.1, 0.9)
    lab.drag(line(start, start + QPoint(24, 0), 4))
    lab.wait(lambda: counts(lab) == [(160, 43), (160, 40)])


def test_one_class_alone_is_warned_of(lab: Lab) -> None:
    lab.action("Clear").trigger()
    lab.wait(lambda: lab.text_of("countsWarning") == "No points")
    lab.click(lab.inside(0.3, 0.3))
    lab.wait(lambda: lab.text_of("countsWarning") == "Only A: paint some of B")
    lab.press(Qt.Key.Key_T)
    lab.click(lab.inside(0.6, 0.3), RIGHT)
    lab.wait(lambda: lab.text_of("countsWarning") == "All of B is held out for the test")
    lab.press(Qt.Key.Key_T)
    lab.click(lab.inside(0.7, 0.3), RIGHT)
    lab.wait(lambda: lab.text_of("countsWarning") == "")


def test_points_outside_are_counted_and_a_click_fits_them(lab: Lab) -> None:
    button = lab.find("outsideButton", QToolButton)
    assert not button.isVisible()
    start = lab.inside(0.5, 0.5)
    lab.drag(line(start, start + QPoint(200, 0), 10), Qt.MouseButton.MiddleButton)
    lab.wait(button.isVisible)
    (x_low, x_high), (y_low, y_high) = lab.box().viewRange()
    x, y = lab.dataset.X
    outside = np.count_nonzero((x < x_low) | (x > x_high) | (y < y_low) | (y > y_high))
    lab.wait(lambda: button.text() == f"{outside} outside – Fit")
    QTest.mouseClick(button, LEFT)
    lab.wait(lambda: not button.isVisible())


def test_an_empty_plane_says_what_to_do(lab: Lab) -> None:
    assert words(lab) == ""
    lab.action("Clear").trigger()
    lab.wait(lambda: "Paint here" in words(lab))
    assert "left button A, right button B" in words(lab)
    assert "Ctrl+O" in words(lab)
    area, item = lab.box().sceneBoundingRect(), lab.items("boundary", QGraphicsTextItem)[-1]
    assert (item.sceneBoundingRect().center() - area.center()).manhattanLength() < 3
    lab.press(Qt.Key.Key_X)
    lab.wait(lambda: "left button B, right button A" in words(lab))
    lab.click(lab.inside(0.5, 0.5))
    lab.wait(lambda: words(lab) == "")
    assert lab.dataset.Y.tolist() == [[1.0]]


@pytest.mark.parametrize("theme", ["ThemeLight", "ThemeDark"])
def test_the_classes_are_named_in_their_colours(lab: Lab, theme: str) -> None:
    lab.action(theme).trigger()
    for name, colour in zip(("first", "second"), lab.window.theme.class_lines, strict=True):  # type: ignore[attr-defined]
        assert colour in lab.text_of(f"{name}ClassCount")


def test_the_words_of_a_file_are_words_and_no_html(lab: Lab, tmp_path: object) -> None:
    path = tmp_path / "odd.csv"  # type: ignore[operator]
    path.write_text("x,y,kind\n" + "\n".join(f"{i},{i * i},{'<b>&' if i % 2 else 'z'}" for i in range(12)))
    lab.window.exchange.open_file(path)  # type: ignore[attr-defined]
    lab.settle()
    lab.wait(lambda: "&lt;b>&amp; 5 + 1 test" in lab.text_of("firstClassCount"))
