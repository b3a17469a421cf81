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
    height: str
    """Where a cost surface is high; where it is low, it is as `surface`."""
    gradient: str
    """The length of the gradient, which has an axis of its own beside the cost's."""
    classes: tuple[str, str] = (BLUE, ORANGE)
    """What points are filled with."""
    class_lines: tuple[str, str] = (BLUE, ORANGE)
    """The same two as thin lines and as dots on the bare window."""
    areas: tuple[str, str] = (BLUE, ORANGE)
    """What the ground of each class goes towards, behind its points."""
    heat: float = 0.62
    """How far the ends of the heat map go from the neutral to the class's colour."""
    rims: tuple[str, str] | None = None
    """The rims of full points, where they are not the halo."""
    shade: str | None = None
    """For a heat map in one colour: what it is mixed with for class 1; class 0 is as `surface`."""
    names: tuple[str, str, str] = ("blue", "orange", "green")
    """What a person calls the ends of the heat map and the accent."""
    labels_line: bool = False
    """Whether the line between the classes always says its probability."""


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
    height="#A8578F",
    gradient="#8F3F86",
    class_lines=(BLUE, "#C67400"),
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
    height="#9C4F86",
    gradient="#D993CC",
    classes=(SKY, ORANGE),
    class_lines=(SKY, ORANGE),
    heat=0.55,
)
# For paper and photocopies: shapes, fillings, widths and dashes tell everything apart, and grey is only shade.
PRINT = Theme(
    name="print",
    window="#FFFFFF",
    surface="#FFFFFF",
    raised="#EEEEEE",
    field="#FFFFFF",
    button="#EEEEEE",
    text="#000000",
    muted="#404040",
    line="#8A8A8A",
    accent="#858585",
    on_accent="#FFFFFF",
    warning="#000000",
    halo="#FFFFFF",
    height="#8F8F8F",
    gradient="#404040",
    classes=("#000000", "#9A9A9A"),
    class_lines=("#000000", "#4A4A4A"),
    areas=("#D8D8D8", "#9A9A9A"),
    heat=0.2,
    rims=("#FFFFFF", "#000000"),
    shade="#000000",
    names=("white", "grey", "grey"),
    labels_line=True,
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
PICTURE_THEMES = {**THEMES, PRINT.name: PRINT}


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
        QDockWidget {{ border: {GRID // 2}px solid {theme.line}; }}
        QMainWindow::separator {{ background: {theme.window}; width: {GRID}px; height: {GRID}px; }}
        QToolBar {{ background: {theme.window}; border: none; padding: {GRID}px; spacing: {GRID // 2}px; }}
        QToolBar#timeline, QToolBar#diagnosis {{ padding: 0 {GRID}px; }}
        QToolBar QToolButton, QWidget#viewHeader QToolButton {{
            border: none; border-radius: 6px; padding: 6px; background: transparent; }}
        QToolBar QToolButton:hover, QWidget#viewHeader QToolButton:hover {{ background: {theme.raised}; }}
        QWidget#viewHeader QToolButton {{ padding: 4px; color: {theme.muted}; }}
        QWidget#viewHeader QToolButton:focus {{ border: 1px solid {theme.accent}; padding: 3px; }}
        QWidget#viewHeader QToolButton:checked {{ color: {theme.text}; background: {theme.raised}; }}
        QWidget#viewHeader QToolButton::menu-indicator {{ image: none; width: 0; }}
        QToolBar QToolButton#runButton {{ background: {theme.accent}; padding: 6px 14px; }}
        QToolBar#timeline QToolButton {{ padding: 2px 8px; color: {theme.text}; }}
        QToolBar#timeline QToolButton:disabled {{ color: {theme.line}; }}
        QToolBar QToolButton:focus {{ outline: none; border: 1px solid {theme.accent}; padding: 5px; }}
        QWidget#toolStrip QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 3px;
            background: transparent; }}
        QWidget#toolStrip QToolButton:hover {{ background: {theme.raised}; }}
        QWidget#toolStrip QToolButton:checked {{ background: {theme.raised}; border-color: {theme.accent}; }}
        QWidget#toolStrip QToolButton:focus {{ border-color: {theme.text}; }}
        QToolButton#outsideButton {{ border: none; color: {theme.warning}; font-weight: 600; padding: 0;
            background: transparent; text-decoration: underline; }}
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
        QToolButton[phase="done"]:checked {{ background: {mixed(theme.surface, theme.accent, 0.2)};
            color: {theme.text}; border-color: transparent; font-weight: 400; }}
        QToolButton[phase="next"], QToolButton[phase="next"]:checked {{ background: {theme.field};
            color: {theme.accent}; border: 2px solid {theme.accent}; padding: 2px 0; font-weight: 600; }}
        QLabel#viewNote, QLabel#caption {{ color: {theme.muted}; font-size: {SMALL}px; }}
        QLabel#formLabel {{ color: {theme.muted}; }}
        QLabel#formLabel:disabled {{ color: {theme.line}; }}
        QScrollArea, QWidget#panel {{ background: {theme.window}; border: none; }}
        {_thin_bar(":vertical")} {{ background: transparent; width: {GRID}px; margin: 0; }}
        {_thin_bar(":horizontal")} {{ background: transparent; height: {GRID}px; margin: 0; }}
        {_thin_bar("::handle")} {{ background: {theme.line}; border-radius: {GRID // 2}px; }}
        {_thin_bar("::handle:vertical")} {{ min-height: {4 * GRID}px; }}
        {_thin_bar("::handle:horizontal")} {{ min-width: {4 * GRID}px; }}
        {_thin_bar("::handle:disabled")} {{ background: transparent; }}
        {_thin_bar("::add-line")}, {_thin_bar("::sub-line")} {{ width: 0; height: 0; }}
        {_thin_bar("::add-page")}, {_thin_bar("::sub-page")} {{ background: transparent; }}
        QTableView#weightsTable {{ background: {theme.window}; selection-background-color: {theme.raised}; }}
        QTableView#pointsView {{ background: {theme.surface}; gridline-color: {theme.raised}; border: none;
            selection-background-color: {mixed(theme.surface, theme.accent, 0.25)}; selection-color: {theme.text}; }}
        QTableView#pointsView::item {{ padding: 0 {2 * GRID}px 0 {GRID}px; }}
        QTableView#pointsView QHeaderView {{ background: {theme.window}; }}
        QTableView#pointsView QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: none;
            border-bottom: 1px solid {theme.line}; padding: {GRID // 2}px {2 * GRID}px {GRID // 2}px {GRID}px; }}
        QMainWindow QTabBar {{ qproperty-elideMode: ElideNone; qproperty-usesScrollButtons: true; }}
        QMainWindow QTabBar::tab {{ background: transparent; color: {theme.muted}; border: none; padding: 4px 12px;
            margin: 2px; border-radius: 6px; }}
        QMainWindow QTabBar::tab:selected {{ background: {theme.raised}; color: {theme.text}; font-weight: 600; }}
        QMainWindow QTabBar::tab:hover {{ color: {theme.text}; }}
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


def _thin_bar(part: str) -> str:
    """Return the selector of a part of the thin scroll bars, which the panel and tables have."""
    return ", ".join(
        f"{widget} QScrollBar{part}" for widget in ("QScrollArea", "QTableView", "QGraphicsView")
    )


def mixed(ground: str, colour: str, share: float) -> str:
    """Return the colour that a share of one makes on another."""
    return QColor(*np.round(rgb(ground) + share * (rgb(colour) - rgb(ground))).astype(int).tolist()).name()
