"""What the views show and where they stand comes back with a session; what a file says wrongly of it is passed over."""

import base64
import json
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDockWidget

from gui.views.boundary import BoundaryView
from gui.views.flow import FlowView
from gui.views.step import StepView
from gui.views.surface import SurfaceView
from tests.gui.driving import Lab
from tests.gui.sessions.working import act, open_session, save


@pytest.fixture
def arranged(lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]]) -> Lab:
    """A window in which all sorts of things are shown otherwise, and whose session was saved as `work.descent`."""
    lab.fill("hiddenLayersEdit", "4,3")
    lab.settle()
    lab.step(3)
    lab.action("KeepRun").trigger()
    lab.fill("learningRateSpin", "0.3")
    act(lab, "Reset", "LogCost")
    view = lab.window.views["boundary"]  # type: ignore[attr-defined]
    assert isinstance(view, BoundaryView)
    view.set_ranges((-0.5, 0.25), (-2.0, 1.0))
    lab.find("boundaryMargin", QAction).setChecked(True)  # type: ignore[attr-defined]
    lab.find("costGradient", QAction).setChecked(True)  # type: ignore[attr-defined]
    flow = lab.open_view("flow", FlowView)
    flow.layer_combo.setCurrentIndex(1)
    flow.layer_combo.activated.emit(1)
    flow.quantity_combo.setCurrentIndex(1)
    surface = lab.open_view("surface", SurfaceView)
    surface.relief_button.click()
    surface.panels[0].relief.turned.emit(surface.panels[0].relief.angle.moved(15.0, 5.0))
    step = lab.open_view("step", StepView)
    step.enter("cost")
    step.look()
    lab.find("activationDock", QDockWidget).close()
    lab.window.document.set_threshold(0.3)  # type: ignore[attr-defined]
    lab.window.document.follow(17)  # type: ignore[attr-defined]
    lab.settle()
    save_as(tmp_path / "work.descent")
    save(lab)
    return lab


def looks(lab: Lab) -> dict[str, Any]:
    """Return how the views look, what is followed, and which docks are open."""
    window: Any = lab.window
    docks = {each.objectName(): each.isVisible() for each in window.findChildren(QDockWidget)}
    views = {name: view.look() for name, view in window.views.items()}
    compared = [each.name(lab.frame) for each in window.views["cost"].kept.runs]
    return {
        "views": views,
        "compared": compared,
        "docks": docks,
        "at": (window.document.threshold, window.document.followed_id),
    }


def test_it_all_comes_back_in_another_window(
    arranged: Lab, open_lab: Callable[..., Lab], tmp_path: Path
) -> None:
    before = looks(arranged)
    assert before["compared"] == ["kept: learning rate 0.5"]
    other = open_lab()
    assert looks(other) != before
    open_session(other, tmp_path / "work.descent")
    other.wait(lambda: looks(other)["docks"] == before["docks"])
    after = looks(other)
    after["views"]["surface"].pop("angle")  # in another sum of the same turns
    before["views"]["surface"].pop("angle")
    assert after == before
    assert other.find("flowLayerCombo", QComboBox).currentIndex() == 1
    assert other.action("LogCost").isChecked()
    assert other.window.views["boundary"].followed_id == 17  # type: ignore[attr-defined]
    (x_range, y_range) = other.box().viewRange()
    assert (x_range, y_range) == (pytest.approx([-0.5, 0.25]), pytest.approx([-2.0, 1.0]))


def test_another_session_begins_with_the_usual_threshold(arranged: Lab, tmp_path: Path) -> None:
    document = arranged.window.document  # type: ignore[attr-defined]
    act(arranged, "NewSession")
    assert document.threshold == 0.5
    path = tmp_path / "work.descent"
    file = json.loads(path.read_bytes())
    del file["window"]["threshold"]
    path.write_text(json.dumps(file))
    document.set_threshold(0.9)
    open_session(arranged, path)
    assert document.threshold == 0.5
    assert {view.threshold for view in arranged.window.views.values()} == {0.5}  # type: ignore[attr-defined]


WRONG = [None, 7, -1e308, "odd", [], [[1, 2], ["a", 3]], [[2, 1], [0, 1]], {"a": {}}, True, 10**400, [[[]]]]


def test_what_is_wrong_or_unknown_is_passed_over(
    arranged: Lab, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    path = tmp_path / "work.descent"
    file = json.loads(path.read_bytes())
    usual = file["window"]
    for value in WRONG:
        with subtests.test(value=str(value)[:20]):
            views = {name: dict.fromkeys([*view, "unknown"], value) for name, view in usual["views"].items()}
            odd = {
                "views": views,
                "layout": value,
                "threshold": value,
                "followed": value,
                "file": value,
                "more": 1,
            }
            path.write_text(json.dumps({**file, "window": odd}))
            open_session(arranged, path)
            assert "opened" in arranged.status and not arranged.failures
            path.write_text(json.dumps({**file, "window": {"views": value}}))
            open_session(arranged, path)
            assert "opened" in arranged.status and not arranged.failures


def test_a_layout_that_was_tampered_with_is_passed_over(arranged: Lab, tmp_path: Path) -> None:
    path = tmp_path / "work.descent"
    file = json.loads(path.read_bytes())
    layout = file["window"]["layout"]
    before = looks(arranged)["docks"]
    for odd in (layout[:-8], layout[:40] + "AAAA" + layout[44:], "AAAA"):
        file["window"]["layout"] = odd
        path.write_text(json.dumps(file))
        open_session(arranged, path)
        assert looks(arranged)["docks"] == before


def test_a_layout_that_unpacks_to_far_too_much_is_passed_over(arranged: Lab, tmp_path: Path) -> None:
    path = tmp_path / "work.descent"
    file = json.loads(path.read_bytes())
    before = looks(arranged)["docks"]
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**24)) for _ in range(16)) + packer.flush()
    file["window"]["layout"] = base64.b64encode(packed).decode()
    path.write_text(json.dumps(file))
    tracemalloc.start()
    open_session(arranged, path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2**27 and looks(arranged)["docks"] == before and not arranged.failures


@pytest.mark.parametrize(
    "odd", [[[[0, 1], [0, 1]], [[0, 1], 2]], [[0, "1"], None], "ranges", [[0, 1], [1, 0]]]
)
def test_odd_parts_of_a_plane_are_passed_over(
    lab: Lab, tmp_path: Path, save_as: Callable[..., list[str]], odd: object
) -> None:
    path = tmp_path / "work.descent"
    save_as(path)
    lab.step(3)
    save(lab)
    file = json.loads(path.read_text())
    for view in file["window"]["views"].values():
        view["ranges"] = odd
    path.write_text(json.dumps(file))
    open_session(lab, path)
    assert lab.iteration == 3 and lab.status.startswith("Session work opened")
