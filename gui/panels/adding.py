"""The dialog that adds made-up points to those that are there. It stays open beside the plot."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.data.generators import GENERATORS
from engine.training.choices.data import MAX_SEED
from engine.training.settings import Name, Number, SettingError
from engine.training.spec import SETTINGS, Spec
from gui.change import Change
from gui.document import Document
from gui.panels.editors import NumberEditor
from gui.panels.group import label_of, style
from gui.panels.miniatures import miniature
from gui.panels.source_editor import SourceEditor
from gui.theme import GRID, SYMBOL, Theme
from gui.views.boundary import BoundaryView

NUMBERS = ("samples", "noise", "class_balance", "label_noise", "rotation", "data_seed")
SIDE, WIDTH = 27 * GRID, 63 * GRID  # pixels, of the picture and of all
MOST_SHOWN = 10_000  # points; to draw more would make the fields slow


class AddingDialog(QDialog):
    """A generator with its settings, a picture of what it draws, and a seed that is another one for each addition."""

    def __init__(self, window: QWidget, document: Document, boundary: BoundaryView) -> None:
        super().__init__(window)
        self._window, self._document, self._boundary = window, document, boundary
        self.setObjectName("addingDialog")
        self.setWindowTitle("Add made-up points")
        self._theme: Theme | None = None
        self._spec = Spec()
        source = SETTINGS["data"]
        assert isinstance(source, Name)
        self._source = SourceEditor(replace(source, registry=GENERATORS))
        self._editors: dict[str, SourceEditor | NumberEditor] = {"data": self._source}
        for name in NUMBERS:
            setting = SETTINGS[name]
            assert isinstance(setting, Number)
            self._editors[name] = NumberEditor(setting)
        self._picture, self._note, self._refusal = QLabel(), QLabel(), QLabel()
        for label, name in ((self._note, "addingNote"), (self._refusal, "addingRefusal")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._picture.setObjectName("addingPicture")
        self._picture.setAccessibleName("What would be added")
        self.add_button, self._close_button = QPushButton("Add"), QPushButton("Close")
        for button, name, help in (
            (self.add_button, "addButton", "Add these points; the seed then goes on by one."),
            (self._close_button, "addCloseButton", "Close this and keep what was added."),
        ):
            button.setObjectName(name)
            button.setToolTip(help)
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._add)
        self._close_button.clicked.connect(self.close)
        self._lay_out()

    def begin(self) -> None:
        """Show the dialog, beginning with the generator of the points and a seed that they have not used."""
        if not self.isVisible():
            spec = self._document.spec
            kept = self._spec if not spec.is_generated else spec
            seed = max(self._spec.data_seed, min(spec.data_seed + 1, MAX_SEED))
            self._spec = replace(kept, columns=None, label="", data_seed=seed)
            window = self._window.frameGeometry()
            self.move(window.right() - WIDTH - 2 * GRID, window.top() + 18 * GRID)  # beside the plot
        self._show_note()
        self._say("")
        self._show()
        self.show()
        self.raise_()
        self.activateWindow()
        self.add_button.setFocus()

    def notice_change(self, change: Change) -> None:
        """Say again where the points will lie, as there may be others among which they will."""
        if self.isVisible():
            self._show_note()

    def add_points(self, spec: Spec) -> None:
        """Add the points that a spec describes to those that are there."""
        plane, *_ = self._boundary.plane_of(self._document.dataset)
        self._document.add(spec.load(), spec.data_seed, plane)

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self._source.apply_theme(theme)
        self._refusal.setStyleSheet(f"color: {theme.warning}; font-weight: 600;")
        self._note.setStyleSheet(f"color: {theme.muted};")
        if self.isVisible():
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return confirm a number that is being typed; pressed once more it adds."""
        confirms = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (confirms and self.focusWidget() in self._editors.values()):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        style(rows)
        for row, (name, editor) in enumerate(self._editors.items()):
            setting = SETTINGS[name]
            editor.setObjectName(f"add{setting.control[:1].upper()}{setting.control[1:]}")
            editor.setAccessibleName(setting.label)
            editor.setToolTip(setting.help)
            editor.chosen.connect(lambda value, name=name: self._choose(name, value))
            rows.addWidget(label_of(setting, editor), row, 0)
            rows.addWidget(editor, row, 1)
        rows.setRowStretch(len(self._editors), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self._close_button)
        buttons.addWidget(self.add_button)
        upper = QHBoxLayout()
        upper.setSpacing(2 * GRID)
        upper.addWidget(self._picture)
        upper.addLayout(rows, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(upper)
        column.addWidget(self._note)
        column.addWidget(self._refusal)
        column.addLayout(buttons)
        self._picture.setFixedSize(SIDE, SIDE)

    def _choose(self, name: str, value: object) -> None:
        setting = SETTINGS[name]
        try:
            self._spec = replace(self._spec, **{name: setting.check(setting.label, value)})
            self._say("")
        except SettingError as error:
            self._say(str(error))
        self._show()

    def _add(self) -> None:
        self._say("")
        self.add_points(self._spec)
        self._choose("data_seed", min(self._spec.data_seed + 1, MAX_SEED))

    def _show_note(self) -> None:
        """Say where the points will lie."""
        note = ""
        if not self._document.spec.is_generated:
            plane, *_ = self._boundary.plane_of(self._document.dataset)
            axes = " and ".join(filter(None, plane.axes))
            note = f"The points are stretched over the range that the data has in {axes}."
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _say(self, refusal: str) -> None:
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
        layout = self.layout()
        assert layout is not None
        wraps = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(WIDTH) if wraps else layout.totalSizeHint().height()
        self.setFixedSize(WIDTH, height)

    def _show(self) -> None:
        for name, editor in self._editors.items():
            editor.show_value(getattr(self._spec, name))
        if self._theme is not None:
            shown = replace(self._spec, samples=min(self._spec.samples, MOST_SHOWN))
            self._picture.setPixmap(miniature(shown.load(), self._theme, SIDE, SYMBOL * 0.6, shown.samples))
