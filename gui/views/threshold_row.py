"""The row below the confusion matrix in which a person chooses the threshold."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gui.document import USUAL_THRESHOLD
from gui.panels.keys import keep_keys
from gui.theme import GRID

STEPS = 100  # of the slider from 0 to 1
MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class ThresholdRow(QWidget):
    """A slider, the same number to be typed, and a button that brings 0.50 back."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("thresholdSlider")
        self.slider.setRange(1, STEPS - 1)
        self.slider.setPageStep(10)
        keep_keys(self.slider, *MOVES)
        self.spin = QDoubleSpinBox()
        self.spin.setObjectName("thresholdSpin")
        self.spin.setRange(1 / STEPS, 1 - 1 / STEPS)
        self.spin.setSingleStep(1 / STEPS)
        self.spin.setDecimals(2)
        self.spin.setKeyboardTracking(False)
        self.button = QToolButton()
        self.button.setObjectName("thresholdResetButton")
        self.button.setText(f"{USUAL_THRESHOLD:.2f}")
        keep_keys(self.button, Qt.Key.Key_Space)
        what = "the probability from which on a point is called positive"
        for widget, name, help in (
            (
                self.slider,
                "Threshold",
                f"Move {what}; the line on the plane moves too. Training does not look at it.",
            ),
            (self.spin, "Threshold as a number", f"Type {what}, from 0.01 to 0.99."),
            (
                self.button,
                "Usual threshold",
                f"Back to {USUAL_THRESHOLD:.2f}, which counts both kinds of mistakes alike.",
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(help)
        label = QLabel("Threshold")
        label.setBuddy(self.slider)
        label.setObjectName("formLabel")
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)
        row.addWidget(self.button)
        self.slider.valueChanged.connect(lambda place: self.chosen.emit(place / STEPS))
        self.spin.valueChanged.connect(lambda value: self.chosen.emit(round(value, 2)))
        self.button.clicked.connect(lambda: self.chosen.emit(USUAL_THRESHOLD))
        self.show_threshold(USUAL_THRESHOLD)

    def show_threshold(self, threshold: float) -> None:
        """Show what was chosen."""
        for widget, value in ((self.slider, round(threshold * STEPS)), (self.spin, threshold)):
            with QSignalBlocker(widget):
                widget.setValue(value)  # type: ignore[arg-type]
        self.button.setEnabled(threshold != USUAL_THRESHOLD)
