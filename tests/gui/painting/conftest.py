"""A window with points to select."""

import pytest
from PySide6.QtCore import Qt

from tests.gui.driving import Lab
from tests.gui.painting.selection import spot
from tests.gui.plots import LEFT, RIGHT


@pytest.fixture
def row(lab: Lab) -> Lab:
    """A window with five points in a row, 40 pixels apart, the second of them of class B; the select tool is taken."""
    lab.action("Clear").trigger()
    for i in range(5):
        lab.click(spot(lab, i), RIGHT if i == 1 else LEFT)
    lab.settle()
    lab.press(Qt.Key.Key_V)
    return lab
