"""The weights as numbers: every layer as it is trained, and the first in the person's own units as well."""

import time
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from engine.model.activations import Array
from engine.model.features import FEATURES
from engine.training.commands import Frame
from gui import theme as tokens
from gui.theme import GRID, Theme
from gui.views.view import Header

EVERY = 0.25  # seconds between two readings while training runs: numbers that change faster cannot be read
COLUMN = 9 * GRID  # pixels, for numbers and for the names above them
FEW = (1e-2, 1e5)  # numbers between these are written without an exponent

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, eq=False)
class Section:
    """One layer in one kind of units, with a heading and the names of its inputs."""

    title: str
    note: str
    inputs: tuple[str, ...]
    W: Array  # (n_out, n_in)
    b: Array  # (n_out, 1)


def sections(frame: Frame) -> list[Section]:
    """Return the layers of a moment; the first one twice where training standardizes."""
    problem, network = frame.experiment.problem, frame.experiment.network
    made = tuple(FEATURES[name].label for name in problem.features)
    names = (*problem.dataset.feature_names, *made)
    standardized = not problem.standardization.changes_nothing
    found = []
    for number, ((W, b), activation) in enumerate(
        zip(frame.state.parameters, network.activations, strict=True), start=1
    ):
        title = f"W[{number}], b[{number}] · {activation}"
        if number > 1:
            inputs = tuple(f"unit {i}" for i in range(1, W.shape[1] + 1))
            found.append(Section(title, "", inputs, W, b))
        elif standardized:
            folds = f"{', '.join(made)}: made from standardized inputs, so not folded" if made else ""
            found.append(Section(f"{title} · as trained", "on (x − mean) / deviation", names, W, b))
            own = problem.standardization.fold(W, b)
            found.append(Section(f"{title} · in your own units", folds, names, *own))
        else:
            found.append(Section(f"{title} · in your own units", "", names, W, b))
    return found


def shown(value: float) -> str:
    """Return a number with so many digits that it can be read and stands still."""
    few = value == 0 or FEW[0] <= abs(value) < FEW[1]
    return (f"{value:.4f}" if few else f"{value:.2e}").replace("-", "−")


class WeightsModel(QAbstractTableModel):
    """Sections one below another: a heading, a note perhaps, the inputs' names, and a row for each unit."""

    TITLE, NOTE, NAMES, GAP = -4, -3, -2, -1  # rows that are no units

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.sections: list[Section] = []
        self.rows: list[tuple[Section, int]] = []
        """What each row shows: a section's unit from 0, or one of the rows around its units."""

    def show(self, found: list[Section]) -> bool:
        """Show other numbers; return whether the rows and columns are others too."""
        shape = [(each.title, each.note, each.inputs, each.W.shape) for each in found]
        other = shape != [(each.title, each.note, each.inputs, each.W.shape) for each in self.sections]
        if other:
            self.beginResetModel()
        self.sections = found
        self.rows = []
        for section in found:
            above = (self.TITLE, self.NOTE, self.NAMES) if section.note else (self.TITLE, self.NAMES)
            self.rows += [(section, row) for row in (*above, *range(len(section.W)), self.GAP)]
        if other:
            self.endResetModel()
        elif self.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Role.DisplayRole])
        return other

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else max((len(each.inputs) + 2 for each in self.sections), default=0)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        section, row = self.rows[index.row()]
        column = index.column()
        if role == Role.DisplayRole:
            return self._text(section, row, column)
        if role == Role.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignLeft if row < self.NAMES or column == 0 else Qt.AlignmentFlag.AlignRight
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.FontRole:
            return tokens.font(
                tokens.SMALL, QFont.Weight.DemiBold if row == self.TITLE else QFont.Weight.Normal
            )
        if role == Role.ForegroundRole:
            strong = row == self.TITLE or (row >= 0 and column > 0)
            return QColor(self.theme.text if strong else self.theme.muted)
        if role == Role.ToolTipRole:
            return self._exactly(section, row, column)
        return None

    def _text(self, section: Section, row: int, column: int) -> str:
        n_in = len(section.inputs)
        if row in (self.TITLE, self.NOTE):
            return (section.title if row == self.TITLE else section.note) if column == 0 else ""
        if row == self.GAP or column > n_in + 1:
            return ""
        if column == 0:
            return f"unit {row + 1}" if row >= 0 else ""
        if row == self.NAMES:
            return section.inputs[column - 1] if column <= n_in else "b"
        return shown(self._value(section, row, column))

    def _value(self, section: Section, row: int, column: int) -> float:
        n_in = len(section.inputs)
        return float(section.W[row, column - 1] if column <= n_in else section.b[row, 0])

    def _exactly(self, section: Section, row: int, column: int) -> str:
        if row < 0 or not 0 < column <= len(section.inputs) + 1:
            return self._text(section, row, column)
        return repr(self._value(section, row, column))


class WeightsView(QWidget):
    """A table of all weights and biases. `draw(frame)` shows a moment of them, a few times a second."""

    name: ClassVar[str] = "weights"
    title: ClassVar[str] = "Weights"
    opens: ClassVar[bool] = False
    help: ClassVar[str] = (
        "Every weight and bias, a row for each unit. Where training standardizes, the first layer stands here twice: "
        "as trained, and as W / deviation and b − W·mean / deviation for your own units."
    )

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("weightsView")
        self._drawn = 0.0
        self.header = Header(self.title, self.help)
        self.model = WeightsModel(theme)
        self.table = QTableView()
        self.table.setObjectName("weightsTable")
        self.table.setAccessibleName("Weights and biases")
        self.table.setToolTip(self.help)
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table.setFrameShape(self.table.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setModel(self.model)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultSectionSize(COLUMN)
        self.table.verticalHeader().setMinimumSectionSize(GRID)
        self.table.verticalHeader().setDefaultSectionSize(5 * GRID // 2)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, 0, GRID)
        column.addWidget(self.table)

    def draw(self, frame: Frame) -> None:
        """Show a moment of the run; while training runs, not more often than can be read."""
        now = time.perf_counter()
        if frame.is_moving and now - self._drawn < EVERY:
            return
        self._drawn = now
        if self.model.show(sections(frame)):
            self.header.note.setText(f"{frame.experiment.network.parameter_count:,} numbers")
            self._lay_out()

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.model.theme = theme
        self.table.viewport().update()

    def _lay_out(self) -> None:
        self.table.clearSpans()
        columns = self.model.columnCount()
        for place, (_, row) in enumerate(self.model.rows):
            if row in (WeightsModel.TITLE, WeightsModel.NOTE):
                self.table.setSpan(place, 0, 1, columns)
        self.table.setColumnWidth(0, 7 * GRID)
