"""How plots are drawn into files: their colours, their size and how many pixels they have."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from engine.training.settings import Number, SettingError

DPI = 96  # points of a picture in an inch
SCALES = (1, 2, 3, 4)  # pixels a point that are offered
SCALE = Number(
    label="Scale",
    help="How many pixels a .png has for each one of its size.",
    group="Pictures",
    low=SCALES[0],
    high=SCALES[-1],
    integer=True,
)
SIZE = re.compile(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?) ?(px|mm|)")


class Unit(NamedTuple):
    """What the sides of a picture are measured in, and how long they may be."""

    short: str
    points: float
    digits: int
    low: int
    high: int

    @property
    def range(self) -> str:
        """The allowed range as mathematics writes it, with the unit."""
        return f"[{self.low:,}, {self.high:,}] {self.short}"

    def check(self, name: str, value: float) -> float:
        """Return a side in points. Raises SettingError."""
        if not self.low <= value <= self.high:
            raise SettingError(f"{name} {value:,.{self.digits}f} {self.short} is outside {self.range}.")
        return value * self.points


UNITS = {"pixels": Unit("px", 1.0, 0, 80, 2000), "millimetres": Unit("mm", DPI / 25.4, 1, 20, 530)}


@dataclass(frozen=True)
class PlotStyle:
    """How a plot is drawn."""

    theme: str = "light"
    size: tuple[float, float] | None = None
    """Width and height in points; without it the usual size of the view."""
    scale: int = 2
    """Pixels a point, where the file has pixels."""
    transparent: bool = False
    captioned: bool = False
    """Whether they say below which moment they show."""


def size_in(name: str, text: str) -> tuple[float, float]:
    """Return the width and the height in points that a text such as `640x480` or `85x64mm` says. Raises SettingError."""
    found = SIZE.fullmatch(text.strip())
    unit = UNITS["millimetres" if found and found[3] == "mm" else "pixels"]
    if found is None or (unit.digits == 0 and "." in text):
        ranges = " or ".join(each.range for each in UNITS.values())
        raise SettingError(f"{name} {text!r} must be like 640x480 or 85x64mm, each side in {ranges}.")
    width, height = (unit.check(name, float(side)) for side in found.groups()[:2])
    return width, height
