"""What is drawn over a part of a plot, or over all of it that is seen."""

import pyqtgraph as pg
from PySide6.QtCore import QRectF


class Cover(pg.GraphicsObject):
    """Covers an area, in the units of the axes."""

    def __init__(self) -> None:
        super().__init__()
        self.area = QRectF()

    def cover(self, area: QRectF) -> None:
        """Cover this area from now on, and be drawn anew."""
        if area != self.area:
            self.prepareGeometryChange()
            self.area = area
        self.update()

    def boundingRect(self) -> QRectF:
        return self.area


class FullCover(Cover):
    """Covers what is seen of the plot."""

    def viewRangeChanged(self) -> None:
        # Drawn anew also where an image of it is kept: moved, it would show nothing of what was outside.
        self.cover(self.getViewBox().viewRect())
