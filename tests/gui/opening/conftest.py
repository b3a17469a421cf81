"""A table about which there is something to ask."""

from pathlib import Path

import pytest

from tests.gui.driving import Lab
from tests.gui.opening.asking import BIRDS, Options


@pytest.fixture
def birds(tmp_path: Path) -> Path:
    """A table with three labels, three measurements and a gap."""
    path = tmp_path / "birds.csv"
    path.write_text(BIRDS)
    return path


@pytest.fixture
def options(lab: Lab, birds: Path) -> Options:
    """The window with the birds."""
    lab.drop(birds, lab.window)
    return Options(lab)
