"""The confusion matrices, and the threshold that moves the line: never training."""

import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDockWidget,
    QDoubleSpinBox,
    QGraphicsSceneHoverEvent,
    QSlider,
    QToolButton,
)

from engine.model.activations import sigmoid
from engine.model.classification import confusion
from engine.model.network import logits
from engine.training.history import History
from gui.export.pictures import draw_picture
from gui.export.plotter import OffscreenPlotter
from gui.theme import LIGHT
from gui.views.boundary import BoundaryView
from gui.views.numbers import NumbersView
from tests.gui.comparing import same_weights
from tests.gui.driving import Lab
from tests.gui.plots import LEFT


@pytest.fixture
def view(lab: Lab) -> NumbersView:
    """The view, opened from the menu."""
    return lab.open_view("numbers", NumbersView)


def accuracies(view: NumbersView) -> list[float]:
    """Return what the tables are about, the training points first."""
    return [table.confusion.accuracy for table in view.tables]


def enlarge(lab: Lab, view: NumbersView) -> None:
    """Give the view all the room."""
    QTest.mouseDClick(view.header, LEFT)
    lab.wait(lambda: view.plot.width() > 800)
    view.plot.grab()


def boundary(lab: Lab) -> BoundaryView:
    """Return the view with the line."""
    found = lab.window.views["boundary"]  # type: ignore[attr-defined]
    assert isinstance(found, BoundaryView)
    return found


def probability_on_the_line(lab: Lab) -> np.ndarray:
    """Return the probabilities along the bold line, as the engine has them."""
    x, y = boundary(lab).field.line.getData()
    X = lab.frame.experiment.problem.standardization.apply(np.stack([x, y])[:, np.isfinite(x)])
    return sigmoid(logits(lab.frame.experiment.network, lab.weights, X)[0])


def test_the_matrices_count_the_points_and_agree_with_the_readouts(lab: Lab, view: NumbersView) -> None:
    lab.fill("noiseSpin", "0.3")
    lab.run()
    lab.wait_for_iterations(300)
    lab.pause()
    problem = lab.frame.experiment.problem
    assert [table.confusion.m for table in view.tables] == [320, 80]
    assert accuracies(view) == [lab.value("trainAccuracy"), lab.value("testAccuracy")]
    for table, X, Y in zip(
        view.tables, (problem.X_train, problem.X_test), (problem.Y_train, problem.Y_test), strict=True
    ):
        Z = logits(lab.frame.experiment.network, lab.weights, X)
        assert table.confusion == confusion(Z, Y)
        assert [cell.points for cell in table.cells] == list(table.confusion)
        assert [cell.right for cell in table.cells] == [True, False, False, True]
        assert table.cells[0].share + table.cells[1].share == 1
        scores = {score.name: score.words for score in table.scores}
        assert scores["accuracy"] == f"{table.confusion.accuracy:.1%}"
        assert scores["precision"] == f"{table.confusion.precision:.1%}"
    assert view.words.text == "Positive is B: called so from probability 0.50 on."
    assert view.plot.accessibleDescription().startswith("training points: 320. True negatives: ")


@pytest.mark.parametrize("data", ["xor", "circles"])
def test_a_line_stays_near_half_where_one_hidden_layer_solves_it(
    lab: Lab, view: NumbersView, data: str
) -> None:
    """Claim 9."""
    lab.choose("datasetCombo", data)
    lab.choose("modelCombo", "logistic")
    lab.plot().setFocus()
    lab.run()
    lab.wait_for_iterations(400)
    lab.pause()
    assert accuracies(view)[0] == pytest.approx(0.5, abs=0.12)
    wrong = view.tables[0].confusion.false_positive + view.tables[0].confusion.false_negative
    assert wrong > 0.35 * view.tables[0].confusion.m
    lab.choose("modelCombo", "network")
    lab.fill("hiddenLayersEdit", "8")
    lab.plot().setFocus()
    lab.settle()
    lab.run()
    lab.wait(lambda: accuracies(view)[0] > 0.97)
    lab.pause()
    assert min(accuracies(view)) > 0.9
    assert accuracies(view) == [lab.value("trainAccuracy"), lab.value("testAccuracy")]


def test_the_slider_moves_the_line_and_the_counts_and_no_weight(lab: Lab, view: NumbersView) -> None:
    lab.fill("noiseSpin", "0.3")
    lab.plot().setFocus()
    lab.step(60)
    weights, usual = lab.weights, [table.confusion for table in view.tables]
    slider = lab.find("thresholdSlider", QSlider)
    assert (slider.minimum(), slider.maximum(), slider.value()) == (1, 99, 50)
    QTest.mouseClick(slider, LEFT, pos=QPoint(3, slider.height() // 2))
    lab.settle()
    threshold = slider.value() / 100
    assert threshold < 0.5
    assert lab.window.document.threshold == threshold  # type: ignore[attr-defined]
    assert lab.find("thresholdSpin", QDoubleSpinBox).value() == threshold
    assert probability_on_the_line(lab) == pytest.approx(threshold, abs=0.02)
    assert f"{threshold:.2f} line" in boundary(lab).field.tags.places
    problem = lab.frame.experiment.problem
    Z = logits(lab.frame.experiment.network, lab.weights, problem.X[:-1])
    assert view.tables[0].confusion == confusion(Z[:, :320], problem.Y_train, threshold) != usual[0]
    wrong = sum(table.confusion.false_positive + table.confusion.false_negative for table in view.tables)
    assert boundary(lab).drawn.wrong.places[0][0].size == wrong, "the rings follow"
    assert "at 0.50" in view.header.note.text(), "the readouts stay, and it says so"
    assert same_weights(weights, lab.weights)
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    lab.press(Qt.Key.Key_Right)
    assert lab.window.document.threshold == round(threshold + 0.01, 2)  # type: ignore[attr-defined]
    assert lab.iteration == 60, "the slider has the arrows while it has the focus"
    button = lab.find("thresholdResetButton", QToolButton)
    QTest.mouseClick(button, LEFT)
    lab.settle()
    assert slider.value() == 50 and not button.isEnabled()
    assert [table.confusion for table in view.tables] == usual
    assert not boundary(lab).field.tags.isVisible()


def test_a_typed_threshold_moves_the_classes_too(lab: Lab, view: NumbersView) -> None:
    lab.step(60)
    boundary(lab).show_menu.actions()[1].trigger()
    area = boundary(lab).field.areas
    before = area.inside.boundingRect()
    lab.fill("thresholdSpin", "0.9")
    lab.settle()
    assert lab.find("thresholdSlider", QSlider).value() == 90
    assert area.inside.boundingRect() != before
    assert probability_on_the_line(lab) == pytest.approx(0.9, abs=0.02)


def test_looking_back_shows_the_numbers_of_then(lab: Lab, view: NumbersView) -> None:
    lab.fill("noiseSpin", "0.3")
    lab.fill("batchSizeSpin", "32")
    lab.plot().setFocus()
    lab.fill("thresholdSpin", "0.4")
    lab.plot().setFocus()
    lab.settle()
    seen = {}
    for _ in range(6):
        seen[lab.iteration] = [table.confusion for table in view.tables]
        lab.step(10)
    assert len(set(map(str, seen.values()))) > 2
    for k in sorted(seen, reverse=True):
        lab.window.playback.seek(k)  # type: ignore[attr-defined]
        lab.settle()
        assert lab.iteration == k
        assert [table.confusion for table in view.tables] == seen[k]


def test_what_cannot_be_divided_is_a_dash_that_says_why(lab: Lab, view: NumbersView) -> None:
    lab.choose("initCombo", "zeros")
    lab.fill("thresholdSpin", "0.99")
    lab.settle()
    table = view.tables[0]
    assert table.confusion == (160, 0, 160, 0)
    precision = table.scores[1]
    assert (precision.name, precision.words) == ("precision", "–")
    assert precision.hint == "No point is called B, so there is nothing to be precise about."
    view.plot.grab()
    place = next(area.center() for area, hint in table._places if hint == precision.hint)
    assert table.hint_at(place) == precision.hint
    assert "1" in table.hint_at(table._places[0][0].center())


def test_no_points_no_test_points_and_one_class(lab: Lab, view: NumbersView) -> None:
    lab.fill("testFractionSpin", "0")
    lab.settle()
    assert [table.confusion.m for table in view.tables] == [400, 0]
    assert [score.words for score in view.tables[1].scores] == ["–"] * 4
    enlarge(lab, view)
    assert view.curves[0] is not None and view.curves[1] is None
    lab.action("Clear").trigger()
    lab.settle()
    assert [table.confusion.m for table in view.tables] == [0, 0]
    assert math.isnan(view.tables[0].cells[0].share)
    lab.window.playback.seek(0)  # type: ignore[attr-defined]
    QTest.mouseDClick(view.header, LEFT)
    lab.click(lab.inside(0.5, 0.5))
    lab.settle()
    assert sum(view.tables[0].confusion) == 1
    assert view.tables[0].scores[2].words == "–", "no point is B"


def test_the_curves_have_a_dot_at_the_threshold(lab: Lab, view: NumbersView) -> None:
    lab.fill("noiseSpin", "0.3")
    lab.plot().setFocus()
    lab.step(40)
    enlarge(lab, view)
    for text in ("0.5", "0.2"):
        lab.fill("thresholdSpin", text)
        for table, curve, (x, y) in zip(view.tables, view.curves, view._dots.places, strict=True):
            assert curve is not None and 0.5 < curve.area < 1
            assert (x[0], y[0]) == (table.confusion.false_alarms, table.confusion.recall)
            on_curve = np.isclose(curve.false_alarms, x[0]) & np.isclose(curve.recall, y[0])
            assert on_curve.any()


def test_many_points_train_on_and_a_hidden_view_costs_nothing(lab: Lab, view: NumbersView) -> None:
    lab.fill("samplesSpin", "60000")
    lab.plot().setFocus()
    lab.settle()
    lab.run()
    lab.wait_for_iterations(20)
    lab.pause()
    assert accuracies(view) == [lab.value("trainAccuracy"), lab.value("testAccuracy")]
    lab.find("numbersDock", QDockWidget).close()
    shown = [table.confusion for table in view.tables]
    lab.step(5)
    assert [table.confusion for table in view.tables] == shown
    lab.find("numbersDock", QDockWidget).toggleViewAction().trigger()
    lab.wait(lambda: accuracies(view)[0] == lab.value("trainAccuracy"))


def test_classes_that_look_like_html_are_shown_to_the_letter(
    lab: Lab, view: NumbersView, tmp_path: Path
) -> None:
    path = tmp_path / "<b>.csv"
    rows = [f"{x},{x * x},{'<b>one</b>' if x < 5 else '<img src=x>'}" for x in range(10)]
    path.write_text("\n".join(["a,b,kind", *rows]))
    lab.window.exchange.open_file(path)  # type: ignore[attr-defined]
    lab.wait(lambda: lab.dataset.m == 10)
    lab.settle()
    view.plot.grab()
    place = view.tables[0]._places[0][0].center()
    event = QGraphicsSceneHoverEvent(QEvent.Type.GraphicsSceneHoverMove)
    event.setPos(place)
    view.tables[0].hoverMoveEvent(event)
    for tip, words in (
        (view.tables[0].toolTip(), view.tables[0].hint_at(place)),
        (boundary(lab).header.note.toolTip(), boundary(lab).hint),
    ):
        assert "<b>" in words
        shown = QTextDocument()
        shown.setHtml(tip)
        assert shown.toPlainText() == words


def test_other_points_are_never_counted_by_the_logits_of_those_before(lab: Lab, view: NumbersView) -> None:
    """As many others, which arrive while training runs and the next judgement is not due."""
    lab.run()
    lab.wait_for_iterations(20)
    view._pace._due = math.inf
    before = [table.confusion for table in view.tables]
    lab.fill("labelNoiseSpin", "0.3")
    lab.wait(lambda: lab.frame.experiment.problem.dataset is lab.dataset and view._frame is lab.frame)
    assert [table.confusion for table in view.tables] == before
    view._pace.hurry()
    lab.pause()
    assert accuracies(view) == [lab.value("trainAccuracy"), lab.value("testAccuracy")]


def test_a_picture_has_the_threshold_of_the_view(lab: Lab, view: NumbersView, tmp_path: Path) -> None:
    lab.step(60)
    usual = draw_picture("numbers", lab.frame, LIGHT, 1, view)
    lab.fill("thresholdSpin", "0.9")
    lab.settle()
    assert draw_picture("numbers", lab.frame, LIGHT, 1, view) != usual
    OffscreenPlotter(None).save("numbers", tmp_path / "n.png", lab.frame, History())  # type: ignore[arg-type]
    assert (tmp_path / "n.png").stat().st_size > 5000
