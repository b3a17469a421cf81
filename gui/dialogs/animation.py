"""What an animation is to show, how fast and how large; and, while it is made, how far it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.files.animation import ANIMATION_FORMATS, FILM_SETTINGS, Film
from engine.training.commands import Frame
from engine.training.settings import Name, SettingError
from gui.panels.editors import EDITORS, ChoiceEditor
from gui.panels.group import label_of, style
from gui.theme import GRID, PICTURE_THEMES, Theme

WIDTH = 68 * GRID  # pixels
GROUNDS = {
    "light": "Dark words on light ground.",
    "dark": "Light words on dark ground.",
    "print": "For paper: told apart without colours.",
}
PAIRS = {"first": "last", "frames": "spacing", "rate": "hold", "width": "height"}  # in one row


class Named(NamedTuple):
    """What a combo box shows of a view or a theme."""

    label: str
    help: str


class AnimationDialog(QDialog):
    """Stays open beside the window, which lives on while pictures are drawn."""

    chosen = Signal(Film)
    """The animation is to be made."""
    cancelled = Signal()

    def __init__(self, window: QWidget, views: Mapping[str, str]) -> None:
        """`views` are the titles of the views by their names."""
        super().__init__(window)
        self.setObjectName("animationDialog")
        self.setWindowTitle("Save animation")
        self._film, self._newest, self._is_busy = Film(), 0, False
        self._place: QPoint | None = None  # where it stood when it was closed
        named = {
            "view": {name: Named(title, f"Draw {title}.") for name, title in views.items()},
            "theme": {name: Named(name.capitalize(), GROUNDS[name]) for name in PICTURE_THEMES},
        }
        self._editors: dict[str, QWidget] = {}
        for name, setting in FILM_SETTINGS.items():
            if isinstance(setting, Name):
                editor: QWidget = ChoiceEditor(replace(setting, registry=named[name]))
            else:
                editor = EDITORS[type(setting)](setting)
            editor.setObjectName(setting.control)
            editor.setAccessibleName(setting.label)
            editor.setToolTip(setting.help)
            editor.chosen.connect(lambda value, name=name: self._choose(name, value))  # type: ignore[attr-defined]
            self._editors[name] = editor
        self._format = QComboBox()
        self._format.setObjectName("animationFormatCombo")
        self._format.setAccessibleName("Format")
        self._format.setToolTip("GIF plays everywhere; MP4 is smaller, and has every colour.")
        for each in ANIMATION_FORMATS.values():
            self._format.addItem(each.label, each.ending)
        self._summary, self._refusal = QLabel(), QLabel()
        self._bar = QProgressBar()
        self.save_button, self._close_button = QPushButton("Save…"), QPushButton("Close")
        self._name()
        self._lay_out()
        self.save_button.clicked.connect(self._save)
        self._close_button.clicked.connect(self.close)
        self._show()

    @property
    def ending(self) -> str:
        """The ending of the chosen kind of file."""
        return str(self._format.currentData())

    def begin(self, frame: Frame, view: str, theme: Theme) -> None:
        """Show the dialog; where it was not used before, with the view and the theme of the window."""
        if not self.isVisible():
            self._film = replace(self._film, view=view, theme=theme.name)
            self.say("")
        self.show_frame(frame)
        self._show()
        if self._place is not None and not self.isVisible():
            self.move(self._place)  # else it would be centred anew, without regard to its title bar
        self.show()
        self.raise_()
        self.activateWindow()
        self.save_button.setFocus()

    def show_frame(self, frame: Frame) -> None:
        """Say again how long the animation is, as the run has got further."""
        if frame.last != self._newest:
            self._newest = frame.last
            if self.isVisible():
                self._summarize()

    def say(self, refusal: str) -> None:
        """Say why it cannot be done."""
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
        self._fit()

    def show_progress(self, done: int, count: int, seconds: float) -> None:
        """Say how far it is; with a `count` of 0 it has only begun."""
        self._set_busy(True)
        self._bar.setRange(0, count)
        self._bar.setValue(done)
        left = f", about {seconds:.0f} s left" if 0 < done < count else ""
        words = f"{done:,} of {count:,} pictures{left}" if done else "Going back to the first iteration …"
        if done and done == count:
            words = "Writing the file …"
        self._summary.setText(words)

    def end(self, failure: str) -> None:
        """Note that it is written, or why not."""
        self._set_busy(False)
        self._summarize()
        self.say(failure)
        if not failure:
            self.close()

    def apply_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._refusal.setStyleSheet(f"color: {theme.warning}; font-weight: 600;")
        self._summary.setStyleSheet(f"color: {theme.muted};")

    def reject(self) -> None:
        """Close it, by whatever way; but while pictures are drawn give these up first, and keep the choices."""
        if self._is_busy:
            self.cancelled.emit()
        else:
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size that it needs now that its fonts are known."""
        super().showEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where it stood."""
        super().hideEvent(event)
        self._place = self.pos()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return confirm a number that is being typed; pressed once more it saves."""
        confirms = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (confirms and self.focusWidget() in self._editors.values()):
            super().keyPressEvent(event)

    def _name(self) -> None:
        for label, name in ((self._summary, "animationSummary"), (self._refusal, "animationRefusal")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._bar.setObjectName("animationProgress")
        self._bar.setAccessibleName("Pictures drawn")
        self._bar.setToolTip("How many of the pictures are drawn.")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(GRID // 2)
        self.save_button.setObjectName("animationSaveButton")
        self.save_button.setToolTip("Choose a file, and draw the pictures into it.")
        self._close_button.setObjectName("animationCloseButton")
        self.save_button.setDefault(True)

    def _lay_out(self) -> None:
        rows = QGridLayout()
        style(rows)
        rows.setColumnMinimumWidth(0, 15 * GRID)
        rows.setColumnMinimumWidth(2, 12 * GRID)
        rows.setColumnStretch(3, 1)
        row = 0
        for name, editor in self._editors.items():
            if name in PAIRS.values():
                continue
            self._add(rows, row, 0, name, editor)
            if name in PAIRS:
                self._add(rows, row, 2, PAIRS[name], self._editors[PAIRS[name]])
            row += 1
        label = QLabel("Format")
        label.setObjectName("formLabel")
        label.setBuddy(self._format)
        rows.addWidget(label, row, 0)
        rows.addWidget(self._format, row, 1, 1, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self._summary, 1)
        buttons.addWidget(self._close_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(rows)
        column.addWidget(self._refusal)
        column.addWidget(self._bar)
        column.addLayout(buttons)
        self._set_busy(False)

    def _add(self, rows: QGridLayout, row: int, place: int, name: str, editor: QWidget) -> None:
        """Put a control into a row, over all of it where it has that to itself."""
        rows.addWidget(label_of(FILM_SETTINGS[name], editor), row, place)
        alone = name not in PAIRS and name not in PAIRS.values()
        rows.addWidget(editor, row, place + 1, 1, 3 if alone else 1)

    def _choose(self, name: str, value: Any) -> None:
        try:
            self._film = replace(self._film, **{name: value})
            self.say("")
        except SettingError as error:
            self.say(str(error))
        self._show()

    def _save(self) -> None:
        self.say(self._why_none)
        if not self._why_none:
            self.chosen.emit(self._film)

    @property
    def _why_none(self) -> str:
        """Why the run has no such pictures; empty where it has them."""
        film, newest = self._film, self._newest
        last = film.last or newest
        if not newest:
            return "There is nothing to show yet: Space runs."
        if last > newest:
            return f"To iteration {last:,} is beyond the last one, {newest:,}."
        if film.first >= last:
            return f"From iteration {film.first:,} must be before the last one, {last:,}."
        return ""

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self._bar.setVisible(busy)
        self._close_button.setText("Cancel" if busy else "Close")
        self._close_button.setToolTip("Give up what is being drawn." if busy else "Close this.")
        self.save_button.setEnabled(not busy)
        for editor in (*self._editors.values(), self._format):
            editor.setEnabled(not busy)
        self._fit()

    def _show(self) -> None:
        for name, editor in self._editors.items():
            editor.show_value(getattr(self._film, name))  # type: ignore[attr-defined]
        self._summarize()

    def _summarize(self) -> None:
        if self._is_busy:
            return
        if self._why_none:
            self._summary.setText("No pictures")
            return
        film = self._film
        iterations = film.iterations(self._newest)
        count = len(iterations)
        which = f"{count:,} pictures of iterations {film.first:,} to {iterations[-1]:,}"
        if count == 1:
            which = f"1 picture of iteration {iterations[-1]:,}"
        self._summary.setText(f"{which}, {count / film.rate + film.hold:.1f} s")

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            height = layout.totalHeightForWidth(WIDTH) if layout.hasHeightForWidth() else -1
            self.setFixedSize(WIDTH, max(height, layout.totalMinimumSize().height()))
