"""A trained window."""

import pytest

from tests.gui.driving import Lab


@pytest.fixture
def trained(lab: Lab) -> Lab:
    """The window after 400 iterations on the moons, paused."""
    for _ in range(40):
        lab.action("StepMany").trigger()
    lab.settle()
    assert lab.iteration == 400
    return lab
