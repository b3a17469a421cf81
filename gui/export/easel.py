"""One view that is drawn again and again, for pictures that follow each other: made once, with axes that stay."""

import math
from types import TracebackType
from typing import Self

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from engine.training.commands import Frame
from gui import theme as tokens
from gui.export.caption import STRIP, write_caption
from gui.export.pictures import VIEWS, Picture, delete
from gui.theme import Theme
from gui.views.view import View

USUAL = QSize(640, 480)  # pixels of a picture that is not enlarged
BAR = 3  # pixels, of the line that grows while the animation plays


class Easel:
    """Draws frames as pictures of one size. A context, as its view must not outlive it."""

    def __init__(self, name: str, theme: Theme, size: QSize, final: Frame, like: View | None = None) -> None:
        """Choose the axes by the `final` frame and, with `like`, what is shown by that view."""
        self.theme, self._size = theme, size
        larger = max(1.0, min(size.width() / USUAL.width(), size.height() / USUAL.height()))
        self._scale = larger * Picture(name, final, theme, size=size, captioned=True).share
        self._first, self._last = 0, final.state.iteration
        self.view = VIEWS[name](theme, pen_scale=self._scale, sharp=True)
        inner = size / self._scale
        self._area = QSize(inner.width(), inner.height() - STRIP)
        self.view.resize(self._area)
        if like is not None:
            self.view.look_like(like)
        self.view.patience = 0.0  # the axes do not wait for what is between them
        self.view.hold_axes(final)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the view."""
        delete(self.view)

    @property
    def colours(self) -> np.ndarray:
        """The colours of lines and words, shape (n, 3)."""
        theme = self.theme
        named = dict.fromkeys(
            [theme.window, theme.text, theme.muted, theme.line, theme.accent, theme.gradient]
        )
        named |= dict.fromkeys([*theme.classes, *theme.class_lines, theme.halo, theme.warning])
        return np.array([tokens.rgb(colour) for colour in named], dtype=np.uint8)

    def begin(self, first: int) -> None:
        """Note the iteration of the first picture, where the line below starts to grow."""
        self._first = first

    def draw(self, frame: Frame) -> np.ndarray:
        """Return a picture, red, green and blue from 0 to 255, shape (height, width, 3)."""
        self.view.patience = math.inf
        self.view.draw(frame)
        return self._picture(frame)

    def draw_in_pieces(self, frame: Frame, seconds: float) -> np.ndarray | None:
        """Draw for a while: return the picture where it is whole then, and else None, to be called again."""
        self.view.patience = seconds
        self.view.draw(frame)
        return self._picture(frame) if self.view.is_complete else None

    def _picture(self, frame: Frame) -> np.ndarray:
        image = QImage(self._size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._scale)
        image.fill(self.theme.window)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 0, self._area.width(), self._area.height())
        self.view.plot.render(painter, area, self.view.plot.rect())
        self._write(painter, frame)
        painter.end()
        return _pixels(image)

    def _write(self, painter: QPainter, frame: Frame) -> None:
        """Write below the view which moment it is."""
        top, width = float(self._area.height()), self._area.width()
        write_caption(painter, QRectF(0, top, width, STRIP - BAR), self.theme, frame)
        span = max(1, self._last - self._first)
        share = (frame.state.iteration - self._first) / span
        painter.fillRect(QRectF(0, top + STRIP - BAR, width * share, BAR), self.theme.accent)


def _pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
