"""What a person sees before touching anything."""

import math

import numpy as np
from PySide6.QtWidgets import QMenu

from tests.gui.driving import Lab


def test_the_first_start_shows_moons_and_a_2_4_1_tanh_network_ready_to_run(lab: Lab) -> None:
    assert lab.find("datasetCombo").currentData() == "moons"  # type: ignore[attr-defined]
    assert lab.dataset.title == "Moons" and lab.dataset.m == 400
    assert lab.sizes == "2-4-1"
    assert lab.frame.experiment.network.hidden_activations == ("tanh",)
    assert lab.iteration == 0
    assert not lab.is_running
    assert lab.action("Run").isEnabled() and lab.action("Step").isEnabled()
    assert "Ready" in lab.status and "Space" in lab.status


def test_no_menu_stands_open(lab: Lab) -> None:
    assert not [menu.title() for menu in lab.window.findChildren(QMenu) if menu.isVisible()]


def test_all_readouts_hold_finite_numbers_from_the_start(lab: Lab) -> None:
    scores = lab.frame.state.scores
    for name, shown in (
        ("trainCost", scores.train_cost),
        ("testCost", scores.test_cost),
        ("trainAccuracy", scores.train_accuracy),
        ("testAccuracy", scores.test_accuracy),
    ):
        assert math.isfinite(shown)
        assert lab.value(name) == shown


def test_one_press_of_space_and_the_network_learns_the_moons(lab: Lab) -> None:
    lab.run()
    lab.wait(lambda: lab.value("trainAccuracy") >= 0.95)
    lab.pause()
    assert lab.value("trainCost") < 0.2


def test_the_boundary_plot_is_the_largest_thing_and_shows_every_point(lab: Lab) -> None:
    areas = {
        name: lab.plot(name).width() * lab.plot(name).height() for name in ("boundary", "cost", "activation")
    }
    assert max(areas, key=areas.__getitem__) == "boundary"
    assert areas["boundary"] > areas["cost"] + areas["activation"]
    (x_low, x_high), (y_low, y_high) = lab.box().viewRange()
    X = lab.dataset.X
    assert np.all((x_low < X[0]) & (X[0] < x_high) & (y_low < X[1]) & (X[1] < y_high))


def test_the_keys_work_at_once_as_the_boundary_has_the_focus(lab: Lab) -> None:
    assert lab.plot().hasFocus()
