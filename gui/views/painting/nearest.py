"""Which point is under the mouse."""

from PySide6.QtCore import QPointF

from engine.data.editing.regions import nearest as nearest_place
from gui import theme as tokens
from gui.views.boundary import BoundaryView

REACH = 0.8 * tokens.SYMBOL  # pixels around the middle of a point that still count as on it


def nearest(view: BoundaryView, place: QPointF, reach: float = REACH) -> int | None:
    """Return the row, in `view.dataset`, of the drawn point that is nearest to a pixel of the plot, if any is near."""
    if view.dataset is None:
        return None
    width, height = view.pixel_size
    found = nearest_place(view.drawn.places, view.to_plane(place), (reach * width, reach * height))
    return None if found is None else int(view.drawn.rows[found])
