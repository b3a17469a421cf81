"""Where there are many features, a dragged point moves within the plane that is shown."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox

from gui.views.axes_choice import COMPONENTS
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import line

Key = Qt.Key


@pytest.fixture
def wide(lab: Lab, tmp_path: Path) -> Lab:
    """A window with a table of four columns, all of them inputs, and the select tool."""
    path = tmp_path / "wide.csv"
    X = np.random.default_rng(2).standard_normal((30, 4))
    rows = [",".join(map(repr, map(float, x))) + f",{'ab'[i % 2]}" for i, x in enumerate(X)]
    path.write_text("one,two,three,four,kind\n" + "\n".join(rows) + "\n")
    lab.window.document.change(data=str(path), columns=("*",))  # type: ignore[attr-defined]
    lab.settle()
    lab.plot().setFocus()
    lab.press(Key.Key_V)
    return lab


def test_a_point_moves_within_the_plane_and_keeps_its_other_features(wide: Lab) -> None:
    before = wide.dataset
    row = int(np.argmax(before.X[0]))
    place = wide.pixel(*before.X[:2, row])
    wide.drag(line(place, place + QPoint(-40, 30), 6))
    after = wide.dataset
    assert np.flatnonzero((after.X != before.X).any(axis=0)).tolist() == [row]
    assert np.array_equal(after.X[2:], before.X[2:])
    way = (after.X[:2, row] - before.X[:2, row]) / np.array(wide.pixel_size)
    assert way == pytest.approx([-40, -30], abs=1e-6)
    wide.action("Undo").trigger()
    assert same_points(wide.dataset, before)


def test_on_the_plane_of_components_a_point_goes_where_the_mouse_goes(wide: Lab) -> None:
    box = wide.find("boundaryAcrossCombo", QComboBox)
    box.setCurrentText(COMPONENTS)
    box.activated.emit(box.currentIndex())
    wide.settle()
    wide.plot().setFocus()
    projection = wide.window.views["boundary"].projection  # type: ignore[attr-defined]
    before = wide.dataset
    row = int(np.argmax(projection.places(before.X)[0]))
    place = wide.pixel(*projection.places(before.X)[:, row])
    wide.drag(line(place, place + QPoint(-40, 30), 6))
    way = (projection.places(wide.dataset.X) - projection.places(before.X))[:, row] / np.array(
        wide.pixel_size
    )
    assert way == pytest.approx([-40, -30], abs=1e-6)
    moved = wide.dataset.X[:, row] - before.X[:, row]
    assert np.linalg.matrix_rank(np.column_stack([projection.directions, moved])) == 2, "within the plane"
