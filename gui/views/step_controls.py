"""The buttons above the opened iteration: its four phases, done or next, one example or all, and which one."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QSpinBox, QToolButton, QWidget

from gui.panels.keys import keep_keys
from gui.theme import GRID
from gui.views.step_notation import PHASES

HELP = {
    "forward": "Compute Z and A, layer after layer, from the inputs to the prediction.",
    "cost": "Compare the prediction with the label.",
    "backward": "Take the derivatives back through the layers: dA, dZ, dW, db.",
    "update": "Move the weights against the gradient: exactly one iteration.",
}


class StepControls(QWidget):
    """Says what was chosen, and shows what is."""

    entered = Signal(str)
    """A phase."""
    switched = Signal()
    """From one example to all, or back."""
    chosen = Signal(int)
    """The number of an example, from 1."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        grid.setSpacing(GRID // 2)
        self._phases: dict[str, QToolButton] = {}
        for place, phase in enumerate(PHASES):
            button = _chip(f"{place + 1} {phase.title()}", HELP[phase], f"phase{phase.title()}Button")
            button.setProperty("phase", "")
            button.clicked.connect(lambda _=False, phase=phase: self.entered.emit(phase))
            grid.addWidget(button, 0, place)
            self._phases[phase] = button
        self._one = _chip("One example", "The numbers of one example, in small letters.", "stepOneButton")
        text = "All examples at once, as matrices with a column for each."
        self._all = _chip("All m examples", text, "stepAllButton")
        modes = QButtonGroup(self)
        for place, button in enumerate((self._one, self._all)):
            modes.addButton(button)
            grid.addWidget(button, 1, place)
        self._one.setChecked(True)
        modes.buttonClicked.connect(self.switched)
        self._example = QSpinBox()
        self._example.setObjectName("stepExampleSpin")
        self._example.setAccessibleName("Example")
        self._example.setToolTip("Which point the numbers are of; it is marked in the other views too.")
        self._example.setPrefix("example ")
        self._example.setKeyboardTracking(False)
        self._example.valueChanged.connect(self.chosen)
        grid.addWidget(self._example, 1, 2, 1, 2)

    @property
    def one(self) -> bool:
        """Whether it is about one example, and not all."""
        return self._one.isChecked()

    @one.setter
    def one(self, one: bool) -> None:
        (self._one if one else self._all).setChecked(True)

    def show_state(self, phase: str, row: int | None, m: int) -> None:
        """Show how far the iteration has come, and which of m points it is about."""
        reached = PHASES.index(phase)
        for place, button in enumerate(self._phases.values()):
            button.setChecked(place <= reached)
            comes = place == (reached + 1) % len(PHASES)
            done = "done" if place <= reached else ""
            _look(button, "next" if comes else done)
        with QSignalBlocker(self._example):
            self._example.setEnabled(row is not None and self.one)
            self._example.setRange(min(1, m), m)
            self._example.setValue(0 if row is None else row + 1)


def _look(button: QToolButton, phase: str) -> None:
    """Let a phase's button look done, or as what comes next."""
    if button.property("phase") != phase:
        button.setProperty("phase", phase)
        button.style().polish(button)


def _chip(text: str, help: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(f"{text}: {help}")
    button.setToolTip(help)
    button.setCheckable(True)
    button.setProperty("chip", True)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    keep_keys(button, Qt.Key.Key_Space)
    return button
