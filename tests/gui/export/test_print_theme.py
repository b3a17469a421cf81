"""The theme for paper: what colours tell elsewhere, shapes, greys, widths, dashes and words tell there."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui.colours import cost_colours, heat_colours
from gui.export.pictures import VIEWS, Picture, image_of
from gui.theme import LIGHT, PRINT
from tests.gui.export.frames import frame_for
from tests.gui.export.images import pixels


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_has_a_colour(qapp: QApplication, view: str) -> None:
    image = pixels(image_of(Picture(view, frame_for(view), PRINT), 1.0))
    assert np.ptp(image, axis=2).max() <= 2, "red, green and blue are the same everywhere"
    assert image.max() == 255 and image.min() < 40


def test_full_and_hollow_circles_and_triangles_all_differ(qapp: QApplication) -> None:
    with Picture("boundary", frame_for("boundary"), PRINT).shown() as view:
        stamps = [view.drawn.stamp(label, test) for label in (0, 1) for test in (False, True)]  # type: ignore[attr-defined]
    looks = {(stamp.shape, stamp.brush.color().name()) for stamp in stamps}
    assert len(looks) == 4
    heat = heat_colours(PRINT)
    for stamp, ground in zip(stamps[::2], (heat[0], heat[-1]), strict=True):
        darkest = min(stamp.brush.color().lightness(), stamp.pen.color().lightness())
        assert QColor(*map(int, ground)).lightness() - darkest > 150, "seen on its own ground"


def test_the_heat_goes_one_way_and_stays_light(qapp: QApplication) -> None:
    for scale in (heat_colours(PRINT), cost_colours(PRINT)):
        lightness = scale[:, 0].astype(int)
        assert (np.diff(lightness) <= 0).all() and lightness[0] == 255
    assert heat_colours(PRINT).min() > 180, "words and points are read on it"


def test_the_line_says_its_probability_on_paper_alone(qapp: QApplication) -> None:
    for theme, words in ((PRINT, ["0.5"]), (LIGHT, [])):
        with Picture("boundary", frame_for("boundary"), theme).shown() as view:
            assert list(view.field.tags.places) == words  # type: ignore[attr-defined]


def test_the_curves_differ_by_dashes_or_width(qapp: QApplication) -> None:
    for name in ("cost", "flow", "numbers", "surface"):
        with Picture(name, frame_for(name), PRINT).shown() as view:
            pens = [sample for sample, _ in view.key._entries]  # type: ignore[attr-defined]
        looks = {(pen.widthF(), pen.style()) for pen in pens}
        assert len(looks) == len(pens) > 1, name


def test_words_name_the_greys(qapp: QApplication) -> None:
    with Picture("network", frame_for("network"), PRINT).shown() as view:
        words = view.plot.accessibleDescription()
    assert "white low, grey high" in words and "blue" not in words
