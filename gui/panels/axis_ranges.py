"""The dialog in which a person says which part of each axis of the boundary plot is shown."""

import math

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui.theme import GRID
from gui.views.boundary import BoundaryView

LARGEST = 1e300  # a plot cannot show more
NEAREST = 1e-9  # of the numbers themselves: nearer ends cannot be told apart on an axis
SIDES = ("bottom", "left")
ENDS = (("acrossFrom", "acrossTo"), ("upFrom", "upTo"))


class RangeError(ValueError):
    """A range that no axis can have; the message is one sentence."""


def read_range(name: str, low: str, high: str) -> tuple[float, float]:
    """Return the ends of the axis `name` that two texts stand for. Raises RangeError."""
    ends = [_read(name, text) for text in (low, high)]
    if ends[1] <= ends[0]:
        raise RangeError(
            f"{name}: {high.strip()} is not above {low.strip()}; the second number must be larger."
        )
    if ends[1] - ends[0] < NEAREST * max(map(abs, ends)):
        raise RangeError(f"{name}: {low.strip()} and {high.strip()} are too near each other for an axis.")
    return ends[0], ends[1]


def _read(name: str, text: str) -> float:
    try:
        value = math.nan if "_" in text else float(text.strip().replace("−", "-"))
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise RangeError(f"{name}: {text.strip()!r} is not a number from −1e300 to 1e300, such as 39.1.")
    return value


class AxisRanges(QDialog):
    """Two numbers for each axis. What cannot be is said in one sentence, and nothing is lost."""

    def __init__(self, view: BoundaryView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("axisRangesDialog")
        self.setWindowTitle("Axis ranges")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._shown: dict[QLineEdit, tuple[str, float]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        self._names = [
            name or side for name, side in zip(view.projection.axes, ("across", "up"), strict=True)
        ]
        for row, (name, ends, shown) in enumerate(zip(self._names, ENDS, view.box.viewRange(), strict=True)):
            grid.addWidget(QLabel(name), row, 0)
            for column, (end, word, value) in enumerate(zip(ends, ("from", "to"), shown, strict=True)):
                grid.addWidget(QLabel(word), row, 1 + 2 * column)
                grid.addWidget(self._field(end, f"{name}, {word}", value), row, 2 + 2 * column)
        self._message = QLabel()
        self._message.setObjectName("axisRangesMessage")
        self._message.setWordWrap(True)
        self._message.setStyleSheet(f"color: {view.theme.warning};")
        self._message.hide()
        hint = QLabel("F shows all points again.")
        hint.setObjectName("caption")
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(grid)
        layout.addWidget(self._message)
        layout.addWidget(hint)
        layout.addWidget(buttons)

    def focus(self, axis: int, end: int) -> None:
        """Begin with one of the four numbers: of the axis across (0) or up (1), its lower (0) or upper (1) end."""
        field = list(self._shown)[2 * axis + end]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def accept(self) -> None:
        """Show what was typed, or say why not."""
        fields = list(self._shown)
        try:
            x_range, y_range = (
                read_range(name, *map(self._text, fields[2 * row : 2 * row + 2]))
                for row, name in enumerate(self._names)
            )
        except RangeError as error:
            self._message.setText(str(error))
            self._message.show()
            return
        self._view.set_ranges(x_range, y_range)
        super().accept()

    def _field(self, name: str, words: str, value: float) -> QLineEdit:
        field = QLineEdit(f"{value:.6g}")
        field.setObjectName(f"{name}Edit")
        field.setAccessibleName(words)
        field.setToolTip(f"Where the axis {'begins' if 'From' in name else 'ends'}, in its own units.")
        field.setFixedWidth(14 * GRID)
        self._shown[field] = (field.text(), float(value))
        return field

    def _text(self, field: QLineEdit) -> str:
        """Return what stands in a field; what was not touched keeps all its digits."""
        text, value = self._shown[field]
        return repr(value) if field.text() == text else field.text()


class AxisClicks(QObject):
    """Opens the dialog after a double click on the numbers of an axis."""

    def __init__(self, view: BoundaryView) -> None:
        super().__init__(view)
        self._view = view
        view.plot.viewport().installEventFilter(self)

    def choose_ranges(self, axis: int = 0, end: int = 0) -> None:
        """Open the dialog at an axis, across (0) or up (1), and at its end, lower (0) or upper (1)."""
        dialog = AxisRanges(self._view, self._view.window())
        dialog.focus(axis, end)
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonDblClick:
            return False
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        place = self._view.plot.mapToScene(event.position().toPoint())
        middle = self._view.box.sceneBoundingRect().center()
        for axis, side in enumerate(SIDES):
            if self._view.axes.getAxis(side).sceneBoundingRect().contains(place):
                upper = place.y() < middle.y() if axis else place.x() > middle.x()
                self.choose_ranges(axis, int(upper))
                return True
        return False
