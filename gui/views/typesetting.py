"""Formulas as drawings: set by ziamath once, and drawn sharp at every size, in the theme's colours."""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF
from PySide6.QtSvg import QSvgRenderer

from gui import theme as tokens
from gui.theme import Theme

SIGNS = "0123456789.,−e∞?()⋮⋯⋱ "  # that numbers are written with
INK = "#000000"  # stands in the drawings for the colour that they get


_drawings: dict[str, str] = {}  # formulas as SVG, the same in every theme


def unset(formulas: Iterable[str]) -> list[str]:
    """Return the formulas that were not set yet."""
    return [latex for latex in dict.fromkeys(formulas) if latex not in _drawings]


def typeset(formulas: Iterable[str]) -> None:
    """Set formulas. Each takes some milliseconds, so this may be done beside the window's thread."""
    import ziamath  # a quarter of a second, so only where formulas are shown

    ziamath.config.svg2 = False  # QtSvg draws hardly anything of the other kind
    for latex in unset(formulas):
        _drawings[latex] = ziamath.Latex(latex, size=tokens.MATH, color=INK).svg()


@cache
def _family() -> str:
    """Return the name of the font that formulas are set in, which is made known to Qt for their numbers."""
    package = find_spec("ziamath")
    assert package is not None and package.origin is not None
    file = Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return families[0] if families else tokens.FONT


class Formula:
    """A formula that can be drawn: its renderer, and the area it fills when its baseline begins at (0, 0)."""

    def __init__(self, latex: str, colour: str) -> None:
        typeset([latex])
        drawing = _drawings[latex]
        left, top, width, height = map(float, ElementTree.fromstring(drawing).attrib["viewBox"].split())
        self.area = QRectF(left, top, width, height)
        self.renderer = QSvgRenderer(QByteArray(drawing.replace(INK, colour).encode()))


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
            self._formulas[latex] = Formula(latex, self.text.name())
        return self._formulas[latex]
