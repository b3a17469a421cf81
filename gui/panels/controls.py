"""The row along the top: reset, run, step, speed, and the numbers that count."""

import math

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.training.commands import Frame
from gui.panels.keys import keep_keys
from gui.playback import SPEEDS
from gui.theme import GRID, LARGE, SMALL, font

READOUTS = (
    ("penaltyReadout", "penalty", "What large weights add to both costs."),
    ("iterationReadout", "iteration", "How many times the weights were updated."),
    ("trainCostReadout", "train cost", "J, the mean loss of the points trained on, and the penalty."),
    ("testCostReadout", "test cost", "The mean loss of the points held out, and the penalty."),
    (
        "trainAccuracyReadout",
        "train accuracy",
        "The share of the points trained on that are on the right side.",
    ),
    ("testAccuracyReadout", "test accuracy", "The share of the points held out that are on the right side."),
)


class Readout(QWidget):
    """A number, with its name above it and its dynamic property `value`.

    It paints itself: a label would lay the whole toolbar out again for every new number.
    """

    def __init__(self, name: str, caption: str, help: str) -> None:
        super().__init__()
        self._caption = caption
        self._text = "—"
        self._caption_font = font(SMALL)
        self._font = font(LARGE, QFont.Weight.DemiBold)
        self.setObjectName(name)
        self.setProperty("value", math.nan)
        self.setAccessibleName(caption)
        self.setToolTip(help)
        self.setFixedSize(13 * GRID, 5 * GRID)

    def text(self) -> str:
        """Return the number as it is shown."""
        return self._text

    def show_value(self, value: float, text: str) -> None:
        """Show a number as `text`; NaN, for nothing to judge by, as a dash."""
        self.setProperty("value", value)
        shown = "—" if math.isnan(value) else text
        if shown != self._text:
            self._text = shown
            self.setAccessibleDescription(shown)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._caption_font)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(QPoint(0, painter.fontMetrics().ascent() + 2), self._caption)
        painter.setFont(self._font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(QPoint(0, self.height() - painter.fontMetrics().descent()), self._text)


class SpeedSlider(QWidget):
    """From 1 iteration a second to as fast as it goes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("speedSlider")
        self.slider.setRange(0, len(SPEEDS) - 1)
        self.slider.setPageStep(1)
        self.slider.setValue(len(SPEEDS) - 1)
        keep_keys(self.slider, Qt.Key.Key_Left, Qt.Key.Key_Right)
        self.slider.setFixedWidth(14 * GRID)
        self.slider.setAccessibleName("Speed")
        self.slider.setToolTip("Iterations a second, from 1 to as fast as it goes.")
        self._label = QLabel()
        self._label.setObjectName("caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, 0, 2 * GRID, 0)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addWidget(self.slider)
        self.slider.valueChanged.connect(self._choose)
        self._choose(self.slider.value())

    def shift(self, steps: int) -> None:
        """Go faster or slower by `steps` notches."""
        self.slider.setValue(self.slider.value() + steps)

    def _choose(self, place: int) -> None:
        rate = SPEEDS[place]
        self._label.setText("as fast as it goes" if rate is None else f"{rate:,.0f} per second")
        self.chosen.emit(rate)


class Controls(QToolBar):
    """The toolbar."""

    def __init__(self, actions: dict[str, QAction]) -> None:
        super().__init__("Controls")
        self.setObjectName("controls")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(20, 20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addAction(actions["Reset"])
        self.run_button = QToolButton()
        self.run_button.setObjectName("runButton")
        self.run_button.setDefaultAction(actions["Run"])
        self.addWidget(self.run_button)
        self.addAction(actions["StepBack"])
        self.addAction(actions["Step"])
        self.addAction(actions["StepMany"])
        self.speed = SpeedSlider()
        self.addWidget(self.speed)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.readouts = {name: Readout(name, caption, help) for name, caption, help in READOUTS}
        self.addWidget(self._readout_row())

    def draw(self, frame: Frame) -> None:
        """Show a moment's numbers."""
        scores = frame.state.scores
        readouts = self.readouts
        readouts["iterationReadout"].show_value(frame.state.iteration, f"{frame.state.iteration:,}")
        readouts["trainCostReadout"].show_value(scores.train_cost, _cost(scores.train_cost))
        readouts["testCostReadout"].show_value(scores.test_cost, _cost(scores.test_cost))
        readouts["trainAccuracyReadout"].show_value(scores.train_accuracy, f"{scores.train_accuracy:.1%}")
        readouts["testAccuracyReadout"].show_value(scores.test_accuracy, f"{scores.test_accuracy:.1%}")
        readouts["penaltyReadout"].show_value(scores.penalty, _cost(scores.penalty))
        spec = frame.experiment.spec
        readouts["penaltyReadout"].setVisible(bool(spec.l1 or spec.l2))

    def _readout_row(self) -> QWidget:
        row = QWidget()
        cells = QHBoxLayout(row)
        cells.setContentsMargins(0, 0, GRID, 0)
        cells.setSpacing(2 * GRID)
        for readout in self.readouts.values():
            cells.addWidget(readout)
        return row


def _cost(cost: float) -> str:
    if 1e-4 <= cost < 1e3 or cost == 0:
        return f"{cost:.5f}"
    return f"{cost:.2e}" if cost < 1e100 else f"{cost:.0e}"
