"""Formulas as drawings: set by ziamath once, and drawn sharp at every size, in the theme's colours."""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath

from gui import theme as tokens
from gui.theme import Theme

SIGNS = "0123456789.,−e∞?()⋮⋯⋱ "  # that numbers are written with


_drawings: dict[str, str] = {}  # formulas as SVG, the same in every theme


def unset(formulas: Iterable[str]) -> list[str]:
    """Return the formulas that were not set yet."""
    return [latex for latex in dict.fromkeys(formulas) if latex not in _drawings]


def typeset(formulas: Iterable[str]) -> None:
    """Set formulas. Each takes some milliseconds, so this may be done beside the window's thread."""
    import ziamath  # a quarter of a second, so only where formulas are shown

    ziamath.config.svg2 = False  # each letter a path of its own, as `_outlines` reads them
    for latex in unset(formulas):
        _drawings[latex] = ziamath.Latex(latex, size=tokens.MATH).svg()


@cache
def _family() -> str:
    """Return the name of the font that formulas are set in, which is made known to Qt for their numbers."""
    package = find_spec("ziamath")
    assert package is not None and package.origin is not None
    file = Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return families[0] if families else tokens.FONT


class Formula:
    """A formula that can be drawn, and the area it fills when its baseline begins at (0, 0)."""

    def __init__(self, latex: str) -> None:
        typeset([latex])
        drawing = ElementTree.fromstring(_drawings[latex])
        self.area = QRectF(*map(float, drawing.attrib["viewBox"].split()))
        self._outlines = [_outline(element) for element in drawing]

    def paint(self, painter: QPainter, colour: QColor, x: float, y: float) -> None:
        """Draw it from x on, on the baseline y."""
        painter.translate(x, y)
        for outline in self._outlines:
            painter.fillPath(outline, colour)
        painter.translate(-x, -y)


def _outline(element: ElementTree.Element) -> QPainterPath:
    """Return a letter or a bar of a formula."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if element.tag.endswith("rect"):
        path.addRect(*(float(element.attrib[name]) for name in ("x", "y", "width", "height")))
    words = iter(element.get("d", "").split())
    for word in words:
        if word == "Z":
            path.closeSubpath()
            continue
        x, y = float(next(words)), float(next(words))
        if word == "M":
            path.moveTo(x, y)
        elif word == "L":
            path.lineTo(x, y)
        else:
            path.quadTo(x, y, float(next(words)), float(next(words)))
    return path


class Ink:
    """The fonts and colours that pieces of formulas are measured and drawn with."""

    def __init__(self, theme: Theme) -> None:
        self.text, self.muted, self.accent = (
            QColor(each) for each in (theme.text, theme.muted, theme.accent)
        )
        self.numbers = QFont(_family())
        self.numbers.setPixelSize(tokens.MATH)
        self.words = tokens.font(tokens.SMALL)
        self.heading = tokens.font(tokens.BODY, QFont.Weight.DemiBold)
        self.word_width = cache(QFontMetricsF(self.words).horizontalAdvance)
        self._formulas: dict[str, Formula] = {}
        advance = QFontMetricsF(self.numbers).horizontalAdvance
        self._widths = {sign: advance(sign) for sign in SIGNS}

    def width(self, number: str) -> float:
        """Return the width of a number's text: sign by sign, as thousands are measured for a picture."""
        return sum(map(self._widths.__getitem__, number))

    def formula(self, latex: str) -> Formula:
        """Return a formula, set when it is first asked for."""
        if latex not in self._formulas:
            self._formulas[latex] = Formula(latex)
        return self._formulas[latex]
