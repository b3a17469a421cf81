"""The points as a table's rows. It reads the data set's own arrays, and every change goes through the document."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from engine.data.dataset import Dataset, held_out
from engine.data.editing import Move, Relabel, Remove
from gui.document import Document

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
DIGITS = 6  # that a cell shows; editing and copying have them all


class PointsModel(QAbstractTableModel):
    """One row a point: its number in the set, its features, its class, and its side of the split.

    Sorting makes an order of the rows and touches no point. A point that is changed stays where it is in the
    table until the table is sorted again, so that nobody loses it from sight.
    """

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._symbols: list[QPixmap] = []
        self._sorting: tuple[int, Qt.SortOrder] = (-1, ASCENDING)
        self._take()
        self._order = np.arange(self._dataset.m)

    @property
    def dataset(self) -> Dataset:
        """The points that the table shows."""
        return self._dataset

    @property
    def class_column(self) -> int:
        """The column of the classes; the features come before, the split after it."""
        return 1 + self._dataset.X.shape[0]

    def set_symbols(self, *symbols: QPixmap) -> None:
        """Draw these beside the names of the two classes."""
        self._symbols = list(symbols)

    def refresh(self) -> None:
        """Show the document's points as they are now. Where none came or went, the table stays as it stands."""
        before = self._dataset
        now = self._document.dataset
        if before.lineage is now.lineage and np.array_equal(before.ids, now.ids):
            self._take()
            if now.m:
                self.dataChanged.emit(self.index(0, 0), self.index(now.m - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._take()
        if before.lineage is not now.lineage:
            self._sorting = (-1, ASCENDING)
        self._order = self._sorted()
        self.endResetModel()

    def ids(self, rows: np.ndarray) -> np.ndarray:
        """Return the ids (k,) of the points in these rows (k,) of the table."""
        return self._dataset.ids[self._order[rows]]

    def rows_of(self, ids: np.ndarray) -> np.ndarray:
        """Return the rows, ascending, in which the points with these ids stand."""
        return np.flatnonzero(np.isin(self._dataset.ids, ids)[self._order])

    def remove(self, rows: np.ndarray) -> None:
        """Remove the points in these rows (k,) of the table."""
        self._document.make(Remove(self._document.dataset.rows_of(self.ids(rows))), "Delete")

    def texts(self, column: int, rows: np.ndarray) -> list[str]:
        """Return what stands in the cells of a column, in full precision."""
        places, dataset = self._order[rows], self._dataset
        if column == 0:
            return [str(place + 1) for place in places]
        if column < self.class_column:
            return list(map(repr, dataset.X[column - 1, places].tolist()))
        if column == self.class_column:
            return [dataset.class_names[int(label)] for label in dataset.Y[0, places]]
        return [
            "train" if not test else "test, painted" if held else "test"
            for test, held in zip(self._test[places], dataset.held[places], strict=True)
        ]

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._dataset.m

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.class_column + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return ("point", *self._dataset.feature_names, "class", "set")[section]
        if role == Role.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        column = index.column()
        is_feature = 0 < column < self.class_column
        if role == Role.DisplayRole and is_feature:
            return f"{self._dataset.X[column - 1, self._order[index.row()]]:.{DIGITS}g}"
        if role in (Role.DisplayRole, Role.EditRole) or (role == Role.ToolTipRole and is_feature):
            return self.texts(column, np.array([index.row()]))[0]
        if role == Role.TextAlignmentRole:
            return self._alignment(column)
        if role == Role.DecorationRole and column == self.class_column and self._symbols:
            return self._symbols[int(self._dataset.Y[0, self._order[index.row()]])]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = 0 < index.column() <= self.class_column
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Change a feature or the class of a point, or say by `refused` why not."""
        text, column = str(value).strip(), index.column()
        if role != Role.EditRole or text == self.data(index, Role.EditRole):
            return False
        row = np.array([index.row()])
        where = f"point {self._order[index.row()] + 1}, {self.headerData(column, Qt.Orientation.Horizontal)}"
        rows = self._document.dataset.rows_of(self.ids(row))
        if column == self.class_column:
            names = self._dataset.class_names
            if text not in names:
                self._document.refused.emit(f"{where}: {text!r} is not one of {names[0]}, {names[1]}.")
                return False
            self._document.make(
                Relabel(rows, np.full((1, rows.size), float(names.index(text)))), "Relabel", f"class {text}"
            )
        else:
            number = _number(text)
            if number is None:
                self._document.refused.emit(f"{where}: {text!r} is not a number, such as 39.1 or -2e3.")
                return False
            X = self._document.dataset.X[:, rows]
            X[column - 1] = number
            self._document.make(Move(rows, X), "Move")
        self.refresh()
        return True

    def sort(self, column: int, order: Qt.SortOrder = ASCENDING) -> None:
        """Order the rows by a column; by -1 as the points are numbered. Equal ones stay in that order."""
        self.layoutAboutToBeChanged.emit()
        before = self._order
        self._sorting = (column, order)
        self._order = self._sorted()
        place = np.empty_like(before)  # of each point, in the new order
        place[self._order] = np.arange(before.size)
        old = self.persistentIndexList()
        self.changePersistentIndexList(
            old, [self.index(int(place[before[index.row()]]), index.column()) for index in old]
        )
        self.layoutChanged.emit()

    def _take(self) -> None:
        spec = self._document.spec
        self._dataset = self._document.dataset
        self._test = held_out(self._dataset, spec.test_fraction, spec.split_seed)  # (m,)

    def _sorted(self) -> np.ndarray:
        """Return the order of the points (m,) that the sorting asks for."""
        (column, order), dataset = self._sorting, self._dataset
        if not 0 < column < self.columnCount():
            natural = np.arange(dataset.m)
            return natural[::-1] if column == 0 and order == DESCENDING else natural
        if column < self.class_column:
            values = dataset.X[column - 1]
        else:
            values = dataset.Y[0] if column == self.class_column else self._test
        if order == DESCENDING:
            values = ~values if values.dtype == bool else -values
        return np.argsort(values, kind="stable")

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column < self.class_column else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _number(text: str) -> float | None:
    """Return the finite number that a text is, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None
