"""Every colour, size and font of the program, as tokens: one visual language in light and dark."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

ASSETS = Path(__file__).resolve().parent.parent / "assets"

GRID = 8  # pixels; every distance is a multiple or half of it
SMALL, BODY, LARGE = 11, 13, 20  # pixels, the type sizes
MATH = 15  # pixels, of formulas: their indices are as small as SMALL
FONT = "Inter"
LINE, THIN = 2.0, 1.0  # pixels, the widths of a curve and of everything else
SYMBOL = 9.0  # pixels, the size of a data point
SHAPES = ("o", "t1")  # circle and triangle: colour is never all that tells the classes apart
SHAPE_SIZES = (1.0, 1.15)  # a triangle looks smaller than a circle of its size

# Okabe and Ito's palette, made to be told apart by colour-blind eyes too.
BLUE, ORANGE = "#0072B2", "#E69F00"
SKY = "#56B4E9"


@dataclass(frozen=True)
class Theme:
    """The colours of one look. All are #RRGGBB."""

    name: str
    window: str
    surface: str
    """Panels, fields, and the neutral between the classes."""
    raised: str
    field: str
    button: str
    text: str
    muted: str
    """Words that wait: axis numbers, captions."""
    line: str
    """Axes and separators."""
    accent: str
    on_accent: str
    warning: str
    halo: str
    """The rim that lifts a point off its background."""
    classes: tuple[str, str] = (BLUE, ORANGE)
    """What points are filled with."""
    class_lines: tuple[str, str] = (BLUE, ORANGE)
    """The same two as thin lines and as dots on the bare window."""
    heat: float = 0.62
    """How far the ends of the heat map go from the neutral to the class's colour."""


LIGHT = Theme(
    name="light",
    window="#F6F7F9",
    surface="#FFFFFF",
    raised="#ECEFF3",
    field="#FFFFFF",
    button="#ECEFF3",
    text="#1A1F27",
    muted="#5A6472",
    line="#C9D0D9",
    accent="#00805E",
    on_accent="#FFFFFF",
    warning="#A8440B",
    halo="#FFFFFF",
)
DARK = Theme(
    name="dark",
    window="#14171C",
    surface="#1B1F26",
    raised="#272D36",
    field="#2A313B",
    button="#39424F",
    text="#E8EBF0",
    muted="#A3ADBA",
    line="#424B57",
    accent="#2CBF94",
    on_accent="#0C1512",
    warning="#FFA66B",
    halo="#F2F4F7",
    class_lines=(SKY, ORANGE),
    heat=0.55,
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_named(name: str) -> Theme:
    """Return the theme of that name; any other name follows the system."""
    if name in THEMES:
        return THEMES[name]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def load_fonts() -> None:
    """Make the program's own fonts known, so that it looks the same everywhere."""
    for path in sorted((ASSETS / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font with digits of one width, so that running numbers stand still."""
    made = QFont(FONT)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def palette(theme: Theme) -> QPalette:
    """Return Qt's palette for a theme."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.field),
        (roles.AlternateBase, theme.raised),
        (roles.Text, theme.text),
        (roles.Button, theme.button),
        (roles.ButtonText, theme.text),
        (roles.BrightText, theme.warning),
        (roles.ToolTipBase, theme.raised),
        (roles.ToolTipText, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.Accent, theme.accent),
        (roles.Link, theme.accent),
        (roles.Mid, theme.line),
        (roles.Dark, theme.line),
        (roles.Light, theme.surface),
    ):
        made.setColor(role, QColor(colour))
    faded = QColor(theme.muted)
    faded.setAlphaF(0.55)
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return made


def stylesheet(theme: Theme) -> str:
    """Return what the palette cannot say."""
    return f"""
        QMainWindow, QDockWidget, QDialog {{ background: {theme.window}; }}
        QMainWindow::separator {{ background: {theme.window}; width: {GRID}px; height: {GRID}px; }}
        QToolBar {{ background: {theme.window}; border: none; padding: {GRID}px; spacing: {GRID // 2}px; }}
        QToolBar QToolButton, QWidget#viewHeader QToolButton {{
            border: none; border-radius: 6px; padding: 6px; background: transparent; }}
        QToolBar QToolButton:hover, QWidget#viewHeader QToolButton:hover {{ background: {theme.raised}; }}
        QWidget#viewHeader QToolButton {{ padding: 4px; color: {theme.muted}; }}
        QWidget#viewHeader QToolButton:checked {{ color: {theme.text}; background: {theme.raised}; }}
        QWidget#viewHeader QToolButton::menu-indicator {{ image: none; width: 0; }}
        QToolBar QToolButton#runButton {{ background: {theme.accent}; padding: 6px 14px; }}
        QToolBar QToolButton:focus {{ outline: none; border: 1px solid {theme.accent}; padding: 5px; }}
        QStatusBar {{ background: {theme.window}; color: {theme.muted}; }}
        QStatusBar::item {{ border: none; }}
        QMenuBar {{ background: {theme.window}; }}
        QMenu {{ background: {theme.surface}; border: 1px solid {theme.line}; padding: {GRID // 2}px; }}
        QMenu::item {{ padding: 6px 24px 6px 8px; border-radius: 4px; }}
        QMenu::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QMenu::item:disabled {{ color: {theme.muted}; background: transparent; }}
        QMenu::separator {{ height: 1px; background: {theme.line}; margin: {GRID // 2}px; }}
        QLabel#viewTitle {{ font-weight: 600; }}
        QToolButton#groupTitle {{ font-weight: 600; border: none; padding: 2px 0; background: transparent; }}
        QToolButton#groupTitle:focus {{ color: {theme.accent}; }}
        QToolButton[chip="true"] {{ border: 1px solid {theme.line}; border-radius: 6px; padding: 3px 0;
            background: {theme.field}; color: {theme.muted}; }}
        QToolButton[chip="true"]:hover, QToolButton[chip="true"]:focus {{ border-color: {theme.accent}; }}
        QToolButton[chip="true"]:checked {{ background: {theme.accent}; color: {theme.on_accent};
            border-color: {theme.accent}; font-weight: 600; }}
        QLabel#viewNote, QLabel#caption {{ color: {theme.muted}; font-size: {SMALL}px; }}
        QLabel#formLabel {{ color: {theme.muted}; }}
        QLabel#formLabel:disabled {{ color: {theme.line}; }}
        QScrollArea, QWidget#panel {{ background: {theme.window}; border: none; }}
        QScrollArea QScrollBar:vertical {{ background: transparent; width: {GRID}px; margin: 0; }}
        QScrollArea QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: {GRID // 2}px;
            min-height: {4 * GRID}px; }}
        QScrollArea QScrollBar::handle:vertical:disabled {{ background: transparent; }}
        QScrollArea QScrollBar::add-line, QScrollArea QScrollBar::sub-line {{ height: 0; }}
        QScrollArea QScrollBar::add-page, QScrollArea QScrollBar::sub-page {{ background: transparent; }}
        QGraphicsView#stepPlot QScrollBar:vertical {{ background: transparent; width: {GRID}px; margin: 0; }}
        QGraphicsView#stepPlot QScrollBar::handle:vertical {{ background: {theme.line};
            border-radius: {GRID // 2}px; min-height: {4 * GRID}px; }}
        QGraphicsView#stepPlot QScrollBar::add-line, QGraphicsView#stepPlot QScrollBar::sub-line {{ height: 0; }}
        QGraphicsView#stepPlot QScrollBar::add-page, QGraphicsView#stepPlot QScrollBar::sub-page {{
            background: transparent; }}
        QToolTip {{ color: {theme.text}; background: {theme.raised}; border: 1px solid {theme.line};
            padding: {GRID // 2}px; }}
    """


@cache
def icon(name: str, colour: str) -> QIcon:
    """Return one of the program's icons in a colour."""
    drawing = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("#000000", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    made = QIcon()
    for side in (16, 20, 32, 40):
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def rgb(colour: str) -> np.ndarray:
    """Return red, green and blue of a colour, each 0 to 255, shape (3,)."""
    made = QColor(colour)
    return np.array([made.red(), made.green(), made.blue()], dtype=float)


def heat_colours(theme: Theme) -> np.ndarray:
    """Return 256 colours (256, 3) from class 0's through the background's own neutral to class 1's."""
    neutral = rgb(theme.surface)
    ends = [neutral + theme.heat * (rgb(colour) - neutral) for colour in theme.classes]
    place = np.linspace(-1.0, 1.0, 256)[:, None]
    mixed = neutral + np.where(place < 0, -place * (ends[0] - neutral), place * (ends[1] - neutral))
    return np.round(mixed).astype(np.ubyte)
