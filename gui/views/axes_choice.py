"""The choice of the plane on which points with more than two features are drawn."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from gui.theme import GRID

COMPONENTS = "principal components"
WIDTH = 21 * GRID  # pixels of a box; names may be long


class AxesChoice(QWidget):
    """Two boxes with the features' names, and principal components as their last entry. Hidden for two features."""

    chosen = Signal(object)
    """The two columns, or None for the principal components."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        self._boxes = (QComboBox(), QComboBox())
        for box, axis in zip(self._boxes, ("Across", "Up"), strict=True):
            box.setObjectName(f"boundary{axis}Combo")
            box.setAccessibleName(f"Axis that goes {axis.lower()}")
            box.setToolTip(
                f"The feature that goes {axis.lower()}. "
                f"{COMPONENTS.capitalize()} show the most of all features at once."
            )
            box.setFixedWidth(WIDTH)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.activated.connect(lambda _, box=box: self._choose(box))
        self._times = QLabel("×")
        for widget in (self._boxes[0], self._times, self._boxes[1]):
            row.addWidget(widget)
        self._columns: tuple[int, int] | None = (0, 1)
        self.hide()

    def offer(self, names: tuple[str, ...], columns: tuple[int, int] | None) -> None:
        """Offer the features by their names, and show which two are chosen; None is the principal components."""
        for box in self._boxes:
            box.clear()
            for column, name in enumerate(names):
                box.addItem(name, column)
            box.addItem(COMPONENTS, None)
        self.show_columns(columns)
        self.setVisible(len(names) > 2)

    def show_columns(self, columns: tuple[int, int] | None) -> None:
        """Show which two are chosen."""
        self._columns = columns
        for i, box in enumerate(self._boxes):
            box.setCurrentIndex(box.count() - 1 if columns is None else columns[i])
        for widget in (self._times, self._boxes[1]):
            widget.setVisible(columns is not None)  # the components come as a pair

    def _choose(self, box: QComboBox) -> None:
        """Take what was chosen in one box; where both would show the same, they change places."""
        column: int | None = box.currentData()
        if column is None:
            columns = None
        else:
            place = self._boxes.index(box)
            before = self._columns or (0, 1)
            other = before[1 - place] if before[1 - place] != column else before[place]
            columns = (column, other) if place == 0 else (other, column)
        self.show_columns(columns)
        self.chosen.emit(columns)
