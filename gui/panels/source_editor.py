"""The choice of a data set, with a picture beside each name."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionComboBox, QStyleOptionViewItem

from engine.training.settings import Name
from gui.panels.editors import ChoiceEditor
from gui.panels.miniatures import SIDE, source_icon
from gui.theme import GRID, Theme, icon

CLOSED = 2 * GRID + GRID // 2  # pixels of the picture beside the name that is chosen


class _Larger(QStyledItemDelegate):
    """Draws the open list's pictures in full size."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.decorationSize = QSize(SIDE, SIDE)


class SourceEditor(ChoiceEditor):
    """A generator, a bundled set or a file. The pictures are drawn when they are first looked at."""

    def __init__(self, setting: Name) -> None:
        super().__init__(setting)
        self._theme: Theme | None = None
        self.setIconSize(QSize(CLOSED, CLOSED))
        self.setItemDelegate(_Larger(self))
        self.currentIndexChanged.connect(self._draw)

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._draw(self.currentIndex())

    def show_value(self, value: str) -> None:
        super().show_value(value)
        self._draw(self.currentIndex())

    def showPopup(self) -> None:
        for index in range(self.count()):
            self._draw(index)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 3 * GRID)  # whole names
        super().showPopup()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten a long name by dots, and not by the edge."""
        super().initStyleOption(option)
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, field, self).width() - CLOSED - GRID
        elided = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = elided

    def _draw(self, index: int) -> None:
        if self._theme is not None and index >= 0:
            made = index < self._named
            picture = (
                source_icon(self.itemData(index), self._theme) if made else icon("open", self._theme.muted)
            )
            self.setItemIcon(index, picture)
