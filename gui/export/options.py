"""What may be chosen of a picture: which plot, the kind of file, the colours and the size. It remembers what was."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QWidget,
)

from engine.files.plots import DPI, SCALES
from engine.training.commands import Frame
from gui import settings
from gui.export.formats import FORMATS, PictureFormat
from gui.export.pictures import SIZES, VIEWS, Drawable, Picture
from gui.export.size import SizeFields
from gui.export.window_picture import WINDOW, WindowPicture
from gui.theme import GRID, PICTURE_THEMES
from gui.views.view import View

YES = "yes"
THEME_LABELS = {
    "screen": "As on the screen",
    "light": "Light",
    "dark": "Dark",
    "print": "Print, black and white",
}


class Options(QWidget):
    """The controls, and the picture that they make."""

    changed = Signal()

    def __init__(self, window: QWidget, views: Mapping[str, View], frame: Frame, name: str) -> None:
        super().__init__()
        self._window, self._views, self._frame = window, views, frame
        dataset = frame.experiment.problem.dataset
        shown = ((each, view.title) for each, view in VIEWS.items() if not view.why_empty(dataset))
        titles = [*shown, (WINDOW, "Whole window")]
        forms = [(ending, f"{form.label} ({ending})") for ending, form in FORMATS.items()]
        sizes = [(scale, f"{scale}×, {scale * DPI} dots an inch") for scale in SCALES]
        self._view = _combo("View", "Which plot, or the whole window.", titles)
        self._format = _combo("Format", "What kind of file.", forms)
        self._theme = _combo("Theme", "Its colours; print tells all apart without any.", THEME_LABELS.items())
        words = "How many pixels for each point. For larger words choose a smaller size and more pixels."
        self._scale = _combo("Scale", words, sizes)
        self.sides = SizeFields()
        self._transparent = QCheckBox("Transparent ground")
        self._transparent.setObjectName("exportTransparentCheck")
        self._transparent.setToolTip("Leave the ground out, for slides with a ground of their own.")
        self._captioned = QCheckBox("Caption")
        self._captioned.setObjectName("exportCaptionCheck")
        self._captioned.setToolTip(
            "Say below the picture which iteration it shows, and how good the network is then."
        )
        self._lay_out()
        self._recall(name)
        self._connect()
        self._begin_size()

    @property
    def picture(self) -> Drawable:
        """What is to be saved."""
        name = self._name
        if name == WINDOW:
            return WindowPicture(self._window, self._views, self._frame)
        theme = PICTURE_THEMES.get(str(self._theme.currentData()), self._views[name].theme)
        view, size = self._views[name], self.sides.typed
        if size is None and not view.plot.isVisible():
            size = self.sides.size
        clear, captioned = self._transparent.isChecked(), self._captioned.isChecked()
        return Picture(name, self._frame, theme, view, size, clear and self.form.draws, captioned)

    @property
    def form(self) -> PictureFormat:
        """The kind of file."""
        return FORMATS[str(self._format.currentData())]

    @property
    def pixels(self) -> float:
        """How many pixels a point has."""
        return float(self._scale.currentData())

    @property
    def can_be_saved(self) -> bool:
        """Whether there is anything to save: the window has no table."""
        return self.form.draws or self._name != WINDOW

    @property
    def _name(self) -> str:
        return str(self._view.currentData())

    def _recall(self, name: str) -> None:
        """Choose the view, and what was chosen last."""
        for combo, value in (
            (self._view, name),
            (self._format, settings.remembered_for_pictures("format")),
            (self._theme, settings.remembered_for_pictures("theme")),
            (self._scale, settings.remembered_picture_scale()),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        for check, choice in self._checks:
            check.setChecked(settings.remembered_for_pictures(choice) == YES)
        self.sides.keeps.setChecked(settings.remembered_for_pictures("free") != YES)
        self.sides.recall(settings.remembered_for_pictures("unit"), settings.remembered_for_pictures("size"))

    @property
    def _checks(self) -> Iterable[tuple[QCheckBox, str]]:
        return (self._transparent, "transparent"), (self._captioned, "captioned")

    def _remember(self) -> None:
        for name, combo in (("format", self._format), ("theme", self._theme), ("unit", self.sides.unit)):
            settings.remember_for_pictures(name, str(combo.currentData()))
        for check, name in self._checks:
            settings.remember_for_pictures(name, YES if check.isChecked() else "")
        settings.remember_for_pictures("free", "" if self.sides.keeps.isChecked() else YES)
        settings.remember_for_pictures("size", self.sides.told)
        settings.remember_picture_scale(int(self._scale.currentData()))

    def _begin_size(self) -> None:
        """Begin with the size that the view has in the window."""
        name = self._name
        if name == WINDOW:
            self.sides.begin(self._window.size().toSizeF(), False, fixed=True)
        else:
            plot = self._views[name].plot
            usual = plot.size() if plot.isVisible() else SIZES[name]
            self.sides.begin(usual.toSizeF(), VIEWS[name].grows)

    def _show_choices(self) -> None:
        """Show what goes with what is chosen, and remember it."""
        form = self.form
        is_view = form.draws and self._name != WINDOW
        for control in (self._theme, self._transparent, self._captioned):
            control.setEnabled(is_view)
        self.sides.enable(is_view, form.draws)
        self._scale.setEnabled(form.has_pixels)
        self._remember()
        self.changed.emit()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(GRID)
        for words, field in (
            ("Plot", self._view),
            ("File", self._format),
            ("Colours", self._theme),
            ("Width", self.sides.width),
            ("Height", self.sides.height),
            ("", self.sides.keeps),
            ("Unit", self.sides.unit),
            ("", self.sides.as_seen),
            ("Pixels", self._scale),
            ("", self._transparent),
            ("", self._captioned),
        ):
            label = QLabel(words)
            label.setObjectName("formLabel")
            form.addRow(label, field)

    def _connect(self) -> None:
        self._view.currentIndexChanged.connect(self._begin_size)
        for combo in (self._format, self._theme, self._scale):
            combo.currentIndexChanged.connect(self._show_choices)
        for check in (self._transparent, self._captioned):
            check.toggled.connect(self._show_choices)
        self.sides.changed.connect(self._show_choices)


def _combo(name: str, help: str, entries: Iterable[tuple[object, str]]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(f"export{name}Combo")
    combo.setAccessibleName(name)
    combo.setToolTip(help)
    for data, text in entries:
        combo.addItem(text, data)
    return combo
