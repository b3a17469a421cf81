"""The choice of what a cost surface is over: any two parameters, or a plane through all of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from engine.model.charts import parameter_names
from engine.model.network import Network
from engine.training.planes import PLANES
from gui.theme import GRID

NARROW, WIDE = 10 * GRID, 14 * GRID  # pixels of a box


class PlaneChoice(QWidget):
    """Two boxes with the names of all parameters. The first offers planes as well, and then stands alone."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        self.across, self.up = self._boxes = (QComboBox(), QComboBox())
        for box, name, words in (
            (self.across, "Across", "The parameter that goes across, or a plane through all of them."),
            (self.up, "Up", "The parameter that goes up."),
        ):
            box.setObjectName(f"surface{name}Combo")
            box.setAccessibleName(f"Parameter that goes {name.lower()}")
            box.setToolTip(words)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.activated.connect(lambda _, box=box: self._choose(box))
            row.addWidget(box)

    @property
    def plane(self) -> str | tuple[int, int]:
        """A name of `PLANES`, or the places of two parameters."""
        across = self.across.currentData()
        return across if isinstance(across, str) else (across, self.up.currentData())

    def offer(self, network: Network) -> None:
        """Offer a network's planes and parameters: with hidden units the run's plane, else the first two weights."""
        for box in self._boxes:
            box.clear()
        for plane in PLANES.values():
            self.across.addItem(plane.label, plane.name)
        for place, name in enumerate(parameter_names(network)):
            for box in self._boxes:
                box.addItem(name, place)
        self.across.setCurrentIndex(0 if network.hidden_activations else len(PLANES))
        self.up.setCurrentIndex(1)
        self._arrange()

    def show_as(self, other: "PlaneChoice") -> None:
        """Choose what another one has chosen, for the same network."""
        for box, theirs in zip(self._boxes, other._boxes, strict=True):
            box.setCurrentIndex(theirs.currentIndex())
        self._arrange()

    def _choose(self, box: QComboBox) -> None:
        """Take a choice. The same parameter twice makes no plane: the other box takes the one before or after."""
        place = self.across.currentData()
        if place == self.up.currentData():
            other = self.up if box is self.across else self.across
            other.setCurrentIndex(other.findData(place - 1 if place else 1))
        self._arrange()
        self.chosen.emit()

    def _arrange(self) -> None:
        alone = isinstance(self.plane, str)
        self.across.setFixedWidth(WIDE if alone else NARROW)
        self.up.setFixedWidth(NARROW)
        self.up.setVisible(not alone)
