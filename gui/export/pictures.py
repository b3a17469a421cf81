"""A picture of a view: drawn afresh by a view of its own, so that the window's is never touched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem

from engine.training.commands import Frame
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
Flag = QGraphicsItem.GraphicsItemFlag


@dataclass(frozen=True)
class Picture:
    """A view at a moment of the run. With `like` it has that view's size, unless another is given, and shows the same."""

    name: str
    frame: Frame
    theme: Theme
    like: View | None = None
    size: QSize | None = None
    transparent: bool = False

    @property
    def title(self) -> str:
        """What the view is called."""
        return VIEWS[self.name].title

    @contextmanager
    def drawn(self, scale: float = 1.0) -> Iterator[View]:
        """Give a view that shows the picture, for a device with so many pixels a point."""
        view = VIEWS[self.name](self.theme, pen_scale=scale, sharp=True)
        view.header.setParent(view)  # to go with it
        try:
            if self.like is not None:
                view.resize(self.like.plot.size())
                view.look_like(self.like)
            else:
                view.resize(SIZES[self.name])
            if self.size is not None:
                view.resize(self.size)
            view.draw(self.frame)
            view.plot.grab()  # lays the axes out, which decides what part of the plane is seen
            view.draw(self.frame)
            yield view
        finally:
            view.deleteLater()
            # At once: on the command line no event loop would ever do it, and a view must not outlive Qt.
            QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)

    def paint(self, painter: QPainter, view: View) -> None:
        """Paint the view that `drawn` gave."""
        if not self.transparent:
            painter.fillRect(view.plot.rect(), self.theme.window)
        paint_scene(painter, view.plot)


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


def image_of(picture: Picture, scale: float) -> QImage:
    """Return a picture as pixels, so many a point."""
    with picture.drawn(scale) as view:
        kind = QImage.Format.Format_ARGB32 if picture.transparent else QImage.Format.Format_RGB32
        image = QImage((view.size().toSizeF() * scale).toSize(), kind)
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        picture.paint(painter, view)
        painter.end()
    image.setDevicePixelRatio(1.0)
    return image
