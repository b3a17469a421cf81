"""What may be chosen of a picture: which plot, the kind of file, the colours and the size. It remembers what was."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from engine.training.commands import Frame
from gui import settings
from gui.export.formats import DPI, FORMATS, SCALES, PictureFormat
from gui.export.pictures import SIZES, VIEWS, Drawable, Picture
from gui.export.window_picture import WINDOW, WindowPicture
from gui.theme import GRID, PICTURE_THEMES
from gui.views.view import View

THEME_LABELS = {
    "screen": "As on the screen",
    "light": "Light",
    "dark": "Dark",
    "print": "Print, black and white",
}
UNITS = {"pixels": (1.0, 0, " px"), "millimetres": (25.4 / DPI, 1, " mm")}  # size of a point, digits, suffix
SMALLEST, LARGEST = 160, 2000  # points, of a picture's sides


class Options(QWidget):
    """The controls, and the picture that they make."""

    changed = Signal()

    def __init__(self, window: QWidget, views: Mapping[str, View], frame: Frame, name: str) -> None:
        super().__init__()
        self._window, self._views, self._frame = window, views, frame
        self._own_size: QSize | None = None
        self._showing = False
        titles = [*((each, view.title) for each, view in VIEWS.items()), (WINDOW, "Whole window")]
        forms = [(ending, f"{form.label} ({ending})") for ending, form in FORMATS.items()]
        sizes = [(scale, f"{scale}×, {scale * DPI} dots an inch") for scale in SCALES]
        self._view = _combo("View", "Which plot, or the whole window.", titles)
        self._format = _combo("Format", "What kind of file.", forms)
        self._theme = _combo("Theme", "Its colours; print tells all apart without any.", THEME_LABELS.items())
        self._unit = _combo("Unit", "What the size is measured in.", [(unit, unit) for unit in UNITS])
        self._scale = _combo("Scale", "How many pixels for each one on the screen.", sizes)
        self._width = _spin("Width", "How wide the picture is.")
        self._height = _spin("Height", "How high the picture is.")
        self._transparent = QCheckBox("Transparent ground")
        self._transparent.setObjectName("exportTransparentCheck")
        self._transparent.setToolTip("Leave the ground out, for slides with a ground of their own.")
        self._as_seen = QPushButton("Size on the screen")
        self._as_seen.setObjectName("exportAsSeenButton")
        self._as_seen.setToolTip("Take the size that the plot has in the window.")
        self._as_seen.setAutoDefault(False)
        self._lay_out()
        self._recall(name)
        self._connect()
        self._show_choices()

    @property
    def picture(self) -> Drawable:
        """What is to be saved."""
        name = self._name
        if name == WINDOW:
            return WindowPicture(self._window, self._views, self._frame)
        theme = PICTURE_THEMES.get(str(self._theme.currentData()), self._views[name].theme)
        transparent = self._transparent.isChecked() and self.form.draws
        return Picture(name, self._frame, theme, self._views[name], self.size_in_points, transparent)

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
    def size_in_points(self) -> QSize:
        """The size that was typed, or that of the plot in the window."""
        if self._name == WINDOW:
            return self._window.size()
        if self._own_size is not None:
            return self._own_size
        plot = self._views[self._name].plot
        return plot.size() if plot.isVisible() else SIZES[self._name]

    @property
    def _name(self) -> str:
        return str(self._view.currentData())

    def _recall(self, name: str) -> None:
        """Choose what was chosen last."""
        for combo, value in (
            (self._view, name),
            (self._format, settings.remembered_for_pictures("format")),
            (self._theme, settings.remembered_for_pictures("theme")),
            (self._unit, settings.remembered_for_pictures("unit")),
            (self._scale, settings.remembered_picture_scale()),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self._transparent.setChecked(settings.remembered_for_pictures("transparent") == "yes")
        sides = settings.remembered_for_pictures("size").split("x")
        if len(sides) == 2 and all(side.isdecimal() and SMALLEST <= int(side) <= LARGEST for side in sides):
            self._own_size = QSize(*map(int, sides))

    def _remember(self) -> None:
        size = self._own_size
        for name, value in (
            ("format", self._format.currentData()),
            ("theme", self._theme.currentData()),
            ("unit", self._unit.currentData()),
            ("transparent", "yes" if self._transparent.isChecked() else "no"),
            ("size", "" if size is None else f"{size.width()}x{size.height()}"),
        ):
            settings.remember_for_pictures(name, str(value))
        settings.remember_picture_scale(int(self._scale.currentData()))

    def _take_size(self) -> None:
        """Take the size that was typed."""
        if not self._showing:
            point, *_ = UNITS[str(self._unit.currentData())]
            self._own_size = QSize(*(round(spin.value() / point) for spin in (self._width, self._height)))
            self._show_choices()

    def _forget_size(self) -> None:
        self._own_size = None
        self._show_choices()

    def _show_choices(self) -> None:
        """Show what goes with what is chosen, and remember it."""
        form, size = self.form, self.size_in_points
        is_view = form.draws and self._name != WINDOW
        for control in (self._theme, self._transparent, self._width):
            control.setEnabled(is_view)
        self._height.setEnabled(is_view and not VIEWS[self._name].grows)
        self._as_seen.setEnabled(is_view and self._own_size is not None)
        self._unit.setEnabled(form.draws)
        self._scale.setEnabled(form.has_pixels)
        point, digits, suffix = UNITS[str(self._unit.currentData())]
        self._showing = True
        for spin, side in ((self._width, size.width()), (self._height, size.height())):
            spin.setDecimals(digits)
            spin.setRange(SMALLEST * point, max(side, LARGEST) * point)
            spin.setSuffix(suffix)
            spin.setValue(side * point)
        self._showing = False
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
            ("Width", self._width),
            ("Height", self._height),
            ("Unit", self._unit),
            ("", self._as_seen),
            ("Pixels", self._scale),
            ("", self._transparent),
        ):
            label = QLabel(words)
            label.setObjectName("formLabel")
            form.addRow(label, field)

    def _connect(self) -> None:
        for combo in (self._view, self._format, self._theme, self._unit, self._scale):
            combo.currentIndexChanged.connect(self._show_choices)
        self._transparent.toggled.connect(self._show_choices)
        for spin in (self._width, self._height):
            spin.valueChanged.connect(self._take_size)
        self._as_seen.clicked.connect(self._forget_size)


def _combo(name: str, help: str, entries: Iterable[tuple[object, str]]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(f"export{name}Combo")
    combo.setAccessibleName(name)
    combo.setToolTip(help)
    for data, text in entries:
        combo.addItem(text, data)
    return combo


def _spin(name: str, help: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setObjectName(f"export{name}Spin")
    spin.setAccessibleName(name)
    spin.setToolTip(help)
    spin.setKeyboardTracking(False)
    return spin
