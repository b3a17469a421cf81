"""A plot that nobody sees costs nothing, and comes back up to date."""

import pytest
from PySide6.QtWidgets import QDockWidget

from gui.views.activation import ActivationView
from gui.views.cost import CostView
from tests.gui.driving import Lab
from tests.gui.views.looking import curve_through


def test_a_closed_dock_is_not_drawn_and_comes_back_up_to_date(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    for view in (CostView, ActivationView):
        draw = view.draw
        monkeypatch.setattr(
            view, "draw", lambda self, frame, draw=draw: (drawn.append(self.name), draw(self, frame))
        )
    dock = lab.find("costDock", QDockWidget)
    dock.close()
    lab.run()
    lab.wait(lambda: drawn.count("activation") > 5)
    lab.pause()
    assert "cost" not in drawn
    dock.show()
    lab.qtbot.wait(50)
    ends = [curve.getData()[1][-1] for curve in curve_through(lab, "cost")]
    assert lab.value("trainCost") in ends, "it still shows the moment at which it was closed"


def test_a_closed_dock_can_be_brought_back_from_the_view_menu(lab: Lab) -> None:
    dock = lab.find("activationDock", QDockWidget)
    dock.close()
    entries = [
        action
        for menu in lab.window.menuBar().actions()  # type: ignore[attr-defined]
        if menu.text().replace("&", "") == "View"
        for action in menu.menu().actions()
    ]
    (entry,) = [action for action in entries if action.text() == dock.windowTitle()]
    entry.trigger()
    assert dock.isVisible()


def test_a_minimized_window_goes_on_training(lab: Lab) -> None:
    lab.run()
    lab.wait_for_iterations(10)
    lab.window.showMinimized()
    lab.wait_for_iterations(100)
    lab.window.showNormal()
    lab.wait_for_iterations(10)
    assert lab.is_running
