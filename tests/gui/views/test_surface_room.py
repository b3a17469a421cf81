"""A cost surface in little room: its map fills the plot, its numbers stand apart, and no word is cut off."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.model.relief import Angle
from engine.training.landscape import Rival
from gui.export.pictures import Picture, delete
from gui.theme import LIGHT, PRINT
from gui.views import relief_marks
from gui.views.relief import STRAIGHT
from gui.views.surface import SurfaceView
from gui.views.surface_panel import SurfacePanel
from tests.gui.export.frames import frame_for


@pytest.fixture
def make_view(qapp: QApplication) -> Any:
    """A function that makes a view of a run, without a window."""
    made: list[SurfaceView] = []

    def make(width: int, height: int, relief: bool = False, both: bool = False) -> SurfaceView:
        view = SurfaceView(LIGHT, sharp=True)
        made.append(view)
        view.resize(width, height)
        view.relief_button.setChecked(relief)
        view.compare_button.setChecked(both)
        view.draw(frame_for("surface"))
        view.plot.grab()
        view.draw(frame_for("surface"))
        return view

    yield make
    for view in made:
        delete(view)


class Recorder(QPainter):
    """A painter that notes what it writes, and where."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.written: list[tuple[str, QRectF]] = []

    def drawText(self, *where: Any) -> None:  # type: ignore[override]
        area, flags, words = where
        needed = QRectF(area)
        needed.setWidth(self.fontMetrics().horizontalAdvance(words))
        if flags & int(Qt.AlignmentFlag.AlignRight):
            needed.moveRight(area.right())
        if not flags & int(Qt.AlignmentFlag.AlignHCenter):
            self.written.append((words, self.transform().mapRect(needed)))
        super().drawText(*where)


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("angle", [STRAIGHT, Angle(40, 8), Angle(-75, 5), Angle(160, 80)])
def test_no_word_at_a_relief_is_cut_off(
    make_view: Callable[..., SurfaceView], both: bool, angle: Angle
) -> None:
    for width, height in ((640, 560), (430, 300), (430, 700)):
        view = make_view(width, height, relief=True, both=both)
        view.turn(angle)
        relief, image = view.panels[0].relief, QImage(800, 800, QImage.Format.Format_RGB32)
        painter = Recorder(image)
        relief.paint(painter, None)  # type: ignore[arg-type]
        painter.end()
        room = relief.boundingRect().adjusted(-0.5, -0.5, 0.5, 0.5)
        words = [each for each, _ in painter.written]
        assert {"cost,", "log scale", "along the run", "across it"} <= set(words)
        assert [each for each, area in painter.written if not room.contains(area)] == []


def numbers(panel: SurfacePanel) -> list[QRectF]:
    """Return where the numbers of a map stand, in pixels."""
    shown = [each for each in panel._labels if each.isVisible()]
    return [each.mapRectToScene(each.boundingRect()).adjusted(4, 4, -4, -4) for each in shown]


def overlapping(areas: list[QRectF]) -> int:
    return sum(one.intersects(other) for place, one in enumerate(areas) for other in areas[:place])


def test_numbers_stand_apart_also_where_the_room_gets_less(make_view: Callable[..., SurfaceView]) -> None:
    view = make_view(900, 700)
    view._zoom(0.9)  # the part that is shown is the person's, and stays
    panel = view.panels[0]
    assert len(numbers(panel)) > 3
    view.resize(300, 240)
    view.plot.grab()
    areas = numbers(panel)
    assert areas and overlapping(areas) == 0
    room = panel.box.sceneBoundingRect()
    assert all(room.contains(area) for area in areas)


def test_both_maps_fill_their_plots_once_the_other_loss_has_come_its_way(
    make_view: Callable[..., SurfaceView],
) -> None:
    """The plots get their places while it is on its way, and so another part of the plane is seen."""
    view = make_view(430, 300, both=True)
    other = view.panels[1].experiment
    assert other is not None
    view._costs._rival = Rival(other)
    view.shown.show((-9.0, 9.0), (-5.0, 5.0))
    view._show_part()
    assert not view.is_complete
    view.draw(frame_for("surface"))
    assert view.is_complete
    for panel in view.panels:
        x_range, y_range = panel.box.viewRange()
        area = panel._heat.area
        assert area.left() < x_range[0] < x_range[1] < area.right()
        assert area.top() < y_range[0] < y_range[1] < area.bottom()
        assert overlapping(numbers(panel)) == 0


def test_while_a_run_goes_on_a_surface_that_shows_another_part_is_renewed(
    make_view: Callable[..., SurfaceView],
) -> None:
    view = make_view(500, 400, both=True)
    costs = view._costs
    view.shown.show((-9.0, 9.0), (-9.0, 9.0))
    for panel in view.panels:
        assert panel.landscape is not None and panel.landscape.Z is not None
        costs.renew(panel, panel.landscape.vector, hurries=True, waits=True)
        begun = panel.landscape
        assert begun.x_range == (-9.0, 9.0) and begun.Z is None, "at once"
        view.shown.show((-7.0, 7.0), (-7.0, 7.0))
        costs.renew(panel, begun.vector, hurries=True, waits=False)
        assert panel.landscape is begun, "it gets its first grid"
        view.shown.show((-9.0, 9.0), (-9.0, 9.0))


def test_a_relief_leaves_the_hidden_plot_alone(make_view: Callable[..., SurfaceView]) -> None:
    panel = make_view(500, 400, relief=True).panels[0]
    assert panel.marks is not None
    for item in (panel._uphill, panel._head, panel._step):
        assert item.getData()[0] is None or not item.getData()[0].size


def test_a_gradient_of_nothing_has_no_direction_on_a_relief(
    make_view: Callable[..., SurfaceView], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[np.ndarray] = []
    monkeypatch.setattr(relief_marks, "_paint_arrow", lambda painter, ground, ends, *_: drawn.append(ends))
    view = make_view(500, 400, relief=True)
    relief = view.panels[0].relief
    assert relief.marks is not None
    for length, points in ((1.0, True), (1e-15, False)):
        drawn.clear()
        relief.marks = relief.marks._replace(uphill=np.array([length, 0.0]))
        view.plot.grab()
        assert (drawn[0][:, 0] != drawn[0][:, 1]).any() == points


def test_on_paper_path_and_gradient_differ_in_the_plot_as_in_the_key(
    make_view: Callable[..., SurfaceView],
) -> None:
    with Picture("surface", frame_for("surface"), PRINT).shown() as view:
        assert isinstance(view, SurfaceView)
        panel = view.panels[0]
        pens = {words: pen for pen, words in view._entries}
        for item, words in ((panel._path, "path"), (panel._uphill, "gradient")):
            assert item.opts["pen"].dashPattern() == pens[words].dashPattern()
        assert panel._path.opts["pen"].style() == panel._head.opts["pen"].style() == Qt.PenStyle.SolidLine
        assert panel._uphill.opts["pen"].style() == Qt.PenStyle.CustomDashLine


def test_a_picture_of_another_shape_has_units_as_long_across_as_up(
    make_view: Callable[..., SurfaceView],
) -> None:
    like = make_view(900, 300)
    picture = Picture("surface", frame_for("surface"), LIGHT, like, QSize(400, 600))
    with picture.shown() as view:
        assert isinstance(view, SurfaceView)
        across, up = view.panels[0].box.viewPixelSize()
        assert across == pytest.approx(up, rel=0.01)
        for (low, high), (low_before, high_before) in zip(view.shown.ranges, like.shown.ranges, strict=True):
            assert low <= low_before + 1e-9 and high >= high_before - 1e-9, "all of it is there"


def test_a_sessions_look_is_taken_with_units_as_long_across_as_up(
    make_view: Callable[..., SurfaceView], qapp: QApplication
) -> None:
    """As views do that are made for a file and never shown."""
    look = make_view(640, 560, relief=True).look() | {"angle": [30.0, 30.0]}
    for relief in (True, False):
        look["surfaceReliefButton"] = relief
        view = SurfaceView(LIGHT, sharp=True)
        view.resize(640, 560)
        view.draw(frame_for("surface"))
        view.take_look(look)
        assert view.relief_button.isChecked() == relief and view.panels[0].relief.angle == (30, 30)
        with Picture("surface", frame_for("surface"), LIGHT, view, QSize(640, 560)).shown() as shown:
            assert isinstance(shown, SurfaceView)
            assert shown.panels[0].relief.isVisible() == relief
            extents = np.ptp(shown.shown.ranges, axis=1) / shown._sides
            assert extents[0] == pytest.approx(extents[1], rel=0.01)
        delete(view)
