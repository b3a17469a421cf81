"""A picture of the whole window: its plots drawn afresh as any picture of them, all else as an image."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from engine.training.commands import Frame
from gui.export.pictures import Canvas, Picture
from gui.views.images import DETAIL, draw_image
from gui.views.view import View

WINDOW = "window"


@dataclass(frozen=True)
class WindowPicture:
    """The window as it stands."""

    window: QWidget
    views: Mapping[str, View]
    frame: Frame
    name: str = WINDOW
    title: str = "Whole window"
    transparent: bool = False
    size: QSizeF | None = None
    """How large it is to be, where that is not the window's own size."""

    @property
    def share(self) -> float:
        return 1.0 if self.size is None else self.size.width() / self.window.width()

    @contextmanager
    def drawn(self, scale: float = 1.0) -> Iterator[Canvas]:
        """Give it laid out, for a device with so many pixels a point."""
        detail = max(scale, DETAIL)
        size = self.window.size()
        image = QImage((size.toSizeF() * detail).toSize(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(detail)
        image.fill(Qt.GlobalColor.white)
        self.window.render(image)
        image.setDevicePixelRatio(1.0)

        def paint(painter: QPainter) -> None:
            draw_image(painter, QRectF(QPoint(0, 0), size.toSizeF()), image)
            for name, view in self.views.items():
                # What scrolls, such as the opened step, is seen in part, and a picture of it shows all.
                if not view.plot.isVisible() or not isinstance(view.plot, pg.GraphicsView):
                    continue
                with Picture(name, self.frame, view.theme, view).drawn(scale) as canvas:
                    painter.save()
                    painter.translate(view.plot.mapTo(self.window, QPoint(0, 0)))
                    canvas.paint(painter)
                    painter.restore()

        yield Canvas(size, "", paint, self.size)
