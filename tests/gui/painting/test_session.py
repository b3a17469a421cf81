"""Whole sessions of painting by chance: each gesture is one step or none, and every step goes back and forth exactly."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gui.views.painting.strip import DEEDS
from gui.views.painting.tools import TOOLS
from tests.gui.comparing import same_points
from tests.gui.driving import Lab
from tests.gui.plots import CONTROL, LEFT, PLAIN, RIGHT, SHIFT, line

GESTURES = 60


def gesture(lab: Lab, rng: np.random.Generator) -> str:
    """Do one thing to the points, drawn by `rng`, and say which."""
    deed = rng.choice([deed.name for deed in DEEDS])
    if rng.random() < 0.2:
        lab.action(deed).trigger()
        return str(deed)
    tool = str(rng.choice(list(TOOLS)))
    lab.action(f"Tool{tool}").trigger()
    button = (LEFT, RIGHT)[rng.integers(2)]
    modifiers = (PLAIN, PLAIN, SHIFT, CONTROL)[rng.integers(4)]
    start, end = (lab.inside(*rng.uniform(-0.05, 1.05, 2)) for _ in range(2))
    if rng.random() < 0.2:
        lab.double_click(start, button)
        return f"{tool} twice"
    lab.drag(line(start, end, int(rng.integers(1, 30))), button, modifiers)
    if rng.random() < 0.2:
        lab.plot().setFocus()
        lab.press((Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Delete)[rng.integers(4)])
    return f"{tool} {modifiers.name}"


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_painted_every_step_is_exact(lab: Lab, seed: int) -> None:
    rng = np.random.default_rng(seed)
    document = lab.window.document  # type: ignore[attr-defined]
    after, story = {0: lab.dataset}, []

    def note(step: int) -> None:
        after[step] = lab.dataset

    document.undo_stack.indexChanged.connect(note)
    for _ in range(GESTURES):
        before, steps = lab.dataset, lab.steps
        story.append(gesture(lab, rng))
        document.end_gesture()  # nudges wait for more of them
        assert 0 <= lab.steps - steps <= 3, story
        assert lab.steps > steps or same_points(before, lab.dataset), story
    lab.settle()
    assert lab.frame.experiment.problem.dataset is lab.dataset
    document.undo_stack.indexChanged.disconnect(note)
    last, steps = lab.dataset, lab.steps
    assert steps > GESTURES // 3
    for step in reversed(range(steps)):
        lab.action("Undo").trigger()
        assert same_points(lab.dataset, after[step]), story
    for step in range(1, steps + 1):
        lab.action("Redo").trigger()
        assert same_points(lab.dataset, after[step]), story
    assert same_points(lab.dataset, last)
