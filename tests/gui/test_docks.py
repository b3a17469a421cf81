"""Views are shown, hidden, floated and enlarged, and come back where they were."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from tests.gui.driving import Lab
from tests.gui.plots import CONTROL


def seen(lab: Lab) -> set[str]:
    """Return the names of the plots that are seen."""
    return {name for name, view in lab.window.views.items() if lab.window._docks.sees(view)}


def double_click(lab: Lab, name: str) -> None:
    """Click twice on the title of a view."""
    header = lab.window.views[name].header
    QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() // 2, 3))
    lab.settle()


@pytest.mark.parametrize("name", ["cost", "boundary", "activation"])
def test_a_double_click_enlarges_a_view_and_another_brings_all_back(lab: Lab, name: str) -> None:
    view = lab.window.views[name]
    before, sizes = seen(lab), {each: v.size() for each, v in lab.window.views.items()}
    assert before == {"boundary", "cost", "activation"}
    double_click(lab, name)
    lab.wait(lambda: view.width() > sizes[name].width())
    assert seen(lab) == {name}
    double_click(lab, name)
    lab.wait(lambda: view.size() == sizes[name])
    assert seen(lab) == before
    assert all(lab.window.views[each].size() == sizes[each] for each in before)


def test_space_runs_after_the_view_that_had_the_focus_is_gone(lab: Lab) -> None:
    lab.plot("cost").setFocus()
    lab.press(Qt.Key.Key_1, CONTROL)
    lab.wait(lambda: not lab.plot("cost").isVisible())
    lab.run()
    lab.pause()
    lab.plot().setFocus()
    double_click(lab, "activation")
    lab.wait(lambda: not lab.plot().isVisible())
    lab.run()
    lab.pause()


def test_the_table_of_points_is_enlarged_too(lab: Lab) -> None:
    dock = lab.find("pointsDock", QDockWidget)
    dock.toggleViewAction().trigger()
    lab.wait(lab.window.points.isVisible)
    width, header = dock.width(), lab.window.points.header
    for enlarged in (True, False):
        QTest.mouseDClick(header, Qt.MouseButton.LeftButton, pos=QPoint(header.width() // 2, 3))
        lab.wait(lambda enlarged=enlarged: (dock.width() > 1.5 * width) == enlarged)
        assert lab.window.views["boundary"].isVisible() != enlarged
        assert dock.isVisible()


def test_a_view_enlarged_when_the_window_closes_is_not_enlarged_for_good(open_lab) -> None:
    first = open_lab()
    double_click(first, "cost")
    first.close()
    again = open_lab()
    assert seen(again) == {"boundary", "cost", "activation"}


def test_a_view_from_the_menu_comes_before_those_that_share_its_place(lab: Lab) -> None:
    dock = lab.find("networkDock", QDockWidget)
    assert "network" not in seen(lab)
    dock.toggleViewAction().trigger()
    lab.wait(lambda: "network" in seen(lab))
    assert "activation" not in seen(lab), "it lies behind the network's tab"
    dock.toggleViewAction().trigger()
    lab.wait(lambda: "activation" in seen(lab))
    assert "network" not in seen(lab)


def test_the_key_of_a_view_behind_a_tab_brings_it_to_the_front(lab: Lab) -> None:
    lab.press(Qt.Key.Key_3, CONTROL)
    lab.wait(lambda: "network" in seen(lab))
    lab.press(Qt.Key.Key_2, CONTROL)
    lab.wait(lambda: {"activation", "network"} & seen(lab) == {"activation"})
    lab.press(Qt.Key.Key_2, CONTROL)
    lab.wait(lambda: {"activation", "network"} & seen(lab) == {"network"})
    assert not lab.find("activationDock", QDockWidget).isVisible()


def test_a_double_click_puts_a_floating_view_back(lab: Lab) -> None:
    dock = lab.find("activationDock", QDockWidget)
    dock.setFloating(True)
    lab.settle()
    double_click(lab, "activation")
    lab.wait(lambda: not dock.isFloating())
    assert seen(lab) == {"boundary", "cost", "activation"}


def test_the_usual_views_come_back_from_any_layout(lab: Lab) -> None:
    sizes = {name: view.size() for name, view in lab.window.views.items() if name in seen(lab)}
    cost, network = lab.find("costDock", QDockWidget), lab.find("networkDock", QDockWidget)
    lab.press(Qt.Key.Key_2, CONTROL)
    assert "activation" not in seen(lab)
    network.toggleViewAction().trigger()
    network.setFloating(True)
    lab.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, cost)
    double_click(lab, "boundary")
    lab.press(Qt.Key.Key_0, CONTROL)
    lab.wait(lambda: {name: lab.window.views[name].size() for name in seen(lab)} == sizes)
    assert not network.isFloating()


def test_a_view_that_is_not_seen_is_not_drawn(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    for name, view in lab.window.views.items():
        monkeypatch.setattr(view, "draw", lambda frame, name=name: drawn.append(name))
    lab.step(3)
    assert set(drawn) == {"boundary", "cost", "activation"}
