"""Looks at pictures that were saved or copied."""

import numpy as np
from PySide6.QtGui import QColor, QImage

PLOTS = ("boundary", "cost", "activation")


def pixels(image: QImage) -> np.ndarray:
    """Return red, green and blue, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8).copy()
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), :3].astype(np.int16)


def colours(image: QImage) -> int:
    """Return how many different colours a picture has."""
    red, green, blue = np.moveaxis(pixels(image), 2, 0).astype(np.int32)
    return np.unique(red << 16 | green << 8 | blue).size


def near(image: QImage, colour: str, reach: int = 12) -> int:
    """Return how many pixels have about that colour."""
    wanted = np.array(QColor(colour).getRgb()[:3], dtype=np.int16)
    return int((np.abs(pixels(image) - wanted) <= reach).all(axis=2).sum())
