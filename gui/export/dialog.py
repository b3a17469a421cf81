"""Asks what to take away, and how, and shows at once what comes of it."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from engine.files.atomic import FileError
from engine.files.plots import UNITS
from engine.training.commands import Frame
from gui.export.formats import PictureFormat
from gui.export.options import Options
from gui.export.pictures import Drawable, check_height, image_of
from gui.export.preview import PicturePreview
from gui.export.window_picture import WINDOW
from gui.theme import GRID
from gui.views.view import View

SOON = 150  # milliseconds without another choice until the preview is drawn
LINES = 24  # of a table, in the preview
BREAKABLE = re.compile(r"[/\\]")  # where the name of a folder may go on in the next line
SIDE = 34 * GRID  # pixels, of the choices


class ExportDialog(QDialog):
    """A preview on the left, the choices on the right."""

    save_wanted = Signal(object, object, float)
    """A picture, its kind of file, and how many pixels a point it has there."""
    copy_wanted = Signal(object, object, float)

    def __init__(self, window: QWidget, views: Mapping[str, View], frame: Frame, name: str) -> None:
        super().__init__(window)
        theme = views[name].theme
        self.setObjectName("exportDialog")
        self.setWindowTitle(f"Save picture: iteration {frame.state.iteration:,}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.options = Options(window, views, frame, name)
        self.preview = PicturePreview(theme)
        self._note, self._message = _label("exportNote"), _label("exportMessage")
        self._message.setTextFormat(Qt.TextFormat.PlainText)  # files may be called anything
        self._theme = theme
        self._copy = _button("Copy", "Put it on the clipboard, for slides and letters.")
        self._save = _button("Save…", "Choose where, and save it.")
        self._close = _button("Close", "Go back to the window.")
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._draw_preview)
        self._lay_out()
        self.options.changed.connect(self._take_choices)
        self.options.sides.refused.connect(self.refuse)
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(*self._wanted))
        self._save.clicked.connect(lambda: self.save_wanted.emit(*self._wanted))
        self._close.clicked.connect(self.reject)
        self._save.setDefault(True)
        self._save.setFocus()
        self._take_choices()

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be."""
        self._say(sentence, self._theme.warning)

    def tell(self, sentence: str) -> None:
        """Say what was saved; there may be more to save."""
        self._say(sentence, self._theme.text)

    def _say(self, sentence: str, colour: str) -> None:
        self._message.setStyleSheet(f"color: {colour}; font-weight: 600;")
        self._message.setText(BREAKABLE.sub("\\g<0>\u200b", sentence))

    @property
    def _wanted(self) -> tuple[Drawable, PictureFormat, float]:
        return self.options.picture, self.options.form, self.options.pixels

    def _take_choices(self) -> None:
        """Let go of what was said of other choices, and draw the preview soon."""
        for button in (self._copy, self._save):
            button.setEnabled(self.options.can_be_saved)
        self._message.clear()
        self._soon.start()

    def _draw_preview(self) -> None:
        """Draw the preview as large as there is room."""
        try:
            (self._preview_picture if self.options.form.draws else self._preview_table)()
        except FileError as error:
            self.preview.show_text(str(error))
            self._note.clear()

    def _preview_picture(self) -> None:
        room, wanted, ratio = self.preview.room, self.options.sides.size, self.devicePixelRatioF()
        share = min(1.0, room.width() / wanted.width(), room.height() / wanted.height()) * ratio
        image = image_of(self.options.picture, share)
        width, height = wanted.width(), wanted.height()
        if abs(image.height() - share * height) > 1:  # a sheet is as high as what stands on it
            height = image.height() / share
        if image.height() > room.height() * ratio:
            smoothly = Qt.TransformationMode.SmoothTransformation
            image = image.scaledToHeight(round(room.height() * ratio), smoothly)
        image.setDevicePixelRatio(ratio)
        self.preview.show_image(image)
        unit = UNITS["millimetres"]
        words = (
            " × ".join(f"{side / unit.points:.{unit.digits}f}" for side in (width, height)) + f" {unit.short}"
        )
        if self.options.form.has_pixels:
            by = self.options.pixels
            words = f"{width * by:,.0f} × {height * by:,.0f} pixels, printed {words}"
        share, more = self.options.picture.share, ""
        if share < 1:
            more = f" There is little room: it is drawn at {share:.0%}, words and all."
        if self.options.picture.name == WINDOW:
            more = " The window is taken as it stands; its plots, taken alone, have colours and a size of their own."
        self._note.setText(f"{words}.{more}")
        if self.options.form.has_pixels:
            try:
                check_height(height, self.options.pixels)
            except FileError as error:
                self.refuse(str(error))

    def _preview_table(self) -> None:
        lines = self.options.form.write(self.options.picture, 1.0).decode().splitlines()
        self.preview.show_text("\n".join([*lines[:LINES], *(["…"] if len(lines) > LINES else [])]))
        self._note.setText(f"{len(lines) - 1:,} rows below a header.")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._save)
        side = QVBoxLayout()
        side.setSpacing(2 * GRID)
        side.addWidget(self.options)
        side.addWidget(self._note)
        side.addStretch(1)
        side.addWidget(self._message)
        side.addLayout(buttons)
        for each in (self.options, self._note, self._message):
            each.setFixedWidth(SIDE)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.preview, 1)
        whole.addLayout(side)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # sentences come and go
        self.setMinimumSize(92 * GRID, 68 * GRID)
        self.resize(112 * GRID, 72 * GRID)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._soon.start()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _button(text: str, help: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(f"export{text.strip('…')}Button")
    button.setToolTip(help)
    button.setAutoDefault(False)
    return button
