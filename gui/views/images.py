"""Small images drawn large, so that they look the same in every program that opens the picture."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter

VECTORS = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)
DETAIL = 2.0  # pixels of an image for each point of a drawing made of vectors


def draw_image(painter: QPainter, area: QRectF, image: QImage, smooth: bool = True) -> None:
    """Draw an image over an area: `smooth` colours run into each other, else each pixel is a square.

    Programs do not agree on how to enlarge an image, so into drawings made of vectors it goes already enlarged.
    """
    hints, smoothly = QPainter.RenderHint, Qt.TransformationMode.SmoothTransformation
    if is_vector(painter):
        needed = painter.transform().mapRect(area)
        across, down = DETAIL * needed.width() / image.width(), DETAIL * needed.height() / image.height()
        if smooth and max(across, down) > 1.0:
            wanted = QSize(math.ceil(across * image.width()), math.ceil(down * image.height()))
            image = image.scaled(wanted, mode=smoothly)
        elif max(across, down) > 1.0:
            image = image.scaled(image.size() * math.ceil(max(across, down)))
    elif smooth:
        drawn = painter.transform().mapRect(area).size() * painter.device().devicePixelRatioF()
        if drawn.width() < image.width() / 2:  # else most of its pixels would not be looked at
            image = image.scaled(drawn.toSize(), mode=smoothly)
    painter.setRenderHint(hints.SmoothPixmapTransform, smooth)
    painter.drawImage(area, image)


def is_vector(painter: QPainter) -> bool:
    """Return whether what is drawn is kept as shapes, not as pixels."""
    return painter.paintEngine().type() in VECTORS
