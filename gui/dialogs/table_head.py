"""The first rows of a table as they are written, with what each column seems to hold."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from engine.data.table import Table
from gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Roles = Qt.ItemDataRole


class TableHead(QAbstractTableModel):
    """Shows a table; the columns that are used are lifted."""

    def __init__(self, table: Table, theme: Theme) -> None:
        super().__init__()
        self._table = table
        self._theme = theme
        self._features: set[int] = set()
        self._target = -1

    def show_use(self, features: list[int], target: int) -> None:
        """Lift the columns that are inputs or the label."""
        self._features, self._target = set(features), target
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.head)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._table.names)

    def data(self, index: Index, role: int = Roles.DisplayRole) -> object:
        used = index.column() in self._features or index.column() == self._target
        if role == Roles.DisplayRole:
            return self._table.head[index.row()][index.column()]
        if role == Roles.ForegroundRole and not used:
            return QColor(self._theme.muted)
        if role == Roles.BackgroundRole and used:
            tint = QColor(self._theme.accent)
            tint.setAlphaF(0.14)
            return tint
        if role == Roles.TextAlignmentRole and self._table.columns[index.column()].refused is None:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Roles.DisplayRole) -> object:
        if role != Roles.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self._table.lines[section])
        use = "label" if section == self._target else "input" if section in self._features else ""
        kind = self._table.columns[section].kind
        return f"{self._table.names[section]}\n{use + ': ' if use else ''}{kind}"
