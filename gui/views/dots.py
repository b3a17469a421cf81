"""Symbols at many places, light enough to be moved in every frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget
from shiboken6 import wrapInstance

from gui.views.cover import FullCover

FEW = 64  # places around which alone the symbols are drawn again


@dataclass(frozen=True)
class Stamp:
    """What a symbol looks like: its shape, its size in pixels, its rim and its filling."""

    shape: str
    size: float
    pen: QPen
    brush: QBrush

    @property
    def path(self) -> QPainterPath:
        """The outline around (0, 0), in pixels."""
        path: QPainterPath = QTransform.fromScale(self.size, self.size).map(Symbols[self.shape])
        return path

    def draw(self, painter: QPainter) -> None:
        """Draw the symbol where the painter stands."""
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        painter.drawPath(self.path)


class Dots(FullCover):
    """Groups of equal symbols, each group at its own places.

    On the screen finished pixmaps are stamped; in a picture, with `sharp`, each symbol is drawn as a path.
    """

    def __init__(self, groups: int, still: bool = False, sharp: bool = False, vanishes: bool = False) -> None:
        """`still` symbols move seldom and are kept as one image. Those that are often none `vanish` meanwhile:

        to draw nothing over the whole plot takes its time as well.
        """
        super().__init__()
        self._vanishes = vanishes
        if vanishes:
            self.hide()
        self._sharp = sharp
        self._stamps: list[Stamp | None] = [None] * groups
        self._pixmaps: dict[int, QPixmap] = {}
        self._places = [(np.empty(0), np.empty(0))] * groups
        self._reach = 0.0  # pixels from a symbol's middle to its rim
        if still:
            self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    @property
    def places(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Where each group's symbols are: x and y, each (n,)."""
        return list(self._places)

    def set_stamps(self, *stamps: Stamp) -> None:
        """Draw the groups with other stamps."""
        self._stamps = list(stamps)
        self._reach = max(stamp.size / 2 + stamp.pen.widthF() + 2 for stamp in stamps)
        self._pixmaps = {}
        self.update()

    def set_places(self, group: int, x: np.ndarray, y: np.ndarray) -> None:
        """Move a group's symbols to x and y, each (n,)."""
        self._places[group] = (x, y)
        self._appear()
        self.update()

    def set_all_places(
        self, places: Sequence[tuple[np.ndarray, np.ndarray]], changed: np.ndarray | None = None
    ) -> None:
        """Move the symbols of all groups. Where it is known, `changed` (2, k) is where any came or went."""
        self._places = list(places)
        self._appear()
        if changed is None or changed.shape[1] > FEW:
            self.update()
            return
        width, height = self.getViewBox().viewPixelSize()
        across, up = self._reach * width, self._reach * height
        for x, y in changed.T:
            self.update(QRectF(x - across, y - up, 2 * across, 2 * up))

    def _appear(self) -> None:
        if self._vanishes:
            self.setVisible(any(x.size for x, _ in self._places))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        to_device = painter.transform()
        painter.resetTransform()
        clip = painter.clipRegion()
        again = [QRectF(part) for part in clip] if painter.hasClipping() else []  # type: ignore[attr-defined]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for group, stamp in enumerate(self._stamps):
            if stamp is None:
                continue
            places = self._seen(group, to_device, again)
            if self._sharp:
                for x, y in places.T.tolist():
                    painter.setTransform(QTransform.fromTranslate(x, y))
                    stamp.draw(painter)
                painter.resetTransform()
            elif places.size:
                _strew(painter, self._pixmap(group, stamp, painter.device().devicePixelRatioF()), places)

    def _seen(self, group: int, to_device: QTransform, again: list[QRectF]) -> np.ndarray:
        """Return the visible places (2, k) of a group, in pixels; only in the parts to be drawn `again`, if any."""
        x, y = self._places[group]
        area = self.area
        seen = (x >= area.left()) & (x <= area.right()) & (y >= area.top()) & (y <= area.bottom())
        x, y = x[seen], y[seen]
        across = to_device.m11() * x + to_device.m21() * y + to_device.dx()
        down = to_device.m12() * x + to_device.m22() * y + to_device.dy()
        if again:
            touched = np.zeros(across.size, dtype=bool)
            for part in again:
                near = part.adjusted(-self._reach, -self._reach, self._reach, self._reach)
                touched |= (abs(across - near.center().x()) <= near.width() / 2) & (
                    abs(down - near.center().y()) <= near.height() / 2
                )
            across, down = across[touched], down[touched]
        return np.stack([across, down])

    def _pixmap(self, group: int, stamp: Stamp, ratio: float) -> QPixmap:
        """Return the stamp as a pixmap for a screen with `ratio` pixels a point."""
        pixmap = self._pixmaps.get(group)
        if pixmap is None or pixmap.devicePixelRatio() != ratio:
            side = 2 * int(stamp.size / 2 + stamp.pen.widthF() + 2)
            pixmap = QPixmap(round(side * ratio), round(side * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(side / 2, side / 2)
            stamp.draw(painter)
            painter.end()
            self._pixmaps[group] = pixmap
        return pixmap


def _strew(painter: QPainter, pixmap: QPixmap, places: np.ndarray) -> None:
    """Draw a pixmap around each of the places (2, k), five times as fast as one by one."""
    fragments = np.zeros((places.shape[1], 10))  # as QPainter.PixmapFragment is laid out
    fragments[:, :2] = places.T
    fragments[:, 4:6] = pixmap.width(), pixmap.height()
    fragments[:, 6:8] = 1 / pixmap.devicePixelRatio()
    fragments[:, 9] = 1.0  # opaque
    first = wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment)
    painter.drawPixmapFragments(first, len(fragments), pixmap)  # type: ignore[arg-type]
