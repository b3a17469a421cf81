"""The row under the plots: the iteration that is shown, and the way to any other."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolBar,
    QToolButton,
    QWidget,
)

from engine.training.commands import Frame
from gui.panels.keys import keep_keys
from gui.theme import GRID


class _Way(QSlider):
    """A slider whose handle comes to where it is pressed."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            place, room = round(event.position().x()) - handle.width() // 2, self.width() - handle.width()
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room))
        super().mousePressEvent(event)


class Timeline(QToolBar):
    """A slider over the whole run. It says what was chosen; the playback goes there."""

    sought = Signal(int)

    def __init__(self, actions: dict[str, QAction]) -> None:
        super().__init__("Timeline")
        self.setObjectName("timeline")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._cut = actions["GoOnFromHere"]
        self.slider = _Way(Qt.Orientation.Horizontal)
        self.slider.setObjectName("timelineSlider")
        self.slider.setAccessibleName("Iteration shown")
        self.slider.setToolTip(
            "Every iteration of the run. Click or drag to look back; Left and Right go one by one."
        )
        keep_keys(self.slider, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        self._label = QLabel()
        self._label.setObjectName("caption")
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._label.setFixedWidth(28 * GRID)
        button = QToolButton()
        button.setObjectName("goOnFromHereButton")
        button.setDefaultAction(self._cut)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        row = QHBoxLayout()
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self._label)
        row.addWidget(button)
        body = QWidget()
        body.setLayout(row)
        self.addWidget(body)
        self._frame: Frame | None = None
        self.slider.valueChanged.connect(self.sought)
        self.slider.sliderReleased.connect(self._let_go)

    def draw(self, frame: Frame) -> None:
        """Show which iteration of how many is shown."""
        self._frame = frame
        iteration, last = frame.state.iteration, max(frame.last, frame.state.iteration)
        if not self.slider.isSliderDown():  # the hand knows better than a frame that is on its way
            with QSignalBlocker(self.slider):
                self.slider.setRange(0, max(1, last))
                self.slider.setPageStep(max(1, last // 10))
                self.slider.setValue(iteration)
        self.slider.setEnabled(last > 0)
        past = iteration < last
        self._label.setText(
            f"iteration {iteration:,} of {last:,}" if past else f"iteration {iteration:,}, the newest"
        )
        self._cut.setEnabled(past and not frame.running)

    def _let_go(self) -> None:
        if self._frame is not None:
            self.draw(self._frame)
