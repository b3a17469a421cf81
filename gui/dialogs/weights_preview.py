"""What will change when weights are loaded, before they are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.files.weights.comparison import Row
from gui import theme as tokens
from gui.theme import GRID, Theme

WIDTH = 76 * GRID  # pixels
ROW = 3 * GRID


class WeightsPreview(QDialog):
    """A table of how it is now and how it will be, with what changes in strong words."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        story: str,
        note: str,
        meant: str,
        rows: Sequence[Row],
        theme: Theme,
    ) -> None:
        """`story` says how the weights were trained, `note` what may be wrong with them here, `meant` what will be."""
        super().__init__(parent)
        self.setObjectName("weightsPreview")
        self.setWindowTitle(f"Load weights: {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told, warned, says = QLabel(story), QLabel(note), QLabel(meant)
        told.setObjectName("weightsStory")
        warned.setObjectName("weightsNote")
        says.setObjectName("weightsMeant")
        for label in (told, warned, says):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may call its columns anything
            label.setVisible(bool(label.text()))
        told.setStyleSheet(f"color: {theme.muted};")
        warned.setStyleSheet(f"color: {theme.warning}; font-weight: 600;")
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        for kind, button_name, text, help in (
            (kinds.Ok, "weightsLoad", "Load", "Start from these weights, at iteration 0."),
            (kinds.Cancel, "weightsCancel", "Cancel", "Leave everything as it is."),
        ):
            button = buttons.button(kind)
            button.setObjectName(button_name)
            button.setText(text)
            button.setToolTip(help)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (told, self._table(rows, theme), says, warned, buttons):
            column.addWidget(widget)
        self.setFixedWidth(WIDTH)
        buttons.button(kinds.Ok).setFocus()

    def _table(self, rows: Sequence[Row], theme: Theme) -> QTableWidget:
        table = QTableWidget(len(rows), 3)
        table.setObjectName("weightsChanges")
        table.setAccessibleName("What will change")
        table.setToolTip("Each row: how it is now, and how it will be with these weights.")
        table.setHorizontalHeaderLabels(["", "now", "with these weights"])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        table.setStyleSheet(
            f"QTableWidget {{ background: {theme.surface}; }} QTableWidget::item {{ padding: {GRID // 2}px {GRID}px; }}"
            f"QHeaderView, QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none;"
            f" padding: 0 {GRID}px; }}"
        )
        table.setFrameShape(table.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setMinimumSectionSize(ROW)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionsClickable(False)
        strong = tokens.font(weight=QFont.Weight.DemiBold)
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if row.changes:
                    item.setFont(strong)
                elif column:
                    item.setForeground(QColor(theme.muted))
                table.setItem(place, column, item)
        table.resizeColumnToContents(0)
        for column in (1, 2):
            head.resizeSection(column, (WIDTH - 4 * GRID - head.sectionSize(0)) // 2)
        table.resizeRowsToContents()  # long words take several lines
        table.setFixedHeight(table.verticalHeader().length() + head.sizeHint().height() + 4)
        return table
