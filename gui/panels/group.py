"""A group of the form: a title that folds it, and rows of labels and controls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from engine.training.settings import Setting
from gui.panels.keys import keep_keys
from gui.theme import GRID


class Group(QWidget):
    """A group. Folded, it shows its title alone."""

    folded = Signal(str, bool)

    def __init__(self, title: str, folded: bool) -> None:
        super().__init__()
        self._title = QToolButton()
        self._title.setObjectName("groupTitle")
        self._title.setText(title)
        self._title.setAccessibleName(f"Show or fold {title}")
        self._title.setToolTip(f"Show or fold {title}.")
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._title.setCheckable(True)
        self._title.setAutoRaise(True)
        keep_keys(self._title, Qt.Key.Key_Space)
        self._body = QWidget()
        self.grid = QGridLayout(self._body)
        style(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._title)
        column.addWidget(self._body)
        self._title.setChecked(not folded)
        self._unfold(not folded)
        self._title.toggled.connect(self._unfold)
        self._title.toggled.connect(lambda shown: self.folded.emit(title, not shown))

    def add_row(self, label: QLabel | None, editor: QWidget) -> None:
        """Add a control, with its label to the left of it or, without one, over the whole width."""
        row = self.grid.rowCount()
        if label is None:
            self.grid.addWidget(editor, row, 0, 1, 2)
        else:
            self.grid.addWidget(label, row, 0)
            self.grid.addWidget(editor, row, 1)

    def add_layout(self, layout: QLayout) -> None:
        """Add rows that have a layout of their own."""
        self.grid.addLayout(layout, self.grid.rowCount(), 0, 1, 2)

    def _unfold(self, shown: bool) -> None:
        self._body.setVisible(shown)
        self._title.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)


def style(grid: QGridLayout) -> None:
    """Give a grid of rows the form's measures."""
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GRID)
    grid.setVerticalSpacing(GRID * 3 // 4)
    grid.setColumnMinimumWidth(0, 12 * GRID)
    grid.setColumnStretch(1, 1)


def label_of(setting: Setting, editor: QWidget) -> QLabel:
    """Return the label that stands before the control of a setting."""
    label = QLabel(setting.label)
    label.setObjectName("formLabel")
    label.setToolTip(setting.help)
    label.setBuddy(editor)
    return label
