"""Pictures that follow each other: on axes that stay, whatever the view and however it was seen last."""

import numpy as np
import pytest
from PySide6.QtCore import QSize

from engine.training.commands import Frame
from engine.training.series import frames, history_of
from gui.export.easel import Easel
from gui.export.pictures import LEAST, VIEWS
from gui.theme import LIGHT
from gui.views.step import StepView
from tests.gui.driving import Lab

SIZE = QSize(480, 400)


@pytest.fixture
def moments(trained: Lab) -> list[Frame]:
    """Frames of the run from the first iteration to the last."""
    kept: list = []
    trained.window.playback.keep(kept.append)  # type: ignore[attr-defined]
    trained.wait(lambda: kept)
    return list(frames(history_of(kept[0]), [0, 3, 30, 200, 400]))


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "weightImage"])
def test_every_view_is_drawn_and_moves(moments: list[Frame], name: str) -> None:
    with Easel(name, LIGHT, SIZE, moments[-1]) as easel:
        pictures = [easel.draw(frame) for frame in moments]
    assert all(each.shape == (400, 480, 3) and each.dtype == np.uint8 for each in pictures)
    upper = [each[:360].astype(int) for each in pictures]  # without the words below
    assert np.abs(upper[0] - upper[-1]).max() > 60


@pytest.mark.parametrize("name", ["boundary", "cost", "flow", "surface"])
def test_the_numbers_at_the_axes_stay(moments: list[Frame], name: str) -> None:
    with Easel(name, LIGHT, SIZE, moments[-1]) as easel:
        edges = [easel.draw(frame)[24:260, :28] for frame in moments]
    assert all(np.array_equal(edges[0], each) for each in edges)
    assert np.unique(edges[0].reshape(-1, 3), axis=0).shape[0] > 8, "there are numbers"


def test_a_surface_that_was_seen_early_in_the_run_is_laid_through_all_of_it(
    trained: Lab, moments: list[Frame]
) -> None:
    other = VIEWS["surface"](LIGHT)
    other.resize(480, 360)
    other.draw(moments[1])
    with Easel("surface", LIGHT, SIZE, moments[-1], like=other) as easel:
        shown = easel.view.shown  # type: ignore[attr-defined]
        places = shown.chart.places(moments[-1].state.parameters.vector)
        first = shown.chart.places(moments[0].state.parameters.vector)
    other.deleteLater()
    low, high = np.array(shown.ranges).T
    for place in (places, first):
        assert ((low < place) & (place < high)).all()


@pytest.mark.parametrize("name", [name for name in VIEWS if name != "weightImage"])
def test_a_small_picture_has_room_for_all_its_words(moments: list[Frame], name: str) -> None:
    with Easel(name, LIGHT, QSize(240, 200), moments[-1]) as easel:
        picture = easel.draw(moments[-1])
        plot = easel.view.plot.size()
    assert picture.shape == (200, 240, 3)
    assert plot.width() >= LEAST[name].width()
    assert plot.height() >= LEAST[name].height() or easel.view.grows
    right = picture[:-8, -5:].reshape(-1, 3)  # above the line that grows
    assert (right == right[0]).all(), "nothing goes on beyond the edge"


def test_the_opened_step_is_read_from_where_the_window_shows_it(trained: Lab, moments: list[Frame]) -> None:
    with Easel("step", LIGHT, SIZE, moments[-1]) as easel:
        assert isinstance(easel.view, StepView)
        easel.draw(moments[-1])
        assert [line.name for line in easel.view._sheet.lines][:2] == ["iteration", "examples"]
    view = trained.open_view("step", StepView)
    trained.wait(lambda: len(view._sheet.lines) == len(view.lines))
    bar = view.plot.verticalScrollBar()
    for line in view._sheet.lines:
        bar.setValue(int(view._sheet.top_of(line.name)))
        if bar.value() == int(view._sheet.top_of(line.name)):  # else there is no room to scroll so far
            with Easel("step", LIGHT, SIZE, moments[-1], view) as easel:
                assert isinstance(easel.view, StepView)
                easel.draw(moments[-1])
                assert easel.view._sheet.lines[0].name == line.name
    bar.setValue(int(view._sheet.top_of("dW2")))
    with Easel("step", LIGHT, SIZE, moments[-1], view) as easel:
        assert isinstance(easel.view, StepView)
        for frame in moments:
            picture = easel.draw(frame)
            assert easel.view._sheet.lines[0].name == "dW2"
        assert easel.view.plot.height() < SIZE.height(), "in letters of the window's size"
        assert easel.view._sheet.lines[-1].name != easel.view.lines[-1].name
        below = round(max(bottom for *_, bottom in easel.view._sheet._placed))
        below -= easel.view.plot.verticalScrollBar().value()
    assert below <= 368 and len(np.unique(picture[below + 8 : 368])) <= 3, "no row is cut in two"


def test_a_surface_in_pieces_becomes_the_same_picture(moments: list[Frame]) -> None:
    with Easel("surface", LIGHT, SIZE, moments[-1]) as easel:
        whole = easel.draw(moments[2])
    with Easel("surface", LIGHT, SIZE, moments[-1]) as easel:
        pieces = 1
        while (made := easel.draw_in_pieces(moments[2], 0.002)) is None:
            pieces += 1
    assert pieces > 1
    assert np.abs(made.astype(int) - whole).mean() < 0.5
