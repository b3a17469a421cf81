"""SVG that every program shows alike: plain paths in the picture's own units, and words as outlines.

Qt's own SVG leans on what many programs do not know: lines that do not scale with their group, and fonts.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath, QTextLayout

from gui import theme as tokens

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")
PIECE = re.compile(rf"([A-Za-z]?)({NUMBER.pattern}),({NUMBER.pattern})")
UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # in XML, but not in a file's class names
UNCHANGED = {"stroke-opacity": "1", "fill-opacity": "1", "stroke-dashoffset": "0", "fill-rule": "nonzero"}
STROKES = ("stroke-width", "stroke-dasharray", "stroke-dashoffset")
MILLIMETRES = 25.4 / 96  # in one point of a picture

Matrix = tuple[float, float, float, float, float, float]


class _Shape(NamedTuple):
    """One thing drawn: its clip, its look, its matrix and itself."""

    clip: str
    look: dict[str, str]
    matrix: Matrix
    element: ElementTree.Element


def plain_svg(drawing: bytes, title: str, description: str, area: tuple[float, float]) -> bytes:
    """Return Qt's SVG (of the version 1.1) drawn again with outlines, plain paths and clips.

    It is as wide and high as `area` says in points, whatever its own units are.
    """
    root = ElementTree.fromstring(UNWRITABLE.sub("", drawing.decode()))
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    clips = {
        f"url(#{each.attrib['id']})": next(iter(each)).attrib["d"] for each in root.iter(f"{SVG}clipPath")
    }
    writer = _Writer()
    body = []
    inside = ""
    for shape in _shapes(root):
        path = clips.get(shape.clip, "")
        clip = "" if _holds_all(path, width, height) else writer.clip(path)
        if clip != inside:
            body.append(f"{'</g>' if inside else ''}{f'<g clip-path={quoteattr(clip)}>' if clip else ''}")
            inside = clip
        body.append(writer.drawn(shape))
    body.append("</g>" if inside else "")
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="{SVG[1:-1]}" xmlns:xlink="{XLINK[1:-1]}" version="1.1" '
            f'width="{_millimetres(area[0])}mm" height="{_millimetres(area[1])}mm" '
            f'viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(UNWRITABLE.sub('', description))}</desc>",
            f"<defs>{''.join(writer.definitions)}</defs>",
            *filter(None, body),
            "</svg>\n",
        )
    ).encode()


def _shapes(root: ElementTree.Element) -> Iterator[_Shape]:
    """Yield what is drawn, in its order."""

    def within(group: ElementTree.Element, clip: str, look: dict[str, str]) -> Iterator[_Shape]:
        clip = group.get("clip-path", clip)
        look = look | {name: value for name, value in group.attrib.items() if name != "clip-path"}
        for element in group:
            if element.tag == f"{SVG}g":
                yield from within(element, clip, look)
            else:
                found = tuple(map(float, NUMBER.findall(look.get("transform", "1,0,0,1,0,0"))))
                yield _Shape(clip, look | element.attrib, found, element)  # type: ignore[arg-type]

    for group in root.iterfind(f"{SVG}g"):
        yield from within(group, "", {})


def _holds_all(path: str, width: float, height: float) -> bool:
    """Return whether a clip cuts nothing off."""
    places = np.array([pair[1:] for pair in PIECE.findall(path)], dtype=float)
    return not places.size or bool(
        len(places) <= 5 and (places.min(axis=0) <= 0).all() and (places.max(axis=0) >= (width, height)).all()
    )


class _Writer:
    """Writes shapes, and remembers which clips and letters are defined."""

    def __init__(self) -> None:
        self.definitions: list[str] = []
        self._clips: dict[str, str] = {}
        self._letters: dict[tuple[str, int, float, int], str] = {}

    def clip(self, path: str) -> str:
        """Return how to name a clip."""
        if path not in self._clips:
            name = f"clip{len(self._clips)}"
            self._clips[path] = f"url(#{name})"
            self.definitions.append(f'<clipPath id="{name}"><path d="{path.strip()}"/></clipPath>')
        return self._clips[path]

    def drawn(self, shape: _Shape) -> str:
        """Return a shape as SVG; nothing where nothing is seen of it."""
        element = shape.element
        kind = element.tag.removeprefix(SVG)
        if kind == "text":
            return self._words(shape)
        if kind == "image":
            names = ("x", "y", "width", "height", "preserveAspectRatio")
            kept = "".join(f" {name}={quoteattr(element.attrib[name])}" for name in names)
            data = element.attrib[f"{XLINK}href"]
            return f'<image{kept} transform="{_matrix(shape.matrix)}" xlink:href="{data}"/>'
        if kind == "rect":
            x, y, width, height = (float(element.get(name, 0.0)) for name in ("x", "y", "width", "height"))
            if not (width and height):
                return ""
            path = f"M{x},{y} L{x + width},{y} L{x + width},{y + height} L{x},{y + height} Z"
        elif kind in ("polyline", "polygon"):
            path = f"M{' L'.join(element.attrib['points'].split())}{' Z' if kind == 'polygon' else ''}"
        else:
            path = element.attrib["d"]
        look = shape.look
        if look.get("fill", "none") == "none" and look.get("stroke", "none") == "none":
            return ""
        return f'<path d="{_moved(path, shape.matrix)}"{_look(look, shape.matrix)}/>'

    def _words(self, shape: _Shape) -> str:
        """Return words as outlines, each letter defined once."""
        element = shape.element
        size = float(element.attrib["font-size"].removesuffix("px"))
        face = element.attrib["font-family"], int(element.attrib["font-weight"]), size
        words = (element.text or "").removeprefix("\n")
        x, y = float(element.attrib["x"]), float(element.attrib["y"])
        a, b, c, d, e, f = shape.matrix
        turned = (a, b, c, d) != (1, 0, 0, 1)
        across, down = (0.0, 0.0) if turned else (e, f)
        letters = []
        for place, glyph in _set(words, face):
            name = self._letter(glyph, face)
            if name:
                at = f'x="{_short(x + place.x() + across)}" y="{_short(y + place.y() + down)}"'
                letters.append(f'<use xlink:href="#{name}" {at}/>')
        matrix = f' transform="{_matrix(shape.matrix)}"' if turned else ""
        colour = _look({key: element.attrib[key] for key in ("fill", "fill-opacity")}, shape.matrix)
        label = f" aria-label={quoteattr(words)}"
        return f"<g{label}{colour}{matrix}>{''.join(letters)}</g>" if letters else ""

    def _letter(self, glyph: "_Glyph", face: tuple[str, int, float]) -> str:
        """Return the name of a letter's outline; nothing for a blank."""
        key = glyph.font, face[1], face[2], glyph.number
        if key not in self._letters:
            path = _outline(glyph.path)
            self._letters[key] = f"letter{len(self._letters)}" if path else ""
            if path:
                self.definitions.append(f'<path id="{self._letters[key]}" d="{path}"/>')
        return self._letters[key]


class _Glyph(NamedTuple):
    """A letter of a font."""

    font: str
    number: int
    path: QPainterPath


@cache
def _font(family: str, weight: int, size: float) -> QFont:
    """Return a font as the views have it."""
    font = tokens.font(round(size), QFont.Weight(weight))
    font.setFamily(family)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _set(words: str, face: tuple[str, int, float]) -> list[tuple[QPointF, _Glyph]]:
    """Return letters with their places, from the beginning of the words on their baseline."""
    layout = QTextLayout(words, _font(*face))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    found = []
    for run in line.glyphRuns():
        raw = run.rawFont()
        for number, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            glyph = _Glyph(f"{raw.familyName()} {raw.styleName()}", number, raw.pathForGlyph(number))
            found.append((place - QPointF(0.0, line.ascent()), glyph))
    return found


def _outline(path: QPainterPath) -> str:
    """Return a path as SVG writes it."""
    kinds = QPainterPath.ElementType
    letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
    elements = (path.elementAt(i) for i in range(path.elementCount()))
    return " ".join(f"{letters.get(e.type, '')}{_short(e.x, 3)},{_short(e.y, 3)}" for e in elements)


def _moved(path: str, matrix: Matrix) -> str:
    """Return a path of lines and curves in the units of the whole picture."""
    a, b, c, d, e, f = matrix
    pieces = []
    for part in path.split("Z"):
        found = PIECE.findall(part)
        places = np.array([pair[1:] for pair in found], dtype=float).reshape(-1, 2)
        x, y = a * places[:, 0] + c * places[:, 1] + e, b * places[:, 0] + d * places[:, 1] + f
        moved = zip((kind for kind, *_ in found), x.tolist(), y.tolist(), strict=True)
        pieces.append(" ".join(f"{kind}{_short(x)},{_short(y)}" for kind, x, y in moved))
    return " Z ".join(pieces).strip()


def _look(look: dict[str, str], matrix: Matrix) -> str:
    """Return how a shape is filled and stroked, as attributes."""
    kept = {"fill": look.get("fill", "none")}
    if kept["fill"] != "none":
        kept |= {name: look[name] for name in ("fill-opacity", "fill-rule") if name in look}
    if look.get("stroke", "none") != "none":
        kept |= {name: value for name, value in look.items() if name.startswith("stroke")}
        if look.get("vector-effect") != "non-scaling-stroke":
            a, b, c, d, *_ = matrix
            by = abs(a * d - b * c) ** 0.5
            for name in STROKES:
                if name in kept:
                    kept[name] = NUMBER.sub(lambda each: _short(float(each[0]) * by, 4), kept[name])
    return "".join(
        f" {name}={quoteattr(value)}" for name, value in kept.items() if UNCHANGED.get(name) != value
    )


def _millimetres(points: float) -> float:
    """Return a length a trifle too small rather than too large: some programs round pixels up."""
    return math.floor(points * MILLIMETRES * 1000) / 1000


def _matrix(matrix: Matrix) -> str:
    return f"matrix({','.join(f'{each:.8g}' for each in matrix)})"


def _short(value: float, digits: int = 2) -> str:
    """Return a number without digits that nobody sees."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
