"""A picture of a view: drawn afresh by a view of its own, so that the window's is never touched."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPaintDevice, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from engine.files.atomic import FileError
from engine.files.plots import DPI
from engine.training.commands import Frame
from gui.export.caption import STRIP, write_caption
from gui.theme import Theme
from gui.views.activation import ActivationView
from gui.views.boundary import BoundaryView
from gui.views.cost import CostView
from gui.views.flow import FlowView
from gui.views.network import NetworkView
from gui.views.numbers import NumbersView
from gui.views.step import StepView
from gui.views.surface import SurfaceView
from gui.views.view import View
from gui.views.weight_image import WeightImageView

VIEWS: dict[str, type[View]] = {
    view.name: view
    for view in (
        BoundaryView,
        CostView,
        ActivationView,
        NetworkView,
        FlowView,
        SurfaceView,
        StepView,
        NumbersView,
        WeightImageView,
    )
}
SIZES = {
    "boundary": QSize(720, 640),
    "cost": QSize(640, 420),
    "activation": QSize(560, 560),
    "weightImage": QSize(560, 560),
    "network": QSize(820, 560),
    "flow": QSize(560, 560),
    "surface": QSize(640, 560),
    "step": QSize(720, 1680),
    "numbers": QSize(960, 420),
}
METRES_IN_AN_INCH = 0.0254
MOST_PIXELS = 32_767  # from top to bottom: Qt leaves out what is further down
LEAST = {
    "boundary": QSize(400, 340),
    "cost": QSize(300, 240),
    "activation": QSize(340, 320),
    "weightImage": QSize(400, 360),
    "network": QSize(400, 340),
    "flow": QSize(400, 320),
    "surface": QSize(400, 340),
    "step": QSize(480, 480),
    "numbers": QSize(440, 320),
}
"""In how many points a view has room for all its words: smaller pictures are laid out so and made smaller."""
Flag = QGraphicsItem.GraphicsItemFlag


def delete(widget: QWidget) -> None:
    """Delete a widget at once: on the command line no event loop would ever do it, and it must not outlive Qt."""
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)


@dataclass(frozen=True)
class Canvas:
    """Something laid out, of so many points, that can be painted."""

    size: QSize
    words: str
    paint: Callable[[QPainter], None]
    wanted: QSizeF | None = None
    """How large it is to be, where that is no whole number of points, or too few for what it says."""

    @property
    def area(self) -> QSizeF:
        """How large it is in the file, in points there."""
        return self.size.toSizeF() if self.wanted is None else self.wanted


class Drawable(Protocol):
    """What can be drawn into a file of any kind."""

    @property
    def name(self) -> str:
        """What the command line calls it."""
        ...

    @property
    def title(self) -> str:
        """What a person calls it."""
        ...

    @property
    def transparent(self) -> bool:
        """Whether nothing is painted where nothing is shown."""
        ...

    @property
    def share(self) -> float:
        """How large a point that it is laid out in is in the file: 1, or less where else there were no room."""
        ...

    def drawn(self, scale: float = 1.0) -> AbstractContextManager[Canvas]:
        """Give it laid out, for a device with so many pixels for each of these points."""
        ...


@dataclass(frozen=True)
class Picture:
    """A view at a moment of the run. With `like` it shows the same, at the same size unless another is given."""

    name: str
    frame: Frame
    theme: Theme
    like: View | None = None
    size: QSize | QSizeF | None = None
    transparent: bool = False
    captioned: bool = False
    """Whether it says below which moment it is."""

    @property
    def title(self) -> str:
        return VIEWS[self.name].title

    @property
    def share(self) -> float:
        if self.size is None:
            return 1.0
        least, wanted = LEAST[self.name] + self._below, QSizeF(self.size)
        share = min(1.0, wanted.width() / least.width())
        return share if VIEWS[self.name].grows else min(share, wanted.height() / least.height())

    @property
    def _below(self) -> QSize:
        return QSize(0, STRIP if self.captioned else 0)

    @contextmanager
    def shown(self, scale: float = 1.0) -> Iterator[View]:
        """Give a view of its own that shows it."""
        view = VIEWS[self.name](self.theme, pen_scale=scale, sharp=True)
        try:
            size = SIZES[self.name] if self.like is None else self.like.plot.size()
            if self.size is not None:
                size = (QSizeF(self.size) / self.share).toSize()
            view.resize(size - self._below)
            if self.like is not None:
                view.look_like(self.like)
            view.draw(self.frame)
            view.plot.grab()  # lays the axes out, which decides what part of the plane is seen
            view.draw(self.frame)
            yield view
        finally:
            delete(view)

    @contextmanager
    def drawn(self, scale: float = 1.0) -> Iterator[Canvas]:
        with self.shown(scale) as view:
            size = view.size() + self._below

            def paint(painter: QPainter) -> None:
                if not self.transparent:
                    painter.fillRect(QRect(QPoint(0, 0), size), self.theme.window)
                paint_scene(painter, view.plot)
                if self.captioned:
                    row = QRectF(0, view.height(), view.width(), STRIP)
                    write_caption(painter, row, self.theme, self.frame)

            wanted = None if self.size is None else QSizeF(self.size)
            if wanted is not None and view.grows:
                wanted.setHeight(size.height() * wanted.width() / size.width())
            yield Canvas(size, view.plot.accessibleDescription(), paint, wanted)


class PagePainter(QPainter):
    """A painter that cuts no words off: after it has, Qt's SVG cuts off what comes next as well."""

    def drawText(self, *where: Any) -> None:  # type: ignore[override]
        if len(where) == 3 and isinstance(where[0], QRectF):
            area, how, words = where
            where = area, int(how) | int(Qt.TextFlag.TextDontClip), words
        super().drawText(*where)


def paint_on(device: QPaintDevice, canvas: Canvas, area: QSizeF) -> None:
    """Paint something on an image, or on what writes a file, in so many of its points. Images are kept as they are."""
    painter = PagePainter(device)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.scale(area.width() / canvas.size.width(), area.height() / canvas.size.height())
    try:
        canvas.paint(painter)
    finally:
        painter.end()  # a device that goes while it is painted on takes the program along


def paint_scene(painter: QPainter, plot: QGraphicsView) -> None:
    """Paint what a plot shows, thing by thing, each in a clip of its own.

    Qt's own way leaves clips of things before in an SVG, and keeps some things as images.
    """
    to_plot, ground = plot.viewportTransform(), painter.transform()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in plot.scene().items(Qt.SortOrder.AscendingOrder):
        seen = QRectF(plot.rect())
        clips = item.parentItem() if not item.flags() & Flag.ItemClipsToShape else item
        while clips is not None:
            if clips is item or clips.flags() & Flag.ItemClipsChildrenToShape:
                seen &= to_plot.mapRect(clips.sceneBoundingRect())
            clips = clips.parentItem()
        if not item.isVisible() or item.flags() & Flag.ItemHasNoContents or seen.isEmpty():
            continue
        painter.save()
        painter.setClipRect(seen)
        painter.setOpacity(item.effectiveOpacity())
        painter.setTransform(item.deviceTransform(to_plot) * ground)
        option = QStyleOptionGraphicsItem()
        option.exposedRect = item.boundingRect()
        item.paint(painter, option, None)
        painter.restore()


def draw_picture(name: str, frame: Frame, theme: Theme, scale: float = 2, like: View | None = None) -> QImage:
    """Return a picture of the named view, `scale` pixels for each of the window's."""
    return image_of(Picture(name, frame, theme, like), scale)


def check_height(points: float, scale: float) -> None:
    """Refuse a picture that is too high to be drawn with so many pixels a point. Raises FileError."""
    if round(points * scale) > MOST_PIXELS:
        smaller = "fewer pixels for each point, " if points <= MOST_PIXELS else ""
        raise FileError(
            f"The picture would be {points * scale:,.0f} pixels high, and {MOST_PIXELS:,} is the most: "
            f"choose {smaller}.svg, .pdf or .csv."
        )


def image_of(picture: Drawable, scale: float) -> QImage:
    """Return a picture as pixels, so many a point. Raises FileError where they are too many."""
    each = scale * picture.share
    with picture.drawn(each) as canvas:
        check_height(canvas.area.height(), scale)
        kind = QImage.Format.Format_ARGB32 if picture.transparent else QImage.Format.Format_RGB32
        image = QImage((canvas.area * scale).toSize(), kind)
        if image.isNull():
            raise FileError(f"There is not enough memory for a picture {scale:g} times as large.")
        image.setDevicePixelRatio(each)
        image.fill(Qt.GlobalColor.transparent)
        paint_on(image, canvas, image.deviceIndependentSize())
        image.setDevicePixelRatio(1.0)
        image.setDotsPerMeterX(round(image.width() / canvas.area.width() * DPI / METRES_IN_AN_INCH))
        image.setDotsPerMeterY(round(image.height() / canvas.area.height() * DPI / METRES_IN_AN_INCH))
    return image
