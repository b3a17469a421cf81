"""What the label beside the mouse says of a point, and when it is not there."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication

from engine.model.activations import sigmoid
from engine.model.losses import LOSSES
from engine.model.network import logits
from gui.views.hover import HoverLabel
from tests.gui.driving import Lab
from tests.gui.plots import LEFT, SHIFT


def label(lab: Lab) -> HoverLabel:
    return lab.find("hoverLabel", HoverLabel)


def at(lab: Lab, row: int) -> QPoint:
    """Return the pixel at which a point is drawn."""
    places = lab.window.views["boundary"].projection.places(lab.dataset.X)  # type: ignore[attr-defined]
    return lab.pixel(*places[:, row])


def lonely(lab: Lab) -> int:
    """Return the point that is the farthest from all others."""
    places = lab.window.views["boundary"].projection.places(lab.dataset.X)  # type: ignore[attr-defined]
    pixels = places / np.array(lab.pixel_size)[:, None]
    apart = np.linalg.norm(pixels[:, :, None] - pixels[:, None, :], axis=0) + np.eye(lab.dataset.m) * 1e9
    return int(apart.min(axis=0).argmax())


def hover(lab: Lab, place: QPoint) -> None:
    lab.mouse(QEvent.Type.MouseMove, place)


def expected(lab: Lab, row: int) -> tuple[float, float]:
    """Return the probability of class 1 and the loss that the engine gives a point."""
    problem = lab.frame.experiment.problem
    Z = logits(lab.frame.experiment.network, lab.weights, problem.inputs(lab.dataset.X[:, [row]]))
    return float(sigmoid(Z)[0, 0]), float(LOSSES["log"].f(Z, lab.dataset.Y[:, [row]])[0, 0])


def test_a_point_says_its_values_class_side_probability_and_loss(penguins_lab: Lab) -> None:
    lab = penguins_lab
    row = lonely(lab)
    assert not label(lab).isVisible()
    hover(lab, at(lab, row) + QPoint(3, -2))
    assert label(lab).isVisible()
    X, test = lab.dataset.X[:, row], lab.frame.experiment.problem.test[row]
    probability, loss = expected(lab, row)
    kind = "test point" if test else "training point"
    assert label(lab).rows == [
        (f"{lab.dataset.class_names[int(lab.dataset.Y[0, row])]} · {kind}", ""),
        ("bill length (mm)", f"{X[0]:.6g}"),
        ("bill depth (mm)", f"{X[1]:.6g}"),
        ("probability of Chinstrap", f"{probability:.4f}"),
        ("loss", f"{loss:.4f}"),
    ]


def test_training_and_test_points_are_told_apart(penguins_lab: Lab) -> None:
    lab = penguins_lab
    test = lab.frame.experiment.problem.test
    said = set()
    for row in (*np.flatnonzero(test)[:8], *np.flatnonzero(~test)[:8]):
        hover(lab, at(lab, int(row)))
        said.add(label(lab).rows[0][0].split(" · ")[1])
    assert said == {"test point", "training point"}


def test_it_is_beside_the_point_never_under_the_mouse_and_inside_the_view(penguins_lab: Lab) -> None:
    lab = penguins_lab
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    for row in range(0, lab.dataset.m, 3):
        place = at(lab, row) + QPoint(2, 2)
        hover(lab, place)
        assert label(lab).isVisible()
        mouse = lab.plot().viewport().mapTo(view, place)
        assert not label(lab).geometry().adjusted(-4, -4, 4, 4).contains(mouse)
        assert view.rect().contains(label(lab).geometry())
    assert QApplication.widgetAt(label(lab).mapToGlobal(label(lab).rect().center())) is not label(lab)


def test_it_stands_still_while_the_mouse_moves_on_one_point(penguins_lab: Lab) -> None:
    lab = penguins_lab
    place = at(lab, lonely(lab))
    hover(lab, place)
    before = label(lab).geometry()
    for away in (QPoint(3, 0), QPoint(-3, 2), QPoint(0, -4)):
        hover(lab, place + away)
        assert label(lab).isVisible() and label(lab).geometry() == before


def test_it_follows_the_frames(penguins_lab: Lab) -> None:
    lab = penguins_lab
    row = lonely(lab)
    hover(lab, at(lab, row))
    before, width = label(lab).rows, label(lab).width()
    lab.run()
    lab.wait(lambda: label(lab).rows != before)
    assert label(lab).isVisible() and label(lab).width() >= width
    lab.pause()
    probability, loss = expected(lab, row)
    said = dict(label(lab).rows)
    numbers = [
        float(said[name].lstrip("<> ").replace("−", "-")) for name in ("probability of Chinstrap", "loss")
    ]
    np.testing.assert_allclose(numbers, [probability, loss], atol=1.01e-4)


def test_nothing_is_said_where_no_point_is_or_once_the_mouse_is_gone(penguins_lab: Lab) -> None:
    lab = penguins_lab
    hover(lab, at(lab, lonely(lab)))
    assert label(lab).isVisible()
    hover(lab, lab.inside(0.98, 0.98))
    assert not label(lab).isVisible()
    hover(lab, at(lab, lonely(lab)))
    QApplication.sendEvent(lab.plot().viewport(), QEvent(QEvent.Type.Leave))
    assert not label(lab).isVisible()
    lab.step()
    assert not label(lab).isVisible()


def test_it_is_not_there_while_painting_or_erasing(penguins_lab: Lab) -> None:
    lab = penguins_lab
    place = at(lab, lonely(lab))
    hover(lab, place)
    lab.hold(place, LEFT)
    assert not label(lab).isVisible()
    lab.move(place + QPoint(30, 0))
    lab.settle()
    assert not label(lab).isVisible()
    lab.release(place + QPoint(30, 0))
    lab.mouse(QEvent.Type.MouseMove, place, modifiers=SHIFT)
    assert not label(lab).isVisible()
    lab.action("Undo").trigger()
    lab.settle()
    hover(lab, place)
    assert label(lab).isVisible()


def test_a_point_that_goes_takes_its_label_along(penguins_lab: Lab) -> None:
    lab = penguins_lab
    hover(lab, at(lab, lonely(lab)))
    assert label(lab).isVisible()
    lab.action("Clear").trigger()
    lab.settle()
    assert not label(lab).isVisible()


def test_other_points_with_more_features_take_it_away(penguins_lab: Lab) -> None:
    lab = penguins_lab
    for name in ("digits", "moons", "digits"):
        hover(lab, at(lab, lonely(lab)))
        assert label(lab).isVisible()
        place, before = label(lab).pos(), label(lab).rows
        lab.choose("datasetCombo", name)
        lab.settle()
        assert not label(lab).isVisible() or label(lab).rows != before, place


def test_of_many_features_the_axes_come_first(lab: Lab) -> None:
    lab.choose("datasetCombo", "digits")
    lab.settle()
    names = ",".join(f"row_{row}_col_4" for row in range(1, 9))
    lab.fill("columnsEdit", names)
    lab.settle()
    lab.window.views["boundary"]._choose_axes((6, 2))  # type: ignore[attr-defined]
    hover(lab, at(lab, 5))
    said = [name for name, _ in label(lab).rows]
    assert said[1:4] == ["row 7 col 4", "row 3 col 4", "row 1 col 4"]
    assert "and 2 more" in said and len(said) == 1 + 6 + 1 + 2


def test_a_digit_shows_its_image(lab: Lab) -> None:
    lab.choose("datasetCombo", "digits")
    lab.settle()
    row = lonely(lab)
    hover(lab, at(lab, row))
    image = label(lab).image
    assert image is not None and (image.width(), image.height()) == (8, 8)
    dark = [[255 - image.pixelColor(x, y).lightness() for x in range(8)] for y in range(8)]
    ink = lab.dataset.X[:, row]
    assert np.corrcoef(np.ravel(dark), ink)[0, 1] > 0.999
    assert [name for name, _ in label(lab).rows][1:] == ["probability of digit 8", "loss"]
    lab.press(Qt.Key.Key_F)
    assert label(lab).accessibleDescription().startswith("digit ")
