"""Words on lines: where they stand, that they stay there, and when they are left out."""

import numpy as np
import pytest

from gui.views.tags import Tags, nearest_on
from tests.gui.driving import Lab

NONE = np.empty((2, 0))


@pytest.fixture
def tags(lab: Lab) -> Tags:
    """Words on the plane of the boundary, whose pixels are the unit of the lines below."""
    found = lab.window.views["boundary"].field.tags  # type: ignore[attr-defined]
    assert isinstance(found, Tags)
    return found


def level(tags: Tags, down: float, count: int = 80) -> np.ndarray:
    """Return a line from left to right, so many pixels below the middle of the plane, (2, count)."""
    (left, right), (bottom, top) = tags.getViewBox().viewRange()
    _, height = tags.getViewBox().viewPixelSize()
    return np.stack([np.linspace(left, right, count), np.full(count, (bottom + top) / 2 - down * height)])


def pixels(tags: Tags, words: str) -> np.ndarray:
    """Return where words stand, in pixels of the plane, (2,)."""
    return tags.places[words] / np.array(tags.getViewBox().viewPixelSize())


def test_words_are_left_out_where_lines_coincide(tags: Tags) -> None:
    lines = {"one": level(tags, 0), "two": level(tags, 4), "three": level(tags, 60)}
    tags.show_on(lines, NONE, False)
    assert set(tags.places) == {"three"}
    tags.show_on(lines, NONE, False, giving_way=frozenset(("two",)))
    assert set(tags.places) == {"one", "three"}
    lines["two"] = level(tags, 30)
    tags.show_on(lines, NONE, False)
    assert set(tags.places) == {"one", "two", "three"}


def test_words_stand_where_their_line_is_alone(tags: Tags) -> None:
    one, two = level(tags, 0), level(tags, 3)
    two[1, :25] = level(tags, 80)[1, :25]
    tags.show_on({"one": one, "two": two}, NONE, False)
    for words in ("one", "two"):
        assert tags.places[words][0] < one[0, 25]


def test_words_go_along_with_their_line_and_do_not_hop(tags: Tags) -> None:
    points = level(tags, 12, 40)
    tags.show_on({"one": level(tags, 0)}, points, False)
    across, down = pixels(tags, "one")
    for moved in range(1, 60):  # over points, and on a line of ever other places
        tags.show_on({"one": level(tags, moved, 60 + 7 * moved)}, points, moved % 2 == 0)
        now = pixels(tags, "one")
        assert now[0] == pytest.approx(across, abs=1e-6)
        assert now[1] == pytest.approx(down - moved, abs=1e-6)


def test_new_words_keep_off_points(tags: Tags) -> None:
    line = level(tags, 0)
    points = line[:, 10:]
    tags.show_on({"one": line}, points, False)
    assert tags.places["one"][0] < line[0, 10]


def test_words_lie_above_points_and_rings(lab: Lab, tags: Tags) -> None:
    drawn = lab.window.views["boundary"].drawn  # type: ignore[attr-defined]
    assert tags.zValue() > max(item.zValue() for item in (drawn._symbols, drawn.wrong, drawn.followed))


def test_the_nearest_place_on_a_line_lies_between_its_corners_and_in_no_gap() -> None:
    line = np.array([[0.0, 4.0, np.nan, 6.0, 8.0], [0.0, 0.0, np.nan, 0.0, 0.0]])
    assert nearest_on(line, np.array([[1.25], [3.0]])).ravel() == pytest.approx([1.25, 0.0])
    assert nearest_on(line, np.array([[4.75], [0.0]])).ravel() == pytest.approx([4.0, 0.0])
    assert nearest_on(line[:, :0], np.zeros((2, 1))).shape == (2, 0)
