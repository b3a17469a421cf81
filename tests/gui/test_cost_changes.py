"""The lines in the view of the cost where something was changed, and the words beside them."""

from PySide6.QtCore import QEvent, QPoint, Qt

from tests.gui.cost_driving import choose, click, enlarged, pixel, view_of
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL


def marks(lab: Lab) -> list[tuple[int, str]]:
    return [tuple(mark) for mark in view_of(lab).marks.marks]  # type: ignore[misc]


def test_changes_are_marked_in_words_and_taken_back_with_what_came_after(lab: Lab) -> None:
    lab.step(10)
    lab.fill("learningRateSpin", "0.05")
    lab.settle()
    lab.step(10)
    lab.choose("optimizerCombo", "momentum")
    lab.settle()
    lab.step(10)
    assert marks(lab) == [
        (10, "learning rate 0.5 → 0.05"),
        (20, "optimizer Gradient descent → Momentum"),
    ]
    assert view_of(lab).marks.isVisible()
    lab.press(Qt.Key.Key_Z, CONTROL)  # at 30, which is another change
    lab.settle()
    assert marks(lab)[2:] == [(30, "optimizer Momentum → Gradient descent")]
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    assert len(marks(lab)) == 3, "looking back changes nothing"
    click(lab, pixel(lab, 15))
    assert lab.iteration == 15
    lab.press(Qt.Key.Key_Right, CONTROL)
    lab.settle()
    assert marks(lab) == [(10, "learning rate 0.5 → 0.05"), (15, "went on from here")]
    lab.press(Qt.Key.Key_R)
    lab.settle()
    assert marks(lab) == []


def test_a_stroke_during_a_run_is_one_mark_and_undone_while_paused_is_none(lab: Lab) -> None:
    lab.step(5)
    lab.click(lab.inside(0.2, 0.2))
    lab.click(lab.inside(0.25, 0.2))
    lab.settle()
    assert marks(lab) == [(5, "points edited")]
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert marks(lab) == []
    lab.set_speed(200)
    lab.run()
    lab.wait_for_iterations(3)
    lab.hold(lab.inside(0.3, 0.3))
    for step in range(6):
        lab.move(lab.inside(0.3 + step / 20, 0.3))
        lab.wait_for_iterations(3)
    lab.release(lab.inside(0.55, 0.3))
    lab.wait_for_iterations(3)
    lab.pause()
    assert [words for _, words in marks(lab)] == ["points edited"]
    assert lab.dataset.m > 403


def test_a_weight_set_by_hand_is_named(lab: Lab) -> None:
    lab.step(8)
    place = lab.frame.experiment.network.place_of(2, 1, 3)
    lab.window.playback.set_parameter(place, 0.5)  # type: ignore[attr-defined]
    lab.settle()
    assert marks(lab) == [(8, "W2[1,3] set by hand")]
    lab.press(Qt.Key.Key_Z, CONTROL)
    lab.settle()
    assert marks(lab) == []


def test_the_mouse_on_a_line_says_what_was_changed_and_a_click_goes_there(lab: Lab) -> None:
    lab.step(10)
    lab.fill("learningRateSpin", "0.05")
    lab.settle()
    lab.step(50)
    enlarged(lab)
    beside = pixel(lab, 10) + QPoint(3, 0)
    view = view_of(lab)
    across = view.box.mapSceneToView(view.plot.mapToScene(beside)).x()
    lab.mouse(QEvent.Type.MouseMove, beside, plot="cost")
    assert view.key.reading.startswith("iteration 10 · learning rate 0.5 → 0.05 · train ")
    assert "learning rate 0.5 → 0.05" in view.plot.accessibleDescription()
    click(lab, beside)
    assert lab.iteration == 10 and across > 10
    choose(lab, "Changes")
    assert not view.marks.isVisible()
    lab.mouse(QEvent.Type.MouseMove, beside, plot="cost")
    assert "learning rate" not in view.key.reading


def test_words_stand_beside_their_lines_and_never_on_each_other(lab: Lab) -> None:
    for rate in ("0.1", "0.2", "0.3", "0.4", "0.45", "0.6"):
        lab.step(3)
        lab.fill("learningRateSpin", rate)
        lab.settle()
    for big in (False, True):
        if big:
            enlarged(lab)
        view = view_of(lab)
        plates = view.marks.plates()
        frame = view.box.mapRectToScene(view.box.rect())
        for place, (plate, words) in enumerate(plates):
            assert frame.adjusted(-1, -1, 1, 1).contains(plate), words
            assert not any(plate.intersects(other) for other, _ in plates[:place]), words
    assert len(plates) >= 4 and "learning rate 0.5 → 0.1" in [words for _, words in plates]


def test_looking_back_says_what_was_different_then(lab: Lab) -> None:
    lab.step(5)
    lab.fill("learningRateSpin", "0.05")
    lab.settle()
    lab.plot().setFocus()
    lab.step(5)
    view = view_of(lab)
    assert "then" not in view.header.note.text()
    lab.press(Qt.Key.Key_Home)
    lab.settle()
    assert view.header.note.text().startswith("then learning rate 0.5 · gradient ")
    assert lab.status.startswith("Iteration 0 of 10, as it was, with learning rate 0.5. ")
    lab.press(Qt.Key.Key_End)
    lab.settle()
    assert "then" not in view.header.note.text()
    lab.press(Qt.Key.Key_Left)
    lab.settle()
    assert "then" not in view.header.note.text() and "as it was. " in lab.status


def test_three_changes_all_have_words_in_a_small_plot(lab: Lab) -> None:
    for name, value in (("learningRateSpin", "0.05"), ("l2Spin", "0.01"), ("batchSizeSpin", "32")):
        lab.step(10)
        lab.fill(name, value)
        lab.settle()
        lab.plot().setFocus()
    lab.step(15)
    plates = view_of(lab).marks.plates()
    begins = ("learning", "L2", "batch")
    assert len(plates) == 3 and all(words.startswith(begins) for _, words in plates)
    assert not any(one.intersects(other) for i, (one, _) in enumerate(plates) for other, _ in plates[:i])
