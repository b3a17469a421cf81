"""Handwritten digits: any two against each other, on the plane of two components, with their weights as images."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QDockWidget, QToolButton

from gui.export.pictures import draw_picture
from gui.theme import DARK, LIGHT
from gui.views.axes_choice import COMPONENTS
from gui.views.boundary import BoundaryView
from gui.views.weight_image import WeightImageView
from tests.gui.driving import Lab
from tests.gui.plots import LEFT


@pytest.fixture
def digits(lab: Lab) -> Lab:
    """The window with the handwritten digits and logistic regression."""
    lab.choose("datasetCombo", "digits")
    lab.choose("modelCombo", "logistic")
    lab.settle()
    return lab


def image_view(lab: Lab) -> WeightImageView:
    view = lab.window.views["weightImage"]  # type: ignore[attr-defined]
    assert isinstance(view, WeightImageView)
    return view


def boundary(lab: Lab) -> BoundaryView:
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    assert isinstance(view, BoundaryView)
    return view


def choose_class(lab: Lab, number: int, label: str) -> None:
    """Choose a label, as a click in the list does."""
    box = lab.find(f"class{number}Combo", QComboBox)
    box.setCurrentIndex(box.findData(label))
    box.activated.emit(box.currentIndex())
    lab.settle()


def chosen_classes(lab: Lab) -> tuple[str, str]:
    first, second = (lab.find(f"class{number}Combo", QComboBox).currentData() for number in (0, 1))
    return first, second


def pixel_of(lab: Lab, row: int, column: int) -> QPoint:
    """Return where the middle of a pixel of the first image is on the plot."""
    tiles = image_view(lab).tiles
    area = tiles.tile(0)
    place = QPointF((column + 0.5) * area.width() / 8, (row + 0.5) * area.height() / 8)
    return lab.plot("weightImage").mapFromScene(tiles.mapToScene(area.topLeft() + place))


def apart(found: QColor, wanted: str) -> int:
    """Return how far two colours are apart, 0 to 255."""
    return max(abs(a - b) for a, b in zip(found.getRgb(), QColor(wanted).getRgb(), strict=True))


def test_the_digits_are_images_of_64_pixels_on_two_components(digits: Lab) -> None:
    assert digits.dataset.image_shape == (8, 8)
    assert digits.frame.experiment.network.sizes == (64, 1)
    assert digits.dataset.class_names == ("digit 3", "digit 8")
    assert digits.axis_label("bottom").startswith("principal component 1")
    assert digits.find("boundaryAcrossCombo", QComboBox).currentText() == COMPONENTS
    assert "one for all pixels" in boundary(digits).caption.text
    assert "components in deviations" in boundary(digits).caption.text


def test_any_digit_against_any_other(digits: Lab) -> None:
    assert digits.find("classesEdit").isVisible()
    assert chosen_classes(digits) == ("3", "8")
    choose_class(digits, 0, "1")
    assert digits.dataset.class_names == ("digit 1", "digit 8")
    choose_class(digits, 1, "1")
    assert chosen_classes(digits) == ("8", "1"), "the same twice: they change places"
    assert digits.dataset.class_names == ("digit 8", "digit 1")
    choose_class(digits, 0, "*")
    assert digits.dataset.class_names == ("not digit 1", "digit 1")
    assert digits.dataset.m == 1797
    digits.action("Undo").trigger()
    digits.settle()
    assert chosen_classes(digits) == ("8", "1")
    assert digits.spec.classes == ("8", "1")


def test_two_labels_need_no_choice(digits: Lab) -> None:
    digits.choose("datasetCombo", "iris")
    digits.settle()
    assert not digits.find("classesEdit").isVisible()
    assert digits.spec.classes is None
    digits.choose("datasetCombo", "moons")
    digits.settle()
    assert not digits.find("classesEdit").isVisible()


def test_the_weights_come_as_an_image_and_go_again(digits: Lab) -> None:
    dock = digits.find("weightImageDock", QDockWidget)
    assert image_view(digits).isVisible()
    digits.choose("datasetCombo", "penguins")
    digits.settle()
    assert not dock.isVisible()
    assert not image_view(digits).isVisible()


def test_pixels_chosen_by_name_are_no_image(digits: Lab) -> None:
    digits.fill("columnsEdit", "row_4_col_4,row_4_col_5,row_5_col_3")
    digits.settle()
    assert digits.dataset.image_shape is None
    assert not digits.find("weightImageDock", QDockWidget).isVisible()
    assert digits.axis_label("bottom") == "row 4 col 4 — the other at its mean"


def test_the_middle_of_the_image_speaks_for_a_1_against_a_0(digits: Lab) -> None:
    choose_class(digits, 0, "0")
    choose_class(digits, 1, "1")
    digits.run()
    digits.wait(lambda: digits.value("trainCost") < 0.01)
    digits.pause()
    (shown,) = image_view(digits).tiles.values
    assert shown[3:5, 3:5].mean() > 0.2
    assert shown[3:5, [2, 5]].mean() < -0.05
    W, _ = digits.frame.experiment.problem.standardization.fold(*digits.weights[0])
    np.testing.assert_allclose(shown.ravel(), W[0] / np.abs(W).max(), atol=1e-12)
    assert image_view(digits).tiles.captions == [f"w  ±{np.abs(W).max():.2g}"]


def test_the_colours_are_those_of_the_classes_and_zero_is_neutral(digits: Lab) -> None:
    tiles = image_view(digits).tiles
    for theme in (LIGHT, DARK):
        digits.action(f"Theme{theme.name.title()}").trigger()
        values = np.zeros((1, 8, 8))
        values[0, 0, 0], values[0, 7, 7] = -1, 1
        tiles.show_tiles(values, ["w"], values)
        image = digits.plot("weightImage").grab().toImage()
        assert apart(image.pixelColor(pixel_of(digits, 0, 0)), theme.areas[0]) < 30
        assert apart(image.pixelColor(pixel_of(digits, 7, 7)), theme.areas[1]) < 30
        assert apart(image.pixelColor(pixel_of(digits, 3, 3)), theme.surface) < 4


def test_each_hidden_unit_has_an_image_on_its_own_scale_or_on_one(digits: Lab) -> None:
    digits.choose("modelCombo", "network")
    digits.fill("hiddenLayersEdit", "6")
    digits.settle()
    tiles = image_view(digits).tiles
    assert tiles.values.shape == (6, 8, 8)
    np.testing.assert_allclose(np.abs(tiles.values).max(axis=(1, 2)), 1)
    assert len(set(tiles.captions)) == 6 and tiles.captions[5].startswith("unit 6")
    digits.find("weightImageScaleButton", QToolButton).click()
    assert np.isclose(np.abs(tiles.values).max(axis=(1, 2)), 1).sum() == 1
    assert len({caption.split("±")[1] for caption in tiles.captions}) == 1
    areas = [tiles.tile(number) for number in range(6)]
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    assert all(tiles.boundingRect().contains(area) for area in areas)


def test_many_units_have_room_for_their_images_and_not_for_words(digits: Lab) -> None:
    digits.choose("modelCombo", "network")
    tiles = image_view(digits).tiles
    for units, drawn, rim in (("64", 64, ""), ("100", 64, "64 of 100 units")):
        digits.fill("hiddenLayersEdit", units)
        digits.settle()
        areas = [tiles.tile(number) for number in range(drawn)]
        assert tiles.values.shape == (drawn, 8, 8)
        assert all(tiles.boundingRect().contains(area) and area.width() >= 24 for area in areas)
        assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
        assert tiles.hint_at(areas[40].center()).startswith("unit 41  ±")
        if rim:
            assert image_view(digits).header.note.text() == rim


def test_the_mouse_reads_the_weight_of_a_pixel(digits: Lab) -> None:
    tiles = image_view(digits).tiles
    W, _ = digits.frame.experiment.problem.standardization.fold(*digits.weights[0])
    area = tiles.tile(0)
    place = area.topLeft() + QPointF(area.width() * 2.5 / 8, area.height() * 4.5 / 8)
    assert tiles.hint_at(place) == f"{tiles.captions[0]}; row 5, column 3: {W[0, 4 * 8 + 2]:.4g}"
    assert tiles.hint_at(QPointF(-5, -5)) == ""


def test_weights_as_images_cost_nothing_while_hidden(digits: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(image_view(digits), "draw", lambda frame: drawn.append(frame.state.iteration))
    digits.step(3)
    assert drawn, "while it is seen, it is drawn"
    digits.find("weightImageDock", QDockWidget).close()
    drawn.clear()
    digits.step(3)
    assert not drawn


def test_a_painted_point_is_an_image_of_the_plane(digits: Lab) -> None:
    plane, place = boundary(digits).projection, digits.inside(0.3, 0.6)
    digits.click(place, LEFT)
    digits.settle()
    assert digits.dataset.image_shape == (8, 8) and digits.dataset.m == 358
    np.testing.assert_allclose(plane.places(digits.dataset.X[:, -1:])[:, 0], digits.point(place), rtol=1e-6)


def test_a_picture_of_the_weights_is_that_of_the_view(digits: Lab, tmp_path: Path) -> None:
    view = image_view(digits)
    picture = draw_picture("weightImage", digits.frame, view.theme, 1, like=view)
    assert picture.size() == view.plot.size()
    on_screen = view.plot.grab().toImage()
    middle = view.plot.mapFromScene(view.tiles.mapToScene(view.tiles.tile(0).center() + QPointF(3, 3)))
    assert picture.pixelColor(middle) == on_screen.pixelColor(middle)


def test_an_image_dock_of_the_last_time_does_not_come_back_without_images(
    open_lab: Callable[..., Lab],
) -> None:
    first = open_lab()
    first.choose("datasetCombo", "digits")
    first.settle()
    first.close()
    second = open_lab()
    assert not second.find("weightImageDock", QDockWidget).isVisible()
    assert second.find("activationDock", QDockWidget).isVisible()
