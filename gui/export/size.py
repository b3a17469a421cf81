"""How large a picture is to be: the view's own size, or as wide as was typed last, as figures of a page are."""

from contextlib import suppress

from PySide6.QtCore import QObject, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QDoubleSpinBox, QPushButton

from engine.files.plots import UNITS, Unit
from engine.training.settings import SettingError

AS_IT_IS = "as high as it is"
MOST = 1e6  # what can be typed; the unit is the judge of its range, and says so


class SizeFields(QObject):
    """The fields of a size. They are given their places by whom they belong to."""

    changed = Signal()
    refused = Signal(str)
    """Why a size cannot be, in a sentence; the one before stays."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: QSizeF | None = None
        """The size that was typed, in points."""
        self.wanted: QSizeF | None = None
        """What was typed last, for whichever plot."""
        self._usual = self._shape = QSizeF(1, 1)
        self._grows = False
        self.unit = QComboBox()
        self.unit.setObjectName("exportUnitCombo")
        self.unit.setAccessibleName("Unit")
        self.unit.setToolTip("What the size is measured in.")
        for name in UNITS:
            self.unit.addItem(name, name)
        self.width = _Side("Width", "How wide the picture is.")
        self.height = _Side("Height", "How high the picture is.")
        self.keeps = QCheckBox("Keep proportions")
        self.keeps.setObjectName("exportProportionsCheck")
        self.keeps.setToolTip("Let the height follow the width, and the width the height.")
        self.keeps.setChecked(True)
        self.as_seen = QPushButton("Size on the screen")
        self.as_seen.setObjectName("exportAsSeenButton")
        self.as_seen.setToolTip("Take the size that the plot has in the window.")
        self.as_seen.setAutoDefault(False)
        self.width.valueChanged.connect(self._take_width)
        self.height.valueChanged.connect(self._take_height)
        self.unit.currentIndexChanged.connect(self._show)
        self.keeps.toggled.connect(self._take_shape)
        self.as_seen.clicked.connect(self._forget)

    @property
    def size(self) -> QSizeF:
        """How large the picture is, in points."""
        return self._usual if self.typed is None else self.typed

    def begin(self, usual: QSizeF, grows: bool, fixed: bool = False) -> None:
        """Begin with the own size of another view, which may be as high as what it says; or as wide as was typed last.

        It is its own where it is `fixed`, and where the other side that follows would be outside its range.
        """
        self._usual, self._grows, self._shape, self.typed = usual, grows, usual, None
        if self.wanted is not None and not fixed:
            width, height = self.wanted.toTuple()
            if self.keeps.isChecked() or grows:
                height = width * usual.height() / usual.width()
            with suppress(SettingError):
                for name, side in (("Width", width), ("Height", height)):
                    self._unit.check(name, side / self._unit.points)
                self.typed = QSizeF(width, height)
        self._show()

    @property
    def told(self) -> str:
        """What was typed last, to be remembered."""
        return "" if self.wanted is None else f"{self.wanted.width()!r}x{self.wanted.height()!r}"

    def recall(self, unit: str, size: str) -> None:
        """Begin with what was remembered, as far as it can be."""
        self.unit.setCurrentIndex(max(0, self.unit.findData(unit)))
        with suppress(ValueError, TypeError):
            self.wanted = QSizeF(*map(float, size.split("x")))

    def enable(self, sides: bool, unit: bool) -> None:
        """Say whether there is a size to choose."""
        self.width.setEnabled(sides)
        for field in (self.height, self.keeps):
            field.setEnabled(sides and not self._grows)
        self.as_seen.setEnabled(sides and self.typed is not None)
        self.unit.setEnabled(unit)

    @property
    def _unit(self) -> Unit:
        return UNITS[str(self.unit.currentData())]

    @property
    def _keeps(self) -> bool:
        return self.keeps.isChecked() and not self._grows

    def _take_width(self, width: float) -> None:
        follows = {"Height": width * self._shape.height() / self._shape.width()} if self._keeps else {}
        self._take({"Width": width, **follows})

    def _take_height(self, height: float) -> None:
        follows = {"Width": height * self._shape.width() / self._shape.height()} if self._keeps else {}
        self._take({"Height": height, **follows})

    def _take(self, typed: dict[str, float]) -> None:
        """Take the side that was typed, as it is shown, and the other where it follows; else that stays."""
        unit, size = self._unit, {"Width": self.size.width(), "Height": self.size.height()}
        try:
            for name, side in typed.items():
                size[name] = unit.check(name, round(side, unit.digits))
        except SettingError as error:
            self._show()
            self.refused.emit(str(error))
            return
        self.typed = self.wanted = QSizeF(size["Width"], size["Height"])
        self._show()

    def _take_shape(self) -> None:
        self._shape = self.size

    def _forget(self) -> None:
        self.typed, self.wanted, self._shape = None, None, self._usual
        self._show()

    def _show(self) -> None:
        unit, size = self._unit, self.size
        for spin, side in ((self.width, size.width()), (self.height, size.height())):
            spin.blockSignals(True)
            spin.setDecimals(unit.digits)
            spin.setSuffix(f" {unit.short}")
            spin.setValue(side / unit.points)
            spin.blockSignals(False)
        self.height.setSpecialValueText(AS_IT_IS if self._grows else "")
        if self._grows:  # how high it is is known once it is laid out
            self.height.blockSignals(True)
            self.height.setValue(0)
            self.height.blockSignals(False)
        self.changed.emit()


class _Side(QDoubleSpinBox):
    """A side. It accepts any number, so that what is wrong with it can be said."""

    def __init__(self, name: str, help: str) -> None:
        super().__init__()
        self.setObjectName(f"export{name}Spin")
        self.setAccessibleName(name)
        self.setToolTip(help)
        self.setKeyboardTracking(False)
        self.setRange(0, MOST)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return confirm what is being typed; pressed once more it saves."""
        typing = self.lineEdit().isModified()
        super().keyPressEvent(event)
        if typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
