"""Asks how a table is meant: which columns are inputs, which is the label, and which labels are the two classes."""

from contextlib import suppress

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.data.dataset import DataError, Dataset
from engine.data.gaps import GAP_RULES
from engine.data.labels import REST
from engine.data.offers import likely_classes, shortened
from engine.data.table import Choice
from gui.dialogs.preview import Preview
from gui.dialogs.table_head import TableHead
from gui.reading import Opened
from gui.theme import GRID, Theme

Checked = Qt.CheckState
FITTED = 100  # columns that are made as wide as what they hold
LONGEST = 12  # characters of a label that the boxes make room for


class ImportOptions(QDialog):
    """The choices on the left, what comes of them on the right, and the table as it is written above."""

    chosen = Signal(Opened, Choice)

    def __init__(self, parent: QWidget, opened: Opened, theme: Theme) -> None:
        super().__init__(parent)
        self._opened = opened
        self._table = opened.table
        self.setObjectName("importOptions")
        self.setWindowTitle(f"Import options: {self._table.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(116 * GRID, 84 * GRID)
        self._head = TableHead(self._table, theme)
        self._preview = Preview(theme)
        self._rows = QTableView()
        self._inputs, self._every = QListWidget(), QCheckBox("All columns of numbers")
        self._label, self._gaps = QComboBox(), QComboBox()
        self._classes = (QComboBox(), QComboBox())
        self._summary, self._problem = QLabel(), QLabel()
        self._problem.setStyleSheet(f"color: {theme.warning}; font-weight: 600;")
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._name()
        self._lay_out()
        self._fill()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_outcome)
        self._connect()
        self._show_outcome()
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()

    def choice(self) -> Choice:
        """Return what is chosen now."""
        classes = (str(self._classes[0].currentData()), str(self._classes[1].currentData()))
        ticked = [str(item.data(Qt.ItemDataRole.UserRole)) for item in self._items() if _is_on(item)]
        # The order in which they were chosen is the order of the axes.
        before = {name: place for place, name in enumerate(self._opened.choice.columns or ())}
        ticked.sort(key=lambda name: before.get(name, len(before)))
        return Choice(tuple(ticked), str(self._label.currentData()), classes, str(self._gaps.currentData()))

    def accept(self) -> None:
        """Hand the choice over, if it gives points."""
        if self._points() is not None:
            self.chosen.emit(self._opened, shortened(self._table, self.choice()))
            super().accept()

    def _name(self) -> None:
        """Give every control its name and say what it is for."""
        for widget, name, accessible, help in (
            (
                self._inputs,
                "importInputs",
                "Inputs",
                "The columns that the network learns from, one or more.",
            ),
            (
                self._every,
                "importEvery",
                "All columns of numbers",
                "Take every column of numbers as an input.",
            ),
            (self._label, "importLabel", "Label", "The column that holds the class."),
            (self._classes[0], "importClass0", "Class 0", "The label of the first class, or all the others."),
            (
                self._classes[1],
                "importClass1",
                "Class 1",
                "The label of the second class, or all the others.",
            ),
            (self._gaps, "importGaps", "Gaps", "What happens to rows with empty cells."),
            (self._summary, "importSummary", "What comes of it", "How many rows are used, and how."),
            (self._problem, "importProblem", "What is wrong", "Why the table cannot be used like this."),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(accessible)
            widget.setToolTip(help)
        for combo in (self._label, self._gaps, *self._classes):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(LONGEST)
        for kind, name, text, help in (
            (QDialogButtonBox.StandardButton.Ok, "importOk", "Use these points", "Use the table like this."),
            (
                QDialogButtonBox.StandardButton.Cancel,
                "importCancel",
                "Cancel",
                "Leave the points as they are.",
            ),
        ):
            button = self._buttons.button(kind)
            button.setObjectName(name)
            button.setText(text)
            button.setToolTip(help)

    def _lay_out(self) -> None:
        rows = self._rows
        rows.setObjectName("importTable")
        rows.setAccessibleName("First rows")
        rows.setToolTip("The first rows of the table, and what each column seems to hold.")
        rows.setModel(self._head)
        rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        rows.setFixedHeight(28 * GRID)
        rows.setShowGrid(False)
        rows.setFrameShape(rows.Shape.NoFrame)
        self._inputs.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        rows.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows.verticalHeader().setDefaultSectionSize(3 * GRID)
        rows.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        form = QFormLayout()
        form.setVerticalSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        inputs = QVBoxLayout()
        inputs.addWidget(self._inputs, 1)
        inputs.addWidget(self._every)
        for words, field in (
            ("Inputs", inputs),
            ("Label", self._label),
            ("Class 0", self._classes[0]),
            ("Class 1", self._classes[1]),
            ("Gaps", self._gaps),
        ):
            form.addRow(words, field)
            label = form.labelForField(field)
            assert label is not None
            label.setObjectName("formLabel")
        left = QWidget()
        left.setFixedWidth(40 * GRID)
        left.setLayout(form)
        form.setContentsMargins(0, 0, GRID, 0)
        middle = QHBoxLayout()
        middle.addWidget(left)
        middle.addWidget(self._preview, 1)
        outcome = QVBoxLayout()
        for told in (self._summary, self._problem):
            told.setWordWrap(True)
            outcome.addWidget(told)
        below = QHBoxLayout()
        below.addLayout(outcome, 1)
        below.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(rows)
        column.addLayout(middle, 1)
        column.addLayout(below)

    def _fill(self) -> None:
        """Offer what the table has, and show the choice to begin with."""
        table, names, choice = self._table, self._table.by_name, self._opened.choice
        chosen = set(choice.columns or ())
        for i, column in table.columns.items():
            if column.labels and (column.refused is None or column.numeric >= 0.5):
                item = QListWidgetItem(table.names[i])
                item.setData(Qt.ItemDataRole.UserRole, names.reference(i))
                item.setData(Qt.ItemDataRole.UserRole + 1, i)
                item.setCheckState(_state(names.reference(i) in chosen))
                self._inputs.addItem(item)
            if column.can_be_label:
                self._label.addItem(table.names[i], names.reference(i))
        for rule in GAP_RULES.values():
            self._gaps.addItem(rule.label, rule.name)
            self._gaps.setItemData(self._gaps.count() - 1, rule.help, Qt.ItemDataRole.ToolTipRole)
        _select(self._gaps, choice.gaps)
        _select(self._label, choice.label)
        self._offer_classes(choice.classes)

    def _connect(self) -> None:
        for combo in (self._gaps, *self._classes):
            combo.currentIndexChanged.connect(lambda *_: self._later.start())
        for combo in self._classes:
            combo.activated.connect(lambda _, combo=combo: self._keep_apart(combo))
        self._label.currentIndexChanged.connect(self._take_label)
        self._inputs.itemChanged.connect(lambda *_: self._later.start())
        self._every.clicked.connect(self._check_all)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _items(self) -> list[QListWidgetItem]:
        """Return the inputs that can be chosen beside the label."""
        every = [self._inputs.item(row) for row in range(self._inputs.count())]
        return [item for item in every if item.data(Qt.ItemDataRole.UserRole) != self._label.currentData()]

    def _offer_classes(self, classes: tuple[str, ...] | None) -> None:
        """Offer the labels of the label column, each alone or all others."""
        column = self._table.columns[self._target]
        classes = classes or likely_classes(column) or ("", "")
        others = "all others" if len(column.labels) > 2 else "the other"
        self._before = list(classes)
        for combo, chosen in zip(self._classes, classes, strict=True):
            combo.blockSignals(True)
            combo.clear()
            for label in column.labels:
                combo.addItem(column.spelled(label), column.spelled(label))
            combo.addItem(others, REST)
            _select(combo, chosen)
            combo.blockSignals(False)

    @property
    def _target(self) -> int:
        return self._table.by_name.find(str(self._label.currentData()))

    def _take_label(self) -> None:
        """Offer another column's labels; it can be no input now."""
        self._offer_classes(None)
        self._later.start()

    def _keep_apart(self, combo: QComboBox) -> None:
        """Where both classes would be the same label, let them change places."""
        place = self._classes.index(combo)
        other = self._classes[1 - place]
        if other.currentData() == combo.currentData():
            _select(other, self._before[place])
        self._before = [str(each.currentData()) for each in self._classes]

    def _check_all(self, checked: bool) -> None:
        """Tick all columns of numbers, or none."""
        measured: set[int] = set()
        with suppress(DataError):  # there are none, as `_points` says
            measured = set(self._table.measured(self._target))
        for item in self._items():
            item.setCheckState(_state(checked and item.data(Qt.ItemDataRole.UserRole + 1) in measured))
        self._later.start()

    def _points(self) -> Dataset | None:
        """Return the points of the choice, or say what is wrong with it."""
        self._problem.clear()
        choice = self.choice()
        try:
            if not choice.columns:
                self._table.measured(self._target)  # says so where there is nothing to tick
                raise DataError("Tick at least one column as an input.")
            return self._table.dataset(choice)
        except DataError as error:
            self._problem.setText(f"{str(error)[:1].upper()}{str(error)[1:]}")
            return None

    def _show_outcome(self) -> None:
        """Show what comes of the choice as it is now."""
        for row in range(self._inputs.count()):
            item = self._inputs.item(row)
            item.setHidden(item.data(Qt.ItemDataRole.UserRole) == self._label.currentData())
        chosen = [item.data(Qt.ItemDataRole.UserRole + 1) for item in self._items() if _is_on(item)]
        self._head.show_use(chosen, self._target)
        if len(self._table.names) <= FITTED:
            self._rows.resizeColumnsToContents()
        self._every.setChecked(bool(chosen) and chosen == self._table.measured(self._target))
        dataset = self._points()
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(dataset is not None)
        self._preview.show_points(dataset)
        self._summary.setVisible(dataset is not None)
        self._problem.setVisible(dataset is None)
        if dataset is not None:
            inputs = "1 input" if len(dataset.X) == 1 else f"{len(dataset.X):,} inputs"
            inputs += ", the first two of which are drawn" if len(dataset.X) > 2 else ""
            self._summary.setText("; ".join((f"{dataset.m:,} points with {inputs}", *dataset.notes)) + ".")


def _state(on: bool) -> Checked:
    return Checked.Checked if on else Checked.Unchecked


def _is_on(item: QListWidgetItem) -> bool:
    return item.checkState() == Checked.Checked


def _select(combo: QComboBox, data: str) -> None:
    combo.setCurrentIndex(max(0, combo.findData(data)))
