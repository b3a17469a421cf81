"""The middle of the window: the boundary with its title above, the tools beside it and the counts below."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.views.boundary import BoundaryView
from gui.views.painting.counts import Counts
from gui.views.painting.strip import Strip


class Centre(QWidget):
    """What is always there, whichever docks are open."""

    def __init__(self, boundary: BoundaryView, strip: Strip, counts: Counts) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(boundary.header)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(strip)
        row.addWidget(boundary, 1)
        column.addLayout(row, 1)
        column.addWidget(counts)
