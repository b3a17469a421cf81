"""The points as a table: to be read, sorted, changed, deleted and copied."""

import numpy as np
from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPixmap,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.change import Change
from gui.document import Document
from gui.theme import GRID, SHAPE_SIZES, SHAPES, SYMBOL, Theme
from gui.views.dots import Stamp
from gui.views.points_model import Index, PointsModel
from gui.views.view import Header

Keys = QKeySequence.StandardKey
ROW = 3 * GRID  # pixels of height
NUMBER, FEATURE, CLASS, SET = 9 * GRID, 14 * GRID, 8 * GRID, 8 * GRID  # pixels, the least widths of columns
WIDEST = 32 * GRID  # pixels of a column; names may be anything
REFRESH = 150  # milliseconds without a change: a stroke of the brush is not disturbed
REMOVES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
OWN_KEYS = (*REMOVES, Qt.Key.Key_Left, Qt.Key.Key_Right)
OWN_SHORTCUTS = (Keys.Copy, Keys.SelectAll, Keys.SelectNextChar, Keys.SelectPreviousChar)
TYPED = set("0123456789.-+")  # what begins a number


class PointsView(QTableView):
    """The table. While it is hidden it costs nothing, and neither does training, which changes no point."""

    told = Signal(str)
    chosen = Signal(object)
    """The ids (k,) of the points of which a person selected a cell."""

    def __init__(self, document: Document, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pointsView")
        self.setAccessibleName("Points table")
        help = (
            "Every point in its own units. A click on a header sorts; the third click takes the order back."
        )
        self.header = Header("Points", help)
        self.header.note.setText("double-click changes a cell, Delete removes points")
        self._selecting = False
        self.points = PointsModel(document, self)
        self.setModel(self.points)
        self.setItemDelegate(_Cells(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setFrameShape(self.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns.setMinimumSectionSize(SET)
        columns.setStretchLastSection(True)
        columns.setHighlightSections(False)
        # Of its own and empty: with the table's, it would ask in every picture whether all rows are selected.
        columns.setSelectionModel(QItemSelectionModel(self.points, columns))
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._later = QTimer(self, singleShot=True, interval=REFRESH)
        self._later.timeout.connect(self.refresh)
        document.changed.connect(self._notice_change)
        self.apply_theme(theme)
        self._widen()

    @property
    def rows(self) -> np.ndarray:
        """The rows (k,), ascending, of which a cell is selected."""
        return np.flatnonzero(self._within(self._ranges))

    @property
    def _ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.size())]

    def _within(self, ranges: list[QItemSelectionRange]) -> np.ndarray:
        """Return which rows of the table are within any of the ranges, (m,) bool."""
        within = np.zeros(self.points.rowCount(), dtype=bool)
        for each in ranges:
            within[each.top() : each.bottom() + 1] = True
        return within

    def refresh(self) -> None:
        """Show the document's points as they are now; the same ones stay selected."""
        if not self.isVisible():
            return  # once it is shown again
        before, ids = self.points.dataset, self.points.ids(self.rows)
        height = self.verticalScrollBar().value()
        self.points.refresh()
        now = self.points.dataset
        if before.lineage is not now.lineage:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self._widen()
        elif not np.array_equal(before.ids, now.ids):
            self.verticalScrollBar().setValue(height)
            self.select(ids)

    def select(self, ids: np.ndarray) -> None:
        """Select the points with these ids (k,)."""
        rows = self.points.rows_of(ids)
        if not self.isVisible() or np.array_equal(rows, self.rows):
            return
        cuts = np.flatnonzero(np.diff(rows) > 1) + 1
        last = self.points.columnCount() - 1
        selection = QItemSelection()
        for run in np.split(rows, cuts) if rows.size else ():
            top, bottom = self.points.index(int(run[0]), 0), self.points.index(int(run[-1]), last)
            selection.append(QItemSelectionRange(top, bottom))
        self._selecting = True
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._selecting = False

    def copy(self) -> None:
        """Put the selected cells on the clipboard, in full precision, with tabs and line ends between them."""
        ranges, rows = self._ranges, self.rows
        if not rows.size:
            return
        cells = []
        for column in range(self.points.columnCount()):
            own = [each for each in ranges if each.left() <= column <= each.right()]
            if own:
                texts, chosen = self.points.texts(column, rows), self._within(own)[rows]
                cells.append([text if there else "" for text, there in zip(texts, chosen, strict=True)])
        lines = ["\t".join(line) for line in zip(*cells, strict=True)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        points = "1 point" if rows.size == 1 else f"{rows.size:,} points"
        self.told.emit(f"Cells of {points} copied.")

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.points.set_symbols(*(_symbol(theme, label, self.devicePixelRatioF()) for label in (0, 1)))
        self.viewport().update()

    # What Qt calls

    def event(self, event: QEvent) -> bool:
        """Keep the keys that a table needs from the window's shortcuts; Space and letters stay the window's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = event.key() in OWN_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if own or event.text() in TYPED or any(event.matches(each) for each in OWN_SHORTCUTS):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(Keys.Copy):
            self.copy()
        elif event.key() in REMOVES and self.rows.size:
            self._remove()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do not look through 100,000 rows for a letter that is meant for the window."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._selecting:
            self.chosen.emit(self.points.ids(self.rows))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _notice_change(self, change: Change) -> None:
        if self.isVisible():
            self._later.start()  # from now on, whenever it was started before

    def _widen(self) -> None:
        """Give the columns the widths of their names, within bounds; the last one takes what is left."""
        columns, classes = self.horizontalHeader(), self.points.class_column
        columns.resizeSection(0, NUMBER)
        for column in range(1, classes):
            columns.resizeSection(column, min(max(columns.sectionSizeHint(column), FEATURE), WIDEST))
        words = max(map(self.fontMetrics().horizontalAdvance, self.points.dataset.class_names))
        columns.resizeSection(classes, min(words + CLASS, WIDEST))
        columns.resizeSection(classes + 1, SET)

    def _remove(self) -> None:
        rows = self.rows
        self.points.remove(rows)
        self.refresh()
        left = self.points.rowCount()
        if left:
            self.setCurrentIndex(self.points.index(min(int(rows[0]), left - 1), 0))


def _symbol(theme: Theme, label: int, ratio: float) -> QPixmap:
    """Return the symbol of a class for a cell, on a screen with `ratio` pixels a point."""
    picture = QPixmap(round(2 * GRID * ratio), round(2 * GRID * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(GRID, GRID)
    colour = QColor(theme.class_lines[label])
    Stamp(SHAPES[label], SYMBOL * SHAPE_SIZES[label], QPen(Qt.PenStyle.NoPen), QBrush(colour)).draw(painter)
    painter.end()
    return picture


class _Cells(QStyledItemDelegate):
    """Edits a class by a list of the two, and a number as text."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, PointsModel)
        if index.column() != model.class_column:
            return super().createEditor(parent, option, index)
        combo = QComboBox(parent)
        combo.addItems(list(model.dataset.class_names))
        combo.activated.connect(lambda: self._finish(combo))
        return combo

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)  # the whole cell, its padding too

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentText(index.data(Qt.ItemDataRole.EditRole))
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
