"""Makes a clean sheet to paint on."""

from tests.gui.driving import Lab


def empty_plane(lab: Lab) -> None:
    """Take all points away, for a clean sheet."""
    lab.action("Clear").trigger()
    lab.settle()
    assert lab.dataset.m == 0
