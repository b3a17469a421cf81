"""When something unexpected goes wrong anywhere, a calm dialog says so, and the window goes on."""

import sys
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from engine.training.descent import Descent
from gui.views.cost import CostView
from tests.gui.comparing import same_points
from tests.gui.driving import Lab


def boom() -> None:
    raise RuntimeError("boom")


def the_dialog(lab: Lab) -> QMessageBox:
    """Return the one dialog that is shown, and take the failure as expected."""
    lab.wait(lab.dialogs)
    (dialog,) = lab.dialogs()
    assert any("boom" in failure for failure in lab.failures)
    lab.failures.clear()
    return dialog


def the_window_goes_on(lab: Lab) -> None:
    """Check that the keyboard, the mouse and the training still work."""
    iteration, m = lab.iteration, lab.dataset.m
    lab.action("Step").trigger()
    lab.settle()
    assert lab.iteration == iteration + 1
    lab.click(lab.inside(0.5, 0.5))
    assert lab.dataset.m == m + 1
    lab.action("Run").trigger()
    lab.wait_for_iterations(20)
    lab.action("Run").trigger()
    lab.settle()


@pytest.mark.parametrize("where", ["slot", "thread"])
def test_an_exception_in_a_slot_or_in_another_thread_shows_a_calm_dialog(lab: Lab, where: str) -> None:
    if where == "slot":
        QTimer.singleShot(0, boom)
    else:
        thread = threading.Thread(target=boom)
        thread.start()
        thread.join()
    dialog = the_dialog(lab)
    assert not dialog.isModal()
    assert "unexpected" in dialog.text() and "go on" in dialog.text()
    assert "boom" in dialog.informativeText()
    assert "Traceback" not in dialog.text() + dialog.informativeText()
    assert "boom" in dialog.detailedText() and "Traceback" in dialog.detailedText()
    the_window_goes_on(lab)
    dialog.close()
    lab.wait(lambda: not lab.dialogs())
    the_window_goes_on(lab)


def fail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next step of training raise what nobody expects."""
    step = Descent.step

    def step_or_boom(descent: Descent, state: object) -> object:
        monkeypatch.setattr(Descent, "step", step)
        raise RuntimeError("boom")

    monkeypatch.setattr(Descent, "step", step_or_boom)


def test_an_exception_in_the_training_thread_pauses_and_training_can_go_on(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.run()
    lab.wait_for_iterations(50)
    dataset = lab.dataset
    fail_once(monkeypatch)
    dialog = the_dialog(lab)
    lab.settle()
    assert not lab.is_running
    assert not dialog.isModal()
    reached = lab.iteration
    assert reached >= 50
    assert same_points(lab.dataset, dataset)
    the_window_goes_on(lab)
    assert lab.iteration > reached


def test_an_exception_in_a_single_step_is_shown_too(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_once(monkeypatch)
    lab.action("Step").trigger()
    the_dialog(lab)
    assert lab.iteration == 0
    the_window_goes_on(lab)


def test_many_exceptions_show_one_dialog(lab: Lab) -> None:
    for _ in range(20):
        QTimer.singleShot(0, boom)
    lab.wait(lambda: len(lab.failures) == 20)
    the_dialog(lab).close()
    lab.wait(lambda: not lab.dialogs())
    QTimer.singleShot(0, boom)
    the_dialog(lab)


def test_a_view_that_cannot_draw_is_told_and_the_numbers_go_on(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(view: CostView, frame: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(CostView, "draw", fail)
    lab.action("Step").trigger()
    the_dialog(lab)
    lab.settle()
    assert lab.iteration == 1
    assert lab.value("trainCost") == lab.frame.state.scores.train_cost
    lab.failures.clear()


def test_the_dialog_belongs_to_the_window_though_another_has_the_focus(lab: Lab, qtbot: object) -> None:
    """Else closing the window would leave the dialog, and the program, behind."""
    other = QWidget()
    qtbot.addWidget(other)  # type: ignore[attr-defined]
    other.show()
    other.activateWindow()
    lab.wait(lambda: QApplication.activeWindow() is other)
    QTimer.singleShot(0, boom)
    assert the_dialog(lab).parentWidget() is lab.window


def test_the_hooks_are_given_back_when_the_window_is_closed(open_lab: Callable[..., Lab]) -> None:
    lab = open_lab()
    ours = sys.excepthook
    lab.close()
    assert sys.excepthook != ours
