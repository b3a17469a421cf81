"""Pictures of views: each is drawn afresh by a view of its own, so that the window's is never touched."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from engine.files.atomic import FileError, write_atomically
from engine.training.commands import Frame
from gui.theme import LIGHT, Theme
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
PICTURE_ENDINGS = (".png",)
SCALES = (1, 2, 3, 4)
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


def draw_picture(name: str, frame: Frame, theme: Theme, scale: int = 2, like: View | None = None) -> QImage:
    """Return a picture of the named view, `scale` pixels for each of the window's.

    With `like` it has that view's size and shows what that view shows.
    """
    view = VIEWS[name](theme, pen_scale=scale, sharp=True)
    view.resize(like.plot.size() if like is not None else SIZES[name])
    try:
        if like is not None:
            view.look_like(like)
        view.draw(frame)
        view.plot.grab()  # lays the axes out, which decides what part of the plane is seen
        view.draw(frame)
        image = QImage(view.size() * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(theme.window)
        for item in view.plot.scene().items():
            item.setCacheMode(item.CacheMode.NoCache)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view.plot.render(painter, QRectF(view.plot.rect()), view.plot.rect())
        painter.end()
    finally:
        view.deleteLater()
        # At once: on the command line no event loop would ever do it, and a view must not outlive Qt.
        QApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)
    image.setDevicePixelRatio(1.0)
    return image


def save_picture(image: QImage, path: Path) -> None:
    """Write a picture as PNG. Raises FileError."""
    if path.suffix.lower() not in PICTURE_ENDINGS:
        raise FileError(f"{path.name} must end in {', '.join(PICTURE_ENDINGS)}.")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image):
        raise FileError(f"{path.name} could not be encoded as PNG: {writer.errorString()}.")
    write_atomically(path, lambda file: file.write(bytes(buffer.data().data())))


class OffscreenPlotter:
    """Draws plots for the command line, where there is no window."""

    names = tuple(VIEWS)
    endings = PICTURE_ENDINGS

    def __init__(self, application: QApplication) -> None:
        """Keep the application alive, without which nothing can be drawn."""
        self._application = application

    def save(self, name: str, path: Path, frame: Frame) -> None:
        """Draw the named view of the frame into a PNG file. Raises FileError."""
        save_picture(draw_picture(name, frame, LIGHT), path)
