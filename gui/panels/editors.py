"""One control for each kind of setting. A control shows a value and says what was chosen; it decides nothing."""

import math
import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.training.settings import (
    Choice,
    Choices,
    Name,
    Names,
    Number,
    Pair,
    Selection,
    Setting,
    Sizes,
    Switch,
)
from gui.panels.keys import keep_keys
from gui.theme import GRID

Keys = QKeySequence.StandardKey
UNLIMITED = 1e300  # the engine's spec is the judge of ranges, and says its reason
COLUMNS = 3  # of the small buttons of a selection
FREE_KEYS = (Qt.Key.Key_Space,)  # keys that fields leave to the window


class NumberEditor(QDoubleSpinBox):
    """A number. It accepts any, so that the spec can say what is wrong with it."""

    chosen = Signal(object)

    def __init__(self, setting: Number) -> None:
        super().__init__()
        self._setting = setting
        self.setDecimals(0 if setting.integer else 20)
        self.setRange(-UNLIMITED, UNLIMITED)
        self.setSingleStep(setting.step)
        self.setKeyboardTracking(False)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        _be_modest(self)
        _be_modest(self.lineEdit())
        self.valueChanged.connect(self._choose)

    def show_value(self, value: float) -> None:
        """Show the value without saying that it was chosen."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def textFromValue(self, value: float) -> str:
        if value == 0 and self._setting.zero:
            return self._setting.zero
        if self._setting.integer and abs(value) < 1e15:
            return f"{value:.0f}"
        return f"{value:.12g}"

    def valueFromText(self, text: str) -> float:
        if text == self.textFromValue(self.value()):
            return self.value()  # the text is rounded; confirming it must not round the value
        try:
            return float(self._plain(text))
        except ValueError:
            return self.value()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            number = float(self._plain(text))
        except ValueError:
            return QValidator.State.Intermediate, text, position
        usable = math.isfinite(number) and abs(number) < UNLIMITED
        usable = usable and (number.is_integer() or not self._setting.integer)
        return (QValidator.State.Acceptable if usable else QValidator.State.Intermediate), text, position

    def _plain(self, text: str) -> str:
        """Return the text without the commas between thousands; any other comma is left to be refused."""
        if text and text == self._setting.zero:
            return "0"
        return text.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", text) else text

    def fixup(self, text: str) -> str:
        """Hand on what is no number at all, so that the spec can say so; Qt then shows the last value again."""
        self.chosen.emit(text)
        return self.textFromValue(self.value())

    def stepBy(self, steps: int) -> None:
        """Step, but never out of the range: the arrows are for exploring, not for mistakes."""
        setting, value = self._setting, self.value()
        value = value * setting.factor**steps if setting.factor else value + steps * setting.step
        if setting.factor:
            value = float(f"{value:.3g}")
        low = setting.low + (10**-setting.decimals if setting.open_low else 0)
        self.setValue(min(max(value, low), setting.high))

    def _choose(self, value: float) -> None:
        self.chosen.emit(int(value) if self._setting.integer else value)


class ChoiceEditor(QComboBox):
    """A name from a registry; each item carries its name as data and teaches in its tooltip."""

    chosen = Signal(object)

    def __init__(self, setting: Choice | Choices | Name) -> None:
        super().__init__()
        for name, record in (setting.registry or {}).items():
            self.addItem(record.label, name)
            self.setItemData(self.count() - 1, record.help, Qt.ItemDataRole.ToolTipRole)
        self._named = self.count()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        _be_modest(self)
        self.currentIndexChanged.connect(self._choose)
        self.activated.connect(self._choose)  # the same one again: the points may have been painted over

    def show_value(self, value: str) -> None:
        """Show the name; what is not in the registry is a file, and gets an item of its own."""
        self.blockSignals(True)
        while self.count() > self._named:
            self.removeItem(self._named)
        index = self.findData(value)
        if index < 0:
            self.addItem(value.replace("\\", "/").rsplit("/", 1)[-1], value)
            self.setItemData(self.count() - 1, value, Qt.ItemDataRole.ToolTipRole)
            index = self.count() - 1
        self.setCurrentIndex(index)
        self.blockSignals(False)

    def _choose(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self.itemData(index))


class ChoicesEditor(ChoiceEditor):
    """One name for all layers; with several names it shows none of them."""

    def __init__(self, setting: Choices) -> None:
        super().__init__(setting)
        self.setPlaceholderText("one each")

    def show_value(self, value: tuple[str, ...]) -> None:  # type: ignore[override]
        """Show the name that all layers have."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value[0]) if len(set(value)) == 1 else -1)
        self.blockSignals(False)

    def _choose(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit((self.itemData(index),))


class SizesEditor(QLineEdit):
    """Numbers with commas between."""

    chosen = Signal(object)

    def __init__(self, setting: Sizes) -> None:
        super().__init__()
        self.setPlaceholderText("8 or 8,4")
        _be_modest(self)
        self.editingFinished.connect(lambda: self.chosen.emit(self.text()))

    def show_value(self, value: tuple[int, ...]) -> None:
        """Show the sizes."""
        self.setText(",".join(map(str, value)))

    def event(self, event: QEvent) -> bool:
        """Take a space after a comma as typed; any other belongs to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Space:  # type: ignore[attr-defined]
            event.setAccepted(self.text()[: self.cursorPosition()].endswith(","))
            return True
        return super().event(event)


class NamesEditor(QLineEdit):
    """Names with commas between. They may hold spaces, so here Space is typed."""

    chosen = Signal(object)

    def __init__(self, setting: Names) -> None:
        super().__init__()
        self._setting = setting
        self.setPlaceholderText("the usual ones")
        keep_keys(self, Qt.Key.Key_Space)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.editingFinished.connect(lambda: self.chosen.emit(self.text()))
        self.returnPressed.connect(self.clearFocus)  # what comes next is meant for the window

    def show_value(self, value: tuple[str, ...] | None) -> None:
        """Show the names."""
        self.setText(self._setting.text(value or ()))


class PairEditor(QWidget):
    """The labels of class 0 and of class 1, one above the other, of all that the data has."""

    chosen = Signal(object)
    OTHERS = "*"

    def __init__(self, setting: Pair) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        self._boxes = (QComboBox(), QComboBox())
        for number, box in enumerate(self._boxes):
            box.setObjectName(f"class{number}Combo")
            box.setAccessibleName(f"Label of class {number}")
            box.setToolTip(f"The label of the points that are class {number}; the others may be one class.")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            _be_modest(box)
            box.activated.connect(lambda _, box=box: self._choose(box))
            column.addWidget(box)
        self.setFocusProxy(self._boxes[0])
        self._pair: tuple[str, ...] = ()

    def offer(self, labels: tuple[str, ...], pair: tuple[str, ...]) -> None:
        """Offer these labels, and show which two are chosen."""
        self._pair = pair
        for number, box in enumerate(self._boxes):
            box.clear()
            for label in labels:
                box.addItem(label, label)
            box.addItem("all others", self.OTHERS)
            box.setCurrentIndex(box.findData(pair[number]) if pair else -1)

    def show_value(self, value: tuple[str, ...] | None) -> None:
        """Show nothing yet: which two are meant by no value, the data tells."""

    def _choose(self, box: QComboBox) -> None:
        """Take what was chosen in one box; where both would be the same, they change places."""
        place = self._boxes.index(box)
        pair, label = list(self._pair), box.currentData()
        if label == pair[1 - place]:
            pair[1 - place] = pair[place]
        pair[place] = label
        self.chosen.emit(tuple(pair))


class SwitchEditor(QCheckBox):
    """Yes or no."""

    chosen = Signal(object)

    def __init__(self, setting: Switch) -> None:
        super().__init__()
        # Space belongs to the window, but whoever comes here by the Tab key has no other way to switch.
        keep_keys(self, Qt.Key.Key_Space)
        self.toggled.connect(self.chosen.emit)

    def show_value(self, value: bool) -> None:
        """Show yes or no."""
        self.blockSignals(True)
        self.setChecked(value)
        self.blockSignals(False)


class SelectionEditor(QWidget):
    """Any of some names, each a small button that is pressed in or not."""

    chosen = Signal(object)

    def __init__(self, setting: Selection) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID // 2)
        self._buttons: dict[str, QToolButton] = {}
        for place, (name, record) in enumerate(setting.registry.items()):
            button = QToolButton()
            button.setObjectName(f"{setting.control}_{name}")
            button.setText(record.label)
            button.setToolTip(record.help)
            button.setAccessibleName(record.label)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("chip", True)
            keep_keys(button, Qt.Key.Key_Space)
            button.clicked.connect(self._choose)
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self._buttons[name] = button

    def show_value(self, value: tuple[str, ...]) -> None:
        """Show the names that are chosen."""
        for name, button in self._buttons.items():
            button.setChecked(name in value)

    def _choose(self) -> None:
        self.chosen.emit(tuple(name for name, button in self._buttons.items() if button.isChecked()))


EDITORS: dict[type[Setting], Callable[..., QWidget]] = {
    Number: NumberEditor,
    Choice: ChoiceEditor,
    Choices: ChoicesEditor,
    Sizes: SizesEditor,
    Names: NamesEditor,
    Pair: PairEditor,
    Selection: SelectionEditor,
    Switch: SwitchEditor,
}


class _Modesty(QObject):
    """Leaves to the window what a field has no use for: some keys, the wheel while it was not chosen, and the
    focus once a value is confirmed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            free = event.key() in FREE_KEYS and not isinstance(watched, SizesEditor)
            taken = free or event.matches(Keys.Undo) or event.matches(Keys.Redo)
        elif isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QTimer.singleShot(0, watched.clearFocus)  # type: ignore[attr-defined]
            return False  # what comes next is meant for the window, such as R
        elif event.type() == QEvent.Type.Wheel:
            taken = isinstance(watched, QWidget) and not watched.hasFocus()
        else:
            return False
        if taken:
            event.ignore()
        return taken


def _be_modest(field: QWidget) -> None:
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_Modesty(field))
