"""What will change when weights are loaded, before they are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
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
        self, parent: QWidget, name: str, story: str, note: str, rows: Sequence[Row], theme: Theme
    ) -> None:
        """`story` says how the weights were trained, and `note` what may be wrong with them here."""
        super().__init__(parent)
        self.setObjectName("weightsPreview")
        self.setWindowTitle(f"Load weights: {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told, warned = QLabel(story), QLabel(note)
        told.setObjectName("weightsStory")
        warned.setObjectName("weightsNote")
        for label in (told, warned):
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
        for widget in (told, self._table(rows, theme), warned, buttons):
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
            f"QTableWidget {{ background: {theme.surface}; }} QTableWidget::item {{ padding: 0 {GRID}px; }}"
            f"QHeaderView, QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none;"
            f" padding: 0 {GRID}px; }}"
        )
        table.setFrameShape(table.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
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
        table.setFixedHeight(ROW * len(rows) + head.sizeHint().height() + 4)
        return table
